import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { annotationActions } from '#lib/annotation/actions.server.ts';
import { capture } from '#lib/annotation/anchor.ts';
import { list } from '#lib/annotation/annotations.server.ts';
import { asRead } from '#lib/annotation/unread.ts';
import { transact } from '#lib/base/sql.server.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import { freshDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { furnish } from './place.ts';
import type { Name, Place } from './place.ts';
import { SECTION, writers } from './writers.ts';

let db: TestDatabase;
let place: Place;
let figures: { id: string; versionId: string }[] = [];
const actions = annotationActions(async () => figures);

beforeAll(async () => {
	db = await freshDatabase();
	place = await furnish(db.sql);
	await db.sql.begin((tx) =>
		documents.create(tx as Tx, place.people.jonas, place.caseId, {
			[SECTION]: 'Fem områder falder.'
		})
	);
});
afterAll(() => db.drop());

/** Posts a form to the case's page, as Kit would. */
async function post(who: Name, action: keyof typeof actions, fields: Record<string, string>) {
	const body = new URLSearchParams(fields);
	const url = new URL(`http://localhost/cases/${place.caseId}?/${action}`);
	return (await actions[action]({
		url,
		params: { id: place.caseId },
		request: new Request(url, { method: 'POST', body }),
		locals: {
			person: place.people[who],
			locale: 'da',
			db: db.sql,
			transact: <T>(work: (tx: Tx) => Promise<T>) => transact(work, db.sql)
		}
	} as never)) as { status?: number; data?: { error: { code: string; message: string } } } | void;
}
const notes = () => list(db.sql, place.people.tove, place.caseId);
const words = JSON.stringify({ section: SECTION, from: 0, to: 10, quote: 'Fem områder' });

describe('the forms of a page’s margin', () => {
	it('annotate words from an editor and words that were only read', async () => {
		const [writer] = writers(1, ['Fem områder falder.']);
		const anchor = capture(writer!.fragment, SECTION, 0, 3)!;
		const said = { kind: 'fact', body: ' Tre af dem. ' };
		await post('tove', 'annotate', { ...said, passage: JSON.stringify(anchor) });
		await post('tove', 'annotate', { ...said, passage: words, private: 'yes' });
		expect(await notes()).toMatchObject([
			{ body: 'Tre af dem.', anchor, sharedAt: expect.any(Date) },
			{ anchor: { quote: 'Fem områder' }, sharedAt: null }
		]);
	});

	it('annotate a figure of the page, on the edition it is pinned to', async () => {
		const figure = {
			figureId: crypto.randomUUID(),
			versionId: await place.version(1),
			target: { kind: 'series', measure: 'elever', coordinates: { omraade: 'N' } }
		};
		const fields = { kind: 'question', body: 'Hvorfor?', figure: JSON.stringify(figure) };
		const refused = await post('tove', 'annotate', fields);
		expect(refused?.data?.error.message).toContain('Figuren står ikke længere på siden');
		figures = [{ id: figure.figureId, versionId: figure.versionId }];
		expect(await post('tove', 'annotate', fields)).toBeUndefined();
		expect((await notes()).at(-1)!.figure!.label).toBe('Nørrevang');
	});

	it('say what was read', async () => {
		const unread = async () =>
			(await list(db.sql, place.people.jonas, place.caseId)).filter((note) => note.unread);
		const shown = await unread();
		expect(shown.length).toBeGreaterThan(0);
		expect(await post('jonas', 'readNotes', { notes: asRead(shown) })).toBeUndefined();
		expect(await unread()).toEqual([]);
		expect((await post('jonas', 'readNotes', { notes: '[{' }))?.status).toBe(400);
	});

	it('reply, edit, share, resolve, reopen and put back', async () => {
		const note = (await notes())[1]!.id;
		for (const [action, fields] of [
			['shareNote', {}],
			['replyNote', { body: 'Enig.' }],
			['editNote', { body: 'To af dem.' }],
			['reattachNote', { passage: words }],
			['resolveNote', {}]
		] as const)
			expect(await post('tove', action, { note, ...fields })).toBeUndefined();
		const find = async () => (await notes()).find(({ id }) => id === note);
		expect(await find()).toMatchObject({
			body: 'To af dem.',
			state: 'resolved',
			attachedBy: 'Tove Holm',
			replies: [{ body: 'Enig.' }]
		});
		await post('jonas', 'reopenNote', { note });
		expect((await find())!.state).toBe('open');
	});

	it('say in words what they refuse, and change nothing', async () => {
		const before = await notes();
		const note = before[0]!.id;
		const tries: [Name, keyof typeof actions, Record<string, string>, string][] = [
			['tove', 'annotate', { kind: 'fact', body: ' ', passage: words }, 'annotation.empty'],
			['tove', 'annotate', { kind: 'fact', body: 'x' }, 'annotation.no_words'],
			['tove', 'annotate', { kind: 'fact', body: 'x', passage: '{' }, 'base.invalid'],
			['tove', 'annotate', { kind: 'rygte', body: 'x', passage: words }, 'base.invalid'],
			['ove', 'annotate', { kind: 'fact', body: 'x', passage: words }, 'base.not_allowed'],
			['nina', 'annotate', { kind: 'fact', body: 'x', passage: words }, 'base.not_found'],
			['jonas', 'editNote', { note, body: 'x' }, 'base.not_allowed'],
			['jonas', 'replyNote', { note: 'x', body: 'x' }, 'base.invalid'],
			['jonas', 'replyNote', { note: crypto.randomUUID(), body: 'x' }, 'base.not_found']
		];
		for (const [who, action, fields, code] of tries) {
			const refused = await post(who, action, fields);
			expect(refused?.data?.error.code).toBe(code);
			expect(refused!.data!.error.message).not.toContain(code);
		}
		expect(await notes()).toEqual(before);
	});
});
