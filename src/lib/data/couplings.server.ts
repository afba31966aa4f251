import { notAllowed, notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Tx } from '../base/sql.server.ts';
import type { Person } from '../people/person.ts';
import { apart, couplingSchema, sharedBy, type Coupling } from './couple.ts';
import { readable, type Head } from './coupled.server.ts';
import { placeFor } from './couplers.server.ts';
import { newest, type Version } from './versions.server.ts';

export { agreedIn, ofDataset, page, read, type CouplingPage } from './coupled.server.ts';
export { mayCouple } from './couplers.server.ts';

/**
 * Couplings: two datasets side by side, for a purpose and on a legal basis, with both owners asked. Until each
 * has said yes, nobody sees the joined numbers. They are worked out as they are read, and kept nowhere.
 */

export const make = (tx: Tx, person: Person, input: Coupling): Promise<string> =>
	put(tx, person, input, null);

/**
 * The same coupling of the newest editions, as a row of its own: the old one stays as it was, both owners are asked
 * again, and small numbers are checked again. For whoever made it, and those who own or know either dataset.
 */
export async function renew(tx: Tx, person: Person, id: string): Promise<string> {
	const { parts, reading, ...found } = await readable(tx, person, id);
	if (reading === 'asked') return notAllowed();
	const mine = parts.some(({ ownerId, secondId }) => [ownerId, secondId].includes(person.id));
	if (person.id !== found.madeById && !mine) return notAllowed();
	// Two at once take turns, and the second meets the first's.
	await tx`select from couplings where id = ${id} for no key update`;
	const [taken] = await tx`select from couplings where replaces = ${id}`;
	if (taken) refuse('data.couple_renewed_already', { status: 409 });
	const latest = await Promise.all(parts.map(({ datasetId }) => newest(tx, datasetId)));
	if (latest.every((version, side) => version?.id === parts[side]!.versionId))
		refuse('data.couple_is_newest', { status: 409 });
	const [first, second] = parts.map(({ datasetId, measure, held }) => ({
		datasetId,
		measure,
		held
	}));
	return await put(tx, person, { ...found, parts: [first!, second!] }, found);
}

async function put(
	tx: Tx,
	person: Person,
	input: Coupling,
	replaces: Pick<Head, 'id' | 'forumId'> | null
): Promise<string> {
	const coupling = couplingSchema.parse(input);
	const [first, second] = coupling.parts;
	if (first.datasetId === second.datasetId) refuse('data.couple_same', { field: 'second' });
	const forumId = await placeFor(
		tx,
		person,
		coupling.parts.map(({ datasetId }) => datasetId),
		replaces?.forumId
	);
	const versions: Version[] = [];
	for (const { datasetId, measure } of coupling.parts) {
		const version = (await newest(tx, datasetId)) ?? refuse('data.couple_no_version');
		if (!version.shape.measures.some(({ key }) => key === measure)) refuse('data.no_such_measure');
		versions.push(version);
	}
	const shared = sharedBy(versions[0]!.shape, versions[1]!.shape);
	if (shared.length === 0) refuse('data.couple_nothing_shared');
	const held = coupling.parts.map((part, side) =>
		Object.fromEntries(
			apart(versions[side]!.shape, shared, side as 0 | 1).map(({ key, label, categories }) => {
				const code = part.held[key];
				if (!categories.some((category) => category.code === code))
					refuse('data.couple_hold', { dimension: label });
				return [key, code!];
			})
		)
	);
	const { title, purpose, legalBasis, partOf, parts } = coupling;
	const [row] = await tx<{ id: string }[]>`
		insert into couplings (forum_id, title, purpose, legal_basis, part_of, made_by, replaces)
		values (${forumId}, ${title}, ${purpose}, ${legalBasis}, ${partOf}, ${person.id}, ${replaces?.id ?? null}) returning id`;
	const id = row!.id;
	for (const [position, part] of parts.entries())
		await tx`
			insert into coupling_parts (coupling_id, position, dataset_id, version_id, measure, held)
			values (${id}, ${position}, ${part.datasetId}, ${versions[position]!.id}, ${part.measure},
				${tx.json(held[position] as never)})`;
	for (const { datasetId } of parts)
		await tell(tx, person, 'dataset.coupled', datasetId, forumId, id);
	return id;
}

/** What a dataset's owner, or the second person who knows it, says to it. A no has its reason, which shows. */
export async function answer(
	tx: Tx,
	person: Person,
	id: string,
	datasetId: string,
	said: { yes: boolean; reason?: string }
): Promise<void> {
	const found = await readable(tx, person, id);
	const part = found.parts.find((one) => one.datasetId === datasetId);
	if (!part) return notFound();
	if (person.id !== part.ownerId && person.id !== part.secondId) return notAllowed();
	const reason = said.reason?.trim() ?? '';
	if (!said.yes && !reason) refuse('data.couple_no_reason', { field: 'reason' });
	await tx`
		insert into coupling_answers (coupling_id, dataset_id, answer, reason, by)
		values (${id}, ${datasetId}, ${said.yes}, ${reason}, ${person.id})`;
	const verb = said.yes ? 'dataset.coupling_agreed' : 'dataset.coupling_refused';
	await tell(tx, person, verb, datasetId, found.forumId, id);
}

/** In the log of the coupling's forum, and of the one that keeps the dataset. */
async function tell(
	tx: Tx,
	person: Person,
	verb: string,
	object: string,
	forum: string,
	coupling: string
): Promise<void> {
	const [keeper] = await tx<{ id: string }[]>`select forum_id id from objects where id = ${object}`;
	for (const of of new Set([forum, keeper!.id]))
		await record(tx, {
			person: person.id,
			verb,
			kind: 'dataset',
			object,
			forum: of,
			detail: { coupling }
		});
}
