import { createHash } from 'node:crypto';
import { z } from 'zod';
import { refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { judge } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import type { Category, CubeShape } from './cube.ts';
import type { Read } from './geojson.ts';
import { municipalities } from './municipalities.ts';
import { fits, matchAreas, type Outline } from './outline.ts';
import { outlinesIn } from './outlining.server.ts';
import { newest, shape } from './versions.server.ts';

/** Outlines of areas: the product's own, and those a forum has brought. What a map was drawn on never changes. */

export const sourceSchema = z.object({
	title: z.string().trim().min(1, 'base.required').max(120, 'base.too_long'),
	/** Who made it, and by what right it is shown. */
	source: z.string().trim().min(1, 'data.outline_source_missing').max(300, 'base.too_long')
});

export type Brought = { id: string; codeFrom: string; nameFrom: string; passedOver: number };

/** Brings outlines to the dataset's forum, read for this dataset's areas. Refused, it leaves nothing behind. */
export async function bring(
	tx: Tx,
	person: Person,
	datasetId: string,
	input: z.output<typeof sourceSchema> & { bytes: Uint8Array; fileName: string }
): Promise<Brought> {
	const { facts } = await judge(tx, person, 'describe', datasetId);
	const version = await newest(tx, datasetId);
	const { bytes } = input;
	const read = await outlinesIn({ bytes, categories: version ? categoriesOf(version.shape) : [] });
	if ('code' in read) return refuse(read.code, { field: 'file', ...read.params });
	const hash = createHash('sha256').update(input.bytes).digest('hex');
	const [row] = await tx<{ id: string }[]>`
		insert into outlines (forum_id, title, source, width, height, areas, file_name, file_hash, brought_by)
		values (${facts.forumId}, ${input.title}, ${input.source}, ${read.width}, ${read.height},
			${tx.json(read.areas as never)}, ${input.fileName.slice(0, 200)}, ${hash}, ${person.id})
		on conflict do nothing returning id`;
	if (!row) return refuse('data.outline_here_already', { status: 409, field: 'file' });
	await record(tx, {
		person: person.id,
		verb: 'dataset.outline_brought',
		kind: 'dataset',
		object: datasetId,
		forum: facts.forumId,
		detail: { outline: row.id, title: input.title, areas: read.areas.length }
	});
	const { codeFrom, nameFrom, passedOver }: Read = read;
	return { id: row.id, codeFrom, nameFrom, passedOver };
}

/** These outlines; ids that are none are passed over. The caller has judged the reader of what they stand in. */
export async function byIds(db: Db, ids: string[]): Promise<Map<string, Outline>> {
	const found = new Map<string, Outline>();
	if (ids.includes(municipalities.id)) found.set(municipalities.id, municipalities);
	const brought = ids.filter((id) => z.uuid().safeParse(id).success);
	if (brought.length === 0) return found;
	const rows = await db<Outline[]>`
		select id, title, source, width, height, areas from outlines where id = any(${brought})`;
	for (const row of rows) found.set(row.id, row);
	return found;
}

/** All that a figure of this forum may be drawn on, the forum's own first. */
export async function ofForum(db: Db, forumId: string): Promise<Outline[]> {
	const rows = await db<Outline[]>`
		select id, title, source, width, height, areas from outlines
		where forum_id = ${forumId} order by brought_at desc`;
	return [...rows, municipalities];
}

export type Fitting = {
	id: string;
	title: string;
	source: string;
	/** The dimension whose categories it shows. */
	dimension: string;
	placed: number;
	/** What is on no map: labels of categories, names of areas. */
	unmatched: string[];
	unused: string[];
};

/** Outlines that stand for a version's areas, best first. */
export async function fitting(db: Db, forumId: string, versionId: string): Promise<Fitting[]> {
	const [of, parts] = [await shape(db, versionId), await partsOf(db, versionId)];
	const all = await ofForum(db, forumId);
	return all
		.flatMap((outline) =>
			of.dimensions
				.filter(({ role }) => role !== 'time')
				.flatMap((dimension) => {
					const matched = matchAreas(dimension.categories, outline, parts);
					if (!fits(matched, dimension.categories)) return [];
					return {
						id: outline.id,
						title: outline.title,
						source: outline.source,
						dimension: dimension.key,
						placed: matched.areas.size,
						unmatched: matched.unmatched.map(({ label }) => label),
						unused: matched.unused.map(({ name }) => name)
					};
				})
		)
		.sort((a, b) => b.placed - a.placed || a.unused.length - b.unused.length);
}

/** What merged categories of a version were made of: they are drawn as their parts. */
export async function partsOf(db: Db, versionId: string): Promise<Record<string, string[]>> {
	const [row] = await db<{ merges: { into: string; from: string[] }[] | null }[]>`
		select recipe->'merges' merges from versions where id = ${versionId}`;
	return Object.fromEntries((row?.merges ?? []).map(({ into, from }) => [into, from]));
}

function categoriesOf({ dimensions }: CubeShape): Category[] {
	return dimensions.filter(({ role }) => role !== 'time').flatMap(({ categories }) => categories);
}
