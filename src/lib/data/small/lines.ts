import {
	ELSEWHERE,
	HIDDEN,
	KNOWN,
	MISSING,
	OPEN,
	PRIMARY,
	UNKNOWN,
	WANTED,
	type Places
} from './places.ts';

/**
 * A relation says that along an axis some categories add up to others: parts = totals, nearly always
 * one total. Each place of the other axes has one such line.
 */
export type Relation = { axis: number; parts: number[]; totals: number[] };

export type Line = {
	relation: Relation;
	/** The id its first place would have. */
	base: number;
	coefficient: 1 | -1;
	/** Its own among all lines. */
	number: number;
};

/**
 * All lines of a cube, found from their cells; `across`: also those that reach to cells which only stand in
 * earlier publications.
 */
export class Lines {
	readonly places: Places;
	readonly relations: Relation[];
	readonly #unseen: number;
	/** By axis and category: the relations it is in. */
	readonly #in: { relation: Relation; coefficient: 1 | -1; number: number }[][][];
	/** How many ids there may be. */
	readonly #size: number;
	/** Axes that have relations. */
	readonly axes: number[];
	/** No cell stands on more than one line. */
	readonly uncrossed: boolean;

	constructor(places: Places, relations: Relation[], { across = false } = {}) {
		this.places = places;
		this.#unseen = across ? 0 : ELSEWHERE;
		this.relations = relations;
		this.#in = places.lengths.map((length) => Array.from({ length }, () => []));
		this.#size = places.steps.at(-1)! * places.lengths.at(-1)!;
		for (const [number, relation] of relations.entries()) {
			for (const part of relation.parts)
				this.#in[relation.axis]![part]!.push({ relation, coefficient: 1, number });
			for (const total of relation.totals)
				this.#in[relation.axis]![total]!.push({ relation, coefficient: -1, number });
		}
		this.axes = [...new Set(relations.map(({ axis }) => axis))];
		this.uncrossed =
			this.axes.length <= 1 &&
			relations.every(({ totals }) => totals.length === 1) &&
			this.#in.every((places) => places.every((found) => found.length <= 1));
	}

	/** The relations a category is in. */
	relationsOf(axis: number, place: number) {
		return this.#in[axis]![place]!;
	}

