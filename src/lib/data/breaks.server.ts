import { z } from 'zod';
import { refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { judge } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { newest } from './versions.server.ts';

/** Series breaks (D4): a person says that from this period on, a measure means something else. */

export const breakSchema = z.object({
	measure: z.string().min(1, 'base.required'),
	/** The first period of the new meaning. */
	period: z.string().min(1, 'base.required'),
	reason: z.string().trim().min(1, 'base.required').max(1000, 'base.too_long')
});

export async function mark(
	tx: Tx,
	person: Person,
	datasetId: string,
	input: z.infer<typeof breakSchema>
): Promise<void> {
	const { facts } = await judge(tx, person, 'describe', datasetId);
	const version = await newest(tx, datasetId);
	const time = version?.shape.dimensions.find(({ role }) => role === 'time');
	if (!version?.shape.measures.some(({ key }) => key === input.measure))
		refuse('data.no_such_measure');
	if (!time?.categories.some(({ code }) => code === input.period)) refuse('data.no_such_period');
	const [row] = await tx`
		insert into series_breaks (dataset_id, measure, period, reason, by)
		values (${datasetId}, ${input.measure}, ${input.period}, ${input.reason}, ${person.id})
		on conflict do nothing returning id`;
	if (!row) refuse('data.break_marked_already');
	await record(tx, {
		person: person.id,
		verb: 'dataset.break_marked',
		kind: 'dataset',
		object: datasetId,
		forum: facts.forumId,
		detail: { measure: input.measure, period: input.period }
	});
}

export type Break = { datasetId: string; measure: string; period: string; reason: string };

/** The breaks of these datasets, in order. */
export async function breaksOf(db: Db, datasetIds: string[]): Promise<Break[]> {
	if (datasetIds.length === 0) return [];
	return await db<Break[]>`
		select dataset_id "datasetId", measure, period, reason from series_breaks
		where dataset_id = any(${[...new Set(datasetIds)]}) order by dataset_id, measure, period`;
}
