import { expect, test } from 'vitest';
import * as cases from '#lib/case/cases.server.ts';
import * as consequences from '#lib/case/consequences.server.ts';
import * as differing from '#lib/case/differing.server.ts';
import * as options from '#lib/case/options.server.ts';
import * as questions from '#lib/case/questions.server.ts';
import { toTakeUp } from '#lib/case/unknown.ts';
import * as objects from '#lib/forum/objects.server.ts';
import type { AgendaItem } from '#lib/meeting/meeting.ts';
import type { Person } from '#lib/people/person.ts';
import { caseInHand } from '#lib/thread/in-hand.server.ts';
import { NAMES } from '../support/cast.ts';
import { caseId, code, db, onTheDesk, people, run } from '../case/desk.ts';

onTheDesk();

const inHand = (person: Person) =>
	caseInHand(db.sql, person, { id: crypto.randomUUID(), caseId } as AgendaItem);

/** A question and something that Tove and Jonas read differently. */
async function raised() {
	const question = await run((tx) => questions.raise(tx, people.tove, caseId, 'Hvem er de fem?'));
	const matter = await run((tx) =>
		differing.raise(tx, people.jonas, caseId, { matter: 'Stigningen', reading: 'Tilfældig.' })
	);
	await run((tx) => differing.read(tx, people.tove, caseId, matter, 'Den bider sig fast.'));
	return { question, matter };
}

test('the room is shown what is to be talked about, and not how each has read it', async () => {
	const { question, matter } = await raised();
	for (const name of NAMES) {
		if (name === 'ove' || name === 'nina') {
			expect(await code(inHand(people[name])), name).toBe('base.not_found');
			continue;
		}
		const shown = (await inHand(people[name]))!;
		expect(toTakeUp(shown.unknown), name).toEqual([
			{ id: question, kind: 'question', words: 'Hvem er de fem?', byName: 'Tove Holm', count: 0 },
			{ id: matter, kind: 'differing', words: 'Stigningen', byName: 'Jonas Bruun', count: 2 }
		]);
		const readings = shown.unknown.differings.map((one) => one.readings);
		expect(readings, name).toEqual([null]);
	}
});

test('an option costs in the room what its lines come to, also the status quo, else the amount it was given', async () => {
	const [asNow] = (await inHand(people.maja))!.options;
	const given = { title: 'Seks områder', amount: 2_000_000 };
	const id = await run((tx) => options.add(tx, people.jonas, caseId, given));
	for (const option of [asNow!.id, id])
		await run((tx) =>
			consequences.say(tx, people.jonas, caseId, option, {
				about: 'economy',
				what: 'Løn',
				effect: 'cost',
				amount: 3_000_000,
				from: 2019,
				to: 2019
			})
		);
	const other = await run((tx) =>
		options.add(tx, people.jonas, caseId, { ...given, title: 'Syv' })
	);
	const { options: shown } = (await inHand(people.maja))!;
	const cost = (id: string) => shown.find((option) => option.id === id)!.cost;
	for (const option of [asNow!.id, id])
		expect(cost(option)).toMatchObject({ from: 'lines', sum: { total: 300_000_000 } });
	expect(cost(other)).toEqual({ from: 'amount', ore: 200_000_000 });
});

test('what has been talked through is not shown again, until it is opened', async () => {
	const { question, matter } = await raised();
	const left = async () => toTakeUp((await inHand(people.maja))!.unknown).map(({ id }) => id);
	await run((tx) => questions.settle(tx, people.sigrid, caseId, question));
	expect(await left()).toEqual([matter]);
	await run((tx) => differing.settle(tx, people.maja, caseId, matter));
	expect(await left()).toEqual([]);
	await run((tx) => questions.reopen(tx, people.maja, caseId, question));
	expect(await left()).toEqual([question]);
});

test('an observer sees it with the case, and settles nothing; who is shut out sees nothing', async () => {
	const { question } = await raised();
	await run((tx) => cases.setState(tx, people.jonas, caseId, 'ready'));
	await db.sql`update objects set phase = 'on_agenda' where id = ${caseId}`;
	expect(toTakeUp((await inHand(people.ove))!.unknown)).toHaveLength(2);
	const settled = run((tx) => questions.settle(tx, people.ove, caseId, question));
	expect(await code(settled)).toBe('base.not_allowed');
	await run((tx) => objects.exclude(tx, people.sigrid, caseId, people.tove.id, 'egen sag'));
	expect(await code(inHand(people.tove))).toBe('base.not_allowed');
});
