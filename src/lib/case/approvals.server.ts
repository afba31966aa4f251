import type { Tx } from '#lib/base/sql.server.ts';
import { notAllowed, refuse } from '#lib/base/errors.ts';
import * as annotations from '#lib/annotation/annotations.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import type { Facts, Standing } from '#lib/forum/access.ts';
import { membership } from '#lib/forum/forums.server.ts';
import type { Person } from '#lib/people/person.ts';
import { acts, seeksDecision, type Act, type Step } from './approval.ts';
import { directorsFor, last, type Approval } from './approvals.read.server.ts';
import { snapshot } from './snapshot.server.ts';
import { setState } from './cases.server.ts';
import { hold } from './hold.server.ts';
import { follows, type CaseState } from './states.ts';
import type { CaseKind } from './template.ts';
import { tell } from './tell.server.ts';

export { ofCase, waitingFor } from './approvals.read.server.ts';

/**
 * Approval by the responsible director, where the charter asks for it (C7). Every step is a row. Whoever
 * comes second is told who was first: the case is held while one acts.
 */

/** Asks for approval: of the responsible director, or of the one named. A draft goes to review with it. */
export async function ask(
	tx: Tx,
	person: Person,
	caseId: string,
	directorId?: string
): Promise<void> {
	const held = await holdFor(tx, person, caseId, 'ask');
	const charter = await membership(tx, person, held.facts.forumId);
	if (charter.approval === 'none' || !seeksDecision(held.kind))
		refuse('case.approval_not_asked_for', { status: 409 });
	const { directors, responsibleId } = await directorsFor(tx, caseId, held.facts.forumId);
	const asked = directors.find(({ id }) => id === (directorId || responsibleId));
	if (!asked) return refuse('case.approval_no_director', { field: 'director' });
	await write(tx, person, held, 'asked', { directorId: asked.id });
	await moveOn(tx, person, held.facts, 'in_review');
}

/** Says yes to the text as it stands: it is kept, and what changes later shows against it. */
export async function approve(tx: Tx, person: Person, caseId: string): Promise<void> {
	const held = await holdFor(tx, person, caseId, 'approve');
	await write(tx, person, held, 'approved', { directorId: person.id });
	await moveOn(tx, person, held.facts, 'ready');
}

/**
 * Sends the case back with words of the director's own: a comment, the notes they have made on its
 * passages, or both. A note that was private is shared with it.
 */
export async function sendBack(
	tx: Tx,
	person: Person,
	caseId: string,
	{ comment, notes }: { comment: string; notes: string[] }
): Promise<void> {
	const held = await holdFor(tx, person, caseId, 'send_back');
	if (!comment.trim() && notes.length === 0)
		refuse('case.approval_nothing_said', { field: 'comment' });
	const own = await tx<{ id: string }[]>`
		select id from annotations
		where id = any(${notes}::uuid[]) and object_id = ${caseId} and author_id = ${person.id}`;
	if (own.length !== new Set(notes).size) refuse('case.approval_note_gone', { status: 409 });
	const id = await write(tx, person, held, 'sent_back', {
		directorId: person.id,
		comment: comment.trim()
	});
	for (const note of own) {
		await annotations.share(tx, person, note.id);
		await tx`insert into approval_notes (approval_id, annotation_id) values (${id}, ${note.id})`;
	}
	await moveOn(tx, person, held.facts, 'returned', comment.trim());
}

/** Those who prepare the case take the question back, as long as it is not answered. */
export async function withdraw(tx: Tx, person: Person, caseId: string): Promise<void> {
	const held = await holdFor(tx, person, caseId, 'withdraw');
	await write(tx, person, held, 'withdrawn', { directorId: held.last!.directorId });
}

type Held = { facts: Facts; standing: Standing; kind: CaseKind; last: Approval | null };

async function holdFor(tx: Tx, person: Person, caseId: string, act: Act): Promise<Held> {
	const { facts, standing } = await hold(tx, person, 'state', caseId);
	const before = await last(tx, caseId);
	const open = acts(before, standing);
	if (!open.includes(act)) {
		const mine = { ask: 'withdraw', withdraw: 'ask' } as const;
		const prepared = act === 'ask' || act === 'withdraw';
		if (prepared ? !open.includes(mine[act]) : standing.role !== 'director') return notAllowed();
		if (!prepared && before && before.directorId !== person.id) return notAllowed();
		return tooLate(before);
	}
	const [row] = await tx<{ kind: CaseKind }[]>`select kind from cases where id = ${caseId}`;
	return { facts, standing, kind: row!.kind, last: before };
}

/** Somebody was first: who, and with what. */
function tooLate(before: Approval | null): never {
	const told = { status: 409, name: before?.byName ?? '' };
	switch (before?.step) {
		case 'asked':
			return refuse('case.approval_is_asked', told);
		case 'approved':
			return refuse('case.approval_is_given', told);
		case 'sent_back':
			return refuse('case.approval_is_sent_back', told);
		case 'withdrawn':
			return refuse('case.approval_is_withdrawn', told);
		default:
			return refuse('case.approval_is_not_asked', told);
	}
}

const EVENTS: Record<Step, string> = {
	asked: 'case.approval_asked',
	approved: 'case.approved',
	sent_back: 'case.sent_back',
	withdrawn: 'case.approval_withdrawn'
};

async function write(
	tx: Tx,
	person: Person,
	{ facts }: Held,
	step: Step,
	{ directorId, comment = '' }: { directorId: string; comment?: string }
): Promise<number> {
	const kept =
		step === 'approved' || step === 'sent_back' ? await keep(tx, person, facts.id, step) : {};
	const [row] = await tx<{ id: number }[]>`
		insert into approvals ${tx({
			case_id: facts.id,
			step,
			director_id: directorId,
			comment,
			by: person.id,
			...kept
		} as never)} returning id::float8`;
	await tell(tx, person, facts.id, facts.forumId, EVENTS[step], { director: directorId });
	return row!.id;
}

async function keep(tx: Tx, person: Person, caseId: string, why: 'approved' | 'sent_back') {
	const document = await documents.ofObject(tx, caseId);
	const { options, evidence, head } = await snapshot(tx, person, caseId);
	return {
		keep_id: await documents.keep(tx, person, document!.id, why),
		options: tx.json(options as never),
		evidence: tx.json(evidence as never),
		head: tx.json(head as never)
	};
}

/** Takes the case along where that step exists from where it stands; on an agenda it stays there. */
async function moveOn(tx: Tx, person: Person, facts: Facts, to: CaseState, reason = '') {
	if (follows(facts.phase, to, 'approval'))
		await setState(tx, person, facts.id, to, { reason, via: 'approval' });
}
