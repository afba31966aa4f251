import { afterAll, beforeEach, expect, it } from 'vitest';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import * as lending from '#lib/data/lending.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as goals from '#lib/goal/goals.server.ts';
import { page as goalPage } from '#lib/goal/page.server.ts';
import { walk } from '#lib/thread/links.server.ts';
import { usedIn } from '#lib/thread/used.server.ts';
import { drain } from '#lib/thread/worker.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { FILE_2019, goalIn, refusal, stored, story, type Story } from './story.ts';

/** What another forum makes of a dataset it is lent, and what is left of it when it is taken back. */

let db: TestDatabase;
let told: Story;
/** Nina's forum, which is not the dataset's. */
let forumId: string;
beforeEach(async () => {
	await db?.drop();
	db = await freshDatabase();
	told = await story(db.sql);
	forumId = await told.act((tx) =>
		forums.create(tx, told.nina, { slug: 'direktion', name: 'Direktionen' })
	);
});
afterAll(() => db.drop());

const lend = () => told.act((tx) => lending.lend(tx, told.else_, told.datasetId, 'direktion'));
const takeBack = () => told.act((tx) => lending.takeBack(tx, told.else_, told.datasetId, forumId));
const begin = () =>
	told.act((tx) => briefs.create(tx, told.nina, { forumId, question: 'Hvad siger deres tal?' }));
const place = (briefId: string, person = told.nina) =>
	told.act((tx) =>
		figures.add(tx, person, briefId, {
			versionId: told.versionId,
			title: 'Fravær',
			spec: {
				kind: 'line',
				measure: told.measure,
				where: {},
				x: told.keys.time,
				series: told.keys.area
			}
		} as never)
	);
const aim = (person = told.nina) =>
	told.act((tx) => goals.create(tx, person, { ...goalIn(told), ownerId: told.nina.id, forumId }));

it('nothing is made of a dataset that is not lent, also by one who reads it at home', async () => {
	const briefId = await begin();
	expect(await refusal(place(briefId))).toBe('base.not_found');
	expect(await refusal(aim())).toBe('base.not_found');
	await told.act((tx) => forums.addMember(tx, told.nina, forumId, told.jonas.id, 'chief'));
	await told.act((tx) => briefs.addAuthor(tx, told.nina, briefId, told.jonas.id));
	expect(await refusal(place(briefId, told.jonas))).toBe('base.not_found');
	expect(await refusal(aim(told.jonas))).toBe('base.not_found');
});

it('lent, it stands in the other forum’s briefs and goals, each found from the other, and its own forum sees none of them', async () => {
	await lend();
	const briefId = await begin();
	await place(briefId);
	await told.act((tx) => briefs.publish(tx, told.nina, briefId));
	const goalId = await aim();
	const uses = async (person = told.nina) =>
		(await usedIn(db.sql, person, told.datasetId)).map(({ id }) => id);
	expect(await uses()).toEqual([briefId, goalId]);
	expect(await uses(told.jonas)).not.toContain(briefId);
	const nodes = (await walk(db.sql, told.nina, briefId)).hops.flatMap((hop) => hop.nodes);
	expect(nodes.map(({ id }) => id)).toContain(told.datasetId);
	expect(nodes.map(({ id }) => id)).not.toContain(told.briefId);
});

it('taken back, what is published stays as it stands, and nothing new is made of it', async () => {
	await lend();
	const [published, draft] = [await begin(), await begin()];
	const figure = await place(published);
	const drafted = await place(draft);
	await told.act((tx) => briefs.publish(tx, told.nina, published));
	const before = await figures.data(db.sql, [figure]);
	expect(before[0]!.cells.length).toBeGreaterThan(0);
	await takeBack();

	expect((await briefs.page(db.sql, told.nina, published)).figures).toMatchObject(before);
	const { act, nina, versionId } = told;
	const [{ spec } = { spec: null }] = await figures.data(db.sql, [drafted]);
	const edit = { title: 'Andet', spec: spec! };
	const newer = await stored(told, told.datasetId, FILE_2019, '2019-08-01');
	for (const attempt of [
		() => place(draft),
		() => act((tx) => figures.edit(tx, nina, draft, drafted, edit)),
		() => act((tx) => figures.bringNewer(tx, nina, draft, drafted)),
		() => aim()
	])
		expect(await refusal(attempt())).toBe('data.taken_back');
	expect(await refusal(act((tx) => briefs.publish(tx, nina, draft)))).toBe(
		'brief.figure_taken_back'
	);
	await act((tx) => figures.remove(tx, nina, draft, drafted));
	await act((tx) => briefs.publish(tx, nina, draft));
	expect(newer).not.toBe(versionId);
	const thread = await walk(db.sql, nina, published);
	expect(thread.hops[0]!.nodes).toMatchObject([{ id: told.datasetId, title: null }]);

	await lend();
	const again = await begin();
	await place(again);
	await act((tx) => briefs.publish(tx, nina, again));
});

it('a goal on it stands as it stood when it was taken back, and goes on when it is lent again', async () => {
	await lend();
	const goalId = await aim();
	await drain(db.sql);
	const look = async () => {
		const { status, measured, history, baselineNow } = await goalPage(db.sql, told.nina, goalId);
		return {
			status,
			history,
			baselineNow,
			readings: measured!.readings,
			number: measured!.citation.number
		};
	};
	const before = await look();
	await takeBack();
	await stored(told, told.datasetId, FILE_2019, '2019-08-01');
	await drain(db.sql);
	expect(await look()).toEqual(before);
	expect(before.number).toBe(1);
	await lend();
	expect(await look()).toMatchObject({ number: 2 });
	const newest = await versions.newest(db.sql, told.datasetId);
	expect(newest!.number).toBe(2);
});
