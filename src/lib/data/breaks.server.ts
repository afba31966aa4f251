import { z } from 'zod';
import { notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { judge } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { newest } from './versions.server.ts';
import type { SaidLine } from './said.ts';

/**
 * Series breaks (D4): a person says that from this period on, a measure means something else. What was said is
 * never overwritten: a break that does not hold is ended, and said anew when it was only said wrongly.
 */

export const breakSchema = z.object({
	measure: z.string().min(1, 'base.required'),
	/** The first period of the new meaning. */
	period: z.string().min(1, 'base.required'),
	reason: z.string().trim().min(1, 'base.required').max(1000, 'base.too_long')
});
export const endingSchema = z.object({
	id: z.uuid(),
	reason: z.string().trim().min(1, 'data.ending_reason').max(1000, 'base.too_long')
});

type Said = z.infer<typeof breakSchema>;

export async function mark(
	tx: Tx,
	person: Person,
	datasetId: string,
	input: Said
): Promise<string> {
	const { facts } = await judge(tx, person, 'describe', datasetId);
	// One at a time: two who mark the same break would both find none.
	await tx`select from datasets where id = ${datasetId} for no key update`;
	const version = await newest(tx, datasetId);
	const time = version?.shape.dimensions.find(({ role }) => role === 'time');
	if (!version?.shape.measures.some(({ key }) => key === input.measure))
		refuse('data.no_such_measure');
	if (!time?.categories.some(({ code }) => code === input.period)) refuse('data.no_such_period');
	const [same] = await tx`
		select from series_breaks b where dataset_id = ${datasetId} and measure = ${input.measure}
			and period = ${input.period} and ${stands(tx)}`;
	if (same) refuse('data.break_marked_already');
	const [row] = await tx<{ id: string }[]>`
		insert into series_breaks (dataset_id, measure, period, reason, by)
		values (${datasetId}, ${input.measure}, ${input.period}, ${input.reason}, ${person.id})
		returning id`;
	await record(tx, {
		person: person.id,
		verb: 'dataset.break_marked',
		kind: 'dataset',
		object: datasetId,
		forum: facts.forumId,
		detail: { measure: input.measure, period: input.period }
	});
	return row!.id;
}

/** It is no break after all, because. It stays on record, and charts and comparisons stop showing it. */
export async function end(
	tx: Tx,
	person: Person,
	datasetId: string,
	breakId: string,
	reason: string
): Promise<void> {
	const { facts } = await judge(tx, person, 'describe', datasetId);
	if (!reason.trim()) refuse('data.ending_reason', { field: 'reason' });
	await tx`select from datasets where id = ${datasetId} for no key update`;
	const [row] = await tx<{ measure: string; period: string }[]>`
		select measure, period from series_breaks b
		where id = ${breakId} and dataset_id = ${datasetId} and ${stands(tx)}`;
	if (!row) return notFound();
	await tx`
		insert into series_break_ends (break_id, reason, by) values (${breakId}, ${reason.trim()}, ${person.id})`;
	await record(tx, {
		person: person.id,
		verb: 'dataset.break_ended',
		kind: 'dataset',
		object: datasetId,
		forum: facts.forumId,
		detail: { measure: row.measure, period: row.period }
	});
}

/** Says a break anew: the one that stood is ended with the reason given, and this one stands instead. */
export async function edit(
	tx: Tx,
	person: Person,
	datasetId: string,
	breakId: string,
	input: Said & { because: string }
): Promise<string> {
	await end(tx, person, datasetId, breakId, input.because);
	return await mark(tx, person, datasetId, input);
}

const stands = (db: Db) => db`not exists (select from series_break_ends e where e.break_id = b.id)`;

export type Break = { datasetId: string; measure: string; period: string; reason: string };

/** The breaks of these datasets that stand, in order. */
export async function breaksOf(db: Db, datasetIds: string[]): Promise<Break[]> {
	if (datasetIds.length === 0) return [];
	return await db<Break[]>`
		select dataset_id "datasetId", measure, period, reason from series_breaks b
		where dataset_id = any(${[...new Set(datasetIds)]}) and ${stands(db)}
		order by dataset_id, measure, period`;
}

export type BreakLine = SaidLine & { measure: string; period: string; reason: string };

/** Every break ever marked on a dataset, those that stand first. The caller has judged. */
export async function lines(db: Db, datasetId: string): Promise<BreakLine[]> {
	return await db<BreakLine[]>`
		select b.id, b.measure, b.period, b.reason, p.name "byName", b.at,
			case when e.break_id is not null then
				jsonb_build_object('reason', e.reason, 'byName', q.name, 'at', e.at) end ended
		from series_breaks b
		join persons p on p.id = b.by
		left join series_break_ends e on e.break_id = b.id
		left join persons q on q.id = e.by
		where b.dataset_id = ${datasetId}
		order by e.at is not null, b.measure, b.period, b.at`;
}
