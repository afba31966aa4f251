import { refuse } from '../base/errors.ts';
import * as events from '../base/events.server.ts';
import type { Tx } from '../base/sql.server.ts';
import * as files from '../case/files.server.ts';
import { tidy, type Told } from '../case/told.ts';
import * as objects from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';

export type LateEvidence = {
	kind: 'document' | 'research' | 'practice' | 'stakeholder' | 'comparable_case';
	title: string;
	note: string;
	link: string | null;
	stance: 'supports' | 'contradicts' | 'neutral';
	sender?: string;
	/** In the way of its kind. */
	told?: Told;
	/** Says what it is called where nothing else does. */
	file?: files.Upload | null;
};

/** Evidence that came after the decision stands beside the record, and can only support (F1). */
export async function addEvidenceAfter(
	tx: Tx,
	person: Person,
	decisionId: string,
	input: LateEvidence
): Promise<string> {
	const { facts } = await objects.judge(tx, person, 'read', decisionId);
	const [{ caseId }] = (await tx`
		select case_id "caseId" from decisions where id = ${decisionId}`) as unknown as [
		{ caseId: string }
	];
	await objects.judge(tx, person, 'annotate', caseId);
	const file = input.file ? files.checked(input.file) : null;
	const title = input.title.trim() || file?.name || '';
	if (!title) refuse('decision.evidence_title_missing', { field: 'title' });
	if (input.link && !/^https?:\/\/[^\s]+$/i.test(input.link.trim()))
		refuse('decision.link_unreadable', { field: 'link' });
	const [row] = await tx<{ id: string }[]>`
		insert into evidence ${tx({
			case_id: caseId,
			kind: input.kind,
			title,
			note: input.note.trim(),
			link: input.link?.trim() || null,
			stance: input.stance,
			sender: input.sender?.trim() ?? '',
			told: tx.json(tidy(input.kind, input.told ?? {})),
			added_by: person.id
		})} returning id`;
	if (file) await files.keep(tx, row!.id, file);
	await tx`
		insert into decision_evidence (decision_id, evidence_id, role, by)
		values (${decisionId}, ${row!.id}, 'supports', ${person.id})`;
	await events.record(tx, {
		person: person.id,
		verb: 'decision.evidence_added',
		kind: 'decision',
		object: decisionId,
		forum: facts.forumId,
		detail: { evidence: row!.id }
	});
	return row!.id;
}
