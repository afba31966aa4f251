import { beforeEach, expect, test } from 'vitest';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import * as outsiders from '#lib/brief/outsiders.server.ts';
import * as recognitions from '#lib/brief/recognitions.server.ts';
import { sentencesOf } from '#lib/brief/recognition.ts';
import * as reviews from '#lib/brief/reviews.server.ts';
import * as lending from '#lib/data/lending.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import type { Person } from '#lib/people/person.ts';
import { write } from '#lib/thread/demo/typing.server.ts';
import { datasetId, db, onTheDesk, page, refusal, spec, versionId, who } from './desk.ts';
import { act, mine } from './draft.ts';

/** A brief on figures that its forum has on loan: their owner, who is in another forum, is asked of it. */

onTheDesk();

let forumId: string;
let id: string;
let figure: string;
beforeEach(async () => {
	const { nina, else_ } = who;
	const slug = `direktion-${Math.random().toString(36).slice(2, 8)}`;
	forumId = await act((tx) => forums.create(tx, nina, { slug, name: 'Direktionen' }));
	await act((tx) => lending.lend(tx, else_, datasetId, slug));
	id = await act((tx) => briefs.create(tx, nina, { forumId, question: 'Hvad siger deres tal?' }));
	figure = await act((tx) =>
		figures.add(tx, nina, id, { versionId, title: 'Fravær', why: 'De skal nås', spec })
	);
	await act((tx) =>
		write(tx, nina, id, { headline: ['Fraværet stiger.'], messages: ['I Nørrevang er det ens.'] })
	);
});

const sentence = async () => sentencesOf((await page(id, who.nina)).content).at(-1)!;
const ask = async (on: { figureId: string } | null = null, personId = who.else_.id) =>
	act(async (tx) =>
		recognitions.ask(tx, who.nina, id, {
			asked: [{ datasetId, personId, on: on ?? (await sentence()) }],
			due: '2030-01-15'
		})
	);
const asked = async () => (await page(id, who.nina)).recognitions.at(-1)!;
const answer = (person: Person, of: string, recognised: boolean, reason = '') =>
	act((tx) => outsiders.answer(tx, person, of, { recognised, reason }));
const all = () => [who.maja, who.tove, who.jonas, who.sigrid, who.ove, who.nina];

test('they read the sentence and nothing else, answer, and it shows in the brief', async () => {
	const { else_, nina } = who;
	expect((await page(id, nina)).owners).toMatchObject([
		{ personId: else_.id, canRead: false, outside: true }
	]);
	await ask();
	const one = await asked();
	expect(await mine(else_, one.id)).toMatchObject([
		{ kind: 'recognise', title: 'I Nørrevang er det ens.', href: `/recognitions/${one.id}` }
	]);
	expect(await outsiders.one(db.sql, else_, one.id)).toMatchObject({
		forumName: 'Direktionen',
		briefTitle: 'Hvad siger deres tal?',
		quote: 'I Nørrevang er det ens.',
		recognised: null
	});
	expect(await refusal(briefs.page(db.sql, else_, id))).toBe('404 base.not_found');
	expect(await refusal(answer(else_, one.id, false, ' '))).toBe(
		'400 brief.recognition_why_missing'
	);
	await answer(else_, one.id, false, 'Ændret i 2017.');
	expect(await asked()).toMatchObject({ recognised: false, reason: 'Ændret i 2017.' });
	expect(await mine(else_, one.id)).toEqual([]);
	await act((tx) => briefs.publish(tx, nina, id));
	await answer(else_, one.id, true);
	expect(await asked()).toMatchObject({
		recognised: true,
		before: [{ recognised: false, reason: 'Ændret i 2017.' }]
	});
	expect(await refusal(briefs.page(db.sql, else_, id))).toBe('404 base.not_found');
});

test('nobody else is shown it or answers it: no role of either forum', async () => {
	await ask();
	const { id: of } = await asked();
	for (const person of all()) {
		expect(await refusal(outsiders.one(db.sql, person, of)), person.name).toBe(
			'404 base.not_found'
		);
		expect(await refusal(answer(person, of, true)), person.name).toBe('404 base.not_found');
		expect(await outsiders.waitingFor(db.sql, person)).toEqual([]);
	}
	expect((await asked()).recognised).toBeNull();
	expect(await refusal(outsiders.one(db.sql, who.else_, 'x'))).toBe('404 base.not_found');
});

test('of a figure they see it drawn, for it holds nothing but their own', async () => {
	await ask({ figureId: figure });
	const found = await outsiders.one(db.sql, who.else_, (await asked()).id);
	expect(found).toMatchObject({ quote: null, figureTitle: 'Fravær' });
	expect((await outsiders.figureOf(db.sql, who.else_, found))!.cells.length).toBeGreaterThan(0);
	// It is not drawn for one who may not read every dataset in it.
	const stranger = { ...who.else_, id: crypto.randomUUID() };
	expect(await outsiders.figureOf(db.sql, stranger, found)).toBeNull();
});

test('the question is gone when it is taken back, the brief is closed, or the figures are another’s', async () => {
	const { else_, nina, tove } = who;
	await ask();
	const { id: of } = await asked();
	const there = async () =>
		(await outsiders.waitingFor(db.sql, else_)).filter((one) => one.id === of).length;
	expect(await there()).toBe(1);
	await db.sql`update objects set confidential = true where id = ${id}`;
	expect(await there()).toBe(0);
	expect(await refusal(answer(else_, of, true))).toBe('404 base.not_found');
	await db.sql`update objects set confidential = false where id = ${id}`;
	await db.sql`update datasets set owner_id = ${tove.id} where id = ${datasetId}`;
	expect(await there()).toBe(0);
	expect(await refusal(answer(else_, of, true))).toBe('404 base.not_found');
	await db.sql`update datasets set owner_id = ${else_.id} where id = ${datasetId}`;
	expect(await there()).toBe(1);
	await act((tx) => reviews.takeBack(tx, nina, id));
	expect(await there()).toBe(0);
	expect(await refusal(answer(else_, of, true))).toBe('404 base.not_found');
});

test('who is in both forums reads along as everybody in it does', async () => {
	await db.sql`insert into members (forum_id, person_id, role) values (${forumId}, ${who.else_.id}, 'chief')`;
	expect((await page(id, who.nina)).owners).toMatchObject([{ canRead: true, outside: false }]);
	await ask();
	const { id: of } = await asked();
	expect(await refusal(outsiders.one(db.sql, who.else_, of))).toBe('404 base.not_found');
	expect((await page(id, who.else_)).recognitions).toHaveLength(1);
});

test('one who is neither owner nor second knower is not asked', async () => {
	expect(await refusal(ask(null, who.tove.id))).toBe('409 brief.not_its_owner');
	await db.sql`update objects set confidential = true where id = ${id}`;
	expect((await page(id, who.nina)).owners).toMatchObject([{ canRead: false, outside: false }]);
	expect(await refusal(ask())).toBe('409 brief.owner_cannot_read');
});
