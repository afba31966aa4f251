import { refuse } from '#lib/base/errors.ts';
import type { Db, Tx } from '#lib/base/sql.server.ts';
import type { Person } from '#lib/people/person.ts';
import { hold } from './hold.server.ts';
import { forTheRoom } from './settling.server.ts';
import type { Question } from './unknown.ts';

const { tell, settle, reopen } = forTheRoom({
	table: 'case_questions',
	called: 'question',
	settled: 'case.question_settled',
	reopened: 'case.question_reopened'
});
export { settle, reopen };

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

/** A case's, in the order they were asked. The caller has judged the reader. */
export async function list(db: Db, caseId: string): Promise<Question[]> {
	return await db<Question[]>`
		select x.id, x.question, p.name "byName", x.asked_at at, x.settled_at "settledAt", q.name "settledByName"
		from case_questions x
		join persons p on p.id = x.asked_by
		left join persons q on q.id = x.settled_by
		where x.case_id = ${caseId} order by x.asked_at, x.id`;
}
