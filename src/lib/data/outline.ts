import type { Category } from './cube.ts';

/**
 * Outlines of areas, for maps. A forum brings its own (`geojson.ts`); the Danish municipalities come with the
 * product. Lines are in whole units of a drawing `width` wide: a map says where a number belongs, no more.
 */
export type OutlineArea = {
	code: string;
	name: string;
	/** SVG path, even-odd. */
	d: string;
	/** Inside the area, where a number or a mark can stand. */
	x: number;
	y: number;
};

export type Box = { x: number; y: number; width: number; height: number };

/** A part of the drawing shown once more, larger, where its areas are too small to be read. */
export type Inset = { title: string; from: Box; to: Box };

export type Outline = {
	/** `dk-municipalities`, or the id of one a forum brought. */
	id: string;
	title: string;
	/** Who made it and by what right it is shown: stands with every map. */
	source: string;
	width: number;
	height: number;
	areas: OutlineArea[];
	insets?: Inset[];
};

/** Larger files are for geographers; a map of a forum's areas is a fraction of it. */
export const MOST_BYTES = 3_000_000;

export type Point = [x: number, y: number];
/** Closed: the last point is not the first again. */
export type Ring = Point[];

/** Fewer of them, or less than half of the categories, and a map would be mostly empty. */
const FEWEST = 3;

export type Matched = {
	/** The areas of each category that has any: of a merged one, those of its parts. */
	areas: Map<string, OutlineArea[]>;
	/** Categories no area stands for, and areas no category speaks of. */
	unmatched: Category[];
	unused: OutlineArea[];
};

/**
 * Which areas categories stand for: by code, else by name. `parts` tells what a merged category was made of.
 * Never by likeness: a number on the wrong place is worse than none.
 */
export function matchAreas(
	categories: Category[],
	outline: Pick<Outline, 'areas'>,
	parts: Record<string, string[]> = {}
): Matched {
	const byCode = new Map(outline.areas.map((area) => [sameCode(area.code), area]));
	const byName = new Map(outline.areas.map((area) => [sameName(area.name), area]));
	const find = (code: string, label = code) =>
		byCode.get(sameCode(code)) ?? byName.get(sameName(label)) ?? byName.get(sameName(code));
	const areas = new Map<string, OutlineArea[]>();
	for (const { code, label } of categories) {
		const one = find(code, label);
		const found = one ? [one] : (parts[code] ?? []).flatMap((part) => find(part) ?? []);
		if (found.length > 0) areas.set(code, found);
	}
	const used = new Set([...areas.values()].flat());
	return {
		areas,
		unmatched: categories.filter(({ code }) => !areas.has(code)),
		unused: outline.areas.filter((area) => !used.has(area))
	};
}

/** Are these outlines of these categories? */
export function fits({ areas }: Matched, categories: Category[]): boolean {
	return areas.size >= FEWEST && areas.size * 2 >= categories.length;
}

/** StatBank writes 101, geodata 0101: numbers are compared as numbers. */
export function sameCode(code: string): string {
	const plain = code.trim().toLowerCase();
	return /^\d{1,15}$/.test(plain) ? String(Number(plain)) : plain;
}

const sameName = (name: string) => name.trim().toLowerCase().replace(/\s+/g, ' ');

/** Rings as an SVG path: whole units, each step from the last point. */
export function pathOf(rings: Ring[]): string {
	return rings.map(ringPath).join('');
}

function ringPath(ring: Ring): string {
	let [x, y] = ring[0]!;
	let path = `M${x} ${y}`;
	let first = true;
	for (const [toX, toY] of ring.slice(1)) {
		const [dx, dy] = [toX - x, toY - y];
		if (dx === 0 && dy === 0) continue;
		path += `${first ? 'l' : dx < 0 ? '' : ' '}${dx}${dy < 0 ? '' : ' '}${dy}`;
		[x, y, first] = [toX, toY, false];
	}
	return `${path}z`;
}

/** Twice a ring's area without the half: counter-clockwise positive. */
export function areaOf(ring: Ring): number {
	let sum = 0;
	for (const [i, [x, y]] of ring.entries()) {
		const [nextX, nextY] = ring[(i + 1) % ring.length]!;
		sum += x * nextY - nextX * y;
	}
	return sum / 2;
}

/** Cuts across a shape to look for its widest place. */
const CUTS = 15;

/** A place well inside the largest of these rings, holes heeded: the middle of its widest cut. */
export function middleOf(rings: Ring[]): { x: number; y: number } {
	const largest = rings.reduce((a, b) => (Math.abs(areaOf(b)) > Math.abs(areaOf(a)) ? b : a));
	const ys = largest.map(([, y]) => y);
	const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
	let best = { x: largest[0]![0], y: largest[0]![1], width: -1 };
	for (let i = 1; i <= CUTS; i++) {
		const y = top + ((i - 0.5) / CUTS) * (bottom - top);
		// What lies in the middle of its height is read as its middle.
		const central = 1 - Math.abs((2 * i - 1) / CUTS - 1) * 0.6;
		for (const [from, to] of insides(rings, y)) {
			const width = (to - from) * central;
			const within = largest.some(([x]) => x >= from - 1) && largest.some(([x]) => x <= to + 1);
			if (within && width > best.width) best = { x: (from + to) / 2, y, width };
		}
	}
	return { x: Math.round(best.x), y: Math.round(best.y) };
}

/** The rings of a path that `pathOf` wrote. */
export function ringsOf(d: string): Ring[] {
	return d
		.split('z')
		.filter(Boolean)
		.map((part) => {
			const numbers = (part.match(/-?\d+/g) ?? []).map(Number);
			const ring: Ring = [];
			let [x, y] = [0, 0];
			for (let i = 0; i + 1 < numbers.length; i += 2) {
				[x, y] = [x + numbers[i]!, y + numbers[i + 1]!];
				ring.push([x, y]);
			}
			return ring;
		});
}

/** Where a level line runs inside the rings. */
export function insides(rings: Ring[], level: number): [number, number][] {
	const crossings: number[] = [];
	for (const ring of rings)
		for (const [i, [x, y]] of ring.entries()) {
			const [nextX, nextY] = ring[(i + 1) % ring.length]!;
			if (y > level !== nextY > level)
				crossings.push(x + ((level - y) / (nextY - y)) * (nextX - x));
		}
	crossings.sort((a, b) => a - b);
	const pairs: [number, number][] = [];
	for (let i = 0; i + 1 < crossings.length; i += 2) pairs.push([crossings[i]!, crossings[i + 1]!]);
	return pairs;
}
