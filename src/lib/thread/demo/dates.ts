/** Nine in the morning, Danish winter time, that many days from now. */
export function daysFromNow(days: number): Date {
	const moment = new Date(Date.now() + days * 86_400_000);
	moment.setUTCHours(8, 0, 0, 0);
	return moment;
}

export const date = (moment: Date): string => moment.toISOString().slice(0, 10);
