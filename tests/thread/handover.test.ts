import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import * as datasets from '#lib/data/datasets.server.ts';
import { restrictAll } from '#lib/data/stricter.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { removeMember } from '#lib/forum/forums.server.ts';
import { deactivate } from '#lib/people/persons.server.ts';
import { handOver, leftBehind } from '#lib/thread/handover.server.ts';
import { utf8 } from '../data/bytes.ts';
import { furnish, type Place } from '../data/place.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let place: Place;
beforeAll(async () => {
	database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
	await database.drop();
	database = await freshDatabase();
	place = await furnish(database.sql);
});

const left = (by = place.sigrid) => leftBehind(database.sql, by, place.forumId);
const give = (by: Place['maja'], to = place.tove.id) =>
	place.write((tx) =>
		handOver(tx, by, { kind: 'dataset', id: place.datasetId, objectId: place.datasetId, to })
	);

describe('what someone who leaves had in hand', () => {
	it('is to be handed over, on the list and on the dataset, until someone has it', async () => {
		expect(await left()).toEqual([]);
		await place.write((tx) => removeMember(tx, place.sigrid, place.forumId, place.else_.id));
		expect(await left()).toMatchObject([
			{ kind: 'dataset', id: place.datasetId, ownerName: 'Else Winther' }
		]);
		expect((await datasets.page(database.sql, place.tove, place.datasetId)).ownerLeft).toBe(true);
		await give(place.sigrid);
		expect(await left()).toEqual([]);
		const [event] = await database.sql`
			select person_id, detail from events where verb = 'dataset.handed_over'`;
		expect(event).toEqual({
			person_id: place.sigrid.id,
			detail: { from: place.else_.id, to: place.tove.id }
		});
	});

	it('is the same when their access ends everywhere', async () => {
		await place.write((tx) => deactivate(tx, place.maja, place.else_.id));
		expect(await left()).toMatchObject([{ kind: 'dataset', ownerName: 'Else Winther' }]);
	});

	test.each(['maja', 'sigrid', 'else_'] as const)('%s may hand over', async (who) => {
		await give(place[who]);
		expect((await datasets.page(database.sql, place.maja, place.datasetId)).ownerName).toBe(
			'Tove Holm'
		);
	});

	test.each(['tove', 'jonas', 'ove', 'nina'] as const)('%s may not', async (who) => {
		await expect(give(place[who], place.jonas.id)).rejects.toMatchObject({ name: 'Refusal' });
		expect((await datasets.page(database.sql, place.maja, place.datasetId)).ownerName).toBe(
			'Else Winther'
		);
	});

	it('goes to nobody outside the forum', async () => {
		await expect(give(place.maja, place.nina.id)).rejects.toMatchObject({
			code: 'data.owner_must_be_member'
		});
	});
});

it('a raised limit makes a stricter edition of what is stored; the one before stays as it was', async () => {
	const first = await place.store(
		utf8('Område;År;Børn\nNord;2018;8\nSyd;2018;40\nØst;2018;12\nI alt;2018;60\n')
	);
	const before = await versions.load(database.sql, first.id);
	await database.sql`update forums set small_number_limit = 10`;
	for (let twice = 0; twice < 2; twice++)
		await place.write((tx) => restrictAll(tx, place.sigrid, place.forumId));
	const { versions: all } = await datasets.page(database.sql, place.maja, place.datasetId);
	expect(all.map(({ number, limit, stricterOf }) => [number, limit, stricterOf])).toEqual([
		[2, 10, 1],
		[1, 5, null]
	]);
	const cells = async (id: string) =>
		[...(await versions.load(database.sql, id)).cells[0]!].map(
			([, { value, status }]) => value ?? status
		);
	expect(await cells(all[0]!.id)).toEqual(['s', 40, 's', 60]);
	expect(await versions.load(database.sql, first.id)).toEqual(before);
});
