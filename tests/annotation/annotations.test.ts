import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as annotations from '#lib/annotation/annotations.server.ts';
import { capture } from '#lib/annotation/anchor.ts';
import type { NewNote } from '#lib/annotation/note.ts';
import { anchorOf, marginOf } from '#lib/annotation/placed.server.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import { freshDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { furnish } from './place.ts';
import type { Name, Place } from './place.ts';
import { SECTION, writers } from './writers.ts';

let db: TestDatabase;
let place: Place;
beforeAll(async () => {
	db = await freshDatabase();
	place = await furnish(db.sql);
});
afterAll(() => db.drop());

const [writer] = writers(1, ['Fraværet er steget i fem af de ti områder.']);
function anchor(words = 'fem af de ti') {
	const { from, to } = writer!.letters(words);
	return capture(writer!.fragment, SECTION, from, to)!;
}

const tx = <T>(work: (tx: Tx) => Promise<T>) => db.sql.begin((tx) => work(tx as Tx)) as Promise<T>;
const note = (over: Partial<NewNote> = {}): NewNote => ({
	kind: 'different_reading',
	body: 'Det ville jeg ikke kalde en stigning.',
	shared: true,
	on: { anchor: anchor() },
	...over
});
const add = (who: Name, over: Partial<NewNote> = {}, objectId = place.caseId) =>
	tx((tx) => annotations.add(tx, place.people[who], objectId, note(over)));
const list = (who: Name) => annotations.list(db.sql, place.people[who], place.caseId);
const see = async (who: Name, id: string) => (await list(who)).find((note) => note.id === id);

/** Every row of every annotation table: what must not change when a verb refuses. */
async function everything() {
	const [row] = await db.sql`
		select (select count(*)::int from annotations) notes, (select count(*)::int from annotation_shares) shares,
			(select count(*)::int from annotation_edits) edits, (select count(*)::int from annotation_replies) replies,
			(select count(*)::int from annotation_mentions) mentions, (select count(*)::int from annotation_states) states,
			(select count(*)::int from annotation_attachments) attachments, (select count(*)::int from events) events`;
	return row;
}
async function refused(work: Promise<unknown>, code: string) {
	await expect(work).rejects.toMatchObject({ name: 'Refusal', code });
}

describe('adding a note', () => {
	it('names its author, role and department, and keeps the words it is on', async () => {
		const id = await add('tove');
		const seen = await see('jonas', id);
		expect(seen).toMatchObject({
			kind: 'different_reading',
			body: 'Det ville jeg ikke kalde en stigning.',
			author: { name: 'Tove Holm', role: 'chief', departmentName: 'Center for Dagtilbud og Skole' },
			own: false,
			edits: 0,
			state: 'open',
			replies: [],
			anchor: anchor(),
			attachedBy: null,
			figure: null
		});
		expect((await see('tove', id))!.own).toBe(true);
	});

	it('writes an event on the object that tells its pages, without the words', async () => {
		const id = await add('tove', { body: 'Hemmeligheden' });
		const [event] = await db.sql`
			select verb, object_kind, object_id, forum_id, detail from events where detail->>'annotation' = ${id}`;
		expect(event).toMatchObject({
			verb: 'annotation.added',
			object_kind: 'case',
			object_id: place.caseId,
			forum_id: place.forumId
		});
		expect(JSON.stringify(event)).not.toContain('Hemmeligheden');
	});

	it('is for members but observers, and only where they can read', async () => {
		for (const who of ['maja', 'tove', 'jonas', 'else_', 'sigrid'] as const)
			expect(await add(who)).toBeTypeOf('string');
		const before = await everything();
		await refused(add('ove'), 'base.not_allowed');
		await refused(add('nina'), 'base.not_found');
		await refused(add('tove', {}, place.briefId), 'base.not_found');
		await refused(add('tove', {}, crypto.randomUUID()), 'base.not_found');
		expect(await everything()).toEqual(before);
	});

	it('mentions members by name, and nobody else', async () => {
		const id = await add('tove', {
			body: 'Hvad siger @Else Winther og @Nina Skov? post@jonas bruun'
		});
		expect((await see('jonas', id))!.mentions).toEqual(['Else Winther']);
		await tx((tx) => annotations.reply(tx, place.people.else_, id, '@maja krog bør svare'));
		expect((await see('jonas', id))!.mentions.sort()).toEqual(['Else Winther', 'Maja Krog']);
	});
});

