import { isDay, today } from '../../base/clock.ts';

/**
 * The day that a file's own words for a moment fall on: PX writes '20230210 09:00', JSON-stat an ISO 8601
 * date or moment. A moment with a time zone is told as the Danish day. Undefined when it is neither.
 */
export function dayOf(text: string | null | undefined): string | undefined {
	const [, year, month, day, rest] =
		/^(\d{4})-?(\d\d)-?(\d\d)(?=$|[T ])(.*)$/.exec(text?.trim() ?? '') ?? [];
	const written = `${year}-${month}-${day}`;
	if (!year || !isDay(written)) return undefined;
	const [, time, hours, minutes] =
		/^[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:Z|([+-]\d\d):?(\d\d))$/.exec(rest!) ?? [];
	if (!time) return written;
	const moment = new Date(`${written}T${time}:00${hours ? `${hours}:${minutes}` : 'Z'}`);
	return Number.isNaN(moment.getTime()) ? written : today(moment);
}
