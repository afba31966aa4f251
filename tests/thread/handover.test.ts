import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { today } from '#lib/base/clock.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { pullSchema } from '#lib/data/pull-input.ts';
import * as pulls from '#lib/data/pulls.server.ts';
import { restrictAll } from '#lib/data/stricter.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import * as accounts from '#lib/forum/accounts.server.ts';
import { removeMember } from '#lib/forum/forums.server.ts';
import type { Person } from '#lib/people/person.ts';
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

describe('what is fetched in the name of someone who leaves', () => {
	const fetch = () =>
		place.write((tx) =>
			pulls.set(
				tx,
				place.jonas,
				place.datasetId,
				pullSchema.parse({ url: 'https://tal.example/tal.csv', method: 'GET', rhythm: 'daily' })
			)
		);
	const giveOn = (by: Person, to: Person) =>
		place.write((tx) =>
			handOver(tx, by, {
				kind: 'pull',
				id: place.datasetId,
				objectId: place.datasetId,
				to: to.id
			})
		);

	beforeEach(async () => {
		await database.sql`
			insert into authors (object_id, person_id, added_by)
			values (${place.datasetId}, ${place.jonas.id}, ${place.else_.id})`;
		await fetch();
		await database.sql`update pulls set failures = 3, next_at = now() + interval '1 day'`;
		await place.write((tx) => removeMember(tx, place.sigrid, place.forumId, place.jonas.id));
	});

	it('waits for another, best the owner, and is fetched at once in their name', async () => {
		expect(await left()).toMatchObject([
			{ kind: 'pull', id: place.datasetId, ownerName: 'Jonas Bruun', nextId: place.else_.id }
		]);
		expect(await pulls.of(database.sql, place.ove, place.datasetId)).toMatchObject({
			setByName: 'Jonas Bruun',
			setByLeft: true
		});
		await giveOn(place.sigrid, place.else_);
		expect(await left()).toEqual([]);
		const [row] = await database.sql`
			select set_by, failures, next_at <= clock_timestamp() due from pulls`;
		expect(row).toEqual({ set_by: place.else_.id, failures: 0, due: true });
		const [event] = await database.sql`
			select person_id, detail from events where verb = 'dataset.pull_handed_over'`;
		expect(event).toEqual({
			person_id: place.sigrid.id,
			detail: { from: place.jonas.id, to: place.else_.id }
		});
	});

	it('goes to nobody who may not bring in figures, and stays as it was', async () => {
		for (const to of [place.ove, place.sigrid, place.nina])
			await expect(giveOn(place.maja, to)).rejects.toMatchObject({
				code: 'forum.may_not_import'
			});
		expect(await database.sql`select set_by, failures from pulls`).toEqual([
			{ set_by: place.jonas.id, failures: 3 }
		]);
	});

	test.each(['ove', 'nina', 'jonas'] as const)('%s may not hand it over', async (who) => {
		await expect(giveOn(place[who], place.else_)).rejects.toMatchObject({ name: 'Refusal' });
		expect(await database.sql`select set_by from pulls`).toEqual([{ set_by: place.jonas.id }]);
	});
});

describe('a service account whose responsible person leaves', () => {
	let account: { id: string; token: string };
	const answerFor = (by: Person, to: Person) =>
		place.write((tx) =>
			handOver(tx, by, {
				kind: 'account',
				id: account.id,
				objectId: place.forumId,
				to: to.id
			})
		);
	const calls = () =>
		accounts
			.recognise((work) => place.write(work), `Bearer ${account.token}`)
			.then(
				() => 'let in',
				({ code }: { code: string }) => code
			);

	beforeEach(async () => {
		account = await place.write((tx) =>
			accounts.create(tx, place.else_, place.forumId, {
				name: 'Fraværssystemet',
				expiresOn: today(),
				objects: [place.datasetId]
			})
		);
		await give(place.else_);
		await place.write((tx) => removeMember(tx, place.sigrid, place.forumId, place.else_.id));
	});

	it('is let in nowhere until another answers for it', async () => {
		expect(await calls()).toBe('forum.account_unanswered');
		for (const who of [place.sigrid, place.tove])
			expect(await left(who)).toMatchObject([
				{ kind: 'account', id: account.id, title: 'Fraværssystemet', ownerName: 'Else Winther' }
			]);
		expect(await left(place.ove)).toEqual([]);
		expect(await accounts.list(database.sql, place.tove, place.forumId)).toMatchObject([
			{ responsibleLeft: true }
		]);
		await answerFor(place.sigrid, place.tove);
		expect(await calls()).toBe('let in');
		expect(await left()).toEqual([]);
		const [event] = await database.sql`
			select person_id, detail from events where verb = 'account.handed_over'`;
		expect(event).toEqual({
			person_id: place.sigrid.id,
			detail: { member: account.id, from: place.else_.id, to: place.tove.id }
		});
	});

	it('goes to nobody who may not bring in figures to all it reaches', async () => {
		for (const to of [place.jonas, place.ove, place.nina])
			await expect(answerFor(place.sigrid, to)).rejects.toMatchObject({
				code: 'forum.may_not_import'
			});
		expect(await calls()).toBe('forum.account_unanswered');
	});

	test.each(['tove', 'jonas', 'ove', 'nina', 'else_'] as const)('%s may not', async (who) => {
		await expect(answerFor(place[who], place.tove)).rejects.toMatchObject({ name: 'Refusal' });
		expect(await calls()).toBe('forum.account_unanswered');
	});

	it('is not waited for when it has ended', async () => {
		await place.write((tx) => accounts.revoke(tx, place.maja, place.forumId, account.id));
		expect(await left()).toEqual([]);
		await expect(answerFor(place.sigrid, place.tove)).rejects.toMatchObject({ status: 409 });
	});
});

describe('the second who knows a dataset', () => {
	const second = (by: Person, to: Person) =>
		place.write((tx) =>
			handOver(tx, by, {
				kind: 'second',
				id: place.datasetId,
				objectId: place.datasetId,
				to: to.id
			})
		);
	const known = async () =>
		(await datasets.page(database.sql, place.maja, place.datasetId)).secondName;

	it('is named anew when they leave, by who may hand over, and is never the owner', async () => {
		await second(place.else_, place.tove);
		await place.write((tx) => removeMember(tx, place.sigrid, place.forumId, place.tove.id));
		expect(await left()).toMatchObject([{ kind: 'second', ownerName: 'Tove Holm' }]);
		await expect(second(place.jonas, place.jonas)).rejects.toMatchObject({ name: 'Refusal' });
		await expect(second(place.maja, place.else_)).rejects.toMatchObject({
			code: 'data.second_is_owner'
		});
		expect(await known()).toBe('Tove Holm');
		await second(place.sigrid, place.jonas);
		expect(await known()).toBe('Jonas Bruun');
		expect(await left()).toEqual([]);
	});

	it('is who is proposed when the owner leaves, and does not stay second to themselves', async () => {
		await second(place.else_, place.tove);
		await place.write((tx) => removeMember(tx, place.sigrid, place.forumId, place.else_.id));
		expect(await left()).toMatchObject([{ kind: 'dataset', nextId: place.tove.id }]);
		await give(place.sigrid);
		expect(await datasets.page(database.sql, place.maja, place.datasetId)).toMatchObject({
			ownerName: 'Tove Holm',
			secondId: null
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
