import { refuse } from '#lib/base/errors.ts';
import type { Db, Tx } from '#lib/base/sql.server.ts';
import type { Person } from '#lib/people/person.ts';
import { hold } from './hold.server.ts';
import type { CounterLook, EvidenceLink, Relation } from './relations.ts';
import { tell } from './tell.server.ts';

/** Says that one piece of a case's evidence supports or contradicts another. Said anew, the last one counts. */
export async function relate(
	tx: Tx,
	person: Person,
	caseId: string,
	input: { fromId: string; toId: string; relation: Relation }
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	const { fromId, toId, relation } = input;
	if (fromId === toId) refuse('case.link_to_itself', { field: 'to' });
	const both = await tx`
		select from evidence where id in (${fromId}, ${toId}) and case_id = ${caseId}`;
	if (both.length < 2) refuse('base.not_found', { status: 404 });
	const [standing] = await tx<{ id: string; relation: Relation }[]>`
		select id, relation from evidence_links
		where from_id = ${fromId} and to_id = ${toId} and withdrawn_at is null`;
	if (standing?.relation === relation) return;
	if (standing) await takeBack(tx, person, standing.id);
	await tx`
		insert into evidence_links (case_id, from_id, to_id, relation, made_by)
		values (${caseId}, ${fromId}, ${toId}, ${relation}, ${person.id})`;
	await tell(tx, person, caseId, facts.forumId, 'case.evidence_linked', input);
}

/** Takes a link back. Its row stays, with who took it back and when. */
export async function unrelate(tx: Tx, person: Person, caseId: string, linkId: string) {
	const { facts } = await hold(tx, person, 'write', caseId);
	const [link] = await tx`select from evidence_links where id = ${linkId} and case_id = ${caseId}`;
	if (!link) refuse('base.not_found', { status: 404 });
	if (await takeBack(tx, person, linkId))
		await tell(tx, person, caseId, facts.forumId, 'case.evidence_unlinked', { link: linkId });
}

/** Those that stand, in the order they were made. The caller has judged the reader. */
export async function links(db: Db, caseId: string): Promise<EvidenceLink[]> {
	return await db<EvidenceLink[]>`
		select l.id, l.from_id "fromId", l.to_id "toId", l.relation, p.name "byName", l.made_at at
		from evidence_links l join persons p on p.id = l.made_by
		where l.case_id = ${caseId} and l.withdrawn_at is null order by l.made_at, l.id`;
}

/** One looked for what speaks against and found none: said once, so that nobody is asked again. */
export async function looked(tx: Tx, person: Person, caseId: string, where = ''): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	await tx`
		insert into counter_looks (case_id, where_looked, by)
		values (${caseId}, ${where.trim()}, ${person.id})`;
	await tell(tx, person, caseId, facts.forumId, 'case.counter_looked', {});
}

/** Who looked, the first first. The caller has judged the reader. */
export async function looks(db: Db, caseId: string): Promise<CounterLook[]> {
	return await db<CounterLook[]>`
		select p.name "byName", c.at, c.where_looked "where"
		from counter_looks c join persons p on p.id = c.by where c.case_id = ${caseId} order by c.id`;
}

async function takeBack(tx: Tx, person: Person, linkId: string): Promise<boolean> {
	const [row] = await tx`
		update evidence_links set withdrawn_at = clock_timestamp(), withdrawn_by = ${person.id}
		where id = ${linkId} and withdrawn_at is null returning id`;
	return row !== undefined;
}
