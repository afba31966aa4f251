/** Numbers and dates as readers write them. The locale is always given: nothing here guesses it. */
export type Locale = 'da' | 'en';

const TAG = { da: 'da-DK', en: 'en-GB' } as const;
const ZONE = 'Europe/Copenhagen';

/** 2118 → '2.118' (da), '2,118' (en). With a unit: '28,6 pct.' */
export function formatNumber(
	value: number,
	locale: Locale,
	options: { decimals?: number; unit?: string; sign?: boolean } = {}
): string {
	const { decimals, sign = false } = options;
	const written = kept(
		`${locale} ${decimals} ${sign}`,
		() =>
			new Intl.NumberFormat(TAG[locale], {
				minimumFractionDigits: decimals ?? 0,
				maximumFractionDigits: decimals ?? 2,
				signDisplay: sign ? 'exceptZero' : 'auto'
			})
	);
	const text = written.format(value).replace('-', '−');
	return options.unit ? `${text} ${options.unit}` : text;
}

export type DateStyle = 'short' | 'long' | 'month' | 'time' | 'moment';

const STYLES: Record<DateStyle, Intl.DateTimeFormatOptions> = {
	short: { day: 'numeric', month: 'short', year: 'numeric' },
	long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
	month: { month: 'long', year: 'numeric' },
	time: { hour: '2-digit', minute: '2-digit' },
	moment: { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }
};

/** A 'YYYY-MM-DD' date or a moment, in words. A moment is told in Danish time. */
export function formatDate(
	date: string | Date,
	locale: Locale,
	style: DateStyle = 'short'
): string {
	const dateOnly = typeof date === 'string' && date.length === 10;
	const told = kept(
		`${locale} ${style} ${dateOnly}`,
		() =>
			new Intl.DateTimeFormat(TAG[locale], {
				...STYLES[style],
				timeZone: dateOnly ? 'UTC' : ZONE
			})
	);
	return told.format(new Date(date));
}

/** Making one of these takes longer than a page's other words together, and there are few kinds. */
const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function kept<F extends Intl.NumberFormat | Intl.DateTimeFormat>(key: string, make: () => F): F {
	const known = made.get(key) ?? make();
	made.set(key, known);
	return known as F;
}

/** What somebody wrote, ended with a full stop unless it has an end of its own, so that a sentence can follow it. */
export const closed = (written: string): string =>
	/[.!?…:][)»«”"']?$/u.test(written.trim()) ? written.trim() : `${written.trim()}.`;
