import loadHighs from 'highs';
import type { Cube } from '#lib/data/cube.ts';
import { gridSize, strides } from '#lib/data/grid.ts';

/**
 * Someone who knows what adds up to what, and wants the suppressed numbers: a linear program over what
 * is shown, solved by HiGHS, which the product does not use.
 */
const highs = await loadHighs();

/** Places along an axis (the last axis is the measures) that add up to other places. */
export type Sum = { axis: number; parts: number[]; totals: number[] };

export type Interval = { measure: number; position: number; low: number; high: number };

/** What can be known of each suppressed cell. `also` are numbers known from elsewhere, by id. */
export function attack(cube: Cube, sums: Sum[], also = new Map<number, number>()): Interval[] {
	const grid = gridSize(cube.shape.dimensions);
	const steps = [...strides(cube.shape.dimensions), grid];
	const hidden: number[] = [];
	const shown = new Map<number, number>();
	for (const [measure, cells] of cube.cells.entries())
		for (const [position, { value, status }] of cells) {
			const id = measure * grid + position;
			if (status === 'v') shown.set(id, value!);
			else if (status === 's' && also.has(id)) shown.set(id, also.get(id)!);
			else if (status === 's') hidden.push(id);
		}
	if (hidden.length === 0) return [];
	const name = new Map(hidden.map((id, index) => [id, `x${index}`]));
	const rows: string[] = [];
	const told = new Set<string>();
	const lengths = [
		...cube.shape.dimensions.map(({ categories }) => categories.length),
		cube.cells.length
	];
	for (const { axis, parts, totals } of sums)
		for (const id of hidden) {
			const place = Math.floor(id / steps[axis]!) % lengths[axis]!;
			if (!parts.includes(place) && !totals.includes(place)) continue;
			const base = id - place * steps[axis]!;
			const at = (of: number) => base + of * steps[axis]!;
			if (![...parts, ...totals].every((of) => shown.has(at(of)) || name.has(at(of)))) continue;
			let right = 0;
			let left = '';
			for (const [side, sign] of [
				[parts, 1],
				[totals, -1]
			] as const)
				for (const of of side)
					if (shown.has(at(of))) right -= sign * shown.get(at(of))!;
					else left += ` ${sign === 1 ? '+' : '-'} ${name.get(at(of))}`;
			told.add(`${left} = ${right}`);
		}
	for (const row of told) rows.push(` r${rows.length}: ${row}`);
	const constraints = rows.length > 0 ? rows.join('\n') : ` r0: x0 >= 0`;
	const solve = (sense: 'Minimize' | 'Maximize', x: string) => {
		const text = `${sense}\n obj: ${x}\nSubject To\n${constraints}\nEnd`;
		const { Status, ObjectiveValue } = highs.solve(text, { output_flag: false });
		if (Status === 'Optimal') return ObjectiveValue as number;
		if (sense === 'Maximize' && (Status === 'Unbounded' || String(Status).includes('nbounded')))
			return Infinity;
		throw new Error(`${Status} for ${text}`);
	};
	return hidden.map((id) => ({
		measure: Math.floor(id / grid),
		position: id % grid,
		low: solve('Minimize', name.get(id)!),
		high: solve('Maximize', name.get(id)!)
	}));
}

/** The intervals that say too much: they do not cover 1..limit-1, or are less than `limit` wide. */
export const tooNarrow = (intervals: Interval[], limit: number, least = 1): Interval[] =>
	intervals.filter(
		({ low, high }) => low > least + 1e-6 || high < limit - 1 - 1e-6 || high - low < limit - 1e-6
	);
