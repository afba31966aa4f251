import type { Cube, CubeShape, Dimension } from '../cube.ts';
import { gridSize, strides } from '../grid.ts';
import { totalsOf, type Totals } from '../totals.ts';
import type { Relation } from './lines.ts';
import { nestedWith, nestings } from './nested.ts';
import { DENSE } from './places.ts';

/**
 * The grid of an edition, made wide enough for what the same owner published before about the same things:
 * categories that only an earlier publication has (a total that has gone from the file), and a dimension
 * that only one of the two has, where the other tells the sum of it; measures that only an earlier one counts; and
 * of periods those that make up the edition's, or that it makes up (nested.ts): other months say nothing of these.
 * The edition's own categories keep their places, and what is added stands after them.
 */
export type Wide = {
	shape: CubeShape;
	/** Anything is added to the edition's own grid. */
	grown: boolean;
	/** The edition's own positions in it, and back: -1 for what is not the edition's. */
	place: (position: number) => number;
	back: (position: number) => number;
	/** Those that say anything about the same cells, newest first. */
	publications: Publication[];
	/** Sums that should hold where a dimension was left out, or a period is others together. */
	sums: Relation[];
	/** Measures that only earlier publications count, after the edition's own. */
	measures: string[];
	/** Cells of publications there was no room to hold against the edition. */
	left: number;
};

/** A cube the owner published before; `sums`: what adds up to what in it, as it was guarded. */
export type Published = Cube & {
	sums?: Totals;
	/** Cells of what was published even earlier and is not here: there were too many. */
	left?: number;
};

export type Publication = {
	cube: Cube;
	sums: Totals;
	translate: (position: number) => number | null;
	/** Categories that are there because of it. */
	added: { axis: number; places: number[] }[];
};

/** Stands for all of a dimension that has no total of its own. No file has such a code: they are trimmed. */
const ALL = ' ';

/** `declared`: what is told to add up in the edition, also of categories it does not have. */
export function widen(
	own: CubeShape,
	measures: number,
	earlier: Published[],
	declared: Totals = {}
): Wide {
	const whole = widened(own, measures, earlier, declared, true);
	if (whole.left === 0) return whole;
	// Periods and measures must not take the room of what lies nearer.
	return { ...widened(own, measures, earlier, declared, false), left: whole.left };
}

function widened(
	own: CubeShape,
	measures: number,
	earlier: Published[],
	declared: Totals,
	further: boolean
): Wide {
	const dimensions = own.dimensions.map((one) => ({ ...one, categories: [...one.categories] }));
	const sums: Relation[] = [];
	const grown: { cube: Published; added: Publication['added'] }[] = [];
	const others = further ? measuresBeside(own, earlier) : [];
	let left = 0;
	const time = own.dimensions.find(({ role }) => role === 'time');
	const periods =
		time && further
			? nestedWith(
					time,
					earlier.flatMap(({ shape }) =>
						codesOf(shape.dimensions.find(({ key }) => key === time.key))
					)
				)
			: new Set<string>();
	for (const cube of earlier) {
		const added = grow(cube);
		if (added) grown.push({ cube, added });
	}
	const shape = { ...own, dimensions };
	const publications = grown.map(({ cube, added }) => ({
		cube,
		added,
		sums: cube.sums ?? {},
		translate: translator(cube.shape, shape)
	}));
	if (time && periods.size > 0)
		sums.push(
			...periodSums(
				dimensions,
				dimensions.findIndex(({ key }) => key === time.key)
			)
		);
	return {
		shape,
		...between(own.dimensions, dimensions),
		publications,
		sums,
		measures: others,
		left
	};

	/** Makes room for a publication; null when it says nothing about the same cells. */
	function grow({ shape: { dimensions: theirs }, sums: told = {} }: Published) {
		const wanted: { at: number; dimension: Dimension; codes: string[]; sum?: number[] }[] = [];
		let shared = 0;
		for (const [at, mine] of own.dimensions.entries()) {
			const other = theirs.find(({ key }) => key === mine.key);
			if (!other) {
				if (onlyTotal(mine) !== null) continue;
				if (mine.role === 'time') return null;
				const parts = leaves(mine);
				wanted.push({ at, dimension: mine, codes: [ALL], sum: parts });
				continue;
			}
			const has = new Set(mine.categories.map(({ code }) => code));
			const news = codesOf(other).filter((code) => !has.has(code));
			const nested = mine.role === 'time' && news.some((code) => periods.has(code));
			const codes = mine.role === 'time' ? news.filter((code) => periods.has(code)) : news;
			if (news.length === other.categories.length && !nested) {
				// Nothing in common: one may still be all of the other.
				const one = onlyTotal(mine) !== null || onlyTotal(other) !== null;
				const sums = [...(declared[mine.key] ?? []), ...(told[mine.key] ?? [])];
				if (mine.role === 'time' || !(one || addUp(sums, has, news))) return null;
			} else shared++;
			if (codes.length > 0) wanted.push({ at, dimension: other, codes });
		}
		const more = theirs.filter(
			(other) => !own.dimensions.some(({ key }) => key === other.key) && onlyTotal(other) === null
		);
		if (shared === 0 || more.some(({ role }) => role === 'time')) return null;
		const size =
			dimensions.reduce((room, { key, categories }) => {
				const codes = wanted.find(({ dimension }) => dimension.key === key)?.codes ?? [];
				return room * (categories.length + codes.length);
			}, measures + others.length) *
			more.reduce((room, { categories }) => room * (categories.length + 1), 1);
		// Too much to hold: what is the same in both is still looked at.
		if (size > DENSE) {
			left += gridSize(theirs);
			return more.length > 0 ? null : [];
		}
		const added = wanted.map(({ at, dimension, codes, sum }) => {
			const places = codes.map((code) => take(at, dimension, code));
			if (sum && !sums.some(({ axis, totals }) => axis === at && totals[0] === places[0]))
				sums.push({ axis: at, parts: sum, totals: places });
			return { axis: at, places };
		});
		for (const dimension of more) {
			const known = dimensions.findIndex(({ key }) => key === dimension.key);
			const at = known === -1 ? dimensions.push({ ...dimension, categories: [EVERY] }) - 1 : known;
			const places = dimension.categories.map(({ code }) => take(at, dimension, code));
			sums.push({ axis: at, parts: places, totals: [0] });
			added.push({ axis: at, places });
		}
		return added;
	}

	function take(at: number, from: Dimension, code: string): number {
		const { categories } = dimensions[at]!;
		const known = categories.findIndex((category) => category.code === code);
		if (known !== -1) return known;
		return categories.push(from.categories.find((one) => one.code === code) ?? EVERY) - 1;
	}
}

