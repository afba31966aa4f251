import type { Db } from '../base/sql.server.ts';
import * as budget from '../case/budget.server.ts';
import { outcomes } from '../decision/outcomes.server.ts';
import { membership } from '../forum/forums.server.ts';
import type { Person } from '../people/person.ts';

/** The forum's budget round with what became of each proposal: what was decided against is in no sum. */
export async function budgetRound(
	db: Db,
	person: Person,
	forum: string,
	year: number
): Promise<budget.Round> {
	const { id } = await membership(db, person, forum);
	return await budget.round(db, person, forum, year, await outcomes(db, id));
}
