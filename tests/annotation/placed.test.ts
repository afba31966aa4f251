import { beforeAll, describe, expect, it } from 'vitest';
import * as annotations from '#lib/annotation/annotations.server.ts';
import { anchorOf, marginOf } from '#lib/annotation/placed.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import type { Name } from './place.ts';
import { SECTION } from './writers.ts';
import { add, anchor, db, everything, note, onTheDesk, place, refused, see, tx } from './desk.ts';

onTheDesk();

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
