import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { judge } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import type { Block } from './blocks.ts';
import type { Changes } from './compare.ts';
import type { Cube, CubeShape } from './cube.ts';
import { asOfSchema } from './description.ts';
import type { Confirmation } from './import.ts';
import { renames } from './mappings.server.ts';
import { kept as keptNotes, notesOn, type Note } from './notes.ts';
import { hasCprInText } from './personal.ts';
import { publishedBefore } from './published.server.ts';
import { cubeOf, type Kept } from './reader.ts';
import { read, type OnProgress, type Reading } from './reading.server.ts';
import { type Recipe } from './recipe.ts';
import { recipeSchema } from './recipe-input.ts';
import type { Totals } from './totals.ts';

/** Versions: one immutable import each. A whole import is one transaction, so none is ever half. */

export type Import = {
	bytes: Uint8Array;
	/** Of the bytes, where it was taken while they came. */
	hash?: string;
	fileName: string;
	/** Without one, the file is read as the version before was, or as it is understood. */
	recipe?: Recipe;
	asOf: string;
	/** `by` and `at` when it was said earlier, and by another, than this file is brought in. */
	confirmations?: (Confirmation & { by?: string; at?: string })[];
	/** Told how much is read and stored, from 0 to 1. */
	onprogress?: OnProgress;
};

export type Stored = {
	id: string;
	number: number;
	changes: Changes | null;
	suppressed: number;
	/** What a person should know of it, though it could be stored. */
	notes: Note[];
};

/** Stores the file's figures as the dataset's next version. Refused, it leaves nothing behind. */
export async function store(
	tx: Tx,
	person: Person,
	datasetId: string,
	input: Import
): Promise<Stored> {
	const { facts } = await judge(tx, person, 'import', datasetId);
	const asOf = asOfSchema.safeParse(input.asOf);
	if (!asOf.success) refuse('data.as_of');
	if (hasCprInText(input.fileName)) refuse('data.cpr_in_name', { status: 422 });
	// The dataset's row is held: two imports at once take turns, and the second meets the first.
	await tx`select from datasets where id = ${datasetId} for no key update`;
	const hash = input.hash ?? hashOf(input.bytes);
	await refuseSameFile(tx, datasetId, hash);
	const before = await newest(tx, datasetId);
	if (before && asOf.data! < before.asOf) refuse('data.as_of_before', { date: before.asOf });

	const said = await renames(tx, datasetId);
	const asked = {
		recipe: input.recipe && recipeSchema.parse(input.recipe),
		earlier: before?.recipe,
		limit: await limitOf(tx, datasetId),
		known: { renames: said, newest: before?.shape },
		before: before && { ...(await kept(tx, before.id)), renames: said }
	};
	const { bytes, onprogress } = input;
	const ownerId = await ownerOf(tx, datasetId);
	const published = (of: CubeShape) => publishedBefore(tx, { datasetId, ownerId, kept }, of);
	const reading = onprogress && ((share: number) => onprogress(share * READ));
	return await read({ bytes, asked, published }, write, reading);

	async function write({ outcome, parts }: Reading): Promise<Stored> {
		const { recipe, problems, questions, limit, changes, differs } = outcome;
		const stopping = problems.find(({ severity }) => severity === 'stop');
		if (stopping) refuse(stopping.code, { status: 422, ...stopping.params });
		const confirmations = answered(questions, input.confirmations ?? [], person);
		if (differs) refuse(differs.code, { status: 422, ...differs.params });
		const suppressed = outcome.suppressed.primary + outcome.suppressed.secondary;
		const number = (before?.number ?? 0) + 1;
		const notes = keptNotes(notesOn(outcome));
		const [row] = await tx<{ id: string }[]>`
			insert into versions (dataset_id, number, as_of, file_name, file_hash, recipe, shape, small_number_limit,
				suppressed, sums, given_away, notes, confirmations, changes, imported_by)
			values (${datasetId}, ${number}, ${asOf.data!}, ${input.fileName.slice(0, 200)}, ${hash},
				${tx.json(recipe as never)}, ${tx.json(outcome.shape as never)}, ${limit}, ${suppressed},
				${tx.json(outcome.sums as never)}, ${outcome.given}, ${tx.json(notes as never)},
				${tx.json(confirmations as never)}, ${changes ? tx.json(changes as never) : null}, ${person.id})
			returning id`;
		const id = row!.id;
		let written = 0;
		await writeBlocks(tx, parts(id), (cells) => {
			written += cells;
			onprogress?.(READ + (1 - READ) * Math.min(1, written / outcome.cells));
		});
		await record(tx, {
			person: person.id,
			verb: 'dataset.version_stored',
			kind: 'dataset',
			object: datasetId,
			forum: facts.forumId,
			detail: { dataset: datasetId, version: id, number, confirmations }
		});
		return { id, number, changes, suppressed, notes };
	}
}

/** How much of an import is reading; the rest is storing. */
const READ = 0.8;

export const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** The same bytes make no new version. */
export async function refuseSameFile(db: Db, datasetId: string, hash: string): Promise<void> {
	const [same] = await db<{ number: number; asOf: string }[]>`
		select number, as_of "asOf" from versions where dataset_id = ${datasetId} and file_hash = ${hash}`;
	if (same) refuse('data.same_file', { status: 409, number: same.number, date: same.asOf });
}

