import type { Locale } from '../base/format.ts';
import { insides, ringsOf, type Box } from '../data/outline.ts';
import type { FigureData } from './figure.ts';
import { areasOf, drawnAt, numbered, type MapArea } from './maps.ts';
import { shorten, textWidth } from './text.ts';
import { saidWords } from './words.ts';

/**
 * What stands on the areas of a map: names where there is room for them, and on few areas their numbers too, with a
 * letter and a key below where the name has no room. Pure, for a drawing so many pixels wide.
 */
export type MapName = {
	code: string;
	/** In the drawing's own units. */
	x: number;
	y: number;
	name: string | null;
	/** Leads to the key. */
	letter: string | null;
	value: string | null;
	shown: boolean;
};

const SIZE = 12;
const LINE = 15;
const REACH = 1.5;

type Placed = { left: number; right: number; top: number; bottom: number };

export function mapNames(figure: FigureData, locale: Locale, pixels: number): MapName[] {
	const { map } = figure;
	if (!map) return [];
	const few = numbered(figure);
	const all = areasOf(figure);
	// A merged area is drawn as its parts, and named on the first.
	const first = all.filter(
		(area, i) => area.cell && all.findIndex((one) => one.row === area.row) === i
	);
	const room = new Map(first.map((area) => [area.code, roomIn(area, map, pixels)]));
	const taken: Placed[] = [];
	const frames = (map.insets ?? []).map(({ to }) => placedBox(to, pixels / map.width));
	const order = first.toSorted(
		(a, b) =>
			Number(b.picked) - Number(a.picked) || room.get(b.code)!.width - room.get(a.code)!.width
	);
	let letters = 0;
	return order.flatMap((area): MapName[] => {
		const { x, y } = drawnAt(map, area);
		const name = labelOf(figure, area);
		const value = few ? valueOf(figure, area, locale) : null;
		const { width, height } = room.get(area.code)!;
		const lines = value === null ? 1 : 2;
		// A name alone may reach a little over its borders: what it would cover is asked below.
		const reach = value === null ? REACH : 1;
		const fits = textWidth(name, SIZE) <= width * reach && lines * LINE <= height * reach;
		const at = { x: (x / map.width) * pixels, y: (y / map.width) * pixels };
		const box = (words: number, tall: number): Placed => ({
			left: at.x - words / 2,
			right: at.x + words / 2,
			top: at.y - tall / 2,
			bottom: at.y + tall / 2
		});
		const wanted = box(Math.max(textWidth(name, SIZE), textWidth(value ?? '', SIZE)), lines * LINE);
		const shown = area.fill === 'value';
		const base = { code: area.code, x, y, value, shown };
		if (
			(fits || area.picked) &&
			apart(wanted, taken) &&
			frames.every((frame) => beside(wanted, frame))
		) {
			taken.push(wanted);
			return [{ ...base, name, letter: null }];
		}
		if (value === null) return [];
		const letter = String.fromCharCode(97 + letters++);
		taken.push(box(textWidth(`${letter} ${value}`, SIZE), LINE));
		return [{ ...base, name: null, letter }];
	});
}

/** What the letters stand for, in their order. */
export const keyOf = (figure: FigureData, names: MapName[]): { letter: string; name: string }[] =>
	names
		.flatMap(({ letter, code }) => {
			const area = areasOf(figure).find((one) => one.code === code);
			return letter && area ? [{ letter, name: labelOf(figure, area) }] : [];
		})
		.toSorted((a, b) => (a.letter < b.letter ? -1 : 1));

function labelOf(figure: FigureData, { category, name }: MapArea): string {
	const categories = figure.dimensions.find(({ key }) => key === figure.spec.x)?.categories;
	return shorten(categories?.find(({ code }) => code === category)?.label ?? name, 130, SIZE);
}

const valueOf = (figure: FigureData, { fill, cell }: MapArea, locale: Locale): string =>
	fill === 'value' ? saidWords(cell!, figure, locale) : fill === 'hidden' ? '×' : '–';

/** How many pixels there are across and down the area through the place its name stands. */
function roomIn(
	area: MapArea,
	map: NonNullable<FigureData['map']>,
	pixels: number
): { width: number; height: number } {
	const rings = ringsOf(area.d);
	const scale = (drawnAt(map, area).scale * pixels) / map.width;
	const across = insides(rings, area.y + 0.5).find(([from, to]) => from <= area.x && area.x <= to);
	const turned = rings.map((ring) => ring.map(([x, y]): [number, number] => [y, x]));
	const down = insides(turned, area.x + 0.5).find(([from, to]) => from <= area.y && area.y <= to);
	const half = (range: [number, number] | undefined, at: number) =>
		range ? 2 * Math.min(at - range[0], range[1] - at) * scale : 0;
	return { width: half(across, area.x), height: half(down, area.y) };
}

const placedBox = ({ x, y, width, height }: Box, scale: number): Placed => ({
	left: x * scale,
	right: (x + width) * scale,
	top: y * scale,
	bottom: (y + height) * scale
});

/** Whole inside the frame of what is shown larger, or whole outside it: never across its edge. */
const beside = (a: Placed, frame: Placed) =>
	apart(a, [frame]) ||
	(a.left >= frame.left &&
		a.right <= frame.right &&
		a.top >= frame.top &&
		a.bottom <= frame.bottom);

const apart = (a: Placed, taken: Placed[]) =>
	taken.every((b) => a.right < b.left || a.left > b.right || a.bottom < b.top || a.top > b.bottom);
