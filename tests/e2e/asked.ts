import type { Sql } from '#lib/base/sql.server.ts';
import { transact } from '#lib/base/sql.server.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import * as recognitions from '#lib/brief/recognitions.server.ts';
import type { FigureSpec } from '#lib/chart/figure.ts';
import * as lending from '#lib/data/lending.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as persons from '#lib/people/persons.server.ts';
import { emailOf } from '#lib/thread/demo/people.ts';

/** The demo's areas are lent to another forum, whose brief asks their owner of a figure. Returns what is asked. */
export async function askOutside(sql: Sql): Promise<string> {
	const [else_, maja] = await Promise.all(
		['else', 'maja'].map(async (key) => (await persons.byEmail(sql, emailOf(key)))!)
	);
	const [drawn] = await sql<{ datasetId: string; versionId: string; spec: FigureSpec }[]>`
		select v.dataset_id "datasetId", v.id "versionId", f.spec
		from figures f join versions v on v.id = f.version_id join datasets d on d.id = v.dataset_id
		where d.owner_id = ${else_!.id} and f.coupling_id is null order by f.created_at limit 1`;
	const { datasetId, versionId, spec } = drawn!;
	return await transact(async (tx) => {
		const forumId = await forums.create(tx, maja!, { slug: 'direktion', name: 'Direktionen' });
		await lending.lend(tx, else_!, datasetId, 'direktion');
		const id = await briefs.create(tx, maja!, { forumId, question: 'Hvad siger deres tal?' });
		const title = 'Som centrene ser det';
		const figureId = await figures.add(tx, maja!, id, {
			versionId,
			title,
			why: 'De ved det',
			spec
		});
		await recognitions.ask(tx, maja!, id, {
			asked: [{ datasetId, personId: else_!.id, on: { figureId } }],
			due: '2030-01-15'
		});
		const [asked] = await tx<{ id: string }[]>`
			select id from brief_recognitions where brief_id = ${id}`;
		return asked!.id;
	}, sql);
}
