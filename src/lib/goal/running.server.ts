import type { RunningGoal } from '../case/conflicts.ts';
import type { Db } from '../base/sql.server.ts';
import { reach } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';

/** The goals that run in a forum and this person may read, as a case holds its options against them. */
export async function running(db: Db, person: Person, forumId: string): Promise<RunningGoal[]> {
	return await db<RunningGoal[]>`
		select g.id, g.title, p.name "ownerName", o.department_id "departmentId", o.confidential,
			case when g.dataset_id is not null then jsonb_build_object('datasetId', g.dataset_id,
				'measure', g.reading->>'measure', 'direction', g.direction,
				'label', coalesce(i.label, g.reading->>'measure')) end indicator
		from goals g
		join objects o on o.id = g.id
		join persons p on p.id = g.owner_id
		left join indicators i on i.dataset_id = g.dataset_id and i.measure = g.reading->>'measure'
		where g.forum_id = ${forumId} and o.phase = 'running' and ${reach(db, person, 'read')}
		order by g.title collate "da-x-icu", g.id`;
}
