import { isDay } from '#lib/base/clock.ts';
import { refuse } from '#lib/base/errors.ts';
import type { Db, Tx } from '#lib/base/sql.server.ts';
import { may } from '#lib/forum/access.ts';
import * as objects from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { hold } from './hold.server.ts';
import type { Request } from './unknown.ts';
import { tell } from './tell.server.ts';

export type { Request } from './unknown.ts';

/** Asks a person for a missing fact by a day. They must be able to write in the case, or they could not answer. */
export async function ask(
	tx: Tx,
	person: Person,
	caseId: string,
	input: { question: string; askedId: string; due: string }
): Promise<string> {
	const { facts } = await hold(tx, person, 'write', caseId);
	const question = input.question.trim();
	if (!question) refuse('case.request_question_missing', { field: 'missing' });
	if (!isDay(input.due)) refuse('case.request_due_missing', { field: 'due' });
	const stands = await objects.standingOf(tx, input.askedId, caseId);
	if (!stands || !may(stands.standing, 'write', stands.facts))
		refuse('case.request_cannot_answer', { field: 'asked' });
	const [row] = await tx<{ id: string }[]>`
		insert into requests (case_id, question, asked_id, due, asked_by)
		values (${caseId}, ${question}, ${input.askedId}, ${input.due}, ${person.id}) returning id`;
	await tell(tx, person, caseId, facts.forumId, 'case.request_made', { request: row!.id });
	return row!.id;
}

/** Whoever knows may answer, not only the one who was asked. The first answer stands. */
export async function answer(
	tx: Tx,
	person: Person,
	caseId: string,
	requestId: string,
	words: string
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	if (!words.trim()) refuse('case.request_answer_missing', { field: 'answer' });
	const [row] = await tx`
		update requests set answer = ${words.trim()}, answered_at = clock_timestamp(),
			answered_by = ${person.id}
		where id = ${requestId} and case_id = ${caseId} and answered_at is null and withdrawn_at is null
		returning id`;
	if (!row) return await already(tx, caseId, requestId);
	await tell(tx, person, caseId, facts.forumId, 'case.request_answered', { request: requestId });
}

/** It is no longer needed. It stays on the list, folded, and can be asked again. */
export async function withdraw(tx: Tx, person: Person, caseId: string, requestId: string) {
	const { facts } = await hold(tx, person, 'write', caseId);
	const [row] = await tx`
		update requests set withdrawn_at = clock_timestamp(), withdrawn_by = ${person.id}
		where id = ${requestId} and case_id = ${caseId} and answered_at is null and withdrawn_at is null
		returning id`;
	if (!row) return await already(tx, caseId, requestId);
	await tell(tx, person, caseId, facts.forumId, 'case.request_withdrawn', { request: requestId });
}

export async function askAgain(tx: Tx, person: Person, caseId: string, requestId: string) {
	const { facts } = await hold(tx, person, 'write', caseId);
	const [row] = await tx`
		update requests set withdrawn_at = null, withdrawn_by = null
		where id = ${requestId} and case_id = ${caseId} and withdrawn_at is not null returning id`;
	if (row)
		await tell(tx, person, caseId, facts.forumId, 'case.request_made', { request: requestId });
}

/** All of a case's, in the order they were asked. The caller has judged the reader. */
export async function list(db: Db, caseId: string): Promise<Request[]> {
	return await db<Request[]>`
		select r.id, r.question, r.asked_id "askedId", a.name "askedName", r.due::text, b.name "byName",
			r.asked_at at, r.answer, r.answered_at "answeredAt", c.name "answeredByName",
			r.withdrawn_at "withdrawnAt", d.name "withdrawnByName"
		from requests r
		join persons a on a.id = r.asked_id
		join persons b on b.id = r.asked_by
		left join persons c on c.id = r.answered_by
		left join persons d on d.id = r.withdrawn_by
		where r.case_id = ${caseId} order by r.asked_at, r.id`;
}

export type Waiting = { id: string; title: string; due: string; caseId: string; caseTitle: string };

/** What waits for this person's answer, in cases they can read that are not settled. */
export async function waitingFor(db: Db, person: Person): Promise<Waiting[]> {
	return await db<Waiting[]>`
		select r.id, r.question title, r.due::text, r.case_id "caseId", o.title "caseTitle"
		from requests r join objects o on o.id = r.case_id
		where r.asked_id = ${person.id} and r.answered_at is null and r.withdrawn_at is null
			and o.phase not in ('decided', 'in_follow_up', 'closed')
			and ${objects.reach(db, person, 'read')}`;
}

/** Somebody was faster, or there is no such request. */
async function already(tx: Tx, caseId: string, requestId: string): Promise<void> {
	const [row] = await tx`select from requests where id = ${requestId} and case_id = ${caseId}`;
	if (!row) refuse('base.not_found', { status: 404 });
	refuse('case.request_settled', { status: 409 });
}
