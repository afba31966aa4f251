import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import { coupledSpec } from '#lib/chart/coupled.ts';
import { dimensionsOf } from '#lib/chart/coupled.server.ts';
import * as couplings from '#lib/data/couplings.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import * as lending from '#lib/data/lending.server.ts';
import { awaitingOwner } from '#lib/data/waiting.server.ts';
import { ROLES } from '#lib/forum/access.ts';
import * as activity from '#lib/forum/activity.server.ts';
import type { Person } from '#lib/people/person.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { utf8 } from './bytes.ts';
import { neighbours, type Neighbours } from './lent.ts';
import { everything, furnish, refused, type Place } from './place.ts';

/** A dataset on loan, put beside one of the forum that borrows it. */

let database: TestDatabase;
let place: Place;
let next: Neighbours;
/** The borrowing forum's own, its chief's. */
let theirs: string;
const db = () => database.sql;
const INSIDE = ROLES.filter((role) => role !== 'observer');

beforeEach(async () => {
	await database?.drop();
	database = await freshDatabase();
	place = await furnish(db());
	next = await neighbours(db(), place);
	theirs = await place.write((tx) =>
		datasets.create(tx, next.guests.chief, {
			forumId: next.forumId,
			title: 'Skolerne',
			definition: 'Elever'
		})
	);
	await place.store(utf8('Område;År;Børn\nNord;2018;120\nSyd;2018;60\n'));
	const pupils = utf8('Område;År;Elever\nNord;2018;117\nSyd;2018;40\n');
	await place.store(pupils, {}, next.guests.chief, theirs);
});
afterAll(() => database.drop());

const make = (person: Person = next.guests.analyst, more: object = {}) =>
	place.write((tx) =>
		couplings.make(tx, person, {
			title: 'Børn og elever',
			purpose: 'Se, om skolerne følger børnetallet',
			legalBasis: 'artikel 6',
			partOf: false,
			parts: [
				{ datasetId: theirs, measure: 'elever', held: {} },
				{ datasetId: place.datasetId, measure: 'boern', held: {} }
			],
			...more
		})
	);
const say = (id: string, who: Person, datasetId: string, yes: boolean, reason = '') =>
	place.write((tx) => couplings.answer(tx, who, id, datasetId, { yes, reason }));
const page = (id: string, who: Person) => couplings.page(db(), who, id);
const status = (work: Promise<unknown>) =>
	work.then(
		() => 'yes',
		(error: { status?: number }) => error.status ?? error
	);
const agreed = async () => {
	await next.lend();
	const id = await make();
	await say(id, next.guests.chief, theirs, true);
	await say(id, place.else_, place.datasetId, true);
	return id;
};

describe('a dataset on loan', () => {
	it('is put beside the borrower’s own by its members but observers, while it is lent', async () => {
		for (const role of ROLES) expect(await status(make(next.guests[role])), role).toBe(404);
		await next.lend();
		for (const role of ROLES) {
			const may = role !== 'observer';
			expect(await couplings.mayCouple(db(), next.guests[role], place.datasetId)).toBe(may);
			expect(await status(make(next.guests[role])), role).toBe(may ? 'yes' : 403);
		}
		// Those who keep it know nothing of the other's.
		for (const name of ['maja', 'tove', 'else_', 'nina'] as const)
			expect(await status(make(place[name])), name).toBe(404);
		await next.takeBack();
		const before = await everything(db());
		for (const role of INSIDE) expect(await status(make(next.guests[role])), role).toBe(403);
		expect(await everything(db())).toBe(before);
	});

	it('beside another on loan is put by the borrower too, in their forum and under its limit', async () => {
		const { tove, write, forumId } = place;
		const second = await write((tx) =>
			datasets.create(tx, tove, { forumId, title: 'Klubber', definition: 'Børn i klub' })
		);
		await place.store(utf8('Område;År;Elever\nNord;2018;30\nSyd;2018;8\n'), {}, tove, second);
		await next.lend();
		await write((tx) => lending.lend(tx, tove, second, 'direktion'));
		await db()`update forums set small_number_limit = 10 where id = ${next.forumId}`;
		const id = await make(next.guests.secretary, {
			parts: [
				{ datasetId: second, measure: 'elever', held: {} },
				{ datasetId: place.datasetId, measure: 'boern', held: {} }
			]
		});
		await say(id, tove, second, true);
		await say(id, place.else_, place.datasetId, true);
		const { result, forumId: of } = await page(id, next.guests.observer);
		expect([of, result!.limit]).toEqual([next.forumId, 10]);
		expect([...result!.cube.cells[0]!].map(([, { value }]) => value)).not.toContain(8);
	});
});

