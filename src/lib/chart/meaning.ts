import { m } from '#paraglide/messages.js';
import { formatNumber, type Locale } from '#lib/base/format.ts';
import { colourOf, type Colour } from '#lib/data/indicator.ts';
import type { FigureCell, FigureData } from './figure.ts';

/** What a figure's indicator says beyond its numbers (D8), in words: they stand wherever the figure does. */

/** Which way is good, where its cut-offs are, and the count beside it. Nothing of it judges a single number. */
export function meaning({ indicator, measure }: FigureData, locale: Locale): string[] {
	if (!indicator) return [];
	const { direction, meaning, greenAt, redAt, threshold } = indicator;
	const say = (value: number) =>
		formatNumber(value, locale, measure.unit.length <= 3 ? { unit: measure.unit } : {});
	return [
		...(direction
			? [(direction === 'up' ? m.chart_means_up : m.chart_means_down)({}, { locale })]
			: []),
		...(meaning === 'act' && greenAt !== null && redAt !== null
			? [m.chart_means_act({ good: say(greenAt), act: say(redAt) }, { locale })]
			: []),
		...(threshold ? [m.chart_means_count({ label: threshold.label }, { locale })] : [])
	];
}

/** The warning that those counted are not those it is about; null when they are. */
export function mismatch({ indicator }: FigureData, locale: Locale): string | null {
	if (!indicator?.mismatch) return null;
	const { population, denominator, reason } = indicator.mismatch;
	const words = m.data_indicator_mismatch({ population, denominator }, { locale });
	return reason ? `${words} ${reason}` : words;
}

/** The colour of one number, where cut-offs say it; relative ones need the others to stand beside. */
export function colourAt({ indicator }: FigureData, { value }: FigureCell): Colour | null {
	return indicator?.meaning === 'act' ? colourOf(value, indicator, []) : null;
}
