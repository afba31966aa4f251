import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtOn, counts, outcomeOf, round, type Frame, type Proposal } from '#lib/case/budget.ts';
import * as budget from '#lib/case/budget.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as consequences from '#lib/case/consequences.server.ts';
import * as options from '#lib/case/options.server.ts';
import type { Person } from '#lib/people/person.ts';
import { code, db, make, onTheDesk, people, run } from './desk.ts';

onTheDesk();

const homes = ['a', 'b', 'c'];
const proposal: fc.Arbitrary<Proposal> = fc
	.record({
		departmentId: fc.constantFrom(...homes),
		way: fc.constantFrom('expansion' as const, 'reduction' as const),
		ore: fc.integer({ min: 1, max: 1e13 }),
		year: fc.integer({ min: 2019, max: 2022 }),
		lasting: fc.boolean(),
		outcome: fc.constantFrom(...(['open', 'carried', 'as_now', 'withdrawn'] as const))
	})
	.map((fields) => ({
		caseId: '',
		number: 1,
		title: '',
		figures: 0,
		whyNot: '',
		frame: null,
		state: 'draft',
		elsewhere: [],
		...fields,
		departmentName: fields.departmentId
	}));
const frame: fc.Arbitrary<Frame> = fc
	.record({ departmentId: fc.constantFrom(...homes), ore: fc.integer({ min: -1e13, max: 1e13 }) })
	.map((fields) => ({ ...fields, departmentName: fields.departmentId }));

describe('the round of a year', () => {
	test('adds up whatever order it is said in, and what is left and what is proposed is the frame', () => {
		fc.assert(
			fc.property(
				fc.uniqueArray(frame, { selector: ({ departmentId }) => departmentId }),
				fc.array(proposal, { maxLength: 20 }),
				fc.integer({ min: 2019, max: 2022 }),
				(frames, proposals, year) => {
					const told = round(frames, proposals, year);
					expect(round(frames, proposals.toReversed(), year)).toEqual(told);
					for (const row of told.rows) {
						expect(row.net).toBe(row.expansions + row.reductions);
						if (row.frame !== null) expect(row.left! + row.net).toBe(row.frame);
						else expect(row.left).toBeNull();
					}
					const net = proposals
						.filter(counts)
						.filter((one) => one.year === year || (one.lasting && one.year < year))
						.reduce((so, one) => so + (one.way === 'reduction' ? -one.ore : one.ore), 0);
					expect(told.total.net).toBe(net);
					const framed = told.rows.every((row) => row.frame !== null || row.net === 0);
					if (told.total.frame !== null && framed)
						expect(told.total.left! + net).toBe(told.total.frame);
					else expect(told.total.left).toBeNull();
					expect(Number.isSafeInteger(told.total.net)).toBe(true);
					expect(round(frames, proposals.filter(counts), year)).toEqual(told);
					const some = round(frames, proposals, year, false);
					for (const [at, row] of [...some.rows, some.total].entries())
						expect(row).toEqual({ ...(told.rows[at] ?? told.total), left: null });
				}
			),
			{ numRuns: Number(process.env.MONEY_RUNS ?? 100) }
		);
	});
	test('a lasting proposal counts every year from its first, another its own only', () => {
		const one = {
			...fc.sample(proposal, 1)[0]!,
			way: 'expansion' as const,
			outcome: 'open' as const,
			ore: 5,
			year: 2020
		};
		const net = (lasting: boolean, year: number) =>
			round([], [{ ...one, lasting }], year).total.net;
		expect([2019, 2020, 2021].map((year) => net(true, year))).toEqual([0, 5, 5]);
		expect([2019, 2020, 2021].map((year) => net(false, year))).toEqual([0, 5, 0]);
	});
	test('counts what is still proposed and what was decided for, whatever state it has reached since', () => {
		const told = (['ready', 'decided', 'in_follow_up', 'closed'] as const).map((state) =>
			[undefined, { statusQuo: false }, { statusQuo: true }].map((chosen) =>
				counts({ outcome: outcomeOf(state, chosen) })
			)
		);
		expect(told).toEqual([
			[true, true, false],
			[true, true, false],
			[true, true, false],
			[false, true, false]
		]);
	});
	test('is built on data, on a stated reason, or nobody has said', () => {
		expect(builtOn({ figures: 2, whyNot: 'x' })).toBe('data');
		expect(builtOn({ figures: 0, whyNot: 'Nyt lovkrav' })).toBe('reason');
		expect(builtOn({ figures: 0, whyNot: '' })).toBe('unsaid');
	});
});

const propose = (person: Person, caseId: string, change: Partial<budget.NewProposal> = {}) =>
	run((tx) =>
		budget.propose(tx, person, caseId, {
			departmentId: people.jonas.departmentId,
			way: 'expansion',
			amount: 1_250_000.5,
			year: 2020,
			lasting: true,
			whyNot: '',
			...change
		})
	);
