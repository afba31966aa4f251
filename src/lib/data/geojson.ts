import { feature } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, quantile, simplify } from 'topojson-simplify';
import { z } from 'zod';
import type { Category } from './cube.ts';
import { areaOf, middleOf, MOST_BYTES, pathOf, sameCode } from './outline.ts';
import type { OutlineArea, Point, Ring } from './outline.ts';

/**
 * GeoJSON (RFC 7946) or TopoJSON in, outlines out: projected, fitted to a drawing, and simplified together, so
 * that neighbours keep their common border. Coordinates beyond longitude and latitude are taken as a map
 * projection's (Danish geodata often come in ETRS89/UTM 32N).
 */

const MOST_AREAS = 1_000;
const MOST_POINTS = 80_000;
/** As many as can be told apart on a page. */
const KEPT_POINTS = 4_000;
const WIDTH = 1_000;
const TALLEST = 1_300;

export type Read = {
	width: number;
	height: number;
	areas: OutlineArea[];
	/** Which of the file's properties were taken as code and name. */
	codeFrom: string;
	nameFrom: string;
	/** Features that are no areas. */
	passedOver: number;
};
export type Unreadable = { code: string; params?: Record<string, string | number> };

const position = z.array(z.number()).min(2);
const polygon = z.array(z.array(position).min(1));
const geometry = z.discriminatedUnion('type', [
	z.object({ type: z.literal('Polygon'), coordinates: polygon }),
	z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(polygon) })
]);
const featureSchema = z.object({
	properties: z.record(z.string(), z.unknown()).nullish(),
	id: z.union([z.string(), z.number()]).optional(),
	geometry: z.unknown()
});
const collectionSchema = z.object({
	type: z.literal('FeatureCollection'),
	features: z.array(featureSchema).min(1)
});
const topologySchema = z.looseObject({
	type: z.literal('Topology'),
	objects: z.record(z.string(), z.unknown()),
	arcs: z.array(z.array(position))
});

type Shape = { properties: Record<string, string>; polygons: Ring[][] };

/** Outlines from a file's bytes. `categories` are those the map is for: they tell which property is the code. */
export function readOutline(bytes: Uint8Array, categories: Category[] = []): Read | Unreadable {
	if (bytes.length > MOST_BYTES) return { code: 'data.outline_too_large' };
	const shapes = shapesIn(bytes);
	if ('code' in shapes) return shapes;
	const { found, passedOver } = shapes;
	if (found.length === 0) return { code: 'data.outline_no_areas' };
	const codeFrom = propertyOf(
		found,
		categories.map(({ code }) => code),
		CODE
	);
	if (!codeFrom) return { code: 'data.outline_no_code' };
	const nameFrom =
		propertyOf(
			found,
			categories.map(({ label }) => label),
			NAME
		) ?? codeFrom;
	const grouped = new Map<string, { name: string; polygons: Ring[][] }>();
	for (const { properties, polygons } of found) {
		const code = properties[codeFrom];
		if (!code) continue;
		const area = grouped.get(code) ?? { name: properties[nameFrom] ?? code, polygons: [] };
		area.polygons.push(...polygons);
		grouped.set(code, area);
	}
	if (grouped.size > MOST_AREAS)
		return { code: 'data.outline_too_many', params: { most: MOST_AREAS } };
	return { ...drawn(grouped), codeFrom, nameFrom, passedOver };
}

function shapesIn(bytes: Uint8Array): { found: Shape[]; passedOver: number } | Unreadable {
	const file = parsed(bytes);
	if (file === undefined) return { code: 'data.outline_not_json' };
	const collection = collectionSchema.safeParse(untangled(file));
	if (!collection.success) return { code: 'data.outline_not_geojson' };
	const found: Shape[] = [];
	let points = 0;
	for (const one of collection.data.features) {
		const area = geometry.safeParse(one.geometry);
		if (!area.success) continue;
		const { type, coordinates } = area.data;
		const polygons = (type === 'Polygon' ? [coordinates] : coordinates).map(ringsOf);
		points += polygons.flat(2).length;
		if (points > MOST_POINTS)
			return { code: 'data.outline_too_detailed', params: { most: MOST_POINTS } };
		found.push({ properties: texts(one), polygons: polygons.filter((rings) => rings.length > 0) });
	}
	return { found, passedOver: collection.data.features.length - found.length };
}

function parsed(bytes: Uint8Array): unknown {
	try {
		return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
	} catch {
		return undefined;
	}
}

/** A topology as the features it stands for; of several objects all, since areas tell themselves by code. */
function untangled(file: unknown): unknown {
	const topology = topologySchema.safeParse(file);
	if (!topology.success) return file;
	try {
		const features = Object.values(topology.data.objects).flatMap((object) => {
			const made = feature(topology.data as never, object as never) as unknown as {
				features?: unknown[];
			};
			return made.features ?? [made];
		});
		return { type: 'FeatureCollection', features };
	} catch {
		return null; // arcs that are not there
	}
}