describe('its owner', () => {
	it('is asked though they are not in the forum: sees what for, no number, and answers', async () => {
		await next.lend();
		const id = await make();
		expect(await awaitingOwner(db(), place.else_)).toEqual([{ id, title: 'Børn og elever' }]);
		const seen = await page(id, place.else_);
		expect(seen).toMatchObject({
			reading: 'asked',
			forumName: 'Direktionen',
			purpose: 'Se, om skolerne følger børnetallet',
			legalBasis: 'artikel 6',
			result: null,
			parts: [
				{ title: 'Skolerne', label: 'Elever', mine: false },
				{ title: 'Boligområderne', label: 'Børn', mine: true }
			]
		});
		expect((await refused(say(id, place.else_, theirs, true))).status).toBe(403);
		await say(id, next.guests.chief, theirs, true);
		expect((await page(id, next.guests.observer)).result).toBeNull();
		await say(id, place.else_, place.datasetId, true);
		expect(await awaitingOwner(db(), place.else_)).toEqual([]);
		for (const role of ROLES)
			expect((await page(id, next.guests[role])).result, role).not.toBeNull();
		const after = await page(id, place.else_);
		expect([after.result, after.mayRenew]).toEqual([null, false]);
		await say(id, place.else_, place.datasetId, false, 'Ikke til det');
		expect(await page(id, next.guests.chief)).toMatchObject({
			result: null,
			parts: [{}, { answer: { yes: false, reason: 'Ikke til det' } }]
		});
	});

	it('alone, and the second who knows it, finds it among those who keep the dataset', async () => {
		const id = await agreed();
		const { maja, tove, jonas, sigrid, ove, nina, else_, datasetId } = place;
		const listed = async (person: Person) =>
			(await couplings.ofDataset(db(), person, datasetId)).map(({ title }) => title);
		for (const person of [maja, tove, jonas, sigrid, ove]) {
			expect(await status(page(id, person)), person.name).toBe(404);
			expect(await status(say(id, person, datasetId, true)), person.name).toBe(404);
			expect(await listed(person), person.name).toEqual([]);
		}
		expect(await status(page(id, nina))).toBe(404);
		expect(await listed(else_)).toEqual(['Børn og elever']);
		for (const role of ROLES) expect(await listed(next.guests[role])).toEqual(['Børn og elever']);
		await db()`update datasets set second_id = ${jonas.id} where id = ${datasetId}`;
		expect((await page(id, jonas)).reading).toBe('asked');
		await db()`delete from members where person_id = ${jonas.id}`;
		expect(await status(page(id, jonas)), 'one who has left').toBe(404);
	});

	it('closes it to the borrower by taking the dataset back; lent again it is there again', async () => {
		const id = await agreed();
		const shown = (person: Person) => couplings.agreedIn(db(), person, next.forumId);
		expect(await shown(next.guests.chief)).toMatchObject([{ id }]);
		await next.takeBack();
		for (const role of ROLES)
			expect(await refused(page(id, next.guests[role])), role).toMatchObject({
				code: 'data.taken_back'
			});
		expect(await shown(next.guests.chief)).toEqual([]);
		expect(await status(place.write((tx) => couplings.renew(tx, next.guests.analyst, id)))).toBe(
			403
		);
		await next.lend();
		expect((await page(id, next.guests.chief)).result).not.toBeNull();
	});

	it('is asked again when the borrower moves it to newer editions, and moves it not themselves', async () => {
		const id = await agreed();
		const newer = utf8('Område;År;Børn\nNord;2018;121\nSyd;2018;60\n');
		await place.store(newer, { asOf: '2018-09-01' });
		const renew = (person: Person) => place.write((tx) => couplings.renew(tx, person, id));
		expect(await status(renew(place.else_))).toBe(403);
		expect(await status(renew(next.guests.observer))).toBe(403);
		expect((await page(id, next.guests.analyst)).mayRenew).toBe(true);
		const second = await renew(next.guests.analyst);
		expect(await page(second, next.guests.chief)).toMatchObject({ forumId: next.forumId });
		expect((await awaitingOwner(db(), place.else_)).map((one) => one.id)).toEqual([second]);
	});
});

it('stays in what the borrower has placed it in when the dataset is taken back, and is placed nowhere new', async () => {
	const id = await agreed();
	const { chief } = next.guests;
	const briefId = await place.write((tx) =>
		briefs.create(tx, chief, { forumId: next.forumId, question: 'Følges de ad?' })
	);
	const spec = coupledSpec(dimensionsOf(await page(id, chief)), 'elever', {
		kind: 'line',
		where: {}
	});
	const add = () =>
		place.write((tx) =>
			figures.addCoupled(tx, chief, briefId, { couplingId: id, title: 'Begge', spec })
		);
	const figure = await add();
	await next.takeBack();
	const [drawn] = await figures.data(db(), [figure]);
	expect(drawn!.cells.flatMap(({ value }) => value ?? [])).toEqual([117, 120, 40, 60]);
	expect(await refused(add())).toMatchObject({ code: 'data.taken_back' });
});

it('is told in both forums’ logs', async () => {
	await agreed();
	const told = async (person: Person, forumId: string) =>
		(await activity.log(db(), person, forumId)).flatMap(({ verb, title }) =>
			/coupl/.test(verb) ? [`${verb} ${title}`] : []
		);
	expect(await told(place.maja, place.forumId)).toEqual([
		'dataset.coupling_agreed Boligområderne',
		'dataset.coupled Boligområderne'
	]);
	expect(await told(next.guests.director, next.forumId)).toEqual([
		'dataset.coupling_agreed Boligområderne',
		'dataset.coupling_agreed Skolerne',
		'dataset.coupled Boligområderne',
		'dataset.coupled Skolerne'
	]);
});
