import type { Db, Tx } from '#lib/base/sql.server.ts';
import { refuse } from '#lib/base/errors.ts';
import { record } from '#lib/base/events.server.ts';
import type { Person } from '#lib/people/person.ts';
import { hold } from './hold.server.ts';
import type { Evidence, EvidenceKind, Stance } from './evidence.ts';

export type { Evidence } from './evidence.ts';

export type EvidenceInput = {
	kind: EvidenceKind;
	title: string;
	note?: string;
	link?: string | null;
	sender?: string;
	figureId?: string | null;
	annotationId?: string | null;
	stance?: Stance;
};

/** Adds evidence with the time and who. A figure comes from the case's own brief, pinned as it is there. */
export async function add(
	tx: Tx,
	person: Person,
	caseId: string,
	input: EvidenceInput
): Promise<string> {
	const { facts } = await hold(tx, person, 'write', caseId);
	const title = input.title.trim();
	if (!title) refuse('case.evidence_title_missing', { field: 'title' });
	if ((input.kind === 'figure') !== Boolean(input.figureId)) refuse('case.evidence_needs_figure');
	if (input.figureId) await mustBeUnused(tx, caseId, facts.forumId, input.figureId);
	const [row] = await tx<{ id: string }[]>`
		insert into evidence ${tx({
			case_id: caseId,
			kind: input.kind,
			title,
			note: input.note?.trim() ?? '',
			link: webLink(input.link),
			sender: input.sender?.trim() ?? '',
			figure_id: input.figureId ?? null,
			annotation_id: input.annotationId ?? null,
			stance: input.stance ?? 'supports',
			added_by: person.id
		})} returning id`;
	await tell(tx, person, caseId, facts.forumId, 'case.evidence_added', {
		evidence: row!.id,
		kind: input.kind
	});
	return row!.id;
}

/** Whether it speaks for or against what the case recommends. */
export async function setStance(
	tx: Tx,
	person: Person,
	caseId: string,
	evidenceId: string,
	stance: Stance
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	await mustExist(tx, caseId, evidenceId);
	await tx`update evidence set stance = ${stance} where id = ${evidenceId}`;
	await tell(tx, person, caseId, facts.forumId, 'case.evidence_stance', {
		evidence: evidenceId,
		stance
	});
}

/** Puts evidence among what matters most, or takes it from there. */
export async function shortlist(
	tx: Tx,
	person: Person,
	caseId: string,
	evidenceId: string,
	on: boolean
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	await mustExist(tx, caseId, evidenceId);
	const [row] = await tx`
		update evidence set shortlisted_at = case when ${on} then clock_timestamp() end,
			shortlisted_by = case when ${on} then ${person.id}::uuid end
		where id = ${evidenceId} and (shortlisted_at is not null) <> ${on} returning id`;
	if (row)
		await tell(tx, person, caseId, facts.forumId, 'case.evidence_shortlisted', {
			evidence: evidenceId,
			on
		});
}

/** Sets evidence aside. It stays on the list, shown as parked, by whom, when and why: nothing is dropped. */
export async function park(
	tx: Tx,
	person: Person,
	caseId: string,
	evidenceId: string,
	reason = ''
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	await mustExist(tx, caseId, evidenceId);
	const [row] = await tx`
		update evidence set parked_at = clock_timestamp(), parked_by = ${person.id},
			parked_reason = ${reason.trim()}, shortlisted_at = null, shortlisted_by = null
		where id = ${evidenceId} and parked_at is null returning id`;
	if (row)
		await tell(tx, person, caseId, facts.forumId, 'case.evidence_parked', { evidence: evidenceId });
}

export async function unpark(tx: Tx, person: Person, caseId: string, evidenceId: string) {
	const { facts } = await hold(tx, person, 'write', caseId);
	await mustExist(tx, caseId, evidenceId);
	const [row] = await tx`
		update evidence set parked_at = null, parked_by = null, parked_reason = ''
		where id = ${evidenceId} and parked_at is not null returning id`;
	if (row)
		await tell(tx, person, caseId, facts.forumId, 'case.evidence_unparked', {
			evidence: evidenceId
		});
}

/** All evidence in the order it was added, parked ones too. The caller has judged the reader. */
export async function list(db: Db, caseId: string): Promise<Evidence[]> {
	return await db<Evidence[]>`
		select e.id, e.kind, e.title, e.note, e.link, e.figure_id "figureId",
			e.annotation_id "annotationId", e.stance, e.added_by "addedBy", p.name "addedByName",
			e.added_at "addedAt", e.parked_at "parkedAt", q.name "parkedByName",
			e.parked_reason "parkedReason", e.sender, e.shortlisted_at is not null shortlisted
		from evidence e
		join persons p on p.id = e.added_by
		left join persons q on q.id = e.parked_by
		where e.case_id = ${caseId} order by e.added_at, e.id`;
}

/** The figures a case shows and the versions they are pinned to: what an annotation may be on. */
export async function pinned(db: Db, caseId: string): Promise<{ id: string; versionId: string }[]> {
	return await db<{ id: string; versionId: string }[]>`
		select e.figure_id id, v.version_id "versionId" from evidence e join figure_versions v on v.figure_id = e.figure_id
		where e.case_id = ${caseId}`;
}

/** Only the web's own addresses: a link is put in front of everybody who reads the case. */
function webLink(link: string | null | undefined): string | null {
	const typed = link?.trim();
	if (!typed) return null;
	const doi = /^(?:doi:\s*)?(10\.\d{4,9}\/\S+)$/i.exec(typed);
	if (doi) return `https://doi.org/${doi[1]}`;
	const address = URL.parse(typed) ?? URL.parse(`https://${typed}`);
	if (
		!address ||
		!['http:', 'https:'].includes(address.protocol) ||
		!address.hostname.includes('.')
	)
		return refuse('case.link_unreadable', { field: 'link' });
	return address.href;
}

async function mustBeUnused(tx: Tx, caseId: string, forumId: string, figureId: string) {
	const [figure] = await tx<{ used: boolean }[]>`
		select exists (select from evidence e where e.case_id = ${caseId} and e.figure_id = f.id) used
		from figures f join objects o on o.id = f.brief_id
		where f.id = ${figureId} and f.removed_at is null
			and o.forum_id = ${forumId} and o.phase = 'published'`;
	if (!figure) return refuse('case.figure_not_found', { status: 404 });
	if (figure.used) refuse('case.figure_already_there', { status: 409 });
}

async function mustExist(tx: Tx, caseId: string, evidenceId: string) {
	const [row] = await tx`select from evidence where id = ${evidenceId} and case_id = ${caseId}`;
	if (!row) refuse('base.not_found', { status: 404 });
}

const tell = (
	tx: Tx,
	person: Person,
	object: string,
	forum: string,
	verb: string,
	detail: Record<string, unknown>
) => record(tx, { person: person.id, verb, kind: 'case', object, forum, detail });
