import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { page as decisionPage } from '#lib/decision/read.server.ts';
import { board, page as goalPage } from '#lib/goal/page.server.ts';
import { removeMember } from '#lib/forum/forums.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import { handOver, leftBehind } from '#lib/thread/handover.server.ts';
import type { LeftKind } from '#lib/forum/leaving.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { decided, goalIn, refusal, story, type Story } from './story.ts';

/** Goals and actions of someone who leaves: Jonas had one of each, both from one decision. */

let db: TestDatabase;
let told: Story;
let decisionId: string;
let goalId: string;
let actionId: string;
beforeAll(async () => {
	db = await freshDatabase();
	told = await story(db.sql);
	decisionId = await decided(told, {
		goals: [goalIn(told)],
		actions: [{ title: 'Skriv til fonden', ownerId: told.jonas.id, due: '2020-01-31' }]
	});
	goalId = (await db.sql<{ id: string }[]>`select id from goals`)[0]!.id;
	actionId = (await db.sql<{ id: string }[]>`select id from actions`)[0]!.id;
	await told.act((tx) => removeMember(tx, told.sigrid, told.forumId, told.jonas.id));
});
afterAll(() => db.drop());

const left = () => leftBehind(db.sql, told.sigrid, told.forumId);
const give = (kind: LeftKind, by: Story['maja'], to: Story['maja']) =>
	told.act((tx) =>
		handOver(
			tx,
			by,
			kind === 'goal'
				? { kind, id: goalId, objectId: goalId, to: to.id }
				: { kind, id: actionId, objectId: decisionId, to: to.id }
		)
	);
const owners = async () => {
	const [row] = await db.sql`
		select (select owner_id from goals) goal, (select owner_id from actions) action`;
	return row;
};

describe('what someone who leaves was to reach and do', () => {
	it('is on the list, and says so on the goal, on the board and under the decision', async () => {
		expect(await left()).toMatchObject([
			{ kind: 'action', id: actionId, objectId: decisionId, ownerName: 'Jonas Bruun' },
			{ kind: 'goal', id: goalId, objectId: goalId, ownerName: 'Jonas Bruun' }
		]);
		expect((await goalPage(db.sql, told.tove, goalId)).ownerLeft).toBe(true);
		expect(await board(db.sql, told.tove, told.forumId)).toMatchObject([{ ownerLeft: true }]);
		expect((await decisionPage(db.sql, told.tove, decisionId)).actions).toMatchObject([
			{ ownerLeft: true }
		]);
	});

	test.each(['tove', 'else_', 'ove', 'nina', 'jonas'] as const)(
		'is not handed over by %s',
		async (who) => {
			const before = await owners();
			for (const kind of ['goal', 'action'] as const)
				expect(['base.not_allowed', 'base.not_found']).toContain(
					await refusal(give(kind, told[who], told.else_))
				);
			expect(await owners()).toEqual(before);
		}
	);

	it('goes to no observer and to nobody outside', async () => {
		for (const to of [told.ove, told.nina]) {
			expect(await refusal(give('goal', told.maja, to))).toBe('goal.owner_not_member');
			expect(await refusal(give('action', told.maja, to))).toBe('decision.owner_not_member');
		}
		expect(await owners()).toEqual({ goal: told.jonas.id, action: told.jonas.id });
	});

	it('is somebody else’s when handed over: they say how it goes, and nothing waits', async () => {
		await give('goal', told.sigrid, told.tove);
		await give('action', told.maja, told.tove);
		await give('action', told.maja, told.tove);
		expect(await left()).toEqual([]);
		expect(await goalPage(db.sql, told.tove, goalId)).toMatchObject({
			ownerName: 'Tove Holm',
			ownerLeft: false,
			departmentName: 'Center for Social og Handicap',
			can: { follow: true }
		});
		expect((await decisionPage(db.sql, told.tove, decisionId)).actions).toMatchObject([
			{ ownerName: 'Tove Holm', ownerLeft: false }
		]);
		expect(
			await db.sql`select verb, person_id from events where verb like '%handed_over' order by id`
		).toEqual([
			{ verb: 'goal.handed_over', person_id: told.sigrid.id },
			{ verb: 'decision.action_handed_over', person_id: told.maja.id }
		]);
	});

	it('waits for nobody once it is ended or done', async () => {
		await told.act(async (tx) => {
			await tx`update actions set done_at = now(), done_by = ${told.maja.id}`;
			await objects.setPhase(tx, goalId, 'closed');
			await removeMember(tx, told.sigrid, told.forumId, told.tove.id);
		});
		expect(await left()).toEqual([]);
		expect((await goalPage(db.sql, told.maja, goalId)).ownerLeft).toBe(false);
		expect((await decisionPage(db.sql, told.maja, decisionId)).actions).toMatchObject([
			{ ownerLeft: false }
		]);
	});
});
