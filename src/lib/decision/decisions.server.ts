import { refuse } from '../base/errors.ts';
import * as events from '../base/events.server.ts';
import type { Tx } from '../base/sql.server.ts';
import * as objects from '../forum/objects.server.ts';
import * as written from '../meeting/written.server.ts';
import type { Person } from '../people/person.ts';
import type { RunningGoal } from '../case/conflicts.ts';
import * as cited from './cited.server.ts';
import { freeze } from './freeze.server.ts';
import { type FollowUp, hashOf, type Method, type Rationale } from './record.ts';
import { type Decider, type EvidenceRole, restsOn, standingOf } from './roles.ts';

export type NewDecision = {
	caseId: string;
	/** The text as kept for this decision: documents.keep. */
	keepId: string;
	optionId: string;
	wording: string;
	rationale: Rationale;
	dissent: string;
	decider: Decider;
	method: Method;
	/** Evidence id → role. What is not named was not used. */
	roles: Record<string, EvidenceRole>;
	followUp: FollowUp;
	/** Goals that run, which its options may pull against. Handed in: goals stand further on. */
	goals?: RunningGoal[];
};

/**
 * Writes the decision: the frozen record with its hash, the role of every piece of evidence, and the
 * values it rests on. The case is held still meanwhile, so nothing is added between reading and freezing.
 * Only the chair decides, once, on an option that stands; a vote is closed first.
 */
export async function record(tx: Tx, person: Person, input: NewDecision): Promise<string> {
	await objects.judge(tx, person, 'read', input.caseId);
	await tx`select from objects where id = ${input.caseId} for no key update`;
	await mustBeUndecided(tx, input.caseId);
	const { facts } = await objects.judge(tx, person, 'decide', input.caseId);
	if (!input.wording.trim()) refuse('decision.wording_missing', { field: 'wording' });
	await mustStand(tx, input.caseId, input.optionId);
	await mustHaveVoted(tx, input.caseId, input.method);
	// Written procedure ends with the decision it was held for.
	if (input.method === 'written') await written.settle(tx, person, input.caseId);

	const standing = standingOf(input.decider);
	const [subject] = await tx<{ title: string }[]>`
		select title from objects where id = ${input.caseId}`;
	const id = await objects.register(tx, person, {
		kind: 'decision',
		forumId: facts.forumId,
		departmentId: facts.departmentId,
		title: subject!.title,
		phase: standing,
		confidential: facts.confidential,
		authorsOf: input.caseId
	});
	const [{ at }] = (await tx`select clock_timestamp() at`) as unknown as [{ at: Date }];
	const frozen = await freeze(tx, person, { ...input, id, standing, at });
	await tx`
		insert into decisions ${tx({
			id,
			case_id: input.caseId,
			item_id: input.method === 'written' ? null : await itemOf(tx, input.caseId),
			option_id: input.optionId,
			decider: input.decider,
			standing,
			method: input.method,
			wording: input.wording.trim(),
			facts: input.rationale.facts,
			valuations: input.rationale.values,
			side_conditions: input.rationale.sideConditions,
			constraints: input.rationale.constraints,
			dissent: input.dissent,
			no_follow_up: input.followUp.none,
			keep_id: input.keepId,
			record: tx.json(frozen as never),
			hash: await hashOf(frozen),
			by: person.id,
			at
		} as never)}`;
	for (const { id: evidenceId, role } of frozen.evidence)
		await tx`
			insert into decision_evidence (decision_id, evidence_id, role, by)
			values (${id}, ${evidenceId}, ${role}, ${person.id})`;
	const used = frozen.evidence.filter(({ role }) => restsOn(role)).map(({ figure }) => figure);
	await cited.keep(
		tx,
		id,
		frozen.figures.filter((figure) => used.includes(figure.id))
	);
	await events.record(tx, {
		person: person.id,
		verb: 'decision.recorded',
		kind: 'decision',
		object: id,
		forum: facts.forumId,
		detail: { case: input.caseId, option: input.optionId, standing }
	});
	return id;
}

async function mustBeUndecided(tx: Tx, caseId: string) {
	const [row] = await tx`select from decisions where case_id = ${caseId}`;
	if (row) refuse('decision.already_decided', { status: 409 });
}

async function mustStand(tx: Tx, caseId: string, optionId: string) {
	const [row] = await tx`
		select from options where id = ${optionId} and case_id = ${caseId} and withdrawn_at is null`;
	if (!row) refuse('decision.no_such_option', { field: 'optionId' });
}

/** No round may be open; a decision by vote needs one that was held. */
async function mustHaveVoted(tx: Tx, caseId: string, method: Method) {
	const rounds = await tx<{ open: boolean }[]>`
		select r.closed_at is null open from vote_rounds r join agenda_items i on i.id = r.item_id
		where i.case_id = ${caseId}`;
	if (rounds.some(({ open }) => open)) refuse('decision.vote_open', { status: 409 });
	if (method === 'vote' && rounds.length === 0) refuse('decision.no_vote', { field: 'method' });
}

async function itemOf(tx: Tx, caseId: string): Promise<string | null> {
	const [row] = await tx<{ id: string }[]>`
		select id from agenda_items where case_id = ${caseId} and removed_at is null
		order by added_at desc limit 1`;
	return row?.id ?? null;
}
