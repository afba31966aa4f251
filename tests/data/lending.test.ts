import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import * as card from '#lib/data/card.server.ts';
import * as catalogue from '#lib/data/catalogue.server.ts';
import { NOTHING_ASKED } from '#lib/data/catalogue.ts';
import * as comparison from '#lib/data/comparison.server.ts';
import * as couplings from '#lib/data/couplings.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import * as download from '#lib/data/download.server.ts';
import * as hypotheses from '#lib/data/hypotheses.server.ts';
import * as indicators from '#lib/data/indicators.server.ts';
import * as lending from '#lib/data/lending.server.ts';
import * as pulls from '#lib/data/pulls.server.ts';
import { restrictAll } from '#lib/data/stricter.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { mayHear } from '#lib/document/sync/door.server.ts';
import { ROLES } from '#lib/forum/access.ts';
import * as activity from '#lib/forum/activity.server.ts';
import * as glossary from '#lib/forum/glossary.server.ts';
import type { Person } from '#lib/people/person.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { utf8 } from './bytes.ts';
import { neighbours, type Neighbours } from './lent.ts';
import { everything, furnish, refused, type Place } from './place.ts';

let database: TestDatabase;
let place: Place;
let next: Neighbours;
const db = () => database.sql;

beforeEach(async () => {
	await database?.drop();
	database = await freshDatabase();
	place = await furnish(db());
	next = await neighbours(db(), place);
	await place.store(file(2017, 40));
	await place.store(file(2018, 41), { asOf: '2019-01-01' });
});
afterAll(() => database.drop());

const file = (year: number, north: number) =>
	utf8(`Område;År;Børn\nNord;2016;30\nSyd;2016;50\nNord;${year};${north}\nSyd;${year};60\n`);
const outcome = async (work: Promise<unknown>) =>
	await work.then(
		() => 'yes',
		(error: { status?: number }) => error.status ?? error
	);

/** Everything one reads of a dataset, by every way there is. */
const reads = (person: Person): Record<string, () => Promise<unknown>> => {
	const { datasetId } = place;
	return {
		page: () => datasets.page(db(), person, datasetId),
		card: () => card.card(db(), person, datasetId, 1, 'boern'),
		edition: () => versions.byNumber(db(), person, datasetId, 1),
		editions: () => versions.briefly(db(), person, datasetId),
		indicator: () => indicators.page(db(), person, datasetId, 'boern'),
		comparison: () => comparison.comparison(db(), person, datasetId, { from: 1, to: 2 }),
		csv: () => download.version(db(), person, datasetId, 1, 'csv'),
		xlsx: () => download.version(db(), person, datasetId, 2, 'xlsx'),
		jsonstat: () => download.version(db(), person, datasetId, 2, 'json')
	};
};
const seen = async (person: Person) =>
	Object.fromEntries(
		await Promise.all(
			Object.entries(reads(person)).map(async ([name, read]) => [name, await outcome(read())])
		)
	);
const found = async (person: Person, forumId: string, q = 'børn') => {
	const looking = { ...NOTHING_ASKED, q };
	const { datasets: some, indicators: measures } = await catalogue.find(
		db(),
		person,
		forumId,
		looking
	);
	return [...some.map(({ id }) => id), ...measures.map(({ datasetId }) => datasetId)];
};
const all = (outcome: unknown) =>
	Object.fromEntries(Object.keys(reads(place.maja)).map((name) => [name, outcome]));

