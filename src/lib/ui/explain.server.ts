import * as messages from '#paraglide/messages.js';
import { formatDate, formatNumber, type Locale } from '#lib/base/format.ts';

type Message = (params: Record<string, string | number>, options: { locale: Locale }) => string;

/** Several, such as what was told of a version. */
export const explainAll = (
	told: { code: string; params: Record<string, string | number> }[],
	locale: Locale
): string[] => told.map(({ code, params }) => explain(code, params, locale));

/**
 * The sentence for a refusal's code: 'data.no_rows' → `error_data_no_rows`. On the server only, where
 * all sentences are at hand. A code without a sentence is a mistake tests/ui/words.test.ts finds.
 */
export function explain(
	code: string,
	params: Record<string, string | number>,
	locale: Locale
): string {
	const all = messages as unknown as Record<string, Message | undefined>;
	const message = all[`error_${code.replaceAll('.', '_')}`] ?? all['error_base_unexplained']!;
	const filled = Object.fromEntries(
		Object.entries(params).map(([name, value]) => [
			name,
			typeof value === 'number'
				? formatNumber(value, locale)
				: /^\d{4}-\d\d-\d\d$/.test(value)
					? formatDate(value, locale)
					: value
		])
	);
	return message({ code, ...filled }, { locale });
}
