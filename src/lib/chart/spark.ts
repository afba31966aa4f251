import { valuesOf } from './axis.ts';
import { breaksIn, gridOf, type FigureData } from './figure.ts';

/** The course behind a big number: a small line without axes, beside the number it leads to. */
export type Spark = {
	width: number;
	height: number;
	/** An SVG path; a gap where a value is not known. */
	path: string;
	last: { x: number; y: number } | null;
	/** Where the target lies. */
	target: number | null;
	breaks: number[];
};

const [WIDTH, HEIGHT, PAD] = [180, 44, 5];

/** Null for a single period: a point has no course. */
export function sparkOf(figure: FigureData): Spark | null {
	const grid = gridOf(figure);
	const values = valuesOf(figure);
	if (grid.x.role !== 'time' || grid.rows.length < 3 || values.length === 0) return null;
	const [low, high] = [Math.min(...values), Math.max(...values)];
	const x = (row: number) => PAD + (row / (grid.rows.length - 1)) * (WIDTH - 2 * PAD);
	const y = (value: number) =>
		high === low ? HEIGHT / 2 : HEIGHT - PAD - ((value - low) / (high - low)) * (HEIGHT - 2 * PAD);
	let path = '';
	let drawing = false;
	for (const [i, row] of grid.rows.entries()) {
		const { value } = grid.at(row, grid.columns[0] ?? null);
		if (value !== null) path += `${drawing ? 'L' : 'M'}${short(x(i))} ${short(y(value))}`;
		// A lone point between gaps is a dot: a line of no length with round ends.
		if (value !== null && !drawing) path += 'h0';
		drawing = value !== null;
	}
	const end = grid.rows.length - 1;
	const last = grid.at(grid.rows[end]!, grid.columns[0] ?? null).value;
	return {
		width: WIDTH,
		height: HEIGHT,
		path,
		last: last === null ? null : { x: short(x(end)), y: short(y(last)) },
		target: figure.spec.target ? short(y(figure.spec.target.value)) : null,
		breaks: breaksIn(figure).map(({ period }) => {
			const at = grid.rows.findIndex(({ code }) => code === period);
			return short((x(at - 1) + x(at)) / 2);
		})
	};
}

const short = (value: number) => Math.round(value * 10) / 10;
