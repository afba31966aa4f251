import { describe, expect, test } from 'vitest';
import * as approvals from '#lib/case/approvals.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as urgency from '#lib/case/urgency.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import { waitingFor } from '#lib/thread/work.server.ts';
import type { Name } from '../support/cast.ts';
import { caseId, db, make, onTheDesk, people, run } from './desk.ts';

onTheDesk();

const SECRETS = ['Lukning af Vestergade', 'Hvornår siger vi det?', 'Naboerne ved det'];

/** What a person gets of it: their own page, the list, the agenda, and what waits for them. */
async function given(name: Name, id: string, meetingId: string) {
	const person = people[name];
	const page = await cases.page(db.sql, person, id).catch((error) => error.code as string);
	const all = JSON.stringify([
		page,
		await cases.list(db.sql, person, people.forumId),
		await agenda.items(db.sql, person, meetingId).catch(() => []),
		await waitingFor(db.sql, person)
	]);
	return {
		page: typeof page === 'string' ? page : page.readable ? 'whole' : 'stub',
		told: SECRETS.filter((words) => all.includes(words))
	};
}

describe('a confidential case', () => {
	test.each([
		['draft', { tove: 'stub', else_: 'stub', sigrid: 'stub', ove: 'base.not_found' }],
		['on_agenda', { tove: 'stub', else_: 'stub', sigrid: 'stub', ove: 'stub' }]
	] as const)('is a stub to those outside it, %s', async (state, outside) => {
		const id = await make({ title: SECRETS[0]!, question: SECRETS[1]!, confidential: true });
		await run((tx) => urgency.mark(tx, people.jonas, id, SECRETS[2]!));
		const meetingId = await run((tx) =>
			meetings.create(tx, people.maja, {
				forumId: people.forumId,
				title: 'Møde',
				startsAt: new Date(Date.now() + 9e8),
				place: ''
			})
		);
		if (state === 'on_agenda')
			await run((tx) => agenda.add(tx, people.maja, meetingId, { caseId: id, minutes: 5 }));
		for (const name of ['maja', 'jonas'] as const)
			expect((await given(name, id, meetingId)).page, name).toBe('whole');
		for (const [name, page] of Object.entries(outside))
			expect(await given(name as Name, id, meetingId), name).toEqual({ page, told: [] });
		expect(await cases.page(db.sql, people.nina, id).catch((e) => e.code)).toBe('base.not_found');
	});

	test('says to whom it is shut that they are shut out of it, and nothing more', async () => {
		await run((tx) =>
			objects.exclude(tx, people.sigrid, caseId, people.tove.id, 'Bor i Nørrevang')
		);
		const page = await cases.page(db.sql, people.tove, caseId);
		expect(page).toMatchObject({ readable: false, excluded: true });
		expect(JSON.stringify(page)).not.toContain('områder');
		const act = run((tx) => approvals.ask(tx, people.tove, caseId));
		await expect(act).rejects.toMatchObject({ status: 403 });
	});
});
