import { isDay, today } from '../base/clock.ts';
import { notAllowed, refuse } from '../base/errors.ts';
import type { Tx } from '../base/sql.server.ts';
import { seeksDecision } from '../case/approval.ts';
import * as approvals from '../case/approvals.read.server.ts';
import { hold } from '../case/hold.server.ts';
import { snapshot } from '../case/snapshot.server.ts';
import { tell } from '../case/tell.server.ts';
import type { CaseKind } from '../case/template.ts';
import * as documents from '../document/documents.server.ts';
import { membership } from '../forum/forums.server.ts';
import type { Person } from '../people/person.ts';
import { bar } from './deadline.ts';
import { isRipe, type Answer } from './written.ts';
import { answersOf, entitledTo, running } from './written.read.server.ts';

export { ofCase, waitingFor } from './written.read.server.ts';

/** Deciding in writing between meetings, where the charter allows it (C7). The chair asks, and settles. */

/** Sends a case that is ready to all who decide, to be answered by a day. Its text is kept as sent. */
export async function ask(tx: Tx, person: Person, caseId: string, due: string): Promise<string> {
	const { facts } = await hold(tx, person, 'decide', caseId);
	const charter = await membership(tx, person, facts.forumId);
	if (charter.writtenProcedure === 'none') refuse('meeting.written_not_agreed', { status: 409 });
	if (facts.phase !== 'ready') refuse('meeting.written_not_ready', { status: 409 });
	if (!isDay(due) || due <= today()) refuse('meeting.written_due', { field: 'due' });
	const [subject] = await tx<{ kind: CaseKind }[]>`select kind from cases where id = ${caseId}`;
	if (!seeksDecision(subject!.kind)) refuse('meeting.written_seeks_none', { status: 409 });
	const approval = (await approvals.last(tx, caseId))?.step ?? null;
	const stopped = bar(charter, { kind: subject!.kind, approval, urgent: true, past: false });
	if (stopped) refuse(stopped, { status: 409 });
	const document = await documents.ofObject(tx, caseId);
	const { options, evidence, head } = await snapshot(tx, person, caseId);
	if (await running(tx, caseId)) refuse('meeting.written_is_open', { status: 409 });
	const [row] = await tx<{ id: string }[]>`
		insert into written_procedures ${tx({
			case_id: caseId,
			due,
			one_stops: charter.writtenProcedure === 'one_stops',
			keep_id: await documents.keep(tx, person, document!.id, 'circulated'),
			options: tx.json(options as never),
			evidence: tx.json(evidence as never),
			head: tx.json(head as never),
			asked_by: person.id
		} as never)} returning id`;
	await tell(tx, person, caseId, facts.forumId, 'case.written_asked', { due });
	return row!.id;
}

/**
 * One's own answer, which may be changed as long as it runs. Where the charter says so, one who wants the case
 * on a meeting ends it.
 */
export async function answer(
	tx: Tx,
	person: Person,
	caseId: string,
	{ answer: chosen, words }: { answer: Answer; words: string }
): Promise<void> {
	const { facts } = await hold(tx, person, 'vote', caseId);
	const open = await running(tx, caseId);
	if (!open || facts.phase !== 'ready') return refuse('meeting.written_over', { status: 409 });
	if (today() > open.due) refuse('meeting.written_too_late', { status: 409 });
	await tx`
		insert into written_answers (procedure_id, person_id, answer, words)
		values (${open.id}, ${person.id}, ${chosen}, ${words.trim()})`;
	await tell(tx, person, caseId, facts.forumId, 'case.written_answered');
	if (chosen === 'meeting' && open.oneStops) {
		await end(tx, person, open.id, 'stopped');
		await tell(tx, person, caseId, facts.forumId, 'case.written_stopped');
	}
}

/** The chair takes it back; the case is ready for a meeting, or for another try. */
export async function withdraw(tx: Tx, person: Person, caseId: string): Promise<void> {
	const { facts } = await hold(tx, person, 'decide', caseId);
	const open = await running(tx, caseId);
	if (!open) return refuse('meeting.written_over', { status: 409 });
	await end(tx, person, open.id, 'withdrawn');
	await tell(tx, person, caseId, facts.forumId, 'case.written_withdrawn');
}

/** Ends it with the decision that is being written. The caller holds the case and has judged. */
export async function settle(tx: Tx, person: Person, caseId: string): Promise<void> {
	const open = await running(tx, caseId);
	if (!open) return refuse('meeting.written_over', { status: 409 });
	const { entitled } = await entitledTo(tx, caseId);
	const answered = (await answersOf(tx, open.id)).length;
	if (!isRipe({ due: open.due, answered, entitled: entitled.length }, today()))
		refuse('meeting.written_not_ripe', { status: 409 });
	await end(tx, person, open.id, 'decided');
}

async function end(tx: Tx, person: Person, id: string, ended: 'decided' | 'stopped' | 'withdrawn') {
	const [row] = await tx`
		update written_procedures set ended = ${ended}, ended_at = clock_timestamp(), ended_by = ${person.id}
		where id = ${id} and ended is null returning id`;
	if (!row) notAllowed();
}
