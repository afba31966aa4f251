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
	const text = new Intl.NumberFormat(TAG[locale], {
		minimumFractionDigits: options.decimals ?? 0,
		maximumFractionDigits: options.decimals ?? 2,
		signDisplay: options.sign ? 'exceptZero' : 'auto'
	})
		.format(value)
		.replace('-', '−');
	return options.unit ? `${text} ${options.unit}` : text;
}

/** Kroner, whole: '3,4 mio. kr.' from a million up, else '456.036 kr.' */
export function formatMoney(kroner: number, locale: Locale): string {
	if (Math.abs(kroner) >= 1_000_000) {
		const millions = formatNumber(kroner / 1_000_000, locale, { decimals: 1 });
		return locale === 'da' ? `${millions} mio. kr.` : `DKK ${millions} m`;
	}
	const whole = formatNumber(kroner, locale, { decimals: 0 });
	return locale === 'da' ? `${whole} kr.` : `DKK ${whole}`;
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
	return new Intl.DateTimeFormat(TAG[locale], {
		...STYLES[style],
		timeZone: dateOnly ? 'UTC' : ZONE
	}).format(new Date(date));
}
