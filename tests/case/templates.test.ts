import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as cases from '#lib/case/cases.server.ts';
import {
	always,
	houseKeys,
	isSection,
	kinds,
	known,
	ownKey,
	sectionsOf,
	shipped,
	standard,
	withBackground,
	wrong,
	type TemplatePart
} from '#lib/case/template.ts';
import * as templates from '#lib/case/templates.server.ts';
import { isSection as isFragment } from '#lib/document/keys.ts';
import * as documents from '#lib/document/documents.server.ts';
import type { Person } from '#lib/people/person.ts';
import { code, db, onTheDesk, people, read, run } from './desk.ts';

onTheDesk();

const own: TemplatePart = { key: 'own_abcdefgh', name: 'Børnenes stemme', help: 'Hvad siger de?' };
const save = (person: Person, parts: TemplatePart[] | null, number: number) =>
	run((tx) => templates.save(tx, person, people.forumId, 'decision', parts, number));
const decisionOf = async (person = people.jonas) =>
	(await templates.list(db.sql, person, people.forumId)).find(({ kind }) => kind === 'decision')!;
const begin = (kind: (typeof kinds)[number] = 'decision') =>
	run((tx) =>
		cases.create(tx, people.jonas, {
			forumId: people.forumId,
			title: 'Ny',
			question: 'Hvad nu?',
			kind
		})
	);
const rows = () => db.sql`select * from templates order by kind, number`;

describe('what the house ships', () => {
	test.each(kinds)('%s is a template, and every section of it can be a fragment', (kind) => {
		expect(wrong(shipped[kind])).toBeNull();
		expect(sectionsOf(shipped[kind]).every(isFragment)).toBe(true);
	});
	test('a budget proposal and a follow-up begin with parts of their own', () => {
		expect(sectionsOf(shipped.budget)).toContain('built_on');
		expect(sectionsOf(shipped.follow_up)).toContain('learned');
	});
});

describe('a template', () => {
	test('is of known parts, each once, with what the decision rests on, and own parts have names', () => {
		expect(wrong([...standard, own])).toBeNull();
		expect(wrong([...standard, standard[1]!])).toBe('template.twice');
		expect(wrong(standard.filter(({ key }) => key !== 'options'))).toBe('template.needed');
		expect(wrong([...standard, { key: 'own_abcdefgh' }])).toBe('template.unnamed');
		for (const key of ['option:x', 'own_', 'own_ABCDEFGH', '__proto__', 'constructor', 'decision'])
			expect(wrong([...standard, { key, name: 'x' }]), key).toBe('template.unknown');
	});
	test('a key of the forum’s own is always one, from whatever bytes', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
				const key = ownKey(bytes);
				expect(isFragment(key) && isSection(key)).toBe(true);
				expect(wrong([...standard, { key, name: 'x' }])).toBeNull();
			}),
			{ numRuns: 60 }
		);
	});
	test('in any order it is one, and its sections are its parts but the rows', () => {
		fc.assert(
			fc.property(fc.shuffledSubarray([...houseKeys], { minLength: 3 }), (keys) => {
				const parts = keys.map((key) => ({ key }));
				const whole = always.every((key) => (keys as string[]).includes(key));
				expect(wrong(parts)).toBe(whole ? null : 'template.needed');
				expect(sectionsOf(parts)).toEqual(
					keys.filter((key) => key !== 'evidence' && key !== 'options')
				);
				const with_ = withBackground(parts);
				expect(with_.some(({ key }) => key === 'background')).toBe(true);
				expect(wrong(with_)).toBe(wrong(parts));
			}),
			{ numRuns: 60 }
		);
	});
	test('of what a document holds, only its sections and the case’s own options are the case’s', () => {
		const content = { recommendation: 1, junk: 2, own_zzzzzzzz: 3, 'option:a': 4, 'option:b': 5 };
		expect(known(content, standard, ['a'])).toEqual({ recommendation: 1, 'option:a': 4 });
	});
});

describe('a forum’s template', () => {
	test('is the house’s until it is changed, and a case keeps what it was begun with', async () => {
		expect(await decisionOf()).toMatchObject({ number: 0, isShipped: true });
		const before = await begin();
		await save(people.sigrid, [own, ...standard.filter(({ key }) => key !== 'risk')], 0);
		const after = await begin();
		await save(people.maja, null, 1);
		expect((await read(people.tove, before)).template).toEqual(standard);
		const page = await read(people.tove, after);
		expect(page.template[0]).toEqual(own);
		expect(Object.keys(page.content)).toContain(own.key);
		expect(Object.keys(page.content)).not.toContain('risk');
		expect((await read(people.tove, await begin())).template).toEqual(standard);
		await db.sql`truncate templates`;
	});
	test('a fragment that is in no template of the case is not in the case', async () => {
		const id = await begin();
		const document = (await documents.ofObject(db.sql, id))!;
		await run((tx) => documents.addSection(tx, document.id, 'own_zzzzzzzz', 'Sneget ind'));
		expect(Object.keys(await documents.content(db.sql, document.id))).toContain('own_zzzzzzzz');
		expect(Object.keys((await read(people.jonas, id)).content)).not.toContain('own_zzzzzzzz');
	});
	test('is changed by the chair and the secretary alone; members read it, outsiders do not', async () => {
		for (const person of [people.jonas, people.tove, people.else_, people.ove])
			expect(await code(save(person, [own, ...standard], 0))).toBe('base.not_allowed');
		expect(await code(save(people.nina, [own, ...standard], 0))).toBe('base.not_found');
		expect(await rows()).toHaveLength(0);
		expect(await decisionOf(people.ove)).toMatchObject({ number: 0 });
		expect(await code(templates.list(db.sql, people.nina, people.forumId))).toBe('base.not_found');
	});
	test('that makes no template is refused, and nothing is written', async () => {
		expect(await code(save(people.sigrid, [{ key: 'recommendation' }], 0))).toBe('template.needed');
		expect(await rows()).toHaveLength(0);
	});
	test('two who change it at once: one is told', async () => {
		const told = await Promise.all(
			[people.maja, people.sigrid].map((person) => code(save(person, [own, ...standard], 0)))
		);
		expect(told.sort()).toEqual(['nothing was refused', 'template.changed']);
		await db.sql`truncate templates`;
	});
	test('is undone by a change of its own, all the way back, and forward again', async () => {
		await save(people.sigrid, [own, ...standard], 0);
		await save(people.sigrid, standard.toReversed(), 1);
		const undo = (number: number, person = people.sigrid) =>
			run((tx) => templates.undo(tx, person, people.forumId, 'decision', number));
		expect(await code(undo(2, people.tove))).toBe('base.not_allowed');
		await undo(2);
		expect(await decisionOf()).toMatchObject({ number: 3, parts: [own, ...standard] });
		await undo(3);
		expect((await decisionOf()).parts).toEqual(standard.toReversed());
		expect(await code(undo(3))).toBe('template.changed');
		await db.sql`truncate templates`;
		await save(people.sigrid, [own, ...standard], 0);
		await undo(1);
		expect(await decisionOf()).toMatchObject({ isShipped: true, parts: standard });
		expect(await code(undo(0))).toBe('template.nothing_to_undo');
		await db.sql`truncate templates`;
	});
	test('of a kind the house ships its own for begins with it', async () => {
		expect((await read(people.jonas, await begin('follow_up'))).template).toEqual(
			shipped.follow_up
		);
	});
});