describe('a private note', () => {
	it('is read by its author alone until shared', async () => {
		const id = await add('tove', { shared: false });
		expect(await see('tove', id)).toMatchObject({ sharedAt: null });
		for (const who of ['maja', 'jonas', 'else_', 'sigrid', 'ove'] as const)
			expect(await see(who, id)).toBeUndefined();
		await tx((tx) => annotations.share(tx, place.people.tove, id));
		for (const who of ['maja', 'jonas', 'else_', 'sigrid', 'ove'] as const)
			expect((await see(who, id))!.sharedAt).toBeInstanceOf(Date);
	});

	it('is not found by others, whatever they try, and leaves no trace on the object', async () => {
		const id = await add('tove', { shared: false });
		await tx((tx) => annotations.edit(tx, place.people.tove, id, 'Et andet ord'));
		const before = await everything();
		const { jonas } = place.people;
		await refused(
			tx((tx) => annotations.share(tx, jonas, id)),
			'base.not_found'
		);
		await refused(
			tx((tx) => annotations.edit(tx, jonas, id, 'x')),
			'base.not_found'
		);
		await refused(
			tx((tx) => annotations.reply(tx, jonas, id, 'x')),
			'base.not_found'
		);
		await refused(
			tx((tx) => annotations.resolve(tx, jonas, id)),
			'base.not_found'
		);
		await refused(
			tx((tx) => annotations.reattach(tx, jonas, id, anchor())),
			'base.not_found'
		);
		expect(await everything()).toEqual(before);
		const events = await db.sql`
			select forum_id from events where object_id = ${id} and object_kind = 'annotation'`;
		expect(events.map((event) => event.forum_id)).toEqual([null, null]);
		expect(await db.sql`select from events where detail->>'annotation' = ${id}`).toHaveLength(0);
	});

	it('shows others only what it said from when it was shared', async () => {
		const id = await add('tove', { shared: false, body: 'Sludder' });
		await tx((tx) => annotations.edit(tx, place.people.tove, id, 'Jeg er uenig'));
		await tx((tx) => annotations.share(tx, place.people.tove, id));
		await tx((tx) => annotations.edit(tx, place.people.tove, id, 'Jeg læser det anderledes'));
		const bodies = async (who: Name) =>
			(await annotations.history(db.sql, place.people[who], place.caseId, id)).map((s) => s.body);
		expect(await bodies('jonas')).toEqual(['Jeg er uenig', 'Jeg læser det anderledes']);
		expect(await bodies('tove')).toEqual(['Sludder', 'Jeg er uenig', 'Jeg læser det anderledes']);
		expect((await see('jonas', id))!.edits).toBe(1);
		expect((await see('tove', id))!.edits).toBe(2);
		expect(
			await annotations.history(db.sql, place.people.tove, place.caseId, crypto.randomUUID())
		).toEqual([]);
	});
});

describe('what a person said', () => {
	it('is changed by nobody else, whatever their role', async () => {
		const id = await add('tove');
		const before = await everything();
		for (const who of ['maja', 'jonas', 'else_', 'sigrid', 'ove'] as const) {
			const person = place.people[who];
			await refused(
				tx((tx) => annotations.edit(tx, person, id, 'Jeg er enig')),
				'base.not_allowed'
			);
			await refused(
				tx((tx) => annotations.share(tx, person, id)),
				'base.not_allowed'
			);
			await refused(
				tx((tx) => annotations.reattach(tx, person, id, anchor())),
				'base.not_allowed'
			);
		}
		await refused(
			tx((tx) => annotations.edit(tx, place.people.nina, id, 'x')),
			'base.not_found'
		);
		expect(await everything()).toEqual(before);
		expect((await see('maja', id))!.body).toBe('Det ville jeg ikke kalde en stigning.');
	});

	it('keeps its history when the author says it differently', async () => {
		const id = await add('tove');
		await tx((tx) => annotations.edit(tx, place.people.tove, id, 'Tre af de fem steg.'));
		expect(await see('jonas', id)).toMatchObject({ body: 'Tre af de fem steg.', edits: 1 });
		const said = await annotations.history(db.sql, place.people.jonas, place.caseId, id);
		expect(said.map(({ body }) => body)).toEqual([
			'Det ville jeg ikke kalde en stigning.',
			'Tre af de fem steg.'
		]);
	});

	it('cannot be changed in the tables either', async () => {
		const id = await add('tove');
		for (const change of [
			db.sql`update annotations set body = 'x' where id = ${id}`,
			db.sql`delete from annotations where id = ${id}`,
			db.sql`delete from annotation_shares where annotation_id = ${id}`
		])
			await expect(change).rejects.toThrow(/never changed or removed/);
	});
});

