import { afterAll, beforeEach, expect, it } from 'vitest';
import * as datasets from '#lib/data/datasets.server.ts';
import type { Cube } from '#lib/data/cube.ts';
import { coordinatesAt, emptyLike, positionOf } from '#lib/data/grid.ts';
import { restrictAll } from '#lib/data/stricter.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { utf8 } from '../bytes.ts';
import { everything, furnish, type Place } from '../place.ts';
import { attack, tooNarrow } from './attacker.ts';

/** What a raised limit makes of several datasets about the same cells, read side by side. */

let database: TestDatabase;
let place: Place;
afterAll(() => database.drop());
beforeEach(async () => {
	await database?.drop();
	database = await freshDatabase();
	place = await furnish(database.sql);
});

const AREAS = ['Nord', 'Syd', 'Øst', 'Vest', 'Midt'];
const YEARS = [2016, 2017, 2018];
/** Many between the two limits: 5 before, 10 after. */
const count = (area: number, year: number) =>
	[7, 40, 31, 8, 26, 6, 55, 9, 33][(area * 4 + year) % 9]!;
const rows = (areas: string[], total: boolean) =>
	YEARS.flatMap((year, at) => [
		...areas.map((area) => `${area};${year};${count(AREAS.indexOf(area), at)}`),
		...(total ? [`I alt;${year};${AREAS.reduce((sum, _, area) => sum + count(area, at), 0)}`] : [])
	]);
const file = (lines: string[]) => utf8(`Område;År;Børn\n${lines.join('\n')}\n`);

async function another(by = place.else_): Promise<string> {
	return await place.write((tx) =>
		datasets.create(tx, by, { forumId: place.forumId, title: 'Igen', definition: 'De samme' })
	);
}

const newest = async (datasetId: string): Promise<Cube> =>
	await versions.load(database.sql, (await versions.newest(database.sql, datasetId))!.id);

async function raise(limit: number): Promise<void> {
	await database.sql`update forums set small_number_limit = ${limit}`;
	await place.write((tx) => restrictAll(tx, place.maja, place.forumId));
}

/** All that the newest editions tell, in the grid of the first. */
function together([first, ...others]: Cube[]): Cube {
	const all = { ...emptyLike(first!.shape) };
	for (const { shape, cells } of [first!, ...others])
		for (const [position, cell] of cells[0]!) {
			const at = positionOf(all.shape, coordinatesAt(shape, position))!;
			if (all.cells[0]!.statusAt(at) !== 'v') all.cells[0]!.set(at, cell);
		}
	return all;
}

function known(cubes: Cube[], limit: number) {
	const all = together(cubes);
	const codes = all.shape.dimensions[0]!.categories.map(({ code }) => code);
	const total = codes.indexOf('I alt');
	const parts = codes.flatMap((_, at) => (at === total ? [] : [at]));
	return tooNarrow(attack(all, [{ axis: 0, parts, totals: [total] }]), limit);
}

it('one with the total and one without do not give each other away', async () => {
	await place.store(file(rows(AREAS, true)));
	const other = await another();
	await place.store(file(rows(AREAS, false)), {}, place.else_, other);
	await raise(10);
	const cubes = [await newest(place.datasetId), await newest(other)];
	for (const { cells } of cubes)
		for (const [, { value }] of cells[0]!) if (value !== null) expect(value).toBeGreaterThan(9);
	expect(known(cubes, 10)).toEqual([]);
});

it('parts in one and their total in another alone do not either', async () => {
	await place.store(file(rows(AREAS, false)));
	const other = await another();
	const totals = rows([], true);
	await place.store(file(totals), {}, place.else_, other);
	await raise(10);
	const whole = await place.store(file(rows(AREAS, true)), {}, place.else_, await another());
	const [parts, sums] = [await newest(place.datasetId), await newest(other)];
	const grid = { ...(await versions.load(database.sql, whole.id)) };
	const all = { ...emptyLike(grid.shape) };
	expect(known([all, parts, sums], 10)).toEqual([]);
	expect([...parts.cells[0]!].some(([, { status }]) => status === 'v')).toBe(true);
});

it('says how many numbers the edition before gives away, and keeps no number it hid', async () => {
	await place.store(file(rows(AREAS, true)));
	const before = await newest(place.datasetId);
	await raise(10);
	const [row] = await database.sql<{ given: number; suppressed: number; limit: number }[]>`
		select given_away given, suppressed, small_number_limit "limit" from versions order by number desc limit 1`;
	const small = [...before.cells[0]!].filter(([, { value }]) => value !== null && value < 10);
	expect(row!.limit).toBe(10);
	expect(row!.given).toBeGreaterThanOrEqual(small.length);
	expect(row!.suppressed).toBeGreaterThanOrEqual(small.length);
	// The first edition stays as it was.
	const [first] = await database.sql<{ id: string }[]>`select id from versions where number = 1`;
	expect(await versions.load(database.sql, first!.id)).toEqual(before);
	expect(await everything(database.sql)).toContain(`versions (${first!.id}`);
});

it('is made twice only once', async () => {
	await place.store(file(rows(AREAS, true)));
	await raise(10);
	await raise(10);
	const [row] = await database.sql<{ n: number }[]>`select count(*)::int n from versions`;
	expect(row!.n).toBe(2);
});

it('pages go on while a large one is made', async () => {
	const many = Array.from({ length: 300 }, (_, area) => `Område ${area}`);
	const lines = many.flatMap((area, at) =>
		Array.from({ length: 100 }, (_, year) => `${area};${1900 + year};${(at * 7 + year * 13) % 60}`)
	);
	await place.store(file(lines));
	let longest = 0;
	let last = performance.now();
	const beat = setInterval(() => {
		longest = Math.max(longest, performance.now() - last);
		last = performance.now();
	}, 5);
	await raise(10);
	clearInterval(beat);
	const [row] = await database.sql<{ n: number; limit: number }[]>`
		select count(*)::int n, max(small_number_limit)::int "limit" from versions`;
	expect(row).toEqual({ n: 2, limit: 10 });
	// In this process it would have stood still for as long as the guarding takes.
	expect(longest).toBeLessThan(1500);
});
