import { KINDS, type FigureKind, type FigureSpec } from '../chart/figure.ts';
import type { CoupledWish } from '../chart/coupled.ts';
import type { CubeShape, Dimension } from '../data/cube.ts';
import { PLACES, type Place } from './brief.ts';
import { build, proposal, type MapChoice } from './figure.ts';

/** A figure as its form describes it. */

/** What the form of a figure says, by field name: GET parameters or form data. */
export type Fields = { get: (name: string) => string | null; getAll: (name: string) => string[] };

/** The kind the form stood at when its axes were chosen. */
export const SHOWN = 'shown';

/** Where a figure stands: on the one page, last, or else in the section of that name. */
export const FIRST = 'first';
export const BEHIND = 'behind';

export const placeIn = (place: string): { firstPage: boolean; section: Place | null } => ({
	firstPage: place === FIRST,
	section: PLACES.find((one) => one === place) ?? null
});

type Standing = { firstPage: boolean; section: Place | null; algorithm: string | null };

/** Where a figure is to stand and what made its numbers, as its form says or as it is stored. */
export function standing(
	asked: URLSearchParams,
	stored: Standing | null
): { place: string; algorithm: string } {
	if (asked.has('place'))
		return { place: asked.get('place')!, algorithm: asked.get('algorithm') ?? '' };
	const place = !stored || stored.firstPage ? FIRST : (stored.section ?? BEHIND);
	return { place, algorithm: stored?.algorithm ?? '' };
}

/** Names of the form's fields that belong to one dimension. */
export const holdField = (key: string) => `hold:${key}`;
export const onlyField = (key: string) => `only:${key}`;

/** In the list of datasets a coupling is chosen by this value. */
const COUPLING = 'coupling:';
export const couplingChoice = (id: string): string => COUPLING + id;
export const couplingIn = (choice: string | null): string | null =>
	choice?.startsWith(COUPLING) ? choice.slice(COUPLING.length) : null;

/** What a form says of a coupling's figure. */
export function coupledWishFrom(fields: Fields, dimensions: Dimension[]): CoupledWish {
	const same = fields.get(SHOWN) === null || fields.get(SHOWN) === fields.get('kind');
	const x = fields.get('x');
	const where = dimensions.flatMap(({ key }) => {
		const codes = key === x ? fields.getAll(onlyField(key)) : fields.getAll(holdField(key));
		return codes.length > 0 ? [[key, codes] as const] : [];
	});
	return {
		kind: fields.get('kind'),
		x: same ? x : null,
		where: Object.fromEntries(where),
		highlight: fields.getAll('highlight')
	};
}

/** What a person writes as a number: '1.200', '12,5' or '12.5'. Null when it is none; undefined when nothing is written. */
export function writtenNumber(text: string | null): number | null | undefined {
	const plain = text?.replace(/\s/g, '').replace('−', '-') ?? '';
	if (plain === '') return undefined;
	const thousands = /^-?\d{1,3}(\.\d{3})+(,\d+)?$/.test(plain) ? plain.replaceAll('.', '') : plain;
	const read = Number(thousands.replace(',', '.'));
	return Number.isFinite(read) && /\d/.test(plain) ? read : null;
}

/** Kinds that can carry a target, and those whose course can be drawn. */
export const AIMS: FigureKind[] = ['line', 'bar', 'stacked', 'range', 'panels', 'number'];
export const COURSES: FigureKind[] = ['line', 'panels', 'number'];

/**
 * The spec a form describes. What it does not say, or says of another dataset, is proposed, so there
 * is always something to draw and a half-filled form never stops anyone.
 */
export function specFrom(fields: Fields, shape: CubeShape, maps: MapChoice[] = []): FigureSpec {
	const one = <T extends string>(name: string, allowed: readonly T[]): T | undefined =>
		allowed.find((value) => value === fields.get(name));
	const keys = shape.dimensions.map(({ key }) => key);
	const measure = one(
		'measure',
		shape.measures.map(({ key }) => key)
	);
	const kind = one('kind', KINDS);
	const proposed = proposal(shape, measure, kind, maps);
	// Of another measure the kind asked for may not be possible.
	if (!kind || proposed.kind !== kind) return proposed;
	// Axes chosen for another kind say nothing of this one.
	const same = fields.get(SHOWN) === null || fields.get(SHOWN) === kind;
	const fixed = kind === 'line' || kind === 'map';
	const outline = same ? maps.find(({ id }) => id === fields.get('outline')) : undefined;
	const wished = outline?.dimension ?? ((same && !fixed && one('x', keys)) || proposed.x);
	// Along the only dimension there are others in, there would be none to be held against.
	const x =
		kind === 'range' && !seriesFor(kind, wished, undefined, proposed, shape) ? proposed.x : wished;
	const asked = same && fields.get('series') !== null ? one('series', keys) : proposed.series;
	return build(
		shape,
		{
			kind,
			measure: proposed.measure,
			x,
			series: seriesFor(kind, x, asked, proposed, shape),
			sort:
				kind === 'bar' || kind === 'stacked'
					? (one('sort', ['value', 'given'] as const) ?? proposed.sort)
					: undefined,
			highlight: fields.getAll('highlight'),
			target: AIMS.includes(kind) ? targetFrom(fields) : undefined,
			trend: COURSES.includes(kind) && fields.get('trend') === 'on' ? true : undefined,
			outline: outline?.id ?? proposed.outline
		},
		(key) => ({ hold: fields.get(holdField(key)), only: fields.getAll(onlyField(key)) })
	);
}

const NEEDS_SERIES: FigureKind[] = ['stacked', 'range', 'panels'];

/** The series asked for, where the kind has any; one that needs a series has another where this is the axis. */
function seriesFor(
	kind: FigureKind,
	x: string,
	asked: string | undefined,
	proposed: FigureSpec,
	{ dimensions }: CubeShape
): string | undefined {
	if (kind === 'number' || kind === 'map') return undefined;
	const least = kind === 'range' ? 2 : 1;
	const can = (key: string | undefined) =>
		dimensions.some((one) => one.key === key && key !== x && one.categories.length >= least);
	if (can(asked)) return asked;
	if (!NEEDS_SERIES.includes(kind)) return undefined;
	return [proposed.series, proposed.x, ...dimensions.map(({ key }) => key)].find(can);
}

function targetFrom(fields: Fields): FigureSpec['target'] {
	const value = writtenNumber(fields.get('target'));
	const label = fields.get('targetLabel')?.trim().slice(0, 60);
	return value === undefined || value === null ? undefined : { value, ...(label ? { label } : {}) };
}
