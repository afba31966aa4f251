import { Cells } from './cells.ts';
import type { Cube, CubeShape } from './cube.ts';
import { audit } from './small/audit.ts';
import { elsewhere, recall, sumsAcross } from './small/earlier.ts';
import { Effort } from './small/effort.ts';
import { estimate } from './small/estimate.ts';
import { guardLines, Lines, type Relation } from './small/lines.ts';
import { HIDDEN, KNOWN, OPEN, Places, PRIMARY, UNKNOWN, WANTED } from './small/places.ts';
import { relationsIn } from './small/relations.ts';
import { followBases, numeratorsOf } from './small/shares.ts';
import { widen, type Published } from './small/widen.ts';
import type { Totals } from './totals.ts';

/**
 * Small numbers (D5). A cell built on fewer than `limit` individuals is suppressed, and so are others
 * where sums would give it away. Runs before anything is stored: what it removes is kept nowhere. Pure:
 * plain data in, plain data out, the same in any thread.
 */

export type Rules = {
	/** Totals someone declared or the file tells; the rest is found. */
	declared?: Totals;
	/** The owner says that noughts are small numbers too. */
	hideZeros?: boolean;
	/** What the same owner published before about the same cells, newest first. */
	earlier?: Published[];
	/** What has a number here was published before with that number. */
	shown?: boolean;
	/** How many cells that only stand in earlier publications are held; for tests. */
	most?: number;
	/** What guarding may cost. */
	effort?: Effort;
};

export type Suppressed = {
	cube: Cube;
	/** Cells absent for being small themselves. */
	primary: number;
	/** Cells absent to guard another. */
	secondary: number;
	/** Small cells that an earlier publication gives away whatever is done now. */
	given: number;
	/** Cells published before that were too many to be held against these. */
	left: number;
	/** Sums that nobody told but that hold through the cube, in words. */
	found: TotalLine[];
	/** All sums along dimensions, as they would be told: to guard them again by. */
	sums: Totals;
};

/** One sum that the cube contains, in words. `dimension` null: across measures. */
export type TotalLine = { dimension: string | null; totals: string[]; parts: string[] };

export function suppress(cube: Cube, limit: number, rules: Rules = {}): Suppressed {
	const { measures } = cube.shape;
	const counting = measures.flatMap((measure, index) => (measure.countsPeople ? [index] : []));
	const numerators = numeratorsOf(cube);
	const counted = [
		...counting.map((index) => ({ cells: cube.cells[index]! })),
		...numerators.map(({ cells }) => ({ cells, virtual: true }))
	];
	const decimals = Math.max(0, ...counting.map((index) => measures[index]!.decimals));
	const alone = new Places(cube.shape, counted);
	const { told, found } = relationsIn(alone, cube.shape, rules.declared ?? {}, decimals);
	const own = [...told, ...found];

	// What only earlier publications have stands beside it, in a wider grid.
	const earlier = rules.earlier ?? [];
	const wide = widen(cube.shape, counted.length, earlier, rules.declared);
	const { found: beside, left } = elsewhere(cube, counting, wide, counted.length, rules.most);
	const all = [...counted, ...wide.measures.map(() => ({ cells: new Cells(0), virtual: true }))];
	const apart = wide.grown || beside.size > 0;
	const places = apart ? new Places(cube.shape, all, wide, beside) : alone;
	const relations = own.map((relation) =>
		// Measures are the last axis, however many there are.
		relation.axis < cube.shape.dimensions.length
			? relation
			: { ...relation, axis: places.lengths.length - 1 }
	);
	const asked = {
		declared: rules.declared ?? {},
		decimals,
		known: relations,
		besides: counted.length
	};
	const more = beside.size > 0 ? sumsAcross(places, cube.shape, wide, asked) : [];
	const lines = new Lines(places, relations);
	const across =
		beside.size > 0 ? new Lines(places, [...relations, ...more], { across: true }) : lines;

	const least = rules.hideZeros ? 0 : 1;
	for (let cell = 0; cell < places.own; cell++) {
		const value = places.values[cell]!;
		if (places.states[cell] !== OPEN || value >= limit || value < 0) continue;
		if (value > 0 || rules.hideZeros) {
			places.states[cell] = HIDDEN;
			places.marks[cell]! |= PRIMARY;
		}
	}
	if (earlier.length > 0) recall(places, cube.shape, counting, wide);
	estimate(across);

	const effort = rules.effort ?? new Effort();
	guardLines(lines, hiddenIn(places), limit);
	if (across !== lines) guardLines(across, hiddenIn(places), limit);
	let given: number[];
	for (;;) {
		audit(lines, { limit, least, kept: false, effort });
		if (earlier.length === 0) return finish([]);
		const kept = audit(across, { limit, least, kept: true, effort });
		given = kept.given;
		if (kept.hidden.length === 0) return finish(given);
	}

	function finish(unguarded: number[]): Suppressed {
		const bare = new Set(unguarded);
		let primary = 0;
		let secondary = 0;
		const { grid } = places;
		const hidden = counted.map(() => new Set<number>());
		for (let cell = 0; cell < places.own; cell++) {
			if (places.states[cell] !== HIDDEN) continue;
			const marks = places.marks[cell]!;
			if (marks & WANTED && marks & KNOWN) bare.add(cell);
			if (rules.shown && marks & PRIMARY && !(marks & UNKNOWN)) bare.add(cell);
			const measure = Math.floor(places.ids[cell]! / grid);
			const position = places.ids[cell]! - measure * grid;
			hidden[measure]!.add(places === alone ? position : wide.back(position));
			if (measure >= counting.length || marks & UNKNOWN) continue;
			if (marks & PRIMARY) primary++;
			else secondary++;
		}
		const result = cube.cells.map((cells, index) => {
			const at = counting.indexOf(index);
			if (at === -1 || hidden[at]!.size === 0) return cells;
			const copy = cells.copy();
			for (const position of hidden[at]!) copy.setStatus(position, 's');
			return copy;
		});
		secondary += followBases(cube.shape, result, numerators, hidden.slice(counting.length));
		return {
			cube: { shape: cube.shape, cells: result },
			primary,
			secondary,
			given: bare.size,
			left: left + earlier.reduce((sum, { left = 0 }) => sum + left, 0),
			found: inWords(found, cube.shape, counting),
			sums: asTold(own, cube.shape)
		};
	}
}

function* hiddenIn({ states }: Places): Generator<number> {
	for (let cell = 0; cell < states.length; cell++) if (states[cell] === HIDDEN) yield cell;
}

function inWords(relations: Relation[], shape: CubeShape, counting: number[]): TotalLine[] {
	return relations.map(({ axis, parts, totals }) => {
		const dimension = shape.dimensions[axis];
		const label = (place: number) =>
			dimension
				? dimension.categories[place]!.label
				: (shape.measures[counting[place] ?? -1]?.label ?? '');
		return {
			dimension: dimension?.label ?? null,
			totals: totals.map(label),
			parts: parts.map(label)
		};
	});
}

function asTold(relations: Relation[], shape: CubeShape): Totals {
	const sums: Totals = {};
	for (const { axis, parts, totals } of relations) {
		const dimension = shape.dimensions[axis];
		if (!dimension || totals.length !== 1) continue;
		const code = (place: number) => dimension.categories[place]!.code;
		(sums[dimension.key] ??= []).push({ total: code(totals[0]!), parts: parts.map(code) });
	}
	return sums;
}
