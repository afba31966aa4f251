import type { Outcomes } from '../case/budget.ts';
import type { Db } from '../base/sql.server.ts';

/** What was chosen in each decided case of a forum. The caller shows it for cases the reader may read, and no others. */
export async function outcomes(db: Db, forumId: string): Promise<Outcomes> {
	const rows = await db<{ caseId: string; optionId: string; statusQuo: boolean }[]>`
		select d.case_id "caseId", d.option_id "optionId", x.status_quo "statusQuo"
		from decisions d join cases c on c.id = d.case_id join options x on x.id = d.option_id
		where c.forum_id = ${forumId}`;
	return new Map(rows.map(({ caseId, ...chosen }) => [caseId, chosen]));
}
