import { m } from '#paraglide/messages.js';
import type { Locale } from '#lib/base/format.ts';
import type { Target } from '#lib/data/target.ts';
import type { FigureData } from './figure.ts';
import { targetWords } from './words.ts';

/** A note on a piece of a figure: a small number that leads to it. */
export type Mark = {
	target: Target;
	label: string;
	/** The note's. */
	id: string;
	/** The number of the edition it was made on, where that is not the figure's. */
	older?: number;
};

/** What a mark is called for who cannot see where it stands. */
export function markWords(
	figure: FigureData,
	{ target, label, older }: Mark,
	locale: Locale
): string {
	const place = targetWords(figure, target, locale);
	return older === undefined
		? m.chart_mark_on({ number: label, place }, { locale })
		: m.chart_older_mark({ number: label, edition: older, place }, { locale });
}
