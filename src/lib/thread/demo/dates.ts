import { workdaysFrom } from '../../base/workdays.ts';

/** Nine in the morning, Danish winter time, that many days from now. */
export function daysFromNow(days: number): Date {
	const moment = new Date(Date.now() + days * 86_400_000);
	moment.setUTCHours(8, 0, 0, 0);
	return moment;
}

/** The same hour so many working days from now: nobody meets on a Sunday. */
export const workdaysFromNow = (days: number): Date =>
	new Date(`${workdaysFrom(date(new Date()), days)}T08:00:00Z`);

export const date = (moment: Date): string => moment.toISOString().slice(0, 10);