describe('a thread', () => {
	it('takes replies from those who may annotate, oldest first', async () => {
		const id = await add('tove');
		await tx((tx) =>
			annotations.reply(tx, place.people.jonas, id, 'Enig. Skal vi vise intervallet?')
		);
		await tx((tx) => annotations.reply(tx, place.people.tove, id, 'Ja tak.'));
		const before = await everything();
		await refused(
			tx((tx) => annotations.reply(tx, place.people.ove, id, 'x')),
			'base.not_allowed'
		);
		await refused(
			tx((tx) => annotations.reply(tx, place.people.nina, id, 'x')),
			'base.not_found'
		);
		expect(await everything()).toEqual(before);
		expect((await see('ove', id))!.replies).toMatchObject([
			{
				authorName: 'Jonas Bruun',
				departmentName: 'Center for Social og Handicap',
				body: 'Enig. Skal vi vise intervallet?'
			},
			{ authorName: 'Tove Holm', body: 'Ja tak.' }
		]);
	});

	it('is resolved and reopened by anyone who may annotate, and twice is once', async () => {
		const id = await add('tove');
		const both = [place.people.jonas, place.people.maja].map((person) =>
			tx((tx) => annotations.resolve(tx, person, id))
		);
		await Promise.all(both);
		expect((await see('tove', id))!.state).toBe('resolved');
		const rows = await db.sql`select from annotation_states where annotation_id = ${id}`;
		expect(rows).toHaveLength(1);
		await refused(
			tx((tx) => annotations.reopen(tx, place.people.ove, id)),
			'base.not_allowed'
		);
		await tx((tx) => annotations.reopen(tx, place.people.else_, id));
		await tx((tx) => annotations.reopen(tx, place.people.else_, id));
		expect(await see('tove', id)).toMatchObject({ state: 'open', stateBy: 'Else Winther' });
	});
});

describe('putting an orphan back', () => {
	it('is a row of its own; what was selected at first stays', async () => {
		const id = await add('tove');
		await tx((tx) => annotations.reattach(tx, place.people.tove, id, anchor('ti områder')));
		const seen = await see('jonas', id);
		expect(seen!.anchor!.quote).toBe('ti områder');
		expect(seen!.attachedBy).toBe('Tove Holm');
		const [row] = await db.sql`select quote from annotations where id = ${id}`;
		expect(row!.quote).toBe('fem af de ti');
	});
});

describe('a note on a figure', () => {
	const target = {
		kind: 'cell' as const,
		measure: 'elever',
		coordinates: { omraade: 'N', aar: '2018' }
	};
	const figureId = crypto.randomUUID();
	const on = (versionId: string, over = {}) => ({
		figure: { figureId, versionId, target: { ...target, ...over } }
	});

	it('stays on the edition it was made on, and says when there is a newer', async () => {
		const versionId = await place.version(1);
		const id = await tx((tx) =>
			annotations.add(
				tx,
				place.people.maja,
				place.caseId,
				note({ kind: 'question', on: on(versionId) }),
				[{ id: figureId, versionId }]
			)
		);
		const figure = async () => (await see('tove', id))!.figure;
		expect(await figure()).toMatchObject({
			label: 'Nørrevang 2018',
			number: 1,
			newest: 1,
			versionId
		});
		await place.version(2);
		expect(await figure()).toMatchObject({
			label: 'Nørrevang 2018',
			number: 1,
			newest: 2,
			versionId
		});
		await refused(
			tx((tx) => annotations.reattach(tx, place.people.maja, id, anchor())),
			'annotation.not_a_passage'
		);
	});

	it('is refused on a figure of another page, another edition, or what the edition does not have', async () => {
		const [versionId, other] = [await place.version(3), await place.version(4)];
		const before = await everything();
		const figures = [{ id: figureId, versionId }];
		const tries: [Parameters<typeof on>, typeof figures, string][] = [
			[[versionId], [], 'annotation.figure_not_here'],
			[[other], figures, 'annotation.other_version'],
			[[versionId, { coordinates: { omraade: 'X' } }], figures, 'annotation.no_such_target'],
			[[versionId, { measure: 'fravær' }], figures, 'annotation.no_such_target'],
			[[versionId, { kind: 'period' }], figures, 'annotation.no_such_target']
		];
		for (const [args, known, code] of tries)
			await refused(
				tx((tx) =>
					annotations.add(tx, place.people.maja, place.caseId, note({ on: on(...args) }), known)
				),
				code
			);
		expect(await everything()).toEqual(before);
	});
});