const setFrame = (person: Person, amount: number | null, year = 2020) =>
	run((tx) =>
		budget.setFrame(tx, person, people.forumId, {
			departmentId: people.jonas.departmentId,
			year,
			amount
		})
	);
const seen = async (person: Person, year = 2020) => {
	const found = await budget.round(db.sql, person, people.forumId, year, new Map());
	return { ...found, told: round(found.frames, found.proposals, year, found.whole) };
};
const rows = () => db.sql`
	select (select count(*)::int from budget_frames) frames, (select count(*)::int from budget_proposals) proposals`;

describe('the forum’s round', () => {
	test('holds proposals against the frame, and shows what other departments feel', async () => {
		const id = await make({ kind: 'budget' });
		const way = await run((tx) => options.add(tx, people.jonas, id, { title: 'Udvid' }));
		await run((tx) =>
			consequences.say(tx, people.tove, id, way, {
				about: 'department',
				what: 'Skolerne skal følge med',
				departmentId: people.tove.departmentId,
				effect: 'cost',
				amount: 300_000,
				yearly: true,
				from: 2020
			})
		);
		await setFrame(people.sigrid, 5_000_000);
		await setFrame(people.sigrid, 1_000_000);
		await propose(people.jonas, id, { amount: 9 });
		await propose(people.jonas, id, { whyNot: 'Nyt lovkrav' });
		const { told, proposals, years } = await seen(people.ove);
		// An observer knows of no draft: their round has the frame, and nothing of what is proposed.
		expect(proposals).toEqual([]);
		expect(told.total).toMatchObject({ frame: 100_000_000, net: 0, left: null });
		expect(years).toEqual([2020]);
		const mine = await seen(people.tove);
		expect(mine.told.rows).toMatchObject([
			{ name: 'Center for Dagtilbud og Skole', frame: null, left: null, fromOthers: 30_000_000 },
			{
				name: 'Center for Social og Handicap',
				frame: 100_000_000,
				net: 125_000_050,
				left: -25_000_050
			}
		]);
		expect(mine.proposals[0]).toMatchObject({ whyNot: 'Nyt lovkrav', figures: 0 });
		expect((await seen(people.tove, 2019)).told.rows).toEqual([]);
		await setFrame(people.maja, null);
		expect((await seen(people.tove)).frames).toEqual([]);
	});
	test('a confidential proposal is in no sum of those who do not read it, and they are told how many there are', async () => {
		const before = (await seen(people.tove)).told.total.net;
		const id = await make({ kind: 'budget', confidential: true });
		await propose(people.jonas, id);
		const { told, hidden } = await seen(people.tove);
		expect(told.total.net).toBe(before);
		expect(hidden).toBe(1);
		expect(told.rows.map(({ left }) => left)).toEqual(told.rows.map(() => null));
		expect((await seen(people.jonas)).told.total.net).toBe(before + 125_000_050);
	});
	test.each([
		[{ amount: null }, 'case.amount_unreadable'],
		[{ amount: Number.NaN }, 'case.amount_unreadable'],
		[{ amount: -4 }, 'budget.amount_sign'],
		[{ amount: 2e11 }, 'option.amount_most'],
		[{ year: 1999 }, 'option.year'],
		[{ departmentId: '00000000-0000-4000-8000-000000000000' }, 'base.not_found']
	])('%o is refused as %s', async (change, refused) => {
		const id = await make({ kind: 'budget' });
		const before = await rows();
		expect(await code(propose(people.jonas, id, change))).toBe(refused);
		expect(await rows()).toEqual(before);
	});
	test('only a budget case proposes', async () => {
		expect(await code(propose(people.jonas, await make()))).toBe('budget.not_a_proposal');
	});
});

describe('each role', () => {
	test('sets frames: the chair and the secretary', async () => {
		const before = await rows();
		for (const person of [people.jonas, people.tove, people.else_, people.ove])
			expect(await code(setFrame(person, 1))).toBe('base.not_allowed');
		expect(await code(setFrame(people.nina, 1))).toBe('base.not_found');
		expect(await code(budget.round(db.sql, people.nina, people.forumId, 2020, new Map()))).toBe(
			'base.not_found'
		);
		expect(await rows()).toEqual(before);
		for (const person of [people.maja, people.sigrid])
			expect(await code(setFrame(person, 1))).toBe('nothing was refused');
	});
	test('proposes: whoever writes the case, until it is settled', async () => {
		const id = await make({ kind: 'budget' });
		for (const person of [people.maja, people.jonas, people.tove, people.else_, people.sigrid])
			expect(await code(propose(person, id))).toBe('nothing was refused');
		for (const person of [people.nina, people.ove])
			expect(await code(propose(person, id))).toBe('base.not_found');
		await run((tx) => cases.setState(tx, people.sigrid, id, 'on_agenda'));
		expect(await code(propose(people.ove, id))).toBe('base.not_allowed');
		await run((tx) => cases.setState(tx, people.maja, id, 'decided', { via: 'decision' }));
		expect(await code(propose(people.jonas, id))).toBe('case.settled');
	});
});
