import { describe, expect, test } from 'vitest';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import { fromPlainText, plainText } from '#lib/document/content.ts';
import * as documents from '#lib/document/documents.server.ts';
import {
	begun,
	datasetId,
	db,
	onTheDesk,
	page,
	refusal,
	spec,
	versionId,
	who,
	withFigure
} from './desk.ts';

onTheDesk();

describe('a draft', () => {
	test('is its authors’: for everyone else it is not there', async () => {
		const { id } = await withFigure();
		const { maja, jonas, tove, sigrid, ove, nina } = who;
		for (const person of [maja, jonas, tove, sigrid, ove, nina]) {
			expect(await refusal(page(id, person))).toBe('404 base.not_found');
			expect((await briefs.list(db.sql, person, who.forumId)).some((row) => row.id === id)).toBe(
				false
			);
			expect(await refusal(who.act((tx) => briefs.publish(tx, person, id)))).toBe(
				'404 base.not_found'
			);
			expect(
				await refusal(
					who.act((tx) => figures.add(tx, person, id, { versionId, title: 'Min', spec }))
				)
			).toBe('404 base.not_found');
			expect(
				(await figures.usesOf(db.sql, person, datasetId)).some((use) => use.briefId === id)
			).toBe(false);
		}
		expect((await page(id)).figures).toHaveLength(1);
		expect((await page(id)).phase).toBe('draft');
	});

	test('opens for a member who is asked to write along, and never for an observer', async () => {
		const id = await begun();
		const { else_, tove, ove } = who;
		await who.act((tx) => briefs.addAuthor(tx, else_, id, tove.id));
		expect((await page(id, tove)).may.write).toBe(true);
		expect(await refusal(who.act((tx) => briefs.addAuthor(tx, else_, id, ove.id)))).toBe(
			'400 forum.author_must_be_member'
		);
		expect((await page(id)).authors.map(({ name }) => name)).toEqual([else_.name, tove.name]);
	});

	test('cannot be begun by an observer or an outsider, nor without a question', async () => {
		const before = await db.sql`select id from objects`;
		expect(await refusal(begun(who.ove))).toBe('403 base.not_allowed');
		expect(await refusal(begun(who.nina))).toBe('404 base.not_found');
		expect(
			await refusal(
				who.act((tx) => briefs.create(tx, who.else_, { forumId: who.forumId, question: ' ' }))
			)
		).toBe('400 brief.question_missing');
		expect(await db.sql`select id from objects`).toHaveLength(before.length);
	});

	test('says what is missing', async () => {
		const id = await begun();
		expect((await page(id)).missing).toEqual(['headline', 'messages', 'figures']);
	});
});

describe('publishing', () => {
	test('keeps the text, ends writing, shows it to the forum, and is not stopped by what is missing', async () => {
		const { id } = await withFigure();
		await who.act((tx) => briefs.publish(tx, who.else_, id));
		const read = await page(id, who.ove);
		expect(read).toMatchObject({ phase: 'published', publishedBy: 'Else Winther' });
		expect(read.may).toEqual({ write: false, publish: false, annotate: false });
		expect(read.document.closedAt).toBeInstanceOf(Date);
		const [row] = await db.sql<{ keepId: string }[]>`
			select keep_id "keepId" from briefs where id = ${id}`;
		const kept = await documents.kept(db.sql, row!.keepId);
		expect(plainText(kept.content.headline)).toBe(plainText(read.content.headline));
		const events = await db.sql`
			select verb from events where object_id = ${id} order by id desc limit 1`;
		expect(events[0]).toMatchObject({ verb: 'brief.published' });
		expect(await refusal(page(id, who.nina))).toBe('404 base.not_found');
	});

	test('is for good: nothing in a published brief changes', async () => {
		const { id, figure } = await withFigure();
		const { act, else_ } = who;
		await act((tx) => briefs.publish(tx, else_, id));
		const before = await page(id);
		const words = { title: 'Ny', question: 'Ny?', serves: '' };
		const tries: (() => Promise<unknown>)[] = [
			() => act((tx) => briefs.frame(tx, else_, id, words)),
			() => act((tx) => briefs.publish(tx, else_, id)),
			() => act((tx) => briefs.addAuthor(tx, else_, id, who.tove.id)),
			() => act((tx) => figures.add(tx, else_, id, { versionId, title: 'Ny', spec })),
			() => act((tx) => figures.edit(tx, else_, id, figure, { title: 'Ny', spec })),
			() => act((tx) => figures.move(tx, else_, id, figure, 1)),
			() => act((tx) => figures.remove(tx, else_, id, figure)),
			() => act((tx) => figures.bringNewer(tx, else_, id, figure))
		];
		for (const attempt of tries) expect(await refusal(attempt())).toBe('409 brief.published');
		expect(await refusal(act((tx) => figures.remove(tx, who.jonas, id, figure)))).toBe(
			'403 base.not_allowed'
		);
		expect(
			await refusal(
				act((tx) => documents.addSection(tx, before.document.id, 'extra', fromPlainText('x')))
			)
		).toBe('409 document.closed');
		expect(await page(id)).toEqual(before);
	});
});
