import type { Db } from '#lib/base/sql.server.ts';

/** The departments a case touches, as the proposal it was made of said. The caller has judged the reader. */
export async function touchedBy(db: Db, caseId: string): Promise<string[]> {
	const rows = await db<{ name: string }[]>`
		select distinct d.name, d.name collate "da-x-icu" by
		from proposals q
		join proposal_departments x on x.proposal_id = q.id
		join departments d on d.id = x.department_id
		where q.case_id = ${caseId} order by by`;
	return rows.map(({ name }) => name);
}
