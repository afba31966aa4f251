import { beforeEach, describe, expect, test } from 'vitest';
import type { Tx } from '#lib/base/sql.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import { changes, optionFields } from '#lib/case/changes.ts';
import * as consequences from '#lib/case/consequences.server.ts';
import { inForce } from '#lib/case/consequences.ts';
import * as options from '#lib/case/options.server.ts';
import { saidOf } from '#lib/case/said-then.ts';
import * as views from '#lib/case/views.server.ts';
import type { Person } from '#lib/people/person.ts';
import { caseId, code, db, onTheDesk, people, read, run } from './desk.ts';

onTheDesk();

let option: string;
beforeEach(async () => {
	option = await run((tx) => options.add(tx, people.jonas, caseId, { title: 'Otte' }));
});
const say = (person: Person, input: Partial<consequences.Input> = {}) =>
	run((tx) =>
		consequences.say(tx, person, caseId, option, {
			about: 'citizens',
			what: 'Kortere ventetid',
			...input
		})
	);
const lines = () => consequences.list(db.sql, people.jonas, caseId);
const reword = (person: Person, id: string, what: string) =>
	run((tx) => consequences.reword(tx, person, caseId, id, { about: 'citizens', what }));

describe('a line of what follows', () => {
	test('needs only what and whom, and says whose it is', async () => {
		await say(people.tove);
		expect(await lines()).toMatchObject([
			{ what: 'Kortere ventetid', about: 'citizens', saidByName: 'Tove Holm', ore: null }
		]);
	});
	test('carries money in whole øre, years, funding, likelihood, assumption and who says so', async () => {
		await say(people.jonas, {
			about: 'department',
			departmentId: people.tove.departmentId,
			effect: 'cost',
			amount: 1_234_567.89,
			yearly: true,
			from: 2019,
			to: 2022,
			funding: 'Puljen',
			likelihood: 'likely',
			assumption: 'At der kan ansættes',
			toldBy: 'Skolelederne'
		});
		const [line] = await lines();
		expect(line).toMatchObject({ ore: 123_456_789, from: 2019, to: 2022, toldBy: 'Skolelederne' });
		expect(line!.department!.name).toBe('Center for Dagtilbud og Skole');
		expect((await read(people.tove)).said.lines).toHaveLength(1);
	});
	test.each([
		[{ what: ' ' }, 'option.what_missing'],
		[{ about: 'department' as const }, 'option.department_missing'],
		[{ amount: 5 }, 'option.effect_missing'],
		[{ amount: -5, effect: 'cost' as const }, 'option.amount_sign'],
		[{ amount: Number.NaN, effect: 'cost' as const }, 'case.amount_unreadable'],
		[{ amount: 2e11, effect: 'cost' as const }, 'option.amount_most'],
		[{ to: 2020 }, 'option.year_first'],
		[{ from: 2020, to: 2019 }, 'option.year_last'],
		[{ from: 2020, to: 2040 }, 'option.year_last'],
		[{ from: 1899 }, 'option.year']
	])('%o is refused as %s and nothing is written', async (input, refused) => {
		expect(await code(say(people.jonas, input))).toBe(refused);
		expect(await lines()).toEqual([]);
	});
	test('is said anew by its author alone; the former wording stays behind it', async () => {
		const first = await say(people.tove);
		expect(await code(reword(people.jonas, first, 'Længere'))).toBe('option.line_not_own');
		const second = await reword(people.tove, first, 'Ventetid under to uger');
		const all = await lines();
		expect(inForce(all).map(({ id, root, what }) => [id, root, what])).toEqual([
			[second, first, 'Ventetid under to uger']
		]);
		expect(all.map(({ what }) => what)).toContain('Kortere ventetid');
		expect(await code(reword(people.tove, first, 'Igen'))).toBe('option.line_changed');
	});
	test('said anew from two windows at once: one stands, the other is told', async () => {
		const first = await say(people.tove);
		const told = await Promise.all(
			['Her', 'Der'].map((what) =>
				reword(people.tove, first, what).then(
					() => 'stands',
					(error: { code: string }) => error.code
				)
			)
		);
		expect(told.sort()).toEqual(['option.line_changed', 'stands']);
		expect(inForce(await lines())).toHaveLength(1);
	});
	test('is taken back by its author, set aside by others only with a reason, and put back as it was', async () => {
		const id = await say(people.tove, { effect: 'cost', amount: 100 });
		const take = (person: Person, reason?: string) =>
			run((tx) => consequences.takeBack(tx, person, caseId, id, reason));
		expect(await code(take(people.jonas))).toBe('option.reason_missing');
		await take(people.jonas, 'Talt med to gange');
		const [aside] = await lines();
		expect(aside!.withdrawn).toMatchObject({ byName: 'Jonas Bruun', reason: 'Talt med to gange' });
		expect(await code(take(people.tove))).toBe('option.line_changed');
		await run((tx) => consequences.putBack(tx, people.tove, caseId, id));
		expect(inForce(await lines())).toMatchObject([{ id, ore: 10_000 }]);
		await take(people.tove);
		expect(inForce(await lines())).toEqual([]);
	});
	test('is never changed or removed behind the verbs’ back', async () => {
		const id = await say(people.tove);
		await expect(
			db.sql`update consequences set what = 'x' where id = ${id}`.then(() => 'changed')
		).rejects.toThrow('never changed');
		await expect(
			db.sql`delete from consequences where id = ${id}`.then(() => 'gone')
		).rejects.toThrow('never changed');
	});
	test('another case’s option or line is not found, and a withdrawn option takes none', async () => {
		const other = await run((tx) =>
			cases.create(tx, people.jonas, { forumId: people.forumId, title: 'B', question: 'B?' })
		);
		const id = await say(people.jonas);
		expect(
			await code(
				run((tx) =>
					consequences.say(tx, people.jonas, other, option, { about: 'staff', what: 'x' })
				)
			)
		).toBe('base.not_found');
		expect(await code(run((tx) => consequences.takeBack(tx, people.jonas, other, id)))).toBe(
			'base.not_found'
		);
		await run((tx) => options.withdraw(tx, people.jonas, caseId, option));
		expect(await code(say(people.jonas))).toBe('case.option_withdrawn');
	});
	test('one more than an option can have is refused', async () => {
		for (let n = 0; n < 40; n++) await say(people.jonas, { what: `${n}` });
		expect(await code(say(people.jonas))).toBe('option.lines_many');
	});
});

