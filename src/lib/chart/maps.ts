import { matchAreas, type Box, type Outline } from '../data/outline.ts';
import type { Point } from './drawing.ts';
import { gridOf, type FigureCell, type FigureData, type FigureMap } from './figure.ts';

/** An area map: which colour each area has, and what the colours mean. A number not shown is hatched, never pale. */

export type MapClass = { from: number; to: number; colour: string };

const RISING = ['var(--m1)', 'var(--m2)', 'var(--m3)', 'var(--m4)', 'var(--m5)'];
const BELOW = ['var(--n2)', 'var(--n1)'];
/** With fewer areas than this, three classes are enough to tell them apart. */
const MANY = 8;
/** On more areas than this, numbers would cover each other. */
const NUMBERED = 16;

/** The outlines with the category each stands for. `parts`: what merged categories were made of. */
export function mapOf(
	{ areas, ...outline }: Outline,
	categories: { code: string; label: string }[],
	parts: Record<string, string[]> = {}
): FigureMap {
	const matched = matchAreas(categories, { areas }, parts);
	const category = new Map(
		[...matched.areas].flatMap(([code, found]) => found.map((area) => [area.code, code] as const))
	);
	return {
		...outline,
		width: Math.max(outline.width, ...(outline.insets ?? []).map(({ to }) => to.x + to.width)),
		areas: areas.map((area) => ({ ...area, category: category.get(area.code) ?? null })),
		unplaced: matched.unmatched.map(({ code }) => code)
	};
}

/** What a map shows of its figure: the values, and in how many classes of about equally many areas. */
export function classesOf(figure: FigureData): MapClass[] {
	const { rows, columns, at } = gridOf(figure);
	const onMap = new Set(figure.map?.areas.map(({ category }) => category));
	const values = rows
		.filter(({ code }) => onMap.has(code))
		.flatMap((row) => at(row, columns[0] ?? null).value ?? []);
	return classes(values);
}

/** Classes of about equally many values; equal values are never in two, and 0 always parts what is below it. */
export function classes(values: number[]): MapClass[] {
	const sorted = values.toSorted((a, b) => a - b);
	const count = sorted.length < MANY ? 3 : 5;
	const below = sorted.filter((value) => value < 0);
	const above = sorted.slice(below.length);
	if (below.length === 0) return coloured(cut(above, count), RISING, count);
	if (above.length === 0) return coloured(cut(below, count), RISING, count);
	return [
		...coloured(cut(below, 2), BELOW, 2),
		...coloured(cut(above, 3), [RISING[1]!, RISING[2]!, RISING[4]!], 3)
	];
}

/** Where to draw the line between equally many: never between equals. */
function cut(sorted: number[], count: number): { from: number; to: number }[] {
	const groups: { from: number; to: number }[] = [];
	let start = 0;
	for (let i = 1; i <= count && start < sorted.length; i++) {
		let end = i === count ? sorted.length : Math.round((i * sorted.length) / count);
		while (end > start && end < sorted.length && sorted[end] === sorted[end - 1]) end++;
		if (end <= start) continue;
		groups.push({ from: sorted[start]!, to: sorted[end - 1]! });
		start = end;
	}
	return groups;
}

/** From pale to strong, with the whole scale spread over however many classes there are. */
function coloured(
	groups: { from: number; to: number }[],
	scale: string[],
	count: number
): MapClass[] {
	return groups.map((group, i) => {
		const steps = Math.max(1, Math.min(count, groups.length) - 1);
		const at = groups.length === 1 ? scale.length - 1 : (i / steps) * (scale.length - 1);
		return { ...group, colour: scale[Math.round(at)]! };
	});
}

export type Fill = 'value' | 'hidden' | 'missing' | 'outside';

export type MapArea = FigureMap['areas'][number] & {
	fill: Fill;
	colour: string | null;
	cell: FigureCell | null;
	/** Row in the grid; -1 for an area that the figures say nothing of. */
	row: number;
	picked: boolean;
};

/** Every outline with its fill, those outside the figures first so that borders of the others stand on top. */
export function areasOf(figure: FigureData): MapArea[] {
	const { rows, columns, at } = gridOf(figure);
	const scale = classesOf(figure);
	const areas = (figure.map?.areas ?? []).map((area): MapArea => {
		const row = rows.findIndex(({ code }) => code === area.category);
		if (row < 0) return { ...area, row, fill: 'outside', colour: null, cell: null, picked: false };
		const cell = at(rows[row]!, columns[0] ?? null);
		const colour = scale.find(({ from, to }) => cell.value! >= from && cell.value! <= to)?.colour;
		const picked = figure.spec.highlight?.includes(area.category!) ?? false;
		const fill = cell.status === 's' ? 'hidden' : cell.value === null ? 'missing' : 'value';
		return { ...area, row, cell, fill, colour: fill === 'value' ? (colour ?? null) : null, picked };
	});
	const rank = ({ fill, picked }: MapArea) => (fill === 'outside' ? 0 : picked ? 2 : 1);
	return areas.toSorted((a, b) => rank(a) - rank(b));
}

/** Whether the areas are few enough to carry their numbers. */
export const numbered = (figure: FigureData) =>
	(figure.map?.areas ?? []).filter(({ category }) => category !== null).length <= NUMBERED;

/** Where on the drawing an area is read: in the inset that shows it larger, else where it lies. */
export function drawnAt(
	map: Pick<FigureMap, 'insets'>,
	{ x, y }: Point
): Point & { scale: number } {
	const inset = map.insets?.find(({ from }) => within(from, { x, y }));
	if (!inset) return { x, y, scale: 1 };
	const { from, to } = inset;
	const scale = to.width / from.width;
	return { x: to.x + (x - from.x) * scale, y: to.y + (y - from.y) * scale, scale };
}

const within = (box: Box, { x, y }: Point) =>
	x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

/** Where a category is read on the drawing; its marks stand there. */
export function drawnSpot(figure: FigureData, code: string | undefined): Point | null {
	const spot = areaSpot(figure, code);
	return spot && figure.map ? drawnAt(figure.map, spot) : spot;
}

/** Where a category stands on the map: in the first of its areas, by which the arrow keys go. */
export function areaSpot(figure: FigureData, code: string | undefined): Point | null {
	const area = figure.map?.areas.find(({ category }) => category !== null && category === code);
	return area ? { x: area.x, y: area.y } : null;
}