describe('a dataset in another forum', () => {
	it('is there for none of its roles before it is lent, read in every way while it is, and by nobody when it is taken back', async () => {
		for (const person of ROLES.map((role) => next.guests[role])) {
			expect(await seen(person)).toEqual(all(404));
			expect(await found(person, next.forumId)).toEqual([]);
			expect(await mayHear(db(), person.id, place.datasetId)).toBe(false);
		}
		await next.lend();
		for (const person of ROLES.map((role) => next.guests[role])) {
			expect(await seen(person)).toEqual(all('yes'));
			expect(await found(person, next.forumId)).toEqual([place.datasetId, place.datasetId]);
			expect(await datasets.list(db(), person, next.forumId)).toHaveLength(1);
			expect((await catalogue.choices(db(), person, next.forumId)).owners).toHaveLength(1);
			expect(await mayHear(db(), person.id, place.datasetId)).toBe(true);
		}
		await next.takeBack();
		for (const person of ROLES.map((role) => next.guests[role])) {
			expect(await seen(person)).toEqual(all(403));
			expect(await found(person, next.forumId)).toEqual([]);
			expect(await datasets.list(db(), person, next.forumId)).toEqual([]);
			expect((await catalogue.choices(db(), person, next.forumId)).owners).toEqual([]);
			expect(await refused(datasets.page(db(), person, place.datasetId))).toMatchObject({
				code: 'data.taken_back'
			});
		}
	});

	it('is changed by none of its roles, lent or not', async () => {
		const { datasetId, write } = place;
		const acts = (person: Person) => ({
			import: () => place.store(file(2019, 44), { asOf: '2020-01-01' }, person),
			describe: () => write((tx) => datasets.expectNext(tx, person, datasetId, '2030-01-01')),
			suppose: () => write((tx) => hypotheses.suppose(tx, person, datasetId, 'boern', {} as never)),
			lend: () => write((tx) => lending.lend(tx, person, datasetId, next.forumId)),
			takeBack: () => write((tx) => lending.takeBack(tx, person, datasetId, next.forumId)),
			say: () => write((tx) => indicators.describe(tx, person, datasetId, 'boern', {} as never))
		});
		/** Each role tries each act, and nothing is otherwise for it. */
		const tried = async () => {
			const before = await everything(db());
			const answers = [];
			for (const role of ROLES)
				for (const act of Object.values(acts(next.guests[role])))
					answers.push(await outcome(act()));
			expect(await everything(db())).toBe(before);
			return [...new Set(answers)];
		};
		expect(await tried()).toEqual([404]);
		await next.lend();
		expect(await tried()).toEqual([403]);
		await next.takeBack();
		expect(await tried()).toEqual([403]);
	});

	it('tells nothing of its own forum beside the figures: no coupling, no hypothesis, no fetching', async () => {
		const { write, tove, else_, forumId, datasetId } = place;
		const other = await write((tx) =>
			datasets.create(tx, tove, { forumId, title: 'Skolerne', definition: 'Elever' })
		);
		await place.store(file(2018, 39), {}, tove, other);
		const coupling = await write((tx) =>
			couplings.make(tx, else_, {
				title: 'Sammen',
				purpose: 'Se dem sammen',
				legalBasis: 'artikel 6',
				partOf: false,
				parts: [
					{ datasetId, measure: 'boern', held: {} },
					{ datasetId: other, measure: 'boern', held: {} }
				]
			})
		);
		await db()`
			insert into pulls (dataset_id, url, method, rhythm, set_by, next_at)
			values (${datasetId}, 'https://tal.example/hemmelig', 'GET', 'daily', ${else_.id}, now())`;
		await next.lend();
		await write((tx) => lending.lend(tx, tove, other, 'direktion'));
		const { chief } = next.guests;
		expect(await outcome(couplings.page(db(), chief, coupling))).toBe(404);
		expect(await pulls.of(db(), chief, datasetId)).toBeNull();
		expect(await pulls.of(db(), tove, datasetId)).toMatchObject({ rhythm: 'daily' });
		const page = await datasets.page(db(), chief, datasetId);
		expect(page).toMatchObject({
			lentBy: 'Centerchefforum',
			forumSlug: 'direktion',
			can: { import: false, describe: false, brief: true }
		});
		expect(await glossary.ofObject(db(), chief, datasetId)).toMatchObject({ slug: 'direktion' });
		expect(await lending.page(db(), chief, datasetId)).toBeNull();
	});
});

