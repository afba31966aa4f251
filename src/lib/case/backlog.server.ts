import type { Db, Tx } from '#lib/base/sql.server.ts';
import { notAllowed, notFound, refuse } from '#lib/base/errors.ts';
import { record } from '#lib/base/events.server.ts';
import { placed } from '#lib/base/order.ts';
import { mayCreate } from '#lib/forum/access.ts';
import { conducts, membership } from '#lib/forum/forums.server.ts';
import { reach } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { create } from './cases.server.ts';

/**
 * What the forum might take up (C8). Whoever may make a case there may propose one; the chair and the
 * secretary say in which order, and a proposal becomes a case in one act. An observer knows of cases from
 * the agenda on, so not of proposals.
 */

export type Proposal = {
	id: string;
	title: string;
	why: string;
	proposedBy: { id: string; name: string };
	proposedAt: Date;
	departments: string[];
	/** How it ended; null while it stands. A case one may not know of is not named. */
	ended: { at: Date; byName: string; caseId: string | null; reason: string | null } | null;
};

/** Those that stand, in the forum's order; then how the others ended, newest first. */
export async function list(db: Db, person: Person, slugOrId: string): Promise<Proposal[]> {
	const { id } = await mustWork(db, person, slugOrId);
	return await db<Proposal[]>`
		select q.id, q.title, q.why, q.proposed_at "proposedAt",
			jsonb_build_object('id', p.id, 'name', p.name) "proposedBy",
			array(select d.name from proposal_departments x join departments d on d.id = x.department_id
				where x.proposal_id = q.id order by d.name collate "da-x-icu") departments,
			case when q.settled_at is not null then jsonb_build_object('at', q.settled_at, 'byName', s.name,
				'caseId', (select o.id from objects o where o.id = q.case_id and ${reach(db, person)}),
				'reason', q.declined) end ended
		from proposals q join persons p on p.id = q.proposed_by left join persons s on s.id = q.settled_by
		where q.forum_id = ${id}
		order by q.settled_at desc nulls first, q.position`;
}

export async function propose(
	tx: Tx,
	person: Person,
	slugOrId: string,
	proposal: { title: string; why: string; departments: string[] }
): Promise<string> {
	const { id: forumId } = await mustWork(tx, person, slugOrId);
	if (!proposal.title.trim()) refuse('case.proposal_title_missing', { field: 'title' });
	await tx`select from forums where id = ${forumId} for no key update`;
	const [row] = await tx<{ id: string }[]>`
		insert into proposals (forum_id, title, why, proposed_by, position)
		select ${forumId}, ${proposal.title.trim()}, ${proposal.why.trim()}, ${person.id},
			coalesce(max(position), 0) + 1 from proposals where forum_id = ${forumId}
		returning id`;
	await tx`
		insert into proposal_departments (proposal_id, department_id)
		select ${row!.id}, id from departments where id = any(${proposal.departments}::uuid[])`;
	await tell(tx, person, forumId, 'forum.case_proposed', row!.id);
	return row!.id;
}

/** Moves a proposal a step up (-1) or down (+1) among those that stand; past the end it stays. */
export async function move(tx: Tx, person: Person, id: string, step: -1 | 1): Promise<void> {
	await arrange(tx, person, id, (from) => Math.max(0, from + step));
}

/** Puts a proposal at a place among those that stand, counted from 0: as it was dragged. */
export async function place(tx: Tx, person: Person, id: string, to: number): Promise<void> {
	await arrange(tx, person, id, () => to);
}

async function arrange(tx: Tx, person: Person, id: string, to: (from: number) => number) {
	const { forumId } = await hold(tx, person, id);
	if (!conducts(await membership(tx, person, forumId))) notAllowed();
	// Two who order at once take turns, so that each moves what the other left.
	await tx`select from forums where id = ${forumId} for no key update`;
	const order = await tx<{ id: string }[]>`
		select id from proposals where forum_id = ${forumId} and settled_at is null order by position`;
	const from = order.findIndex((one) => one.id === id);
	const ids = placed([...order], id, to(from)).map((one) => one.id);
	if (ids[from] === id) return;
	await tx`
		update proposals q set position = o.place
		from unnest(${ids}::uuid[]) with ordinality o (id, place) where q.id = o.id`;
	await tell(tx, person, forumId, 'forum.proposals_ordered', id);
}

/** Makes a case of it, for whoever does: title and question as proposed, the reason as background. */
export async function take(tx: Tx, person: Person, id: string): Promise<string> {
	const { forumId, title, why } = await hold(tx, person, id);
	const caseId = await create(tx, person, { forumId, title, question: title, background: why });
	await tx`
		update proposals set case_id = ${caseId}, settled_at = clock_timestamp(), settled_by = ${person.id}
		where id = ${id}`;
	await tell(tx, person, forumId, 'forum.proposal_taken', id);
	return caseId;
}

/** Sets it aside with a reason: the chair, the secretary, or whoever proposed it. */
export async function decline(tx: Tx, person: Person, id: string, reason: string): Promise<void> {
	const { forumId, proposedBy } = await hold(tx, person, id);
	const own = proposedBy === person.id;
	if (!own && !conducts(await membership(tx, person, forumId))) notAllowed();
	if (!reason.trim()) refuse('case.proposal_reason_missing', { field: 'reason' });
	await tx`
		update proposals set declined = ${reason.trim()}, settled_at = clock_timestamp(), settled_by = ${person.id}
		where id = ${id}`;
	await tell(tx, person, forumId, 'forum.proposal_declined', id);
}

type Held = { forumId: string; title: string; why: string; proposedBy: string };

/** A proposal that stands, held so that two who end it take turns and the second is told who was first. */
async function hold(tx: Tx, person: Person, id: string): Promise<Held> {
	const [row] = await tx<(Held & { settledBy: string | null })[]>`
		select forum_id "forumId", title, why, proposed_by "proposedBy",
			(select name from persons where id = settled_by) "settledBy"
		from proposals where id = ${id} for update`;
	if (!row) return notFound();
	await mustWork(tx, person, row.forumId);
	if (row.settledBy) refuse('case.proposal_settled', { status: 409, name: row.settledBy });
	return row;
}

async function mustWork(db: Db, person: Person, slugOrId: string) {
	const forum = await membership(db, person, slugOrId);
	return mayCreate(forum.role, 'case', forum.chair) ? forum : notAllowed();
}

const tell = (tx: Tx, person: Person, forum: string, verb: string, proposal: string) =>
	record(tx, {
		person: person.id,
		verb,
		kind: 'forum',
		object: forum,
		forum,
		detail: { proposal }
	});