	/** The lines a cell stands on that say anything: those whose total is there. */
	of(cell: number): Line[] {
		const lines: Line[] = [];
		const { places } = this;
		for (const axis of this.axes) {
			const place = places.place(cell, axis);
			const base = places.ids[cell]! - place * places.steps[axis]!;
			for (const { relation, coefficient, number } of this.#in[axis]![place]!)
				if (this.#holds(relation, base))
					lines.push({ relation, base, coefficient, number: number * this.#size + base });
		}
		return lines;
	}

	/** The same, each line by a number of its own: made for going over many cells. */
	each(cell: number, take: (line: number, coefficient: 1 | -1) => void): void {
		const { places } = this;
		const id = places.ids[cell]!;
		for (const axis of this.axes) {
			const step = places.steps[axis]!;
			const place = places.place(cell, axis);
			const base = id - place * step;
			for (const { relation, coefficient, number } of this.#in[axis]![place]!)
				if (this.#holds(relation, base)) take(number * this.#size + base, coefficient);
		}
	}

	/** Cells of the line's parts, or totals, that are there and not missing. */
	members({ relation, base }: Line, side: 'parts' | 'totals'): number[] {
		const step = this.places.steps[relation.axis]!;
		const found: number[] = [];
		for (const place of relation[side]) {
			const cell = this.places.at(base + place * step);
			if (this.#there(cell)) found.push(cell);
		}
		return found;
	}

	#holds(relation: Relation, base: number): boolean {
		const step = this.places.steps[relation.axis]!;
		return relation.totals.every((total) => this.#there(this.places.at(base + total * step)));
	}

	#there(cell: number): boolean {
		const { states, marks } = this.places;
		return cell !== -1 && states[cell] !== MISSING && (marks[cell]! & this.#unseen) === 0;
	}
}

/**
 * The fix-point of each line by itself, from these hidden cells on. With the total shown, its hidden
 * parts add up to a known sum: they are at least two and hide at least `limit`. A hidden total hides all
 * its parts, because what is shown of them is the least it can be. Returns what it hid.
 */
export function guardLines(lines: Lines, from: Iterable<number>, limit: number): number[] {
	const { places } = lines;
	const waiting = [...from];
	const added: number[] = [];
	const hide = (cell: number) => {
		places.states[cell] = HIDDEN;
		waiting.push(cell);
		added.push(cell);
	};
	// More hidden parts never undo what a line has; only its total going makes it worth another look.
	const guarded = new Set<number>();
	while (waiting.length > 0) {
		const cell = waiting.pop()!;
		for (const line of lines.of(cell)) {
			if (guarded.has(line.number) && line.coefficient === 1) continue;
			guarded.add(line.number);
			guardLine(lines, line, limit, hide);
		}
	}
	return added;
}

function guardLine(lines: Lines, line: Line, limit: number, hide: (cell: number) => void): void {
	const { states, values, marks } = lines.places;
	const parts = lines.members(line, 'parts');
	const totals = lines.members(line, 'totals');
	const hidden = parts.filter((cell) => states[cell] === HIDDEN);
	const open = parts.filter(hideable);
	const hiddenTotals = totals.filter((cell) => states[cell] === HIDDEN);
	if (hidden.length === 0 && hiddenTotals.length === 0) return;
	if (totals.length === 1 && hiddenTotals.length === 1) {
		for (const cell of open) hide(cell);
		return;
	}
	if (totals.length !== 1) {
		// Two ways to the same sum: one hidden cell alone on the line can be had by subtraction.
		if (hidden.length + hiddenTotals.length >= 2) return;
		const rest = [...open, ...totals.filter(hideable)];
		const next = rest.sort((a, b) => values[a]! - values[b]!)[0];
		if (next !== undefined) hide(next);
		return;
	}
	open.sort((a, b) => cost(a) - cost(b) || a - b);
	const unsure = hidden.some((cell) => marks[cell]! & UNKNOWN);
	// Against one who sees this edition; and against one who kept those before, whom what is known hides nothing from.
	const plain = { count: 0, sum: 0 };
	const kept = { count: 0, sum: 0 };
	const wanted = hidden.some((cell) => marks[cell]! & WANTED && !(marks[cell]! & KNOWN));
	const take = (cell: number) => {
		for (const of of marks[cell]! & KNOWN ? [plain] : [plain, kept]) {
			of.count++;
			of.sum += values[cell]!;
		}
	};
	const enough = ({ count, sum }: typeof plain) => count >= 2 && (sum >= limit || unsure);
	const guarded = () => enough(plain) && (!wanted || enough(kept));
	for (const cell of hidden) take(cell);
	for (const known of [0, KNOWN])
		for (const cell of open) {
			if (wanted && (marks[cell]! & KNOWN) !== known) continue;
			if (known === 0 ? guarded() : !wanted || enough(plain)) break;
			hide(cell);
			take(cell);
		}
	if (guarded()) return;
	// Nothing is left on the line to hide behind: the total goes, unless that is known too.
	const total = totals[0]!;
	if (hideable(total) && !(enough(plain) && marks[total]! & KNOWN)) hide(total);

	function hideable(cell: number): boolean {
		return states[cell] === OPEN && values[cell]! > 0 && !(marks[cell]! & ELSEWHERE);
	}

	/** The smallest first: it is easiest guarded itself. Where another hidden cell crosses, it guards that too. */
	function cost(cell: number): number {
		return values[cell]! * (marks[cell]! & PRIMARY ? 0 : 1);
	}
}
