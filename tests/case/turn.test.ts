import { describe, expect, test } from 'vitest';
import { capture } from '#lib/annotation/anchor.ts';
import * as annotations from '#lib/annotation/annotations.server.ts';
import type { Kind } from '#lib/annotation/note.ts';
import { turn, type Turning } from '#lib/case/turn.server.ts';
import type { Person } from '#lib/people/person.ts';
import { SECTION, writers } from '../annotation/writers.ts';
import { caseId, code, db, make, onTheDesk, people, read, run } from './desk.ts';

onTheDesk();

const item = async (id: string, person = people.maja) =>
	(await read(person)).evidence.find((one) => one.id === id)!;

describe('a note becomes', () => {
	const [writer] = writers(1, ['Fraværet er steget i fem af de ti områder.']);
	const { from, to } = writer!.letters('fem af de ti');
	const anchor = capture(writer!.fragment, SECTION, from, to)!;
	const note = (person: Person, over: { kind?: Kind; shared?: boolean; body?: string } = {}) =>
		run((tx) =>
			annotations.add(tx, person, caseId, {
				kind: 'practice',
				body: 'Vi ringede hver morgen. Fraværet faldt.',
				shared: true,
				on: { anchor },
				...over
			})
		);
	const become = (person: Person, input: Partial<Turning> & Pick<Turning, 'note' | 'into'>) =>
		run((tx) =>
			turn(tx, person, caseId, { words: 'Vi ringede hver morgen. Fraværet faldt.', ...input })
		);

	test.each([
		['evidence', {}, 'Vi ringede hver morgen.'],
		['request', { due: '2030-01-15' }, 'Vi ringede hver morgen. Fraværet faldt.'],
		['differing', { reading: 'Tilfældigt.' }, 'Vi ringede hver morgen. Fraværet faldt.'],
		['option', {}, 'Vi ringede hver morgen.'],
		['question', {}, 'Vi ringede hver morgen. Fraværet faldt.']
	] as const)('%s, and each shows the other', async (into, input, title) => {
		const id = await note(people.tove);
		const made = await become(people.jonas, {
			note: id,
			into,
			...input,
			asked: people.else_.id
		});
		const page = await read(people.maja);
		expect(page.turned).toEqual([{ annotationId: id, caseId, into, id: made, title, away: false }]);
		expect(page.origins[made]).toEqual({
			annotationId: id,
			authorName: 'Tove Holm',
			briefId: null
		});
		const [said] = await annotations.list(db.sql, people.maja, caseId);
		expect(said).toMatchObject({ body: 'Vi ringede hver morgen. Fraværet faldt.', edits: 0 });
	});
	test('evidence of its own kind, with all its words', async () => {
		const made = await become(people.jonas, { note: await note(people.tove), into: 'evidence' });
		expect(await item(made)).toMatchObject({
			kind: 'practice',
			stance: 'supports',
			note: 'Vi ringede hver morgen. Fraværet faldt.',
			addedByName: 'Jonas Bruun'
		});
	});
	test('several things, one after the other', async () => {
		const id = await note(people.tove);
		for (const into of ['evidence', 'question'] as const)
			await become(people.jonas, { note: id, into });
		expect((await read(people.maja)).turned.map(({ into }) => into)).toEqual([
			'evidence',
			'question'
		]);
	});
	test('nothing while it is private: another’s is not there, one’s own is to be shared first', async () => {
		const id = await note(people.tove, { shared: false, body: 'Kun til mig selv' });
		const before = await db.sql`select count(*)::int from events`;
		expect(await code(become(people.maja, { note: id, into: 'evidence' }))).toBe('base.not_found');
		expect(await code(become(people.tove, { note: id, into: 'question' }))).toBe(
			'case.note_is_private'
		);
		expect(await db.sql`select count(*)::int from events`).toEqual(before);
		for (const person of [people.maja, people.tove]) {
			const page = await read(person);
			expect(JSON.stringify({ ...page, turned: page.turned })).not.toContain('Kun til mig');
			expect(page.turned).toEqual([]);
		}
		await run((tx) => annotations.share(tx, people.tove, id));
		await become(people.maja, { note: id, into: 'question' });
		expect((await read(people.maja)).turned).toHaveLength(1);
	});
	test('nothing of another case', async () => {
		const id = await note(people.tove);
		const other = await make();
		const there = run((tx) =>
			turn(tx, people.jonas, other, { note: id, into: 'question', words: 'Hvad?' })
		);
		expect(await code(there)).toBe('base.not_found');
	});
	test('what the thing itself asks for is asked for, and nothing is made without it', async () => {
		const id = await note(people.tove);
		expect(await code(become(people.jonas, { note: id, into: 'request' }))).toBe(
			'case.request_due_missing'
		);
		expect(await code(become(people.jonas, { note: id, into: 'differing' }))).toBe(
			'case.differing_reading_missing'
		);
		expect(await code(become(people.jonas, { note: id, into: 'option', words: ' ' }))).toBe(
			'case.turned_words_missing'
		);
		expect((await read(people.maja)).turned).toEqual([]);
	});
});
