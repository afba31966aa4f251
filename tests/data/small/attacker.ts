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

type Asked = {
	/** Numbers known from elsewhere, by id. */
	also?: Map<number, number>;
	/** Asks only for these: most of the time goes to asking. */
	only?: (position: number) => boolean;
};

/** What can be known of each suppressed cell. */
export function attack(
	cube: Cube,
	sums: Sum[],
	{ also = new Map(), only = () => true }: Asked = {}
): Interval[] {
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
	const unknown = new Set(hidden);
	const rows = new Map<string, { text: string; ids: number[] }>();
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
			if (![...parts, ...totals].every((of) => shown.has(at(of)) || unknown.has(at(of)))) continue;
			let right = 0;
			let left = '';
			const ids: number[] = [];
			for (const [side, sign] of [
				[parts, 1],
				[totals, -1]
			] as const)
				for (const of of side)
					if (shown.has(at(of))) right -= sign * shown.get(at(of))!;
					else {
						left += ` ${sign === 1 ? '+' : '-'} x${at(of)}`;
						ids.push(at(of));
					}
			const text = `${left} = ${right}`;
			rows.set(text, { text, ids });
		}
	const programOf = programs([...rows.values()]);
	return hidden
		.map((id) => ({ id, measure: Math.floor(id / grid), position: id % grid }))
		.filter(({ position }) => only(position))
		.map(({ id, ...cell }) => ({
			...cell,
			low: solve('Minimize', id, programOf(id)),
			high: solve('Maximize', id, programOf(id))
		}));
}

/** The rows that say anything of a cell: its own, those of the cells on them, and so on. What does not hang together is another program. */
function programs(rows: { text: string; ids: number[] }[]): (id: number) => string {
	const above = new Map<number, number>();
	const top = (id: number): number => {
		const next = above.get(id) ?? id;
		return next === id ? id : top(next);
	};
	for (const { ids } of rows) for (const id of ids) above.set(top(id), top(ids[0]!));
	const texts = new Map<number, string>();
	for (const [index, { text, ids }] of rows.entries())
		texts.set(top(ids[0]!), `${texts.get(top(ids[0]!)) ?? ''} r${index}: ${text}\n`);
	return (id) => texts.get(top(id)) ?? ` r0: x${id} >= 0`;
}

function solve(sense: 'Minimize' | 'Maximize', id: number, constraints: string): number {
	const text = `${sense}\n obj: x${id}\nSubject To\n${constraints}\nEnd`;
	const { Status, ObjectiveValue } = highs.solve(text, { output_flag: false });
	if (Status === 'Optimal') return ObjectiveValue as number;
	if (sense === 'Maximize' && (Status === 'Unbounded' || String(Status).includes('nbounded')))
		return Infinity;
	throw new Error(`${Status} for ${text}`);
}

/** The intervals that say too much: they do not cover 1..limit-1, or are less than `limit` wide. */
export const tooNarrow = (intervals: Interval[], limit: number, least = 1): Interval[] =>
	intervals.filter(
		({ low, high }) => low > least + 1e-6 || high < limit - 1 - 1e-6 || high - low < limit - 1e-6
	);