const codesOf = (dimension?: Dimension) => dimension?.categories.map(({ code }) => code) ?? [];

/** Periods that others make up, as they stand here. */
function periodSums(dimensions: Dimension[], axis: number): Relation[] {
	const codes = codesOf(dimensions[axis]);
	const place = new Map(codes.map((code, at) => [code, at]));
	return nestings(codes).map(({ total, parts }) => ({
		axis,
		parts: parts.map((part) => place.get(part)!),
		totals: [place.get(total)!]
	}));
}

/** More than these are not looked at: sums across measures are few. */
const MOST_MEASURES = 12;

/** Measures that count people in an earlier publication and are not among the edition's. */
function measuresBeside({ measures }: CubeShape, earlier: Published[]): string[] {
	const own = new Set(measures.map(({ key }) => key));
	const found = earlier.flatMap(({ shape }) =>
		shape.measures.flatMap(({ key, countsPeople }) => (countsPeople && !own.has(key) ? [key] : []))
	);
	return [...new Set(found)].slice(0, MOST_MEASURES);
}

/** Some sum has parts among the one's categories and its total among the other's. */
const addUp = (sums: Totals[string], one: Set<string>, codes: string[]) =>
	sums.some(
		(sum) =>
			typeof sum !== 'string' &&
			((codes.includes(sum.total) && sum.parts.some((part) => one.has(part))) ||
				(one.has(sum.total) && sum.parts.some((part) => codes.includes(part))))
	);

const EVERY = { code: ALL, label: '' };

/**
 * Positions of one shape in another. A dimension that only one of them has stands for its total there; what
 * has no place is null.
 */
function translator(from: CubeShape, to: CubeShape): (position: number) => number | null {
	const fromSteps = strides(from.dimensions);
	const toSteps = strides(to.dimensions);
	let fixed = 0;
	for (const [axis, dimension] of to.dimensions.entries())
		if (!from.dimensions.some(({ key }) => key === dimension.key))
			fixed += Math.max(0, allOf(dimension)) * toSteps[axis]!;
	const axes = from.dimensions.map((dimension, axis) => {
		const at = to.dimensions.findIndex(({ key }) => key === dimension.key);
		const only = at === -1 ? onlyTotal(dimension) : null;
		const places = new Map(to.dimensions[at]?.categories.map(({ code }, place) => [code, place]));
		const moved = dimension.categories.map(({ code }, own) => {
			if (at === -1) return own === only ? 0 : NOWHERE;
			const place = places.get(code);
			return place === undefined ? NOWHERE : place * toSteps[at]!;
		});
		return { step: fromSteps[axis]!, length: dimension.categories.length, moved };
	});
	return (position) => {
		let result = fixed;
		let rest = position;
		for (const { step, moved } of axes) {
			const place = Math.floor(rest / step);
			rest -= place * step;
			result += moved[place]!;
		}
		return result < 0 ? null : result;
	};
}

/** So far below nought that no sum of places comes back from it. */
const NOWHERE = -1e15;

function between(own: Dimension[], wide: Dimension[]): Pick<Wide, 'grown' | 'place' | 'back'> {
	const same = (at: number) => at;
	if (gridSize(own) === gridSize(wide)) return { grown: false, place: same, back: same };
	const [ownSteps, wideSteps] = [strides(own), strides(wide)];
	return {
		grown: true,
		place: (position) => {
			let [result, rest] = [0, position];
			for (const [axis, step] of ownSteps.entries()) {
				const place = Math.floor(rest / step);
				rest -= place * step;
				result += place * wideSteps[axis]!;
			}
			return result;
		},
		back: (position) => {
			let [result, rest] = [0, position];
			for (const [axis, step] of wideSteps.entries()) {
				const place = Math.floor(rest / step);
				rest -= place * step;
				if (place >= (own[axis]?.categories.length ?? 1)) return -1;
				result += place * (ownSteps[axis] ?? 0);
			}
			return result;
		}
	};
}

/** The place that stands for all of a dimension: its total, or the one that was made for it. */
function allOf(dimension: Dimension): number {
	const made = dimension.categories.findIndex(({ code }) => code === ALL);
	return made !== -1 ? made : (onlyTotal(dimension) ?? -1);
}

/** The one category that is all of a dimension; null when there is none or more than one. */
export function onlyTotal(dimension: Dimension): number | null {
	if (dimension.categories.length === 1) return 0;
	const totals = totalsOf(dimension);
	return totals.length === 1
		? dimension.categories.findIndex(({ code }) => code === totals[0])
		: null;
}

/** Places of the categories that are no totals. */
export function leaves(dimension: Dimension): number[] {
	const totals = new Set(totalsOf(dimension));
	return dimension.categories.flatMap(({ code }, place) => (totals.has(code) ? [] : [place]));
}
