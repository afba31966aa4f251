import { record } from '../base/events.server.ts';
import type { Tx } from '../base/sql.server.ts';
import type { Person } from '../people/person.ts';
import { kept as keptNotes, onGuarding } from './notes.ts';
import { shownBeside } from './published.server.ts';
import type { Stricter } from './reader.ts';
import { restrict as restricted, type Reading } from './reading.server.ts';
import type { Totals } from './totals.ts';
import { kept, limitOf, ownerOf, writeBlocks } from './versions.server.ts';
import type { Recipe } from './recipe.ts';

type Row = {
	id: string;
	number: number;
	limit: number | null;
	sums: Totals;
	recipe: Recipe;
	forumId: string;
};

/**
 * When a forum raises its limit, each of its datasets gets a stricter edition, made from what is stored:
 * that can only be suppressed further. The versions before stay as they were, and so do those who cite
 * them; they are told that there is a newer one. Twice is once: nothing happens where the newest edition
 * is strict enough. Returns the new version's id.
 */
export async function restrict(
	tx: Tx,
	person: Pick<Person, 'id'>,
	datasetId: string
): Promise<string | null> {
	await tx`select from datasets where id = ${datasetId} for no key update`;
	const limit = await limitOf(tx, datasetId);
	const [before] = await tx<Row[]>`
		select v.id, v.number, v.small_number_limit "limit", v.sums, v.recipe, o.forum_id "forumId"
		from versions v join objects o on o.id = v.dataset_id
		where v.dataset_id = ${datasetId} order by v.number desc limit 1`;
	if (!before || limit === null || before.limit === null || before.limit >= limit) return null;

	const { declared, hideZeros } = {
		declared: before.sums,
		hideZeros: before.recipe.hideZeros ?? false
	};
	const stored = await kept(tx, before.id);
	const whose = { datasetId, ownerId: await ownerOf(tx, datasetId), kept };
	const published = await shownBeside(tx, whose, stored.shape, limit);
	return await restricted({ kept: stored, limit, declared, hideZeros, published }, write);

	async function write({ outcome, parts }: Reading<Stricter>): Promise<string> {
		const number = before!.number + 1;
		const { suppressed, sums, given, left, changes } = outcome;
		const notes = keptNotes(onGuarding({ given, left }));
		const [row] = await tx<{ id: string }[]>`
			insert into versions (dataset_id, number, as_of, file_name, file_hash, recipe, shape, small_number_limit,
				suppressed, sums, given_away, notes, confirmations, changes, imported_by, stricter_of)
			select dataset_id, ${number}, as_of, file_name, ${`stricter:${limit!}:`} || file_hash, recipe, shape, ${limit},
				suppressed + ${suppressed}, ${tx.json(sums as never)}, ${given},
				${tx.json(notes as never)}, confirmations,
				${tx.json(changes as never)}, ${person.id}, id
			from versions where id = ${before!.id} returning id`;
		const id = row!.id;
		await writeBlocks(tx, parts(id));
		await record(tx, {
			person: person.id,
			verb: 'dataset.version_stored',
			kind: 'dataset',
			object: datasetId,
			forum: before!.forumId,
			detail: { dataset: datasetId, version: id, number, stricterOf: before!.number, limit }
		});
		return id;
	}
}

/** Every dataset that the forum owns or uses. */
export async function restrictAll(
	tx: Tx,
	person: Pick<Person, 'id'>,
	forumId: string
): Promise<void> {
	const datasets = await tx<{ id: string }[]>`
		select d.id from datasets d join objects o on o.id = d.id
		where o.forum_id = ${forumId}
			or exists (select from lendings l
				where l.object_id = d.id and l.forum_id = ${forumId} and l.until is null)
		order by d.id`;
	for (const { id } of datasets) await restrict(tx, person, id);
}
