import type { Db } from '../base/sql.server.ts';
import type { ObjectKind } from '../forum/access.ts';
import { judge, reach } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';

/** Where a dataset, or one measure of it, is used: whatever would have to be read again if it were wrong (D7). */

export type Use = {
	kind: Extract<ObjectKind, 'brief' | 'case' | 'decision' | 'goal'>;
	id: string;
	title: string;
	/** The version it cites; null for a goal, which reads the newest. */
	number: number | null;
};

/** What the person may read of it, along the thread: briefs, cases, decisions, goals; the newest first. */
export async function usedIn(
	db: Db,
	person: Person,
	datasetId: string,
	measure?: string
): Promise<Use[]> {
	await judge(db, person, 'read', datasetId);
	const figure = db`
		select f.id, f.brief_id, f.removed_at, v.number from figures f
		join figure_versions w on w.figure_id = f.id join versions v on v.id = w.version_id
		left join coupling_parts p on p.coupling_id = f.coupling_id and p.version_id = v.id
		where v.dataset_id = ${datasetId}
			${measure === undefined ? db`` : db`and coalesce(p.measure, f.spec ->> 'measure') = ${measure}`}`;
	return await db<Use[]>`
		with figure as (${figure}), use as (
			select brief_id id, max(number) number from figure where removed_at is null group by brief_id
			union all
			select e.case_id, max(x.number) from evidence e join figure x on x.id = e.figure_id group by e.case_id
			union all
			select d.id, max(x.number) from decisions d join evidence e on e.case_id = d.case_id
				join decision_evidence g on g.decision_id = d.id and g.evidence_id = e.id and g.role <> 'unused'
				join figure x on x.id = e.figure_id group by d.id
			union all
			select id, null from goals where dataset_id = ${datasetId}
				${measure === undefined ? db`` : db`and reading ->> 'measure' = ${measure}`}
		)
		select o.kind, o.id, o.title, u.number
		from use u join objects o on o.id = u.id
		where ${reach(db, person, 'read')}
		order by array_position(array['brief', 'case', 'decision', 'goal'], o.kind), o.created_at desc`;
}
