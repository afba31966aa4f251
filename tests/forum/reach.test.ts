import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { may, type ObjectKind } from '#lib/forum/access.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import { cast, NAMES, type Cast } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
let people: Cast;

const PHASES: Record<ObjectKind, string[]> = {
	dataset: ['current'],
	brief: ['draft', 'in_review', 'with_owners', 'published'],
	case: [
		'draft',
		'in_review',
		'ready',
		'on_agenda',
		'decided',
		'deferred',
		'returned',
		'in_follow_up',
		'closed'
	],
	meeting: ['planned', 'closed'],
	decision: ['decided', 'recommended'],
	goal: ['running', 'ended']
};

beforeAll(async () => {
	db = await freshDatabase();
	people = await cast(db.sql);
	for (const [kind, phases] of Object.entries(PHASES))
		for (const phase of phases)
			for (const confidential of [false, true])
				for (const maker of [people.maja, people.jonas]) {
					const [row] = await db.sql<{ id: string }[]>`
						insert into objects (kind, forum_id, department_id, title, phase, confidential, created_by)
						values (${kind}, ${people.forumId}, ${maker.departmentId}, 'x', ${phase}, ${confidential}, ${maker.id})
						returning id`;
					await db.sql`insert into authors (object_id, person_id, added_by) values (${row!.id}, ${maker.id}, ${maker.id})`;
					if (phase === 'in_review')
						for (const reader of [people.tove, people.ove])
							await db.sql`
								insert into readers (object_id, person_id, added_by, until)
								values (${row!.id}, ${reader.id}, ${maker.id}, null),
									(${row!.id}, ${people.sigrid.id}, ${maker.id}, ${reader === people.tove ? new Date() : new Date(0)})`;
					if (phase === 'ready')
						await db.sql`
							insert into exclusions (object_id, person_id, reason, by)
							values (${row!.id}, ${people.tove.id}, 'inhabil', ${people.maja.id})`;
				}
	await lend();
});
afterAll(() => db.drop());

/** A second forum of an outsider and two members, with every object lent to it: now, before, before and again. */
async function lend(): Promise<void> {
	const { act, maja, ove, nina } = people;
	const next = await act(async (tx) => {
		const id = await forums.create(tx, maja, { slug: 'direktion', name: 'Direktionen' });
		for (const member of [ove, nina]) await forums.addMember(tx, maja, id, member.id, 'chief');
		return id;
	});
	await db.sql`
		insert into objects (kind, forum_id, department_id, title, phase, confidential, created_by)
		select 'dataset', ${people.forumId}, ${maja.departmentId}, 'x', 'current', false, ${maja.id}
		from generate_series(1, 4)`;
	await db.sql`
		insert into lendings (object_id, forum_id, lent_by, until)
		select o.id, ${next}, ${maja.id}, case when n > 1 then now() end
		from (select id, row_number() over (order by kind, confidential, id) place from objects) o,
			lateral generate_series(1, 2) n
		where n = 1 and place % 3 <> 0 or n = 2 and place % 3 <> 1`;
	await db.sql`
		insert into exclusions (object_id, person_id, reason, by)
		select object_id, ${nina.id}, 'inhabil', ${maja.id} from lendings where until is null and id % 4 = 0`;
}

describe('lists and single objects', () => {
	it.each(NAMES)(
		'give %s exactly the objects the rules allow, to know of and to read',
		async (name) => {
			const person = people[name];
			const all = await db.sql<{ id: string }[]>`select id from objects`;
			for (const verb of ['know', 'read'] as const) {
				const listed = await db.sql<{ id: string }[]>`
				select o.id from objects o where ${objects.reach(db.sql, person, verb)}`;
				const allowed: string[] = [];
				for (const { id } of all) {
					const found = await objects.standingOf(db.sql, person.id, id);
					if (found && may(found.standing, verb, found.facts)) allowed.push(id);
				}
				expect(listed.map((row) => row.id).sort()).toEqual(allowed.sort());
			}
		}
	);

	it('give a deactivated person nothing', async () => {
		await db.sql`update persons set deactivated_at = now() where id = ${people.tove.id}`;
		const listed =
			await db.sql`select o.id from objects o where ${objects.reach(db.sql, people.tove)}`;
		const [any] = await db.sql<{ id: string }[]>`select id from objects limit 1`;
		expect(listed).toHaveLength(0);
		await expect(objects.judge(db.sql, people.tove, 'know', any!.id)).rejects.toMatchObject({
			status: 404
		});
		await db.sql`update persons set deactivated_at = null where id = ${people.tove.id}`;
	});
});

describe('an object', () => {
	it('nobody may know of is not found, and one known but closed is not allowed', async () => {
		const [draft] = await db.sql<{ id: string }[]>`
			select id from objects where kind = 'brief' and phase = 'draft' and created_by = ${people.jonas.id} and not confidential`;
		await expect(objects.judge(db.sql, people.maja, 'read', draft!.id)).rejects.toMatchObject({
			status: 404
		});
		const [secret] = await db.sql<{ id: string }[]>`
			select id from objects where kind = 'case' and phase = 'draft' and confidential and created_by = ${people.jonas.id}`;
		await expect(objects.judge(db.sql, people.tove, 'read', secret!.id)).rejects.toMatchObject({
			status: 403
		});
		await expect(objects.judge(db.sql, people.tove, 'read', 'not-an-id')).rejects.toMatchObject({
			status: 404
		});
	});
});

describe('events', () => {
	it('are never changed or removed', async () => {
		await expect(db.sql`update events set verb = 'x'`).rejects.toThrow(/never changed/);
		await expect(db.sql`delete from events`).rejects.toThrow(/never changed/);
		await expect(db.sql`truncate events cascade`).rejects.toThrow(/never changed/);
	});
});
