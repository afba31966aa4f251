import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as glossary from '#lib/forum/glossary.server.ts';
import { findTerms, parseForms } from '#lib/forum/glossary.ts';
import { register } from '#lib/forum/objects.server.ts';
import { cast, type Cast, type Name } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const term = (id: string, word: string, ...forms: string[]) => ({ id, word, forms });
const found = (text: string, ...terms: ReturnType<typeof term>[]) =>
	findTerms(text, terms).map(({ id, from, to }) => [id, text.slice(from, to)]);

describe('terms in a text', () => {
	const children = term('a', 'anbragte børn', 'anbringelser');

	it('are whole words in any case, in any of their forms, where they stand first', () => {
		expect(found('Anbragte  børn og anbringelser. Anbragte børn.', children)).toEqual([
			['a', 'Anbragte  børn']
		]);
		expect(found('Tallet for ANBRINGELSER', children)).toEqual([['a', 'ANBRINGELSER']]);
		expect(found('genanbringelser, anbringelsers, anbragte', children)).toEqual([]);
		expect(found('(anbringelser)', children)).toEqual([['a', 'anbringelser']]);
	});

	it('are the longest that fits, and two terms never share a word', () => {
		const terms = [term('b', 'børn'), children];
		expect(found('anbragte børn og børn', ...terms)).toEqual([
			['a', 'anbragte børn'],
			['b', 'børn']
		]);
	});

	it('are found for what they are, whatever signs are in them', () => {
		expect(found('1.000 kr. (netto)', term('c', 'kr. (netto)'))).toEqual([['c', 'kr. (netto)']]);
		expect(found('e-mail', term('e', 'e-mail'))).toEqual([['e', 'e-mail']]);
		expect(found('c++ og c', term('d', 'c'))).toEqual([['d', 'c']]);
		const any = fc.string({ minLength: 1, maxLength: 12 });
		fc.assert(
			fc.property(any, fc.array(any, { maxLength: 4 }), any, (word, forms, text) => {
				for (const { from, to } of findTerms(`${text} ${word} ${text}`, [
					term('x', word, ...forms)
				]))
					expect(to).toBeGreaterThan(from);
			}),
			{ numRuns: 100 }
		);
	});

	it('have their forms from one field, each once and without the word itself', () => {
		expect(parseForms(' Anbragt, anbragt;  anbragte   unge\n, Anbragte ', 'anbragte')).toEqual([
			'Anbragt',
			'anbragte unge'
		]);
		expect(parseForms('', 'x')).toEqual([]);
	});
});

describe('a forum’s glossary', () => {
	let db: TestDatabase;
	let people: Cast;
	beforeAll(async () => {
		db = await freshDatabase();
		people = await cast(db.sql);
	});
	afterAll(() => db.drop());

	let n = 0;
	const propose = (who: Name, word = `begreb ${++n}`, definition = 'Det mener vi.') =>
		people.act((tx) =>
			glossary.propose(tx, people[who], 'chefer', { word, forms: [`${word}er`], definition })
		);
	const see = async (id: string, who: Name = 'ove') =>
		(await glossary.list(db.sql, people[who], 'chefer')).find((one) => one.id === id);
	const rows = async () =>
		(
			await db.sql`select (select count(*)::int from terms) terms, (select count(*)::int from term_states) states,
				(select count(*)::int from term_definitions) definitions, (select count(*)::int from events) events`
		)[0];
	const refused = (work: Promise<unknown>, code: string) =>
		expect(work).rejects.toMatchObject({ name: 'Refusal', code });
	const verbs = {
		propose: (who: Name) => propose(who),
		adopt: (who: Name, id: string) => people.act((tx) => glossary.adopt(tx, people[who], id)),
		withdraw: (who: Name, id: string) => people.act((tx) => glossary.withdraw(tx, people[who], id)),
		define: (who: Name, id: string) =>
			people.act((tx) => glossary.define(tx, people[who], id, 'Nu mener vi dette.')),
		differ: (who: Name, id: string) =>
			people.act((tx) => glossary.differ(tx, people[who], id, 'Hos os: noget andet.'))
	};

	it('is written by those who may, role by role and verb by verb', async () => {
		const all = ['maja', 'jonas', 'tove', 'else_', 'sigrid', 'ove', 'nina'] as const;
		const may = {
			propose: ['maja', 'jonas', 'tove', 'else_', 'sigrid'],
			adopt: ['maja', 'sigrid'],
			withdraw: ['maja', 'sigrid'],
			define: ['maja', 'sigrid'],
			differ: ['maja', 'jonas', 'tove', 'else_', 'sigrid']
		} as const;
		for (const [verb, those] of Object.entries(may))
			for (const who of all) {
				const id = await propose('jonas');
				const before = await rows();
				const work = verbs[verb as keyof typeof verbs](who, id);
				if ((those as readonly string[]).includes(who)) await work;
				else {
					await refused(work, who === 'nina' ? 'base.not_found' : 'base.not_allowed');
					expect(await rows(), `${who} ${verb}`).toEqual(before);
				}
			}
		await refused(glossary.list(db.sql, people.nina, 'chefer'), 'base.not_found');
	});

	it('marks texts with what is adopted, and with nothing else', async () => {
		const caseId = await people.act((tx) =>
			register(tx, people.jonas, {
				kind: 'case',
				forumId: people.forumId,
				departmentId: people.jonas.departmentId,
				title: 'Sagen',
				phase: 'draft'
			})
		);
		const id = await propose('jonas');
		const marked = async () =>
			(await glossary.ofObject(db.sql, people.tove, caseId)).terms.some((one) => one.id === id);
		expect((await see(id))!.state).toBe('proposed');
		expect(await marked()).toBe(false);
		await verbs.adopt('maja', id);
		expect(await marked()).toBe(true);
		await verbs.withdraw('sigrid', id);
		expect(await marked()).toBe(false);
		await verbs.adopt('maja', id);
		expect(await marked()).toBe(true);
		expect((await see(await propose('sigrid')))!.state, 'the secretary’s own').toBe('adopted');
		await refused(glossary.ofObject(db.sql, people.ove, caseId), 'base.not_found');
	});

	it('says what each department means, until it means what the forum does; nothing said is lost', async () => {
		const id = await propose('jonas');
		await verbs.differ('tove', id);
		await verbs.define('maja', id);
		expect(await see(id)).toMatchObject({
			definition: 'Nu mener vi dette.',
			by: 'Maja Krog',
			differs: [{ department: 'Center for Dagtilbud og Skole', definition: 'Hos os: noget andet.' }]
		});
		await people.act((tx) => glossary.differ(tx, people.tove, id, '  '));
		expect((await see(id))!.differs).toEqual([]);
		const said =
			await db.sql`select definition from term_definitions where term_id = ${id} order by id`;
		expect(said.map(({ definition }) => definition as string)).toEqual([
			'Det mener vi.',
			'Hos os: noget andet.',
			'Nu mener vi dette.',
			''
		]);
		await expect(db.sql`update terms set word = 'x' where id = ${id}`).rejects.toThrow(
			/never changed/
		);
	});

	it('has a word once, whatever its case, and none without a definition', async () => {
		await propose('jonas', 'Fravær');
		const before = await rows();
		await refused(propose('tove', 'fravær'), 'forum.term_exists');
		await refused(propose('tove', '  '), 'forum.term_word_missing');
		await refused(propose('tove', 'andet', ' '), 'forum.term_definition_missing');
		expect(await rows()).toEqual(before);
	});
});
