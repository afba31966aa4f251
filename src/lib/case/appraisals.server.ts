import { refuse } from '#lib/base/errors.ts';
import type { Db, Tx } from '#lib/base/sql.server.ts';
import type { Person } from '#lib/people/person.ts';
import type { Appraisals, Appraised, Level } from './appraisal.ts';
import { hold } from './hold.server.ts';
import { tell } from './tell.server.ts';

/** Says how far one trusts a piece of evidence and how much it says here, and why. The last one counts. */
export async function appraise(
	tx: Tx,
	person: Person,
	caseId: string,
	evidenceId: string,
	input: { credibility: Level; relevance: Level; reason: string }
): Promise<void> {
	const { facts } = await hold(tx, person, 'annotate', caseId);
	const [item] = await tx`select from evidence where id = ${evidenceId} and case_id = ${caseId}`;
	if (!item) refuse('base.not_found', { status: 404 });
	const reason = input.reason.trim();
	if (!reason) refuse('case.appraisal_reason_missing', { field: 'reason' });
	await tx`
		insert into evidence_appraisals (evidence_id, person_id, credibility, relevance, reason)
		values (${evidenceId}, ${person.id}, ${input.credibility}, ${input.relevance}, ${reason})`;
	await tell(tx, person, caseId, facts.forumId, 'case.evidence_appraised', {
		evidence: evidenceId
	});
}

/**
 * By evidence id. Whoever may appraise sees the others' once they have given theirs; `all` shows them at once,
 * to those who may not. The caller has judged the reader.
 */
export async function ofCase(
	db: Db,
	person: Person,
	caseId: string,
	{ all }: { all: boolean }
): Promise<Record<string, Appraisals>> {
	const rows = await db<(Appraised & { evidence: string; personId: string })[]>`
		select distinct on (a.evidence_id, a.person_id) a.evidence_id evidence, a.person_id "personId",
			p.name, a.credibility, a.relevance, a.reason
		from evidence_appraisals a
		join evidence e on e.id = a.evidence_id
		join persons p on p.id = a.person_id
		where e.case_id = ${caseId} order by a.evidence_id, a.person_id, a.id desc`;
	const found: Record<string, Appraisals> = {};
	for (const [evidence, said] of Map.groupBy(rows, (row) => row.evidence)) {
		const given = said.map(({ name, credibility, relevance, reason }) => ({
			name,
			credibility,
			relevance,
			reason
		}));
		const own = said.findIndex(({ personId }) => personId === person.id);
		found[evidence] = {
			count: said.length,
			mine: given[own] ?? null,
			given: all || own >= 0 ? given : null
		};
	}
	return found;
}