describe('who is shut out of a case', () => {
	it('neither reads nor adds there', async () => {
		const id = await add('sigrid');
		await place.shutOut(place.people.sigrid);
		const before = await everything();
		await refused(list('sigrid'), 'base.not_allowed');
		await refused(add('sigrid'), 'base.not_allowed');
		await refused(
			tx((tx) => annotations.edit(tx, place.people.sigrid, id, 'x')),
			'base.not_allowed'
		);
		await refused(list('nina'), 'base.not_found');
		expect(await everything()).toEqual(before);
		expect(await see('tove', id)).toBeDefined();
	});
});

describe('a page’s margin', () => {
	const text = 'Tallet stiger i fem områder. Tallet falder i to.';
	let documentId: string;
	const words = (quote: string, from: number) => ({
		section: SECTION,
		from,
		to: from + quote.replace(/\s/g, '').length,
		quote
	});
	const tie = (who: Name, quote: string, from: number) =>
		anchorOf(db.sql, place.people[who], place.caseId, words(quote, from));

	beforeAll(async () => {
		documentId = await tx((tx) =>
			documents.create(tx, place.people.jonas, place.caseId, { [SECTION]: text })
		);
	});

	it('gives the notes their places in the text as it stands, and orphans none', async () => {
		const anchor = await tie('tove', 'stiger i fem', 6);
		const [here, gone] = [await add('tove', { on: { anchor } }), await add('tove')];
		const margin = await marginOf(db.sql, place.people.tove, place.caseId);
		const placeOf = (id: string) => margin.notes.find((note) => note.id === id)!.place;
		expect(placeOf(here)).toEqual({ from: 6, to: 16 });
		expect(placeOf(gone)).toBeNull();
		expect(margin.mayAnnotate).toBe(true);
		expect(margin.people).toContain('Jonas Bruun');
		expect((await marginOf(db.sql, place.people.ove, place.caseId)).mayAnnotate).toBe(false);
		await refused(marginOf(db.sql, place.people.nina, place.caseId), 'base.not_found');
	});

	it('ties words that were only read to the text, where they stand now', async () => {
		expect((await tie('tove', 'fem områder', 13)).quote).toBe('fem områder');
		// Someone wrote before them meanwhile: they are found by what they say.
		expect((await tie('tove', 'fem områder', 2)).quote).toBe('fem områder');
		await refused(tie('tove', 'Tallet', 3), 'annotation.text_moved');
		await refused(tie('tove', 'syv områder', 13), 'annotation.text_moved');
		await refused(
			anchorOf(db.sql, place.people.tove, place.caseId, { ...words('x', 0), section: 'Nej!' }),
			'annotation.text_moved'
		);
	});

	it('tells nothing of the text to those who may not annotate', async () => {
		await refused(tie('ove', 'fem områder', 13), 'base.not_allowed');
		await refused(tie('nina', 'fem områder', 13), 'base.not_found');
	});

	it('works on a text that is closed', async () => {
		await tx((tx) => documents.close(tx, place.people.maja, documentId));
		const id = await add('jonas', { on: { anchor: await tie('jonas', 'falder i to', 30) } });
		expect(await see('tove', id)).toMatchObject({ anchor: { quote: 'falder i to' } });
	});
});