describe('lending', () => {
	const NAMES = ['maja', 'tove', 'jonas', 'sigrid', 'ove', 'nina'] as const;
	it('is the owner’s: no other role of their forum, nor anybody outside, lends or takes back', async () => {
		for (const name of NAMES)
			expect(await outcome(next.lend(place[name])), name).toBe(name === 'nina' ? 404 : 403);
		expect(await seen(next.guests.chief)).toEqual(all(404));
		await next.lend();
		for (const name of NAMES) {
			expect(await outcome(next.takeBack(place[name])), name).toBe(name === 'nina' ? 404 : 403);
			if (name === 'nina') continue;
			const page = await lending.page(db(), place[name], place.datasetId);
			expect(page).toMatchObject({ may: false, forums: [], lendings: [{ name: 'Direktionen' }] });
		}
		expect(await seen(next.guests.chief)).toEqual(all('yes'));
	});

	it('follows the owner: who had it before lends it no more', async () => {
		await db()`update datasets set owner_id = ${place.tove.id} where id = ${place.datasetId}`;
		expect(await outcome(next.lend())).toBe(403);
		await db()`
			insert into authors (object_id, person_id, added_by)
			values (${place.datasetId}, ${place.tove.id}, ${place.tove.id})`;
		expect(await outcome(next.lend(place.tove))).toBe('yes');
	});

	it('twice is once, to its own forum or to none is refused, and it can be undone and done again', async () => {
		const { write, else_, datasetId, forumId } = place;
		const to = (forum: string) => write((tx) => lending.lend(tx, else_, datasetId, forum));
		expect((await refused(to(forumId))).code).toBe('forum.lent_to_itself');
		expect((await refused(to(datasetId))).code).toBe('data.lend_no_forum');
		expect((await refused(to('Direktio'))).code).toBe('data.lend_no_forum');
		expect(await refused(to(next.forumId)), 'by an id one cannot know').toMatchObject({
			code: 'data.lend_no_forum'
		});
		await next.takeBack();
		await next.lend();
		await to(next.forumId); // known since it was lent
		await next.takeBack();
		await next.lend();
		const [{ count } = { count: 0 }] = await db()<{ count: number }[]>`
			select count(*)::int from lendings`;
		expect(count).toBe(2);
		expect(await lending.page(db(), else_, datasetId)).toMatchObject({
			lendings: [{ name: 'Direktionen', byName: 'Else Winther', until: null }],
			forums: [],
			may: true
		});
		expect(await outcome(datasets.page(db(), next.guests.observer, datasetId))).toBe('yes');
	});

	it('shows the owner their own forums only; another is lent to by its name or address, however it is cased', async () => {
		const { write, else_, datasetId } = place;
		const shown = async () =>
			(await lending.page(db(), else_, datasetId))!.forums.map(({ name }) => name);
		expect(await shown()).toEqual([]);
		await db()`insert into members (forum_id, person_id, role) values (${next.forumId}, ${else_.id}, 'observer')`;
		expect(await shown()).toEqual(['Direktionen']);
		await db()`delete from members where forum_id = ${next.forumId} and person_id = ${else_.id}`;
		await db()`insert into forums (slug, name) values ('andre', 'Direktionen'), ('direktionen', 'Andre')`;
		const to = (name: string) => write((tx) => lending.lend(tx, else_, datasetId, name));
		expect((await refused(to('Andet'))).code).toBe('data.lend_no_forum');
		expect(await to(' DIREKTION ')).toBe(next.forumId);
		await next.takeBack();
		await db()`update forums set slug = 'a' || slug where slug = 'direktionen'`;
		expect((await refused(to('direktionen'))).code).toBe('data.lend_several');
		await db()`delete from forums where slug = 'andre'`;
		expect(await to('direktionen')).toBe(next.forumId);
	});

	it('is told in both forums’ logs, by its title only where it may be read', async () => {
		await next.lend();
		await next.takeBack();
		const told = async (person: Person, forumId: string) =>
			(await activity.log(db(), person, forumId))
				.filter(({ verb }) => /lent|taken_back|borrow/.test(verb))
				.map(({ verb, title, personName }) => [verb, title, personName]);
		expect(await told(place.maja, place.forumId)).toEqual([
			['dataset.taken_back', 'Boligområderne', 'Else Winther'],
			['dataset.lent', 'Boligområderne', 'Else Winther']
		]);
		expect(await told(next.guests.director, next.forumId)).toEqual([
			['dataset.borrowing_ended', null, 'Else Winther'],
			['dataset.borrowed', null, 'Else Winther']
		]);
	});

	it('keeps one who is in both forums from nothing of their own', async () => {
		await db()`insert into members (forum_id, person_id, role) values (${next.forumId}, ${place.tove.id}, 'observer')`;
		await next.lend();
		await next.takeBack();
		expect(await seen(place.tove)).toEqual(all('yes'));
		expect(await datasets.page(db(), place.tove, place.datasetId)).toMatchObject({ lentBy: null });
	});
});

describe('the limit for small numbers', () => {
	const limits = () =>
		db()<{ number: number; limit: number }[]>`
			select number, small_number_limit "limit" from versions
			where dataset_id = ${place.datasetId} order by number`;
	const small = async () => {
		const version = (await versions.newest(db(), place.datasetId))!;
		const { cells } = await versions.load(db(), version.id);
		return [...cells[0]!].flatMap(([, { value }]) => (value === null ? [] : [value]));
	};
	const SMALL = [
		'Område;År;Børn',
		'Nord;2018;7',
		'Syd;2018;40',
		'Øst;2018;8',
		'Vest;2018;55',
		'Midt;2018;31\n'
	].join('\n');

	it('is the strictest of the two: a stricter edition is there before the other forum can look', async () => {
		await place.store(utf8(SMALL), { asOf: '2019-02-01' });
		expect(await small()).toContain(7);
		await db()`update forums set small_number_limit = 10 where id = ${next.forumId}`;
		await next.lend();
		expect(await limits()).toMatchObject([{ limit: 5 }, { limit: 5 }, { limit: 5 }, { limit: 10 }]);
		expect((await small()).filter((value) => value > 0 && value < 10)).toEqual([]);
	});

	it('holds for the next file, follows the other forum when it is raised, and goes when it is taken back', async () => {
		await next.lend();
		expect(await limits()).toHaveLength(2);
		await db()`update forums set small_number_limit = 12 where id = ${next.forumId}`;
		await place.write((tx) => restrictAll(tx, next.guests.director, next.forumId));
		expect((await limits()).at(-1)).toMatchObject({ number: 3, limit: 12 });
		await place.store(utf8(SMALL), { asOf: '2019-02-01' });
		expect((await limits()).at(-1)).toMatchObject({ number: 4, limit: 12 });
		expect((await small()).filter((value) => value > 0 && value < 12)).toEqual([]);
		await next.takeBack();
		await place.store(utf8(SMALL.replace('55', '56')), { asOf: '2019-03-01' });
		expect((await limits()).at(-1)).toMatchObject({ number: 5, limit: 5 });
	});

	it('of a forum that has given it back is not asked', async () => {
		await next.lend();
		await next.takeBack();
		await db()`update forums set small_number_limit = 12 where id = ${next.forumId}`;
		await place.write((tx) => restrictAll(tx, next.guests.director, next.forumId));
		expect(await limits()).toHaveLength(2);
	});
});
