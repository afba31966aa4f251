import { z } from 'zod';
import { notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { judge } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import type { CubeShape } from './cube.ts';
import { codeIn, currentCode, renamesOf, type Mapping, type Renames } from './mapping.ts';
import type { SaidLine } from './said.ts';

/** Renamed categories: said once by whoever looks after the dataset, with a reason; ended, never overwritten. */

export const mappingSchema = z.object({
	dimension: z.string().min(1, 'base.required').max(200),
	old: z.string().min(1, 'base.required').max(400),
	new: z.string().min(1, 'base.required').max(400),
	reason: z.string().trim().min(1, 'base.required').max(1000, 'base.too_long')
});

export async function map(
	tx: Tx,
	person: Person,
	datasetId: string,
	input: z.infer<typeof mappingSchema>
): Promise<string> {
	const { facts } = await judge(tx, person, 'describe', datasetId);
	await tx`select from datasets where id = ${datasetId} for no key update`;
	const { dimension, old, new: now, reason } = input;
	if (old === now) refuse('data.mapping_same', { field: 'new' });
	const standing = await active(tx, datasetId);
	if (standing.some((one) => one.dimension === dimension && one.old === old))
		refuse('data.mapping_already', { field: 'old' });
	if (currentCode(renamesOf(standing), dimension, now) === old)
		refuse('data.mapping_circular', { field: 'new' });
	const shapes = await tx<{ number: number; shape: CubeShape }[]>`
		select number, shape from versions where dataset_id = ${datasetId} order by number`;
	const holds = shapes.map(({ number, shape }) => {
		const codes = shape.dimensions.find(({ key }) => key === dimension)?.categories ?? [];
		const has = (code: string) => codes.some((category) => category.code === code);
		return { number, old: has(old), new: has(now) };
	});
	if (!holds.some((one) => one.old)) refuse('data.no_such_category', { field: 'old', code: old });
	if (!holds.some((one) => one.new)) refuse('data.no_such_category', { field: 'new', code: now });
	const both = holds.find((one) => one.old && one.new);
	if (both) refuse('data.mapping_both', { field: 'new', number: both.number });
	const [row] = await tx<{ id: string }[]>`
		insert into category_mappings (dataset_id, dimension, old_code, new_code, reason, by)
		values (${datasetId}, ${dimension}, ${old}, ${now}, ${reason}, ${person.id}) returning id`;
	await record(tx, {
		person: person.id,
		verb: 'dataset.category_mapped',
		kind: 'dataset',
		object: datasetId,
		forum: facts.forumId,
		detail: { dataset: datasetId, dimension, old, new: now }
	});
	return row!.id;
}

/** They are not the same after all, because. */
export async function end(
	tx: Tx,
	person: Person,
	datasetId: string,
	mappingId: string,
	reason: string
): Promise<void> {
	const { facts } = await judge(tx, person, 'describe', datasetId);
	if (!reason.trim()) refuse('data.ending_reason', { field: 'reason' });
	await tx`select from datasets where id = ${datasetId} for no key update`;
	const [row] = await tx`
		select from category_mappings m
		where id = ${mappingId} and dataset_id = ${datasetId} and ${stands(tx)}`;
	if (!row) return notFound();
	await tx`
		insert into category_mapping_ends (mapping_id, reason, by)
		values (${mappingId}, ${reason.trim()}, ${person.id})`;
	await record(tx, {
		person: person.id,
		verb: 'dataset.mapping_ended',
		kind: 'dataset',
		object: datasetId,
		forum: facts.forumId,
		detail: { dataset: datasetId, mapping: mappingId }
	});
}

const stands = (db: Db) =>
	db`not exists (select from category_mapping_ends e where e.mapping_id = m.id)`;

/** What is said of a dataset's categories now. */
export async function active(db: Db, datasetId: string): Promise<Mapping[]> {
	return await db<Mapping[]>`
		select dimension, old_code old, new_code new from category_mappings m
		where dataset_id = ${datasetId} and ${stands(db)} order by at, id`;
}

export const renames = async (db: Db, datasetId: string): Promise<Renames> =>
	renamesOf(await active(db, datasetId));

/**
 * Codes by dimension as this version calls them. Asks the database only where the version lacks one; a code
 * that no mapping leads to stays, and has no cells.
 */
export async function followed(
	db: Db,
	versionId: string,
	shape: CubeShape,
	where: Record<string, string[]>
): Promise<Record<string, string[]>> {
	const missing = shape.dimensions.some(({ key, categories }) =>
		where[key]?.some((code) => !categories.some((category) => category.code === code))
	);
	if (!missing) return where;
	const said = await db<Mapping[]>`
		select dimension, old_code old, new_code new from category_mappings m
		where dataset_id = (select dataset_id from versions where id = ${versionId}) and ${stands(db)}
		order by at, id`;
	if (said.length === 0) return where;
	const known = renamesOf([...said]);
	return Object.fromEntries(
		Object.entries(where).map(([key, codes]) => {
			const dimension = shape.dimensions.find((one) => one.key === key);
			return [key, dimension ? codes.map((code) => codeIn(known, dimension, code) ?? code) : codes];
		})
	);
}

export type MappingLine = Mapping & SaidLine & { reason: string };

/** Everything ever said, what stands first. The caller has judged. */
export async function lines(db: Db, datasetId: string): Promise<MappingLine[]> {
	return await db<MappingLine[]>`
		select m.id, m.dimension, m.old_code old, m.new_code new, m.reason, p.name "byName", m.at,
			case when e.mapping_id is not null then
				jsonb_build_object('reason', e.reason, 'byName', q.name, 'at', e.at) end ended
		from category_mappings m
		join persons p on p.id = m.by
		left join category_mapping_ends e on e.mapping_id = m.id
		left join persons q on q.id = e.by
		where m.dataset_id = ${datasetId}
		order by e.at is not null, m.dimension, m.at`;
}