function answered(
	questions: Confirmation[],
	given: NonNullable<Import['confirmations']>,
	person: Person
): (Confirmation & { by: string; at: string })[] {
	return questions.map(({ column, kind }) => {
		const answer = given.find((one) => one.column === column && one.kind === kind);
		if (!answer) return refuse(`data.confirm_${kind}`, { status: 422, column });
		const { by = person.id, at = new Date().toISOString() } = answer;
		return { column, kind, by, at };
	});
}

export async function ownerOf(db: Db, datasetId: string): Promise<string> {
	const [row] = await db<
		{ id: string }[]
	>`select owner_id id from datasets where id = ${datasetId}`;
	return row?.id ?? notFound();
}

/**
 * The limit for the dataset's next version: the strictest of the forums that use it, or null where it is
 * exempt (D5).
 */
export async function limitOf(db: Db, datasetId: string): Promise<number | null> {
	const [row] = await db<{ limit: number; exempt: string | null }[]>`
		select max(f.small_number_limit)::int "limit", d.exempt_reference exempt
		from datasets d join objects o on o.id = d.id
		join forums f on f.id = o.forum_id
			or f.id in (select forum_id from lendings where object_id = d.id and until is null)
		where d.id = ${datasetId} group by d.id`;
	if (!row) return notFound();
	return row.exempt ? null : row.limit;
}

export type Version = {
	id: string;
	datasetId: string;
	number: number;
	asOf: string;
	recipe: Recipe;
	shape: CubeShape;
};

const version = (db: Db) => db`
	select id, dataset_id "datasetId", number, as_of "asOf", recipe, shape from versions`;

export async function newest(db: Db, datasetId: string): Promise<Version | null> {
	const [row] = await db<Version[]>`
		${version(db)} where dataset_id = ${datasetId} order by number desc limit 1`;
	return row ?? null;
}

/** A dataset's versions, newest first, as another system needs to know them. */
export async function briefly(
	db: Db,
	person: Person,
	datasetId: string
): Promise<{ number: number; asOf: string; hash: string; importedAt: Date }[]> {
	await judge(db, person, 'read', datasetId);
	return await db<{ number: number; asOf: string; hash: string; importedAt: Date }[]>`
		select number, as_of "asOf", file_hash hash, imported_at "importedAt" from versions
		where dataset_id = ${datasetId} order by number desc limit 1000`;
}

/** One version by its number, for someone who may read the dataset. */
export async function byNumber(
	db: Db,
	person: Person,
	datasetId: string,
	number: number
): Promise<Version> {
	await judge(db, person, 'read', datasetId);
	if (!Number.isInteger(number) || number < 1 || number > 1_000_000) return notFound();
	const [row] = await db<Version[]>`
		${version(db)} where dataset_id = ${datasetId} and number = ${number}`;
	return row ?? notFound();
}

/** A version's dimensions and measures. Versions never change, so they are read once. */
export async function shape(db: Db, versionId: string): Promise<CubeShape> {
	const known = shapes.get(versionId);
	if (known) return known;
	const [row] = await db<
		{ shape: CubeShape }[]
	>`select shape from versions where id = ${versionId}`;
	if (!row) return notFound();
	if (shapes.size >= 300) shapes.delete(shapes.keys().next().value!);
	shapes.set(versionId, row.shape);
	return row.shape;
}
const shapes = new Map<string, CubeShape>();

/** Every category code any version of a dataset has, by dimension, in order of first appearance. */
export async function codes(
	db: Db,
	datasetId: string
): Promise<{ key: string; label: string; codes: string[] }[]> {
	const rows = await db<{ shape: CubeShape }[]>`
		select shape from versions where dataset_id = ${datasetId} order by number`;
	const found = new Map<string, { label: string; codes: Set<string> }>();
	for (const { shape } of rows)
		for (const { key, label, role, categories } of shape.dimensions) {
			if (role === 'time') continue;
			const known = found.get(key) ?? { label, codes: new Set<string>() };
			for (const { code } of categories) known.codes.add(code);
			found.set(key, { ...known, label });
		}
	return [...found].map(([key, { label, codes }]) => ({ key, label, codes: [...codes] }));
}

/** A whole version, as it is stored. */
export async function kept(db: Db, versionId: string): Promise<Kept> {
	const blocks: Kept['blocks'] = [];
	const rows = db<(Block & { measure: number })[]>`
		select measure, first, statuses, numbers::text numbers, marks from cell_blocks
		where version_id = ${versionId}`.cursor(200);
	for await (const some of rows) blocks.push(...some);
	const [row] = await db<{ sums: Totals }[]>`select sums from versions where id = ${versionId}`;
	return { shape: await shape(db, versionId), blocks, sums: row?.sums ?? {} };
}

/** A whole version. */
export const load = async (db: Db, versionId: string): Promise<Cube> =>
	cubeOf(await kept(db, versionId));

/** Stores a version's cells. */
export async function writeBlocks(
	tx: Tx,
	parts: ReturnType<Reading['parts']> | Iterable<{ lines: string; cells: number }>,
	onwritten: (cells: number) => void = () => {}
): Promise<void> {
	const into = await tx`
		copy cell_blocks (version_id, measure, first, statuses, numbers, marks) from stdin`.writable();
	async function* lines() {
		for await (const part of parts) {
			yield part.lines;
			onwritten(part.cells);
		}
	}
	await pipeline(Readable.from(lines()), into);
}
