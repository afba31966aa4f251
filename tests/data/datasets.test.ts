import { afterAll, beforeEach, describe, expect, it, test } from 'vitest';
import * as breaks from '#lib/data/breaks.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { demoFile, everything, furnish, refused, type Place } from './place.ts';

let database: TestDatabase | undefined;
let place: Place;
const db = () => database!.sql;
beforeEach(async () => {
	await database?.drop();
	database = await freshDatabase();
	place = await furnish(database.sql);
});
afterAll(() => database?.drop());

const areas = { title: 'Boligområderne', definition: 'Ni nøgletal' };

describe('a dataset', () => {
	it('has an owner and a department from the start; the rest shows as missing', async () => {
		const page = await datasets.page(db(), place.ove, place.datasetId);
		expect(page).toMatchObject({
			title: 'Boligområderne',
			ownerName: 'Else Winther',
			departmentName: 'Center for Skole',
			grade: null,
			versions: [],
			can: { import: false, describe: false }
		});
		expect(page.missing).toContain('registration');
	});

	it('is described further, and the event says which fields but not their words', async () => {
		await place.write((tx) =>
			datasets.describe(tx, place.else_, place.datasetId, {
				...areas,
				ownerId: place.else_.id,
				secondId: place.tove.id,
				registration: 'Skolerne fører fravær dagligt',
				nextUpdate: '2019-08-01',
				grade: 'provisional'
			})
		);
		const page = await datasets.page(db(), place.else_, place.datasetId);
		expect(page).toMatchObject({ secondName: 'Tove Holm', grade: 'provisional', stale: true });
		expect(page.missing).not.toContain('registration');
		const [event] = await db()`select detail from events where verb = 'dataset.described'`;
		expect(event!.detail.fields.sort()).toEqual([
			'definition',
			'grade',
			'next_update',
			'registration',
			'second_id'
		]);
		expect(JSON.stringify(event)).not.toContain('fravær');
	});

	test.each([
		['ove', 403],
		['jonas', 403],
		['nina', 404]
	] as const)('is not described by %s', async (who, status) => {
		const before = await everything(db());
		const answer = await refused(
			place.write((tx) =>
				datasets.describe(tx, place[who], place.datasetId, { ...areas, ownerId: place.else_.id })
			)
		);
		expect(answer.status).toBe(status);
		expect(await everything(db())).toBe(before);
	});

	it('is not made by an observer or an outsider, and is owned by a member', async () => {
		const before = await everything(db());
		const make = (by: typeof place.ove, ownerId?: string) =>
			refused(
				place.write((tx) => datasets.create(tx, by, { forumId: place.forumId, ...areas, ownerId }))
			);
		expect((await make(place.ove, place.else_.id)).status).toBe(403);
		expect((await make(place.nina, place.else_.id)).status).toBe(404);
		expect((await make(place.else_, place.nina.id)).code).toBe('data.owner_must_be_member');
		expect(await everything(db())).toBe(before);
	});
});

describe('when the next figures are expected', () => {
	const said = async () => (await datasets.page(db(), place.ove, place.datasetId)).nextUpdate;
	const say = (by: typeof place.ove, day: string) =>
		place.write((tx) => datasets.expectNext(tx, by, place.datasetId, day));

	it('is said by whoever brings figures in, and twice is once', async () => {
		await say(place.else_, '2031-02-01');
		await say(place.tove, '2031-02-01');
		expect(await said()).toBe('2031-02-01');
		expect(
			await db()`select person_id, detail from events where verb = 'dataset.described'`
		).toEqual([{ person_id: place.else_.id, detail: { fields: ['next_update'] } }]);
	});

	test.each([
		['jonas', 403],
		['ove', 403],
		['nina', 404]
	] as const)('is not said by %s', async (who, status) => {
		expect(await refused(say(place[who], '2031-02-01'))).toMatchObject({ status });
		expect(await said()).toBeNull();
	});
});

describe('a series break', () => {
	const input = { measure: 'anbragte-boern', period: '2017', reason: 'Ny opgørelse fra 2017' };

	it('is marked by a person with a reason', async () => {
		await place.store(demoFile('areas-2018.csv'));
		await place.write((tx) => breaks.mark(tx, place.else_, place.datasetId, input));
		const { breaks: marked } = await datasets.page(db(), place.ove, place.datasetId);
		expect(marked).toMatchObject([{ ...input, byName: 'Else Winther' }]);
		expect(await breaks.breaksOf(db(), [place.datasetId])).toEqual([
			{ datasetId: place.datasetId, ...input }
		]);
	});

	test.each([
		['twice', input, 'data.break_marked_already'],
		['on no measure', { ...input, measure: 'x' }, 'data.no_such_measure'],
		['at no period', { ...input, period: '1999' }, 'data.no_such_period']
	])('is refused %s', async (_, second, code) => {
		await place.store(demoFile('areas-2018.csv'));
		await place.write((tx) => breaks.mark(tx, place.else_, place.datasetId, input));
		const before = await everything(db());
		const answer = await refused(
			place.write((tx) => breaks.mark(tx, place.else_, place.datasetId, second))
		);
		expect(answer.code).toBe(code);
		expect(await everything(db())).toBe(before);
	});
});