/** Rings with an area, open at their end. */
function ringsOf(rings: number[][][]): Ring[] {
	return rings
		.map((ring) => {
			const points = ring.map(([x, y]): Point => [x!, y!]);
			const [first, last] = [points[0], points.at(-1)];
			if (first && last && first[0] === last[0] && first[1] === last[1]) points.pop();
			return points;
		})
		.filter((ring) => ring.length >= 3);
}

function texts({ properties, id }: z.output<typeof featureSchema>): Record<string, string> {
	const all = Object.entries({ ...properties, ...(id === undefined ? {} : { id }) });
	return Object.fromEntries(
		all.flatMap(([key, value]) =>
			typeof value === 'string' || typeof value === 'number'
				? [[key, String(value).trim().slice(0, 200)]]
				: []
		)
	);
}

const CODE = /^(kom|reg|sogn|skole|omr|area)?_?(kode|code|nr|id|komkode|lau|nuts)/i;
const NAME = /(navn|name|titel|title|label)/i;

/** The property that says most of the words looked for; without any of them, the one called as such are. */
function propertyOf(shapes: Shape[], words: string[], called: RegExp): string | null {
	const wanted = new Set(words.map(sameCode));
	const keys = [...new Set(shapes.flatMap(({ properties }) => Object.keys(properties)))];
	const scored = keys.map((key, place) => {
		const values = new Set(
			shapes.flatMap(({ properties }) => sameCode(properties[key] ?? '') || [])
		);
		const hits = [...values].filter((value) => wanted.has(value)).length;
		// Told apart by it are most of the features, or it names something else: a region, a year.
		const telling = values.size >= Math.max(1, shapes.length / 20) ? 1 : 0;
		return { key, place, hits, rank: telling * ((called.test(key) ? 2 : 0) + values.size / 1e6) };
	});
	scored.sort((a, b) => b.hits - a.hits || b.rank - a.rank || a.place - b.place);
	return scored[0]?.key ?? null;
}

type Grouped = Map<string, { name: string; polygons: Ring[][] }>;

function drawn(grouped: Grouped): Pick<Read, 'width' | 'height' | 'areas'> {
	const { place, width, height } = fitted(
		[...grouped.values()].flatMap(({ polygons }) => polygons.flat())
	);
	const features = [...grouped].map(([code, { name, polygons }]) => ({
		type: 'Feature' as const,
		properties: { code, name },
		geometry: {
			type: 'MultiPolygon' as const,
			coordinates: polygons.map((rings) => rings.map((ring) => [...ring, ring[0]!].map(place)))
		}
	}));
	const whole = presimplify(
		topology({ areas: { type: 'FeatureCollection', features } as never }, 4 * WIDTH) as never
	);
	const points = whole.arcs.reduce((sum, arc) => sum + arc.length, 0);
	const least = points > KEPT_POINTS ? quantile(whole, 1 - KEPT_POINTS / points) : 0;
	const simple = simplify(whole, least);
	const collection = feature(simple as never, simple.objects.areas as never) as unknown as {
		features: typeof features;
	};
	return {
		width,
		height,
		areas: collection.features.map(({ properties, geometry }) => {
			const rings = geometry.coordinates.flat().map(rounded);
			const kept = seen(rings);
			return { ...properties, d: pathOf(kept), ...middleOf(kept) };
		})
	};
}

/** From the file's coordinates to the drawing's: north up, as wide as high, as large as there is room for. */
function fitted(rings: Ring[]) {
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [x, y] of rings.flat()) {
		[west, east] = [Math.min(west, x), Math.max(east, x)];
		[south, north] = [Math.min(south, y), Math.max(north, y)];
	}
	const degrees = west >= -180 && east <= 180 && south >= -90 && north <= 90;
	// A degree of longitude is shorter the farther north it lies.
	const squeeze = degrees ? Math.cos((((south + north) / 2) * Math.PI) / 180) : 1;
	const [across, down] = [(east - west) * squeeze || 1, north - south || 1];
	const scale = Math.min(WIDTH / across, TALLEST / down);
	const place = ([x, y]: Point): Point => [(x - west) * squeeze * scale, (north - y) * scale];
	return { place, width: Math.round(across * scale), height: Math.round(down * scale) };
}

const rounded = (ring: number[][]): Ring => {
	const points = ring.map(([x, y]): Point => [Math.round(x!), Math.round(y!)]);
	points.pop(); // the first again
	return points;
};

/** Islets too small to be seen go, but never all of an area. */
function seen(rings: Ring[]): Ring[] {
	const large = rings.filter((ring) => Math.abs(areaOf(ring)) >= 2);
	if (large.length > 0) return large;
	const [x, y] = rings[0]?.[0] ?? [0, 0];
	return [
		[
			[x - 1, y - 1],
			[x + 1, y - 1],
			[x + 1, y + 1],
			[x - 1, y + 1]
		]
	];
}
