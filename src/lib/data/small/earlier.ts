import type { Cells } from '../cells.ts';
import type { CubeShape } from '../cube.ts';
import { looksLikeTotal } from '../recipe.ts';
import type { Totals } from '../totals.ts';
import { findRelations, weigh } from './find.ts';
import type { Relation } from './lines.ts';
import { HIDDEN, KNOWN, MISSING, OPEN, PRIMARY, WANTED, type Places } from './places.ts';
import { leaves, onlyTotal, type Wide } from './widen.ts';

/**
 * What was published before about the same cells, by an earlier edition or another dataset of the same
 * owner. What is hidden there stays hidden here, or this edition would tell what that one keeps; and what
 * is shown there with the number it has now hides nothing here, because some kept it. What only stands
 * there is held against what stands here (`Elsewhere`).
 */
export function recall(
	places: Places,
	shape: CubeShape,
	counting: number[],
	{ publications }: Wide
): void {
	const { states, values, marks } = places;
	for (const { at, from, translate } of meetings(shape, counting, { publications, measures: [] })) {
		const base = at * places.grid;
		for (const position of from.keys()) {
			const there = translate(position);
			const cell = there === null ? -1 : places.at(base + there);
			if (cell === -1 || cell >= places.own || states[cell] === MISSING) continue;
			const status = from.statusAt(position);
			if (status === 's' && !(states[cell] === OPEN && values[cell] === 0)) {
				states[cell] = HIDDEN;
				marks[cell]! |= PRIMARY | WANTED;
			} else if (status === 'v' && from.valueAt(position) === values[cell]) marks[cell]! |= KNOWN;
		}
	}
	for (let cell = 0; cell < places.own; cell++)
		if (states[cell] === HIDDEN && marks[cell]! & PRIMARY) marks[cell]! |= WANTED;
}

/** Cells that only stand in earlier publications, by their id: the newest number, or null where it is suppressed. */
export type Elsewhere = Map<number, number | null>;

/** More of them than this are not held; the newest are. How many are left is told. */
const MOST = 200_000;

export function elsewhere(
	own: { shape: CubeShape; cells: Cells[] },
	counting: number[],
	wide: Wide,
	besides: number,
	most = MOST
): { found: Elsewhere; left: number } {
	const found: Elsewhere = new Map();
	let left = wide.left;
	const lengths = wide.shape.dimensions.map(({ categories }) => categories.length);
	const grid = lengths.reduce((size, length) => size * length, 1);
	const owns = lengths.map((_, axis) => own.shape.dimensions[axis]?.categories.length ?? 1);
	/** On how many axes it stands outside the edition: on two, no line of it meets a cell of the edition. */
	const outside = (position: number) => {
		let [rest, step, count] = [position, grid, 0];
		for (const [axis, length] of lengths.entries()) {
			step /= length;
			const place = Math.floor(rest / step);
			rest -= place * step;
			if (place >= owns[axis]!) count++;
		}
		return count;
	};
	const time = own.shape.dimensions.findIndex(({ role }) => role === 'time');
	const [step, length] = [
		grid / lengths.slice(0, time + 1).reduce((all, one) => all * one, 1),
		lengths[time] ?? 1
	];
	const isOtherPeriod = (position: number) =>
		time !== -1 && Math.floor(position / step) % length >= owns[time]!;
	// Other periods and measures come after what lies nearer, and take no room from it.
	for (const further of [false, true]) {
		const room = found.size + most;
		for (const { at, from, translate, added } of meetings(own.shape, counting, wide, besides)) {
			// A measure that is not the edition's meets it where the place is.
			const mine = at < counting.length ? own.cells[counting[at]!]! : null;
			if (mine === null && !further) continue;
			if (mine && added.length === 0 && mine.size === mine.room) continue; // every place of it is here
			for (const position of from.keys()) {
				const there = translate(position);
				if (there === null || (mine !== null && isOtherPeriod(there) !== further)) continue;
				const back = wide.back(there);
				if (mine ? back !== -1 && mine.has(back) : back === -1) continue;
				const status = from.statusAt(position);
				const id = at * grid + there;
				if (status === 'm' || found.has(id) || (back === -1 && outside(there) > 1)) continue;
				if (found.size >= room) {
					left++;
					continue;
				}
				found.set(id, status === 's' ? null : from.valueAt(position)!);
			}
		}
	}
	return { found, left };
}

/**
 * Sums of what stands here and what only stands in earlier publications: told, for this edition or for those;
 * by label; where a dimension was left out; and by their numbers. None is believed that does not hold.
 */
