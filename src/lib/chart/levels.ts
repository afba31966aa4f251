import { m } from '#paraglide/messages.js';
import { formatNumber, type Locale } from '../base/format.ts';
import type { FigureData } from './figure.ts';

/** Values a figure is held against: where one wants to be, and where its indicator's colour turns. */
export type Level = { value: number; label: string; colour: string; dash: number[] };

/** Kinds whose value axis is that of single values; parts of a bar have no cut-off of their own. */
const SINGLE = ['line', 'bar', 'range', 'panels'];

/** The cut-offs of an indicator that says when something must be done; others have none. */
export function cutOffs({
	indicator,
	spec,
	pale
}: FigureData): { good: number; act: number } | null {
	if (!indicator || indicator.meaning !== 'act' || pale || !SINGLE.includes(spec.kind)) return null;
	const { greenAt, redAt } = indicator;
	return greenAt === null || redAt === null ? null : { good: greenAt, act: redAt };
}

export function levelsOf(figure: FigureData, locale: Locale): Level[] {
	const { target } = figure.spec;
	const cut = cutOffs(figure);
	const say = (value: number) => formatNumber(value, locale);
	return [
		...(target
			? [
					{
						value: target.value,
						label: `${target.label || m.chart_target({}, { locale })} ${say(target.value)}`,
						colour: 'var(--ink)',
						dash: [5, 3]
					}
				]
			: []),
		...(cut
			? [
					{
						value: cut.good,
						label: m.chart_level_good({ value: say(cut.good) }, { locale }),
						colour: 'var(--green)',
						dash: [8, 3]
					},
					{
						value: cut.act,
						label: m.chart_level_act({ value: say(cut.act) }, { locale }),
						colour: 'var(--red)',
						dash: [2, 3]
					}
				]
			: [])
	];
}
