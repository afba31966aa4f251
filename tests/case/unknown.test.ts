import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as cases from '#lib/case/cases.server.ts';
import * as differing from '#lib/case/differing.server.ts';
import * as requests from '#lib/case/requests.server.ts';
import { inOrder, stateOf } from '#lib/case/unknown.ts';
import * as objects from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { cast, type Cast } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

describe('a request', () => {
	test('is late from the day after its date, and no longer once it is answered or withdrawn', () => {
		const open = { due: '2026-03-02', answeredAt: null, withdrawnAt: null };
		expect(stateOf(open, '2026-03-02')).toBe('waiting');
		expect(stateOf(open, '2026-03-03')).toBe('overdue');
		const at = new Date();
		expect(stateOf({ ...open, answeredAt: at }, '2026-03-03')).toBe('answered');
		expect(stateOf({ ...open, withdrawnAt: at }, '2026-03-03')).toBe('withdrawn');
	});

	test('stands before those that wait for nobody, the nearest date first; none is dropped', () => {
		const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-02-${String(n).padStart(2, '0')}`);
		const at = fc.constantFrom(null, new Date());
		const request = fc.record({ due: day, answeredAt: at, withdrawnAt: at });
		fc.assert(
			fc.property(fc.array(request), day, (all, today) => {
				const ordered = inOrder(all, today);
				expect(ordered).toHaveLength(all.length);
				expect(new Set(ordered)).toEqual(new Set(all));
				const waits = ordered.map((one) => !one.answeredAt && !one.withdrawnAt);
				expect(waits.lastIndexOf(true)).toBeLessThan(
					waits.includes(false) ? waits.indexOf(false) : Infinity
				);
				const dates = ordered.filter((_, i) => waits[i]).map(({ due }) => due);
				expect(dates).toEqual(dates.toSorted());
			})
		);
	});
});

describe('in a case', () => {
	let db: TestDatabase;
	let people: Cast;
	let caseId: string;
	beforeAll(async () => {
		db = await freshDatabase();
		people = await cast(db.sql);
	});
	afterAll(() => db.drop());
	beforeEach(async () => {
		const { forumId, jonas } = people;
		caseId = await people.act((tx) =>
			cases.create(tx, jonas, { forumId, title: 'Flere områder?', question: 'Hvilke?' })
		);
	});

	const code = (promise: Promise<unknown>) =>
		promise.then(
			() => 'nothing was refused',
			(error: { code?: string }) => error.code
		);
	const ask = (person: Person = people.jonas, input = {}) =>
		people.act((tx) =>
			requests.ask(tx, person, caseId, {
				question: 'Hvor mange børn bor der?',
				askedId: people.tove.id,
				due: '2030-01-15',
				...input
			})
		);
	const waiting = async (person: Person) =>
		(await requests.waitingFor(db.sql, person)).filter((one) => one.caseId === caseId);
	const pageFor = async (person: Person) => {
		const page = await cases.page(db.sql, person, caseId);
		if (!page.readable) throw new Error('a stub');
		return page.unknown;
	};

	test('a missing fact is asked of a person by a day, waits for them, and its answer is theirs', async () => {
		const id = await ask();
		expect(await waiting(people.tove)).toMatchObject([
			{ id, title: 'Hvor mange børn bor der?', due: '2030-01-15', caseTitle: 'Flere områder?' }
		]);
		expect(await waiting(people.jonas)).toEqual([]);
		await people.act((tx) => requests.answer(tx, people.tove, caseId, id, ' 1.204 i 2025. '));
		expect((await pageFor(people.maja)).requests).toMatchObject([
			{ askedName: 'Tove Holm', byName: 'Jonas Bruun', answer: '1.204 i 2025.' }
		]);
		expect(await waiting(people.tove)).toEqual([]);
		const again = people.act((tx) => requests.answer(tx, people.maja, caseId, id, 'Andet.'));
		expect(await code(again)).toBe('case.request_settled');
		expect((await pageFor(people.maja)).requests[0]).toMatchObject({
			answer: '1.204 i 2025.',
			answeredByName: 'Tove Holm'
		});
	});

	test('of two who answer at the same moment one is told that the other was faster', async () => {
		const id = await ask();
		const answers = await Promise.all(
			[people.tove, people.maja].map((person) =>
				code(people.act((tx) => requests.answer(tx, person, caseId, id, `Siger ${person.name}`)))
			)
		);
		expect(answers.toSorted()).toEqual(['case.request_settled', 'nothing was refused']);
	});

	test('what is withdrawn waits for nobody, stays on the list, and can be asked again', async () => {
		const id = await ask();
		await people.act((tx) => requests.withdraw(tx, people.jonas, caseId, id));
		expect(await waiting(people.tove)).toEqual([]);
		expect((await pageFor(people.tove)).requests[0]!.withdrawnByName).toBe('Jonas Bruun');
		await people.act((tx) => requests.askAgain(tx, people.jonas, caseId, id));
		expect(await waiting(people.tove)).toHaveLength(1);
	});

	test.each([
		['no question', { question: ' ' }, 'case.request_question_missing'],
		['no day', { due: '2026-02-30' }, 'case.request_due_missing'],
		['an observer', () => ({ askedId: people.ove.id }), 'case.request_cannot_answer'],
		['someone outside', () => ({ askedId: people.nina.id }), 'case.request_cannot_answer']
	])('with %s nothing is asked', async (_, input, refused) => {
		expect(await code(ask(people.jonas, typeof input === 'function' ? input() : input))).toBe(
			refused
		);
		expect((await pageFor(people.jonas)).requests).toEqual([]);
	});

	test('whoever is shut out of the case can neither be asked nor see that it waits', async () => {
		const id = await ask();
		await people.act((tx) =>
			objects.exclude(tx, people.sigrid, caseId, people.tove.id, 'egen sag')
		);
		expect(await waiting(people.tove)).toEqual([]);
		expect(await code(ask())).toBe('case.request_cannot_answer');
		const answered = people.act((tx) => requests.answer(tx, people.tove, caseId, id, 'Nej.'));
		expect(await code(answered)).toBe('base.not_allowed');
	});

	test.each(['maja', 'jonas', 'tove', 'else_', 'sigrid', 'ove', 'nina'] as const)(
		'%s may ask and differ as far as they may write',
		async (name) => {
			const writes = name !== 'ove' && name !== 'nina';
			const asked = await code(ask(people[name]));
			const raised = await code(
				people.act((tx) =>
					differing.raise(tx, people[name], caseId, { matter: 'Stigningen', reading: 'Tilfældig.' })
				)
			);
			const wanted = writes ? 'nothing was refused' : 'base.not_found';
			expect([asked, raised]).toEqual([wanted, wanted]);
		}
	);

	test('what is read differently shows others’ readings once one’s own is given, as each put it last', async () => {
		const id = await people.act((tx) =>
			differing.raise(tx, people.jonas, caseId, {
				matter: 'Stigningen i 2025',
				reading: 'Den er tilfældig.'
			})
		);
		expect((await pageFor(people.tove)).differings).toMatchObject([
			{ matter: 'Stigningen i 2025', count: 1, mine: null, readings: null }
		]);
		const read = (person: Person, reading: string) =>
			people.act((tx) => differing.read(tx, person, caseId, id, reading));
		await read(people.tove, 'Den er en tendens.');
		await read(people.jonas, 'Den er usikker.');
		await read(people.jonas, 'Den er usikker.');
		const [seen] = (await pageFor(people.tove)).differings;
		expect(seen!.mine).toBe('Den er en tendens.');
		expect(seen!.readings!.map(({ name, reading }) => [name, reading])).toEqual([
			['Tove Holm', 'Den er en tendens.'],
			['Jonas Bruun', 'Den er usikker.']
		]);
		const kept = await db.sql`select from differing_readings where differing_id = ${id}`;
		expect(kept, 'what was said before stays').toHaveLength(3);
	});

	test('what is talked through is shown to all, and can be opened again', async () => {
		const id = await people.act((tx) =>
			differing.raise(tx, people.jonas, caseId, { matter: 'Stigningen', reading: 'Tilfældig.' })
		);
		await people.act((tx) => differing.settle(tx, people.maja, caseId, id));
		const [settled] = (await pageFor(people.tove)).differings;
		expect(settled).toMatchObject({ settledByName: 'Maja Krog', readings: [{}] });
		await people.act((tx) => differing.reopen(tx, people.maja, caseId, id));
		expect((await pageFor(people.tove)).differings[0]!.readings).toBeNull();
	});
});
