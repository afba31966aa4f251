import type { FigureData } from './figure.ts';
import { cutOffs } from './levels.ts';

/** The value axis of a chart: round steps that hold every value. */
export type Axis = { from: number; to: number; ticks: number[] };

/**
 * Round steps. Counts and amounts from 0; a mean or share that moves in a narrow band far from it shows the
 * band, and the chart says so.
 */
export function axis(values: number[], fromZero: boolean): Axis {
	const low = Math.min(...values, Infinity);
	const high = Math.max(...values, -Infinity);
	if (!Number.isFinite(low)) return { from: 0, to: 1, ticks: [0, 1] };
	const near = !fromZero && low > 0 && low > high * 0.6;
	const below = near ? low : Math.min(0, low);
	const above = Math.max(near ? high : 0, high);
	const step = niceStep(Math.max((above - below || Math.abs(above) || 1) / 4, 1e-6));
	const from = Math.floor(below / step + 1e-9) * step;
	const to = Math.max(Math.ceil(above / step - 1e-9) * step, from + step);
	const count = Math.round((to - from) / step);
	const ticks = Array.from({ length: count + 1 }, (_, i) => round(from + i * step, step));
	return { from: ticks[0]!, to: ticks.at(-1)!, ticks };
}

/** Everything the figure's axis must hold: its values, what it is held against, what it said before, and its neighbours'. */
export function valuesOf(figure: FigureData): number[] {
	const cells = [...figure.cells, ...(figure.earlier?.cells ?? [])];
	const { target } = figure.spec;
	const cut = cutOffs(figure);
	return [
		...cells.flatMap(({ value }) => value ?? []),
		...(target ? [target.value] : []),
		...(cut ? [cut.good, cut.act] : []),
		...(figure.scale ?? [])
	];
}

/** Figures whose values are read against an axis that may begin elsewhere than at 0. */
export const axisOf = (figure: FigureData): Axis => axis(valuesOf(figure), figure.measure.additive);

function niceStep(raw: number): number {
	const power = 10 ** Math.floor(Math.log10(raw));
	const lead = raw / power;
	return (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10) * power;
}

/** Away with 0.30000000000000004. */
export function round(value: number, step: number): number {
	const decimals = Math.max(0, -Math.floor(Math.log10(step)) + 1);
	return decimals > 12 ? value : Number(value.toFixed(decimals));
}
