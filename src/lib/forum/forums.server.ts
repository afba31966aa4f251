import type { Db, Tx } from '../base/sql.server.ts';
import { notAllowed, notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import { notify } from '../base/notify.server.ts';
import type { Person } from '../people/person.ts';
import * as persons from '../people/persons.server.ts';
import type { Role } from './access.ts';
import type { Charter } from './charter.ts';

export type Forum = {
	id: string;
	slug: string;
	name: string;
	municipality: string;
	fictional: boolean;
} & Charter;

/** A forum as one of its members sees it. */
export type Membership = Forum & { role: Role; chair: boolean };

export type Member = {
	personId: string;
	name: string;
	email: string;
	title: string;
	departmentId: string;
	departmentName: string;
	role: Role;
	chair: boolean;
};

/** A new forum, with its maker as director and chair. */
export async function create(
	tx: Tx,
	person: Person,
	forum: { slug: string; name: string; municipality?: string; fictional?: boolean }
): Promise<string> {
	const [row] = await tx<{ id: string }[]>`
		insert into forums (slug, name, municipality, fictional)
		values (${forum.slug}, ${forum.name}, ${forum.municipality ?? ''}, ${forum.fictional ?? false})
		returning id`;
	await tx`insert into members (forum_id, person_id, role, chair) values (${row!.id}, ${person.id}, 'director', true)`;
	await record(tx, {
		person: person.id,
		verb: 'forum.created',
		kind: 'forum',
		object: row!.id,
		forum: row!.id
	});
	return row!.id;
}

/** The forums one is a member of, by name. */
export async function memberships(db: Db, person: Person): Promise<Membership[]> {
	return await db<Membership[]>`
		select f.id, f.slug, f.name, f.municipality, f.small_number_limit "smallNumberLimit",
			f.circulate_workdays "circulateWorkdays", f.hand_in_workdays "handInWorkdays",
			f.after_deadline "afterDeadline", f.approval, f.written_procedure "writtenProcedure",
			f.fictional, m.role, m.chair
		from forums f join members m on m.forum_id = f.id and m.person_id = ${person.id}
		order by f.name collate "da-x-icu"`;
}

/** One forum by its slug or id, for a member; anyone else does not find it. */
export async function membership(db: Db, person: Person, slugOrId: string): Promise<Membership> {
	const all = await memberships(db, person);
	return all.find((forum) => forum.slug === slugOrId || forum.id === slugOrId) ?? notFound();
}

/** Members by name. The caller has judged that the reader is one. */
export async function members(db: Db, forumId: string): Promise<Member[]> {
	return await db<Member[]>`
		select p.id "personId", p.name, p.email, p.title, d.id "departmentId", d.name "departmentName", m.role, m.chair
		from members m join persons p on p.id = m.person_id join departments d on d.id = p.department_id
		where m.forum_id = ${forumId} and p.deactivated_at is null
		order by p.name collate "da-x-icu"`;
}

/** Who of these is a member of which forum, in one query, in the order asked. */
export async function areMembers(
	db: Db,
	asked: { person: string; forum: string }[]
): Promise<boolean[]> {
	const rows = await db<{ place: number }[]>`
		select a.place::int from unnest(
			${asked.map(({ person }) => person)}::uuid[], ${asked.map(({ forum }) => forum)}::uuid[]
		) with ordinality a (person_id, forum_id, place)
		join members m on m.forum_id = a.forum_id and m.person_id = a.person_id`;
	const places = new Set(rows.map(({ place }) => place - 1));
	return asked.map((_, place) => places.has(place));
}

/** Takes a person into the forum. The chair and the secretary do that. */
export async function addMember(
	tx: Tx,
	person: Person,
	slugOrId: string,
	memberId: string,
	role: Role
): Promise<void> {
	const { id: forumId } = await mustConduct(tx, person, slugOrId);
	await tx`
		insert into members (forum_id, person_id, role) values (${forumId}, ${memberId}, ${role})
		on conflict do nothing`;
	await changed(tx, person, forumId, 'forum.member_added', { member: memberId, role });
}

/** Gives a member another role; what they have open is judged again at once. */
export async function setRole(
	tx: Tx,
	person: Person,
	slugOrId: string,
	memberId: string,
	role: Role
): Promise<void> {
	const { id: forumId } = await mustConduct(tx, person, slugOrId);
	const [row] = await tx`
		update members set role = ${role} where forum_id = ${forumId} and person_id = ${memberId} and not chair
		returning person_id`;
	if (!row && (await stays(tx, forumId, memberId))) refuse('forum.chair_keeps_role');
	if (!row) refuse('forum.member_is_out', { status: 409 });
	await changed(tx, person, forumId, 'forum.role_changed', { member: memberId, role });
}

/** Another department becomes a member's home. Returns the one it was. */
export async function moveMember(
	tx: Tx,
	person: Person,
	slugOrId: string,
	memberId: string,
	departmentId: string
): Promise<{ name: string; departmentName: string }> {
	const { id: forumId } = await mustConduct(tx, person, slugOrId);
	const member = (await members(tx, forumId)).find(({ personId }) => personId === memberId);
	if (!member) return notFound();
	await persons.move(tx, person, memberId, departmentId);
	if (member.departmentId !== departmentId)
		await record(tx, {
			person: person.id,
			verb: 'forum.member_moved',
			kind: 'forum',
			object: forumId,
			forum: forumId,
			detail: { member: memberId, from: member.departmentId, to: departmentId }
		});
	return { name: member.name, departmentName: member.departmentName };
}

/** Takes a member out; what they have open closes at once. Twice is once. */
export async function removeMember(
	tx: Tx,
	person: Person,
	slugOrId: string,
	memberId: string
): Promise<void> {
	const { id: forumId } = await mustConduct(tx, person, slugOrId);
	const [row] = await tx`
		delete from members where forum_id = ${forumId} and person_id = ${memberId} and not chair returning person_id`;
	if (row) await changed(tx, person, forumId, 'forum.member_removed', { member: memberId });
	else if (await stays(tx, forumId, memberId)) refuse('forum.chair_keeps_role');
}

/** Writes down what was done to a membership, and has what the member has open judged again. */
async function changed(
	tx: Tx,
	person: Person,
	forum: string,
	verb: string,
	detail: { member: string; role?: Role }
): Promise<void> {
	await record(tx, { person: person.id, verb, kind: 'forum', object: forum, forum, detail });
	await notify(tx, { type: 'access', person: detail.member });
}

/** Still a member: not one whom somebody took out meanwhile. */
async function stays(tx: Tx, forumId: string, memberId: string): Promise<boolean> {
	const rows = await tx`
		select from members where forum_id = ${forumId} and person_id = ${memberId}`;
	return rows.length > 0;
}

/**
 * Writes down what the forum has agreed (G5); what is not given stays. It counts from now on; what is sent out
 * stays as it was.
 */
export async function setCharter(
	tx: Tx,
	person: Person,
	slugOrId: string,
	agreed: Partial<Charter>
): Promise<{ smallNumberLimit: { before: number; now: number } }> {
	const forum = await mustConduct(tx, person, slugOrId);
	const { id } = forum;
	const now: Charter = { ...forum, ...agreed };
	await tx`
		update forums set circulate_workdays = ${now.circulateWorkdays}, hand_in_workdays = ${now.handInWorkdays},
			after_deadline = ${now.afterDeadline}, approval = ${now.approval},
			written_procedure = ${now.writtenProcedure}, small_number_limit = ${now.smallNumberLimit}
		where id = ${id}`;
	const asked = Object.keys(agreed) as (keyof Charter)[];
	const changed = asked.filter((key) => key === 'circulateWorkdays' || forum[key] !== now[key]);
	await record(tx, {
		person: person.id,
		verb: 'forum.charter_changed',
		kind: 'forum',
		object: id,
		forum: id,
		detail: Object.fromEntries(changed.map((key) => [key, { before: forum[key], now: now[key] }]))
	});
	return { smallNumberLimit: { before: forum.smallNumberLimit, now: now.smallNumberLimit } };
}

/** The chair and the secretary look after the forum's membership. */
export const conducts = ({ role, chair }: { role: Role; chair: boolean }): boolean =>
	chair || role === 'secretary';

/** The forum, for someone who looks after its membership. */
export async function mustConduct(tx: Tx, person: Person, slugOrId: string): Promise<Membership> {
	const forum = await membership(tx, person, slugOrId);
	return conducts(forum) ? forum : notAllowed();
}
