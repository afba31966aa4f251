import { describe, expect, test } from 'vitest';
import { capture } from '#lib/annotation/anchor.ts';
import * as annotations from '#lib/annotation/annotations.server.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as options from '#lib/case/options.server.ts';
import * as requests from '#lib/case/requests.server.ts';
import { turn, type Turning } from '#lib/case/turn.server.ts';
import { BECOMES } from '#lib/case/turned.ts';
import { ofBrief } from '#lib/case/turned.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { SECTION, writers } from '../annotation/writers.ts';
import { NAMES } from '../support/cast.ts';
import { code, db, make, onTheDesk, people, read, run } from './desk.ts';

onTheDesk();

const [writer] = writers(1, ['Fraværet er steget i fem af de ti områder.']);
const { from, to } = writer!.letters('fem af de ti');
const anchor = capture(writer!.fragment, SECTION, from, to)!;

/** A published brief of Jonas' with Maja's note on it, and a case made from it. */
async function prepared({ confidential = false, shared = true } = {}) {
	const { jonas, maja, forumId } = people;
	const briefId = await run((tx) =>
		briefs.create(tx, jonas, { forumId, question: 'Hvilke områder?' })
	);
	await run(async (tx) => {
		if (confidential) await objects.setConfidential(tx, jonas, briefId, true);
		await briefs.publish(tx, jonas, briefId);
	});
	const note = await run((tx) =>
		annotations.add(tx, maja, briefId, {
			kind: 'question',
			body: 'Hvem er de fem?',
			shared,
			on: { anchor }
		})
	);
	return { briefId, note, id: await make({ briefId, title: 'Flere områder?' }) };
}
const become = (person: Person, id: string, input: Pick<Turning, 'note' | 'into'>) =>
	run((tx) =>
		turn(tx, person, id, {
			words: 'Hvem er de fem?',
			reading: 'Tilfældigt.',
			asked: people.else_.id,
			due: '2030-01-15',
			...input
		})
	);

describe('a note on a brief', () => {
	test.each(BECOMES)('becomes a thing of the case made from it: %s', async (into) => {
		const { briefId, note, id } = await prepared();
		const made = await become(people.tove, id, { note, into });
		const turned = {
			annotationId: note,
			caseId: id,
			into,
			id: made,
			title: 'Hvem er de fem?',
			away: false
		};
		expect((await ofBrief(db.sql, people.maja, briefId)).turned).toEqual([turned]);
		const page = await read(people.else_, id);
		expect(page.turned).toEqual([turned]);
		expect(page.origins[made]).toEqual({ annotationId: note, authorName: 'Maja Krog', briefId });
	});

	test('is offered each case made from it that the reader may write, with those who could answer there', async () => {
		const { briefId, id } = await prepared();
		const other = await make({ briefId, title: 'Færre områder?' });
		const hidden = await make({ briefId, title: 'Kun for nogle' });
		await run((tx) => objects.setConfidential(tx, people.jonas, hidden, true));
		await run((tx) => objects.exclude(tx, people.sigrid, other, people.tove.id, 'egen sag'));
		const offered = async (person: Person) => {
			const { cases } = await ofBrief(db.sql, person, briefId);
			return cases.map((one) => one.id);
		};
		expect(await offered(people.jonas)).toEqual([hidden, other, id]);
		expect(await offered(people.tove)).toEqual([id]);
		expect(await offered(people.sigrid)).toEqual([other, id]);
		expect(await offered(people.ove)).toEqual([]);
		expect(await offered(people.nina)).toEqual([]);
		const { cases } = await ofBrief(db.sql, people.jonas, briefId);
		const names = cases.map((one) => one.people.map(({ name }) => name));
		expect(names[1]).not.toContain('Tove Holm');
		expect(names[2]).toContain('Tove Holm');
		expect(names.flat()).not.toContain('Ove Munk');
	});

	test('is offered nothing before there is a case, nor one made from another brief', async () => {
		const { note } = await prepared();
		const { briefId, id } = await prepared();
		expect(await code(become(people.tove, id, { note, into: 'question' }))).toBe('base.not_found');
		expect((await ofBrief(db.sql, people.tove, briefId)).turned).toEqual([]);
		const { forumId, jonas } = people;
		const bare = await run((tx) => briefs.create(tx, jonas, { forumId, question: 'Hvad nu?' }));
		expect(await ofBrief(db.sql, jonas, bare)).toEqual({ turned: [], cases: [] });
	});
});

describe('who may not see a note', () => {
	test('is not told that it is there: not by the thing, nor by the case', async () => {
		const { note, id } = await prepared({ confidential: true });
		const made = await become(people.jonas, id, { note, into: 'question' });
		for (const name of NAMES) {
			if (name === 'nina' || name === 'ove') {
				expect(await code(read(people[name], id)), name).toBe('base.not_found');
				continue;
			}
			const page = await read(people[name], id);
			const sees = name === 'jonas' || name === 'maja';
			expect(page.unknown.questions.map((one) => one.id)).toEqual([made]);
			expect(JSON.stringify(page).includes(note), name).toBe(sees);
			expect(Object.keys(page.origins), name).toEqual(sees ? [made] : []);
		}
	});

	test('cannot make anything of it', async () => {
		const { note, id } = await prepared({ shared: false });
		expect(await code(become(people.tove, id, { note, into: 'question' }))).toBe('base.not_found');
		expect(await code(become(people.maja, id, { note, into: 'question' }))).toBe(
			'case.note_is_private'
		);
		expect((await read(people.maja, id)).unknown.questions).toEqual([]);
	});

	test('sees nothing on the brief of a case that is closed to them', async () => {
		const { briefId, note, id } = await prepared();
		await become(people.jonas, id, { note, into: 'option' });
		await run((tx) => objects.setConfidential(tx, people.jonas, id, true));
		for (const name of NAMES) {
			const { turned } = await ofBrief(db.sql, people[name], briefId);
			expect(turned.length, name).toBe(name === 'jonas' || name === 'maja' ? 1 : 0);
		}
	});
});

test('what came of a note and is withdrawn is still said, as withdrawn; taken up again, it is not', async () => {
	const { briefId, note, id } = await prepared();
	const option = await become(people.tove, id, { note, into: 'option' });
	const request = await become(people.tove, id, { note, into: 'request' });
	const away = async () => (await read(people.maja, id)).turned.map((one) => one.away);
	expect(await away()).toEqual([false, false]);
	await run((tx) => options.withdraw(tx, people.tove, id, option));
	await run((tx) => requests.withdraw(tx, people.tove, id, request));
	expect(await away()).toEqual([true, true]);
	expect((await ofBrief(db.sql, people.maja, briefId)).turned).toMatchObject([
		{ id: option, away: true },
		{ id: request, away: true }
	]);
	expect((await read(people.maja, id)).origins[option]).toMatchObject({ annotationId: note });
	await run((tx) => options.restore(tx, people.tove, id, option));
	expect(await away()).toEqual([false, true]);
});
