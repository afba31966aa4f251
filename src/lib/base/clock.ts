/** Today, as the forum's calendar says it: 'YYYY-MM-DD' in Danish time. */
export function today(now: Date = new Date()): string {
	return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen' }).format(now);
}

/** Whole days from one date to another, both 'YYYY-MM-DD'; negative when `to` is before `from`. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The moment a Danish wall clock shows 'YYYY-MM-DDTHH:MM', summer time taken into account. */
export function copenhagen(local: string): Date {
	const asUtc = new Date(`${local}:00Z`);
	const shown = (moment: Date) =>
		Date.parse(
			`${new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', dateStyle: 'short', timeStyle: 'short' }).format(moment).replace(' ', 'T')}:00Z`
		);
	return new Date(asUtc.getTime() - (shown(asUtc) - asUtc.getTime()));
}

/** Is this a day of the calendar, written 'YYYY-MM-DD'? */
export function isDay(text: string): boolean {
	const at = Date.parse(`${text}T00:00:00Z`);
	return Number.isFinite(at) && new Date(at).toISOString().slice(0, 10) === text;
}
