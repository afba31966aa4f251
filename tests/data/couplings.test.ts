import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import * as couplings from '#lib/data/couplings.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import type { Person } from '#lib/people/person.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { utf8 } from './bytes.ts';
import { everything, furnish, refused, type Place } from './place.ts';

let database: TestDatabase;
let place: Place;
let other: string;
beforeAll(async () => {
	database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
	await database.drop();
	database = await freshDatabase();
	place = await furnish(database.sql);
	other = await place.write((tx) =>
		datasets.create(tx, place.tove, {
			forumId: place.forumId,
			title: 'Skolerne',
			definition: 'Elever efter bopæl'
		})
	);
	await place.store(
		utf8('Område;År;Køn;Børn\nNord;2018;I alt;120\nSyd;2018;I alt;60\nØst;2018;I alt;90\n')
	);
	await place.store(
		utf8('Område;År;Elever;Snit (point)\nNord;2018;117;6,5\nSyd;2018;40;7\nVest;2018;30;5\n'),
		{},
		place.tove,
		other
	);
});

const db = () => database.sql;
const input = (more: object = {}) => ({
	title: 'Børn og elever',
	purpose: 'Se, om skolerne følger børnetallet',
	legalBasis: 'Databeskyttelsesforordningen, artikel 6, stk. 1, litra e',
	partOf: false,
	parts: [
		{ datasetId: other, measure: 'elever', held: {} },
		{ datasetId: place.datasetId, measure: 'boern', held: { koen: 'I alt' } }
	] as [
		{ datasetId: string; measure: string; held: Record<string, string> },
		{ datasetId: string; measure: string; held: Record<string, string> }
	],
	...more
});
const make = (who: Person = place.jonas, more: object = {}) =>
	place.write((tx) => couplings.make(tx, who, input(more)));
const say = (id: string, who: Person, datasetId: string, yes: boolean, reason = '') =>
	place.write((tx) => couplings.answer(tx, who, id, datasetId, { yes, reason }));
const page = (id: string, who: Person = place.ove) => couplings.page(db(), who, id);
const numbers = async (id: string) => {
	const { result } = await page(id);
	return (
		result &&
		result.cube.cells.map((cells) =>
			[...cells.values()].map(({ value, status }) => value ?? status)
		)
	);
};

describe('a coupling', () => {
	it('shows no joined number until both owners have said yes, and then what both have', async () => {
		const id = await make();
		expect((await page(id)).result).toBeNull();
		await say(id, place.tove, other, true);
		expect((await page(id)).result).toBeNull();
		await say(id, place.else_, place.datasetId, true);
		expect(await numbers(id)).toEqual([
			[117, 40],
			[120, 60]
		]);
		expect(await page(id)).toMatchObject({
			purpose: 'Se, om skolerne følger børnetallet',
			madeBy: 'Jonas Bruun',
			parts: [
				{ label: 'Elever', title: 'Skolerne', answer: { yes: true, byName: 'Tove Holm' } },
				{ label: 'Børn', heldIn: 'I alt', answer: { yes: true, byName: 'Else Winther' } }
			]
		});
		expect(await couplings.ofDataset(db(), place.jonas, other)).toEqual([
			{ id, title: 'Børn og elever', other: 'Boligområderne', agreed: true, refused: false }
		]);
	});

	it('is closed again by a no, whose reason shows; every answer stays on record', async () => {
		const id = await make();
		await say(id, place.tove, other, true);
		await say(id, place.else_, place.datasetId, true);
		expect((await refused(say(id, place.tove, other, false))).code).toBe('data.couple_no_reason');
		await say(id, place.tove, other, false, 'Opgjort på hver sin dato');
		const { result, parts } = await page(id);
		expect(result).toBeNull();
		expect(parts[0]!.answer).toMatchObject({ yes: false, reason: 'Opgjort på hver sin dato' });
		expect(await db()`select 1 from coupling_answers`).toHaveLength(3);
		expect((await couplings.ofDataset(db(), place.jonas, other))[0]).toMatchObject({
			agreed: false,
			refused: true
		});
	});

	it('stays on the versions it was made on', async () => {
		const id = await make();
		await say(id, place.tove, other, true);
		await say(id, place.else_, place.datasetId, true);
		const before = await numbers(id);
		await place.store(utf8('Område;År;Køn;Børn\nNord;2018;I alt;500\n'), { asOf: '2019-01-01' });
		expect(await numbers(id)).toEqual(before);
	});

	it('hides a part whose difference from the whole would be small, and keeps nothing joined', async () => {
		const id = await make(place.jonas, { partOf: true });
		await say(id, place.tove, other, true);
		await say(id, place.else_, place.datasetId, true);
		const { result } = await page(id);
		expect(result!.limit).toBe(5);
		expect(await numbers(id), '120 − 117 is three children').toEqual([
			['s', 40],
			[120, 60]
		]);
		expect(JSON.stringify([...result!.cube.cells[0]!.values()])).not.toContain('117');
	});

	it('hides by the strictest limit that holds now, also where a version was stored under a milder one', async () => {
		const id = await make();
		await say(id, place.tove, other, true);
		await say(id, place.else_, place.datasetId, true);
		await db()`update forums set small_number_limit = 50`;
		expect((await numbers(id))![0]).toEqual([117, 's']);
	});
});

test.each([
	[
		'of one dataset with itself',
		() => ({ parts: [input().parts[1], input().parts[1]] }),
		'data.couple_same'
	],
	[
		'without saying what is held',
		() => ({ parts: [input().parts[0], { ...input().parts[1], held: {} }] }),
		'data.couple_hold'
	],
	[
		'of a measure that is not there',
		() => ({ parts: [{ ...input().parts[0], measure: 'x' }, input().parts[1]] }),
		'data.no_such_measure'
	]
])('is refused %s', async (_, more, code) => {
	const before = await everything(db());
	expect((await refused(make(place.jonas, more()))).code).toBe(code);
	expect(await everything(db())).toBe(before);
});

test('is made by members but observers, answered by owners and second persons only, and not found outside', async () => {
	const before = await everything(db());
	expect((await refused(make(place.ove))).status).toBe(403);
	expect((await refused(make(place.nina))).status).toBe(404);
	expect(await everything(db())).toBe(before);
	for (const who of [place.maja, place.tove, place.else_, place.sigrid]) await make(who);
	const id = await make();
	const made = await everything(db());
	for (const who of [place.jonas, place.maja, place.sigrid, place.ove, place.else_])
		expect((await refused(say(id, who, other, true))).status, who.name).toBe(403);
	for (const who of [place.nina])
		expect((await refused(say(id, who, other, true))).status).toBe(404);
	expect((await refused(page(id, place.nina))).status).toBe(404);
	expect((await refused(page('x'))).status).toBe(404);
	expect(await everything(db())).toBe(made);
	await db()`update datasets set second_id = ${place.jonas.id} where id = ${other}`;
	await say(id, place.jonas, other, true);
	expect((await page(id)).parts[0]!.answer).toMatchObject({ byName: 'Jonas Bruun' });
});