export function sumsAcross(
	places: Places,
	own: CubeShape,
	wide: Wide,
	{ declared, decimals, known, besides }: Across
): Relation[] {
	const sums: Relation[] = [];
	const same = (a: Relation, b: Relation) =>
		a.axis === b.axis && `${a.totals}` === `${b.totals}` && `${a.parts}` === `${b.parts}`;
	const take = (relation: Relation, unseen = true) => {
		if (relation.parts.length < 2) return; // of one part it would be chance
		if ([...known, ...sums].some((one) => same(one, relation))) return;
		const { lines, holding } = weigh(places, relation, (relation.parts.length + 1) / 2);
		if (lines === 0 ? unseen && !isContradicted(places, relation) : holding * 2 >= lines)
			sums.push(relation);
	};
	for (const told of [declared, ...wide.publications.map(({ sums: of }) => of)])
		for (const relation of relationsTold(wide.shape, told)) take(relation);
	for (const relation of wide.sums) take(relation);
	const done = new Set<string>();
	for (const { added } of wide.publications)
		for (const { axis, places: more } of added) {
			if (wide.shape.dimensions[axis]!.role === 'time') continue; // told above: a period is those within it
			const [mine, all] = [own.dimensions[axis], wide.shape.dimensions[axis]!];
			if (!mine || more.length === 0 || done.has(`${axis}:${more}`)) continue;
			done.add(`${axis}:${more}`);
			const parts = leaves(mine);
			const theirs = { ...all, categories: more.map((place) => all.categories[place]!) };
			const total = onlyTotal(theirs);
			if (total !== null) {
				const told = looksLikeTotal(theirs.categories[total]!.label);
				take({ axis, parts, totals: [more[total]!] }, told);
			}
			const whole = onlyTotal(mine);
			if (whole !== null) {
				const rest = parts.filter((place) => place !== whole);
				take({ axis, parts: more, totals: [whole] }, false);
				if (rest.length > 0) take({ axis, parts: [...rest, ...more], totals: [whole] }, false);
			}
			const here = [...known, ...sums].filter((relation) => relation.axis === axis);
			sums.push(...findRelations(places, axis, decimals, here, more));
		}
	// Across measures nobody tells: each that only stands there, with those that stand here.
	const last = places.lengths.length - 1;
	for (const nth of wide.measures.keys()) {
		const here = [...known, ...sums].filter(({ axis }) => axis === last);
		sums.push(...findRelations(places, last, decimals, here, [besides + nth]));
	}
	return sums;
}

export type Across = {
	declared: Totals;
	decimals: number;
	known: Relation[];
	/** The first measure that only stands there. */
	besides: number;
};

/** Sums told by code, in this shape. */
function relationsTold({ dimensions }: CubeShape, told: Totals): Relation[] {
	return dimensions.flatMap(({ key, categories }, axis) => {
		const place = new Map(categories.map(({ code }, at) => [code, at]));
		return (told[key] ?? []).flatMap((one) => {
			if (typeof one === 'string') return [];
			const total = place.get(one.total);
			const parts = one.parts.flatMap((part) => place.get(part) ?? []);
			const whole = total !== undefined && parts.length === one.parts.length;
			return whole ? [{ axis, parts, totals: [total] }] : [];
		});
	});
}

/** On most of its lines, what is shown of the parts is more than the total. */
function isContradicted(places: Places, { axis, parts, totals }: Relation): boolean {
	const step = places.steps[axis]!;
	const valueAt = (id: number) => {
		const cell = places.at(id);
		return cell === -1 || places.states[cell] !== OPEN ? null : places.values[cell]!;
	};
	let [lines, against] = [0, 0];
	for (const base of places.basesWith(axis, totals[0]!)) {
		const total = valueAt(base + totals[0]! * step);
		if (total === null) continue;
		lines++;
		const sum = parts.reduce((all, part) => all + (valueAt(base + part * step) ?? 0), 0);
		if (sum > total + (parts.length + 1) / 2) against++;
	}
	return against * 2 > lines;
}

/**
 * Each measure that both count, by its number among those counted here; from `besides` on those that only earlier
 * publications count.
 */
function* meetings(
	shape: CubeShape,
	counting: number[],
	{ publications, measures }: Pick<Wide, 'publications' | 'measures'>,
	besides = counting.length
) {
	for (const { cube, translate, added } of publications)
		for (const [index, measure] of cube.shape.measures.entries()) {
			const own = counting.findIndex((now) => shape.measures[now]!.key === measure.key);
			const other = own === -1 ? measures.indexOf(measure.key) : -1;
			const at = other === -1 ? own : besides + other;
			if (at !== -1 && measure.countsPeople)
				yield { at, from: cube.cells[index]!, translate, added };
		}
}
