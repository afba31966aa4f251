import type { Citation } from '../data/citation.ts';
import type { Coordinates, Dimension, Measure } from '../data/cube.ts';
import type { Target } from '../data/target.ts';
import type { FigureSpec } from './figure.ts';

/**
 * Two datasets side by side as a figure (D11): what they share runs along the axis, and the two are the columns.
 * A cell is pointed at where it stands in its own dataset, so that what is said of it is said of that number.
 */

/** Not a dimension of any cube: which of the two. Its categories are '0' and '1'. */
export const SIDE = '~side';

export type Side = {
	measure: Measure;
	citation: Citation;
	/** Its own key of each shared dimension. */
	keys: Record<string, string>;
	/** Where it is held in what the other has not, by its own keys, and that in words. */
	held: Coordinates;
	heldIn: string;
};

export type Coupled = {
	id: string;
	sides: [Side, Side];
	/** Until both owners have said yes there are no cells. */
	agreed: boolean;
	/** The limit small numbers are hidden below, and how many cells are hidden for standing together. */
	limit: number | null;
	hidden: number;
	/** The coupling of newer editions that both owners have agreed to. */
	newer: string | null;
};

export const sideOf = ({ sides }: Coupled, coordinates: Coordinates): Side =>
	sides[coordinates[SIDE] === '1' ? 1 : 0];

/** 'Elever, antal · I alt': what a side counts, and where it is held. */
export function sideWords({ measure: { label, unit }, heldIn }: Side): string {
	const counted =
		unit && !label.toLowerCase().includes(unit.toLowerCase()) ? `${label}, ${unit}` : label;
	return heldIn ? `${counted} (${heldIn})` : counted;
}

/** Which of the two, as a dimension. */
export const sideDimension = (sides: Coupled['sides'], label: string): Dimension => ({
	key: SIDE,
	label,
	role: 'category',
	categories: sides.map((side, code) => ({ code: String(code), label: sideWords(side) }))
});

/** A place in the figure as its own dataset has it; `held`: with what it is held at. */
export function ownPlace(
	coupled: Coupled,
	coordinates: Coordinates,
	held = true
): Pick<Target, 'measure' | 'coordinates' | 'versionId'> {
	const side = sideOf(coupled, coordinates);
	const shared = Object.entries(side.keys).flatMap(([key, own]) =>
		coordinates[key] === undefined ? [] : [[own, coordinates[key]] as [string, string]]
	);
	return {
		measure: side.measure.key,
		coordinates: { ...(held ? side.held : {}), ...Object.fromEntries(shared) },
		versionId: side.citation.versionId
	};
}

/** The other way: where something pointed at in one of the datasets stands in the figure; null when it does not. */
export function placeIn({ sides }: Coupled, target: Target): Coordinates | null {
	const at = sides.findIndex(
		({ citation, measure }) =>
			citation.versionId === target.versionId && measure.key === target.measure
	);
	const side = sides[at];
	if (!side) return null;
	const shared = Object.entries(side.keys).flatMap(([key, own]) => {
		const code = target.coordinates[own];
		return code === undefined ? [] : [[key, code] as [string, string]];
	});
	if (target.kind !== 'period') shared.push([SIDE, String(at)]);
	return Object.fromEntries(shared);
}

/** How a coupling may be drawn, as its figure's kind. */
export const COUPLED_KINDS = ['beside', 'scatter'] as const;
export type CoupledKind = (typeof COUPLED_KINDS)[number];

export type CoupledWish = {
	kind?: string | null;
	x?: string | null;
	/** Category codes by dimension: what is held, or of the axis what is shown. */
	where?: Record<string, string[]>;
	highlight?: string[];
};

/**
 * The figure of a coupling: what was wished where that can be, else time along the axis, or the dimension with most
 * categories; other shared dimensions are held at the latest period or the first category. Points say more than bars
 * where there are several of them and no order between them.
 */
export function coupledSpec(
	shared: Dimension[],
	measure: string,
	wish: CoupledWish = {}
): FigureSpec {
	const longest = shared.toSorted((a, b) => b.categories.length - a.categories.length)[0];
	const time = shared.find(({ role, categories }) => role === 'time' && categories.length > 1);
	const x = shared.find(({ key }) => key === wish.x) ?? time ?? longest!;
	const points = x.role !== 'time' && x.categories.length >= FEW;
	const kind = COUPLED_KINDS.find((one) => one === wish.kind) ?? (points ? 'scatter' : 'beside');
	const known = ({ key, categories }: Dimension) =>
		categories.map(({ code }) => code).filter((code) => wish.where?.[key]?.includes(code));
	const where: Record<string, string[]> = {};
	for (const dimension of shared) {
		const picked = known(dimension);
		const { key, role, categories } = dimension;
		if (dimension !== x) where[key] = [picked[0] ?? categories.at(role === 'time' ? -1 : 0)!.code];
		else if (picked.length > 0 && picked.length < categories.length) where[key] = picked;
	}
	const highlight = x.categories
		.map(({ code }) => code)
		.filter((code) => wish.highlight?.includes(code));
	return {
		kind,
		measure,
		where,
		x: x.key,
		series: SIDE,
		...(x.role === 'time' ? {} : { sort: 'value' as const }),
		...(highlight.length > 0 ? { highlight } : {})
	};
}

const FEW = 3;
/** More rows than this are no figure. */
export const MOST_ROWS = 120;

/** Why a spec cannot be drawn from what the two share, as a code; null when it can. */
export function coupledProblem(spec: FigureSpec, shared: Dimension[]): string | null {
	if (!COUPLED_KINDS.some((kind) => kind === spec.kind) || spec.series !== SIDE)
		return 'brief.coupling_kind';
	const x = shared.find(({ key }) => key === spec.x);
	if (!x) return 'brief.no_axis';
	for (const [key, codes] of Object.entries(spec.where)) {
		const known = shared.find((one) => one.key === key)?.categories;
		if (!codes.every((code) => known?.some((one) => one.code === code)))
			return 'brief.no_such_category';
	}
	for (const { key } of shared)
		if (key !== x.key && spec.where[key]?.length !== 1) return 'brief.dimension_left_open';
	const rows = spec.where[x.key]?.length ?? x.categories.length;
	return rows > MOST_ROWS ? 'brief.figure_too_large' : null;
}