describe('a word of one’s own on an option', () => {
	const view = (person: Person, level: 'low' | 'high', words = '') =>
		run((tx) => views.view(tx, person, caseId, option, { part: 'value', level, words }));
	test('the last of each counts, beside the others’', async () => {
		await view(people.tove, 'low', 'tvivlsom');
		await view(people.jonas, 'high', 'forebygger');
		await view(people.tove, 'high', 'overbevist');
		expect(
			(await views.list(db.sql, caseId)).map(({ name, level, words }) => [name, level, words])
		).toEqual([
			['Jonas Bruun', 'high', 'forebygger'],
			['Tove Holm', 'high', 'overbevist']
		]);
	});
});

describe('what is said since the case was sent out', () => {
	test('is told: new, said anew, taken back; what was sent before these were kept tells nothing', async () => {
		const kept = await say(people.tove);
		const gone = await say(people.tove, { what: 'Væk' });
		const before = (await cases.snapshot(db.sql, people.sigrid, caseId)).options;
		await reword(people.tove, kept, 'Ny ordlyd');
		await run((tx) => consequences.takeBack(tx, people.tove, caseId, gone));
		await say(people.jonas, { what: 'Til sidst' });
		const now = (await cases.snapshot(db.sql, people.sigrid, caseId)).options;
		const none = { content: {}, evidence: [] };
		// As it comes back from the database, where the keys of what was sent stand in another order.
		const sent = JSON.parse(JSON.stringify(before)) as typeof before;
		const [told] = changes({ ...none, options: sent }, { ...none, options: now }).options;
		const what = (said: unknown) => (said as { what?: string } | null)?.what ?? null;
		expect(told!.said.map(({ before, after }) => [what(before), what(after)])).toEqual([
			['Kortere ventetid', 'Ny ordlyd'],
			[null, 'Til sidst'],
			['Væk', null]
		]);
		const older = before.map(({ said: _, ...option }) => option);
		expect(changes({ ...none, options: older }, { ...none, options: now }).count).toBe(0);
		const page = await read(people.jonas);
		const same = page.options.map((one) => ({
			...optionFields(one),
			said: saidOf(one.id, page.said)
		}));
		expect(changes({ ...none, options: now }, { ...none, options: same }).count).toBe(0);
	});
});

describe('each role against each verb', () => {
	type Verb = (tx: Tx, person: Person) => Promise<unknown>;
	let line: string;
	const verbs: Record<string, Verb> = {
		say: (tx, p) => consequences.say(tx, p, caseId, option, { about: 'staff', what: 'Ny' }),
		takeBack: (tx, p) => consequences.takeBack(tx, p, caseId, line, 'Derfor'),
		putBack: (tx, p) => consequences.putBack(tx, p, caseId, line),
		view: (tx, p) => views.view(tx, p, caseId, option, { part: 'people', level: 'low', words: '' })
	};
	beforeEach(async () => {
		line = await say(people.jonas);
	});
	const rolled = new Error('rolled back');
	const attempt = (verb: Verb, person: Person) =>
		run(async (tx) => {
			await verb(tx, person);
			throw rolled;
		}).catch((error) => (error === rolled ? 'done' : (error as { code: string }).code));
	const rows = () => db.sql`
		select (select json_agg(t order by id) from consequences t) lines,
			(select json_agg(t order by id) from option_views t) views`;

	test.each(Object.keys(verbs))('%s', async (name) => {
		const verb = verbs[name]!;
		const { maja, jonas, tove, else_, sigrid, ove, nina } = people;
		const before = await rows();
		for (const person of [maja, jonas, tove, else_, sigrid])
			expect(await attempt(verb, person)).toBe('done');
		for (const person of [nina, ove]) expect(await attempt(verb, person)).toBe('base.not_found');
		await run((tx) => cases.setState(tx, sigrid, caseId, 'on_agenda'));
		expect(await attempt(verb, ove)).toBe('base.not_allowed');
		await run((tx) => cases.setState(tx, maja, caseId, 'decided', { via: 'decision' }));
		for (const person of [maja, jonas, tove, else_, sigrid])
			expect(await attempt(verb, person)).toBe('case.settled');
		expect(await rows()).toEqual(before);
	});
	test('reword: only its author, whatever their role', async () => {
		const verb: Verb = (tx, p) =>
			consequences.reword(tx, p, caseId, line, { about: 'staff', what: 'Ny' });
		const { maja, jonas, tove, else_, sigrid, ove, nina } = people;
		expect(await attempt(verb, jonas)).toBe('done');
		for (const person of [maja, tove, else_, sigrid])
			expect(await attempt(verb, person)).toBe('option.line_not_own');
		for (const person of [nina, ove]) expect(await attempt(verb, person)).toBe('base.not_found');
	});
});
