import { describe, expect, it } from 'vitest';
import { mentionsOf } from '#lib/annotation/mentions.server.ts';
import * as annotations from '#lib/annotation/annotations.server.ts';
import { lettersOf } from '#lib/annotation/letters.ts';
import { withMarks } from '#lib/annotation/marked.ts';
import { withTerms } from '#lib/annotation/termed.ts';
import { termOrigins } from '#lib/annotation/terms.server.ts';
import { plainText, type Content } from '#lib/document/content.ts';
import * as glossary from '#lib/forum/glossary.server.ts';
import type { Term } from '#lib/forum/glossary.ts';
import type { Name } from './place.ts';
import { add, db, onTheDesk, place, refused, see, tx } from './desk.ts';

const TERMS: Term[] = [{ id: 't', word: 'anbragte børn', forms: [], definition: 'x', differs: [] }];
const bold = [{ type: 'bold' }];
const TEXT: Content = {
	type: 'doc',
	content: [
		{
			type: 'paragraph',
			content: [
				{ type: 'text', text: 'Tallet for anbragte ' },
				{ type: 'text', text: 'børn skifter', marks: bold }
			]
		},
		{ type: 'paragraph', content: [{ type: 'text', text: 'Anbragte børn igen.' }] }
	]
};
const marked = (content: Content) =>
	JSON.stringify(content).match(/"text":"([^"]*)"(?:,"marks":\[[^\]]*"term")/g) ?? [];

describe('terms in rendered text', () => {
	it('are marked where they stand first, across form, and the text is what it was', () => {
		const shown = withTerms(TEXT, TERMS, 'chefer');
		expect(plainText(shown)).toBe(plainText(TEXT));
		const [first, second] = shown.content!;
		expect(
			first!.content!.map(({ text, marks }) => [text, marks?.map(({ type }) => type)])
		).toEqual([
			['Tallet for ', undefined],
			['anbragte ', ['term']],
			['børn', ['bold', 'term']],
			[' skifter', ['bold']]
		]);
		expect(second).toEqual(TEXT.content![1]);
		expect(marked(shown)).toHaveLength(2);
	});

	it('leave links alone, and notes on their letters', () => {
		const link = [{ type: 'link', attrs: { href: 'https://example.org' } }];
		const linked: Content = {
			type: 'doc',
			content: [
				{ type: 'paragraph', content: [{ type: 'text', text: 'anbragte børn', marks: link }] }
			]
		};
		expect(withTerms(linked, TERMS, 'chefer')).toEqual(linked);
		const both = withMarks(withTerms(TEXT, TERMS, 'chefer'), [
			{ id: 'n', from: 9, to: 21, number: 1, label: '' }
		]);
		const noted = both.content![0]!.content!.filter(({ marks }) =>
			marks?.some(({ type }) => type === 'note')
		);
		expect(lettersOf(noted.map(({ text }) => text).join(''))).toBe('anbragtebørn');
	});
});

describe('a term proposed in a note', () => {
	onTheDesk();
	const term = { word: 'områder', forms: ['område'], definition: 'De tolv boligområder.' };

	it('is linked to the note, is the forum’s to adopt, and is proposed once', async () => {
		const id = await add('tove');
		const termId = await tx((tx) => annotations.proposeTerm(tx, place.people.jonas, id, term));
		expect((await see('ove', id))!.terms).toEqual([{ id: termId, word: 'områder' }]);
		const [entry] = await glossary.list(db.sql, place.people.maja, place.forumId);
		expect(entry).toMatchObject({ ...term, state: 'proposed', proposedBy: 'Jonas Bruun' });
		await refused(
			tx((tx) => annotations.proposeTerm(tx, place.people.tove, id, term)),
			'forum.term_exists'
		);
		expect(await mentionsOf(db.sql, place.people.maja)).toEqual([]);
	});

	it('leads back to its note, for who may read that', async () => {
		const from = (who: Name) => termOrigins(db.sql, place.people[who], place.forumId);
		const shared = await add('tove');
		const quiet = await add('tove', { shared: false });
		const propose = (note: string, word: string) =>
			tx((tx) => annotations.proposeTerm(tx, place.people.tove, note, { ...term, word }));
		const [open, own] = [await propose(shared, 'boligområde'), await propose(quiet, 'kvarter')];
		const link = { href: `/cases/${place.caseId}#note-${shared}`, authorName: 'Tove Holm' };
		for (const who of ['maja', 'jonas', 'else_', 'sigrid', 'ove'] as const) {
			expect((await from(who))[open], who).toEqual(link);
			expect(JSON.stringify(await from(who)), who).not.toContain(quiet);
		}
		expect((await from('tove'))[own]).toEqual({
			href: `/cases/${place.caseId}#note-${quiet}`,
			authorName: 'Tove Holm'
		});
		expect(await from('nina')).toEqual({});
		await place.shutOut(place.people.else_);
		expect(JSON.stringify(await from('else_'))).not.toContain(shared);
		expect((await from('jonas'))[open]).toEqual(link);
	});

	it('is not proposed by an observer, an outsider, or in another’s private note', async () => {
		const [shared, hidden] = [await add('tove'), await add('tove', { shared: false })];
		const propose = (who: 'ove' | 'nina' | 'jonas', id: string) =>
			tx((tx) => annotations.proposeTerm(tx, place.people[who], id, { ...term, word: 'andet' }));
		await refused(propose('ove', shared), 'base.not_allowed');
		await refused(propose('nina', shared), 'base.not_found');
		await refused(propose('jonas', hidden), 'base.not_found');
		expect(await db.sql`select from terms where word = 'andet'`).toHaveLength(0);
	});
});
