import type { Db, Tx } from '#lib/base/sql.server.ts';
import type { Person } from '#lib/people/person.ts';
import { mustStand } from './consequences.server.ts';
import { hold } from './hold.server.ts';
import type { View, ViewLevel, ViewPart } from './views.ts';
import { tell } from './tell.server.ts';

/** Says in a word how an option stands on one part. It is one's own: said again, the last counts. */
export async function view(
	tx: Tx,
	person: Person,
	caseId: string,
	optionId: string,
	input: { part: ViewPart; level: ViewLevel; words: string }
): Promise<void> {
	const { facts } = await hold(tx, person, 'annotate', caseId);
	await mustStand(tx, caseId, optionId);
	await tx`
		insert into option_views (option_id, part, level, words, person_id)
		values (${optionId}, ${input.part}, ${input.level}, ${input.words.trim()}, ${person.id})`;
	await tell(tx, person, caseId, facts.forumId, 'case.option_viewed', {
		option: optionId,
		part: input.part
	});
}

/** The last word of each, by option and part. The caller has judged the reader. */
export async function list(db: Db, caseId: string): Promise<View[]> {
	return await db<View[]>`
		select * from (
			select distinct on (v.option_id, v.part, v.person_id) v.option_id "optionId", v.part, v.level, v.words,
				v.person_id "personId", p.name, v.at
			from option_views v
			join options x on x.id = v.option_id
			join persons p on p.id = v.person_id
			where x.case_id = ${caseId} order by v.option_id, v.part, v.person_id, v.id desc
		) said order by at`;
}
