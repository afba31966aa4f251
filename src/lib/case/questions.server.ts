import { refuse } from '#lib/base/errors.ts';
import { record } from '#lib/base/events.server.ts';
import type { Db, Tx } from '#lib/base/sql.server.ts';
import type { Person } from '#lib/people/person.ts';
import { hold } from './hold.server.ts';
import type { Question } from './unknown.ts';

/** Questions for the room: asked when the case is in hand. Whoever may say something about the case asks. */
export async function raise(
	tx: Tx,
	person: Person,
	caseId: string,
	words: string
): Promise<string> {
	const { facts } = await hold(tx, person, 'annotate', caseId);
	const question = words.trim();
	if (!question) refuse('case.question_for_room_missing', { field: 'words' });
	const [row] = await tx<{ id: string }[]>`
		insert into case_questions (case_id, question, asked_by)
		values (${caseId}, ${question}, ${person.id}) returning id`;
	await tell(tx, person, caseId, facts.forumId, 'case.question_raised', row!.id);
	return row!.id;
}

/** It has been talked about. It stays on the list, folded, and can be opened again. */
export async function settle(tx: Tx, person: Person, caseId: string, questionId: string) {
	const { facts } = await hold(tx, person, 'write', caseId);
	await mustExist(tx, caseId, questionId);
	const [row] = await tx`
		update case_questions set settled_at = clock_timestamp(), settled_by = ${person.id}
		where id = ${questionId} and settled_at is null returning id`;
	if (row) await tell(tx, person, caseId, facts.forumId, 'case.question_settled', questionId);
}

export async function reopen(tx: Tx, person: Person, caseId: string, questionId: string) {
	const { facts } = await hold(tx, person, 'write', caseId);
	await mustExist(tx, caseId, questionId);
	const [row] = await tx`
		update case_questions set settled_at = null, settled_by = null
		where id = ${questionId} and settled_at is not null returning id`;
	if (row) await tell(tx, person, caseId, facts.forumId, 'case.question_reopened', questionId);
}

/** A case's, in the order they were asked. The caller has judged the reader. */
export async function list(db: Db, caseId: string): Promise<Question[]> {
	return await db<Question[]>`
		select x.id, x.question, p.name "byName", x.asked_at at, x.settled_at "settledAt", q.name "settledByName"
		from case_questions x
		join persons p on p.id = x.asked_by
		left join persons q on q.id = x.settled_by
		where x.case_id = ${caseId} order by x.asked_at, x.id`;
}

async function mustExist(tx: Tx, caseId: string, questionId: string) {
	const [row] = await tx`
		select from case_questions where id = ${questionId} and case_id = ${caseId}`;
	if (!row) refuse('base.not_found', { status: 404 });
}

const tell = (
	tx: Tx,
	person: Person,
	object: string,
	forum: string,
	verb: string,
	question: string
) => record(tx, { person: person.id, verb, kind: 'case', object, forum, detail: { question } });
