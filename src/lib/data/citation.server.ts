import { today } from '../base/clock.ts';
import type { Db } from '../base/sql.server.ts';
import type { Citation } from './citation.ts';

type Row = Omit<Citation, 'stale' | 'newest'> & { newestId: string; newestNumber: number };

/** What is told with a figure, for each of these versions. The caller has judged that the reader may see them. */
export async function citations(db: Db, versionIds: string[]): Promise<Map<string, Citation>> {
	const ids = [...new Set(versionIds)];
	if (ids.length === 0) return new Map();
	const rows = await db<Row[]>`
		select d.id "datasetId", d.title, v.id "versionId", v.number, v.as_of "asOf", p.name "ownerName",
			coalesce(dep.name, '') "departmentName", d.source, d.registration, d.grade, d.synthetic,
			d.next_update "nextUpdate", v.small_number_limit "limit", n.id "newestId", n.number "newestNumber"
		from versions v
		join datasets d on d.id = v.dataset_id
		join objects o on o.id = d.id
		join persons p on p.id = d.owner_id
		left join departments dep on dep.id = o.department_id
		join lateral (
			select id, number from versions where dataset_id = d.id order by number desc limit 1
		) n on true
		where v.id = any(${ids})`;
	return new Map(
		rows.map(({ newestId, newestNumber, ...row }) => [
			row.versionId,
			{
				...row,
				stale: row.nextUpdate !== null && row.nextUpdate < today(),
				newest: newestId === row.versionId ? null : { versionId: newestId, number: newestNumber }
			}
		])
	);
}
