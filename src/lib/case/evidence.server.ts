import type { Db, Tx } from '#lib/base/sql.server.ts';
import { refuse } from '#lib/base/errors.ts';
import type { Person } from '#lib/people/person.ts';
import type { Evidence, EvidenceKind, Stance } from './evidence.ts';
import * as files from './files.server.ts';
import { hold } from './hold.server.ts';
import { readLine, webLink } from './link.ts';
import { mustBePickable } from './pick.server.ts';
import { tidy, type Told } from './told.ts';
import { tell } from './tell.server.ts';

export type { Evidence } from './evidence.ts';

export type EvidenceInput = {
	kind: EvidenceKind;
	/** What it is called; a link or DOI pasted with it becomes its link, unless one is given. */
	title: string;
	note?: string;
	link?: string | null;
	sender?: string;
	figureId?: string | null;
	annotationId?: string | null;
	stance?: Stance;
	told?: Told;
	/** Says what it is called where nothing else does. */
	file?: files.Upload | null;
};

/** Adds evidence with the time and who. A figure is taken from a published brief, pinned as it is there. */
export async function add(
	tx: Tx,
	person: Person,
	caseId: string,
	input: EvidenceInput
): Promise<string> {
	const { facts } = await hold(tx, person, 'write', caseId);
	if ((input.kind === 'figure') !== Boolean(input.figureId)) refuse('case.evidence_needs_figure');
	const figure = input.figureId ? await mustBePickable(tx, person, caseId, input.figureId) : null;
	const file = input.file ? files.checked(input.file) : null;
	const line = input.link?.trim()
		? { title: input.title.trim(), link: checkedLink(input.link) }
		: readLine(input.title);
	const title = line.title || figure?.title || file?.name || '';
	if (!title) refuse('case.evidence_title_missing', { field: 'title' });
	const [row] = await tx<{ id: string }[]>`
		insert into evidence ${tx({
			case_id: caseId,
			kind: input.kind,
			title,
			note: input.note?.trim() || figure?.why || '',
			link: line.link,
			sender: input.sender?.trim() ?? '',
			figure_id: input.figureId ?? null,
			annotation_id: input.annotationId ?? null,
			stance: input.stance ?? 'supports',
			told: tx.json(tidy(input.kind, input.told ?? {})),
			added_by: person.id
		})} returning id`;
	if (file) await files.keep(tx, row!.id, file);
	await tell(tx, person, caseId, facts.forumId, 'case.evidence_added', {
		evidence: row!.id,
		kind: input.kind
	});
	return row!.id;
}

export type Described = Required<Pick<EvidenceInput, 'title' | 'note' | 'sender' | 'told'>> & {
	link: string | null;
};

/** Says what it is in other words. What stood before stays in the log; what it is, and its file, stay as they are. */
export async function describe(
	tx: Tx,
	person: Person,
	caseId: string,
	evidenceId: string,
	input: Described
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	const before = (await list(tx, caseId)).find(({ id }) => id === evidenceId);
	if (!before) return refuse('base.not_found', { status: 404 });
	const title = input.title.trim();
	if (!title) refuse('case.evidence_title_missing', { field: 'title' });
	const now = {
		title,
		note: input.note.trim(),
		sender: input.sender.trim(),
		link: input.link?.trim() ? checkedLink(input.link) : null,
		told: tidy(before.kind, input.told)
	};
	const { note, sender, link, told } = before;
	const was = { title: before.title, note, sender, link, told };
	if (JSON.stringify(was) === JSON.stringify({ ...now, told: sameOrder(now.told, told) })) return;
	await tx`update evidence set ${tx({ ...now, told: tx.json(now.told) })} where id = ${evidenceId}`;
	await tell(tx, person, caseId, facts.forumId, 'case.evidence_described', {
		evidence: evidenceId,
		was
	});
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
			e.parked_reason "parkedReason", e.sender, e.shortlisted_at is not null shortlisted, e.told,
			case when f.evidence_id is not null then
				jsonb_build_object('name', f.name, 'type', f.type, 'size', f.size, 'sha256', f.sha256) end file
		from evidence e
		left join evidence_files f on f.evidence_id = e.id
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
const checkedLink = (typed: string): string =>
	webLink(typed) ?? refuse('case.link_unreadable', { field: 'link' });

/** jsonb keeps keys in an order of its own. */
const sameOrder = (told: Told, like: Told): Told => ({
	...Object.fromEntries(
		Object.keys(like)
			.filter((k) => k in told)
			.map((k) => [k, ''])
	),
	...told
});

async function mustExist(tx: Tx, caseId: string, evidenceId: string) {
	const [row] = await tx`select from evidence where id = ${evidenceId} and case_id = ${caseId}`;
	if (!row) refuse('base.not_found', { status: 404 });
}
