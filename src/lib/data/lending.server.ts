import { notAllowed, notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import * as lendings from '../forum/lendings.server.ts';
import { judge, standingOf, type Stands } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { restrict } from './stricter.server.ts';
import { ownerOf } from './versions.server.ts';

/**
 * A dataset in another forum's hands: its owner lends it, and takes it back. What stands on it there when it is
 * taken back stays as it stands; nothing new is made of it, and no newer edition is read.
 */

/**
 * Lets another forum read and use it: `to` is its id, where one may know of it, or its name. Where that forum's limit for small numbers is the stricter one, a stricter
 * edition is there before anybody in it can look.
 */
export async function lend(tx: Tx, person: Person, id: string, to: string): Promise<string> {
	const { facts } = await mustOwn(tx, person, id);
	const forumId = await forumOf(tx, person, id, to);
	if (!(await lendings.lend(tx, person, facts, forumId))) return forumId;
	await restrict(tx, person, id);
	await tell(tx, person, 'lent', facts, forumId);
	return forumId;
}

/**
 * A forum is known to its members; nobody else is shown a list of them (product rule G2). Who is told its name or its
 * address by someone in it may lend to it, written as it is, and one it was lent to before is known already.
 */
async function forumOf(tx: Tx, person: Person, id: string, to: string): Promise<string> {
	const known = await tx<{ id: string }[]>`
		select id from forums f where f.id::text = ${to} and (
			exists (select from members m where m.forum_id = f.id and m.person_id = ${person.id})
			or exists (select from lendings l where l.forum_id = f.id and l.object_id = ${id}))`;
	if (known[0]) return known[0].id;
	const wanted = to.trim().toLowerCase();
	const named = await tx<{ id: string }[]>`
		select id from forums where lower(slug) = ${wanted} or lower(trim(name)) = ${wanted}
		order by lower(slug) = ${wanted} desc limit 2`;
	if (named.length > 1) {
		const [one] = await tx<{ id: string }[]>`select id from forums where lower(slug) = ${wanted}`;
		return one?.id ?? refuse('data.lend_several', { field: 'name' });
	}
	return named[0]?.id ?? refuse('data.lend_no_forum', { field: 'name' });
}

/** Takes it back from a forum. */
export async function takeBack(tx: Tx, person: Person, id: string, from: string): Promise<void> {
	const { facts } = await mustOwn(tx, person, id);
	if (!(await lendings.takeBack(tx, person, facts, from))) return;
	await tell(tx, person, 'taken_back', facts, from);
}

/** The owner alone. The dataset's row is held, so that an import and a lending take turns at the limit. */
async function mustOwn(tx: Tx, person: Person, id: string): Promise<Stands> {
	const stands = await judge(tx, person, 'lend', id);
	await tx`select from datasets where id = ${id} for no key update`;
	return (await ownerOf(tx, id)) === person.id ? stands : notAllowed();
}

/** In both forums' logs: what is done with a dataset is the business of those who keep it and of those who use it. */
async function tell(
	tx: Tx,
	person: Person,
	what: 'lent' | 'taken_back',
	{ id, forumId }: Stands['facts'],
	other: string
) {
	const act = { person: person.id, kind: 'dataset', object: id };
	const at = { lent: 'dataset.borrowed', taken_back: 'dataset.borrowing_ended' }[what];
	await record(tx, { ...act, verb: `dataset.${what}`, forum: forumId, detail: { forum: other } });
	await record(tx, { ...act, verb: at, forum: other, detail: { forum: forumId } });
}

/** Reading it; one whose forum had it lent is told that it was taken back. */
export async function judgeReading(db: Db, person: Person, id: string): Promise<Stands> {
	const found = await standingOf(db, person.id, id);
	if (found && found.standing.role === null && found.standing.guest === 'before')
		refuse('data.taken_back', { status: 403 });
	return await judge(db, person, 'read', id);
}

/**
 * Stands at the door of whatever a forum makes of a dataset: one may read it, and it is that forum's own or lent
 * to it. It is not taken back before what is made of it stands.
 */
export async function judgeUse(
	tx: Tx,
	person: Person,
	datasetId: string,
	forumId: string
): Promise<Stands> {
	const stands = await judgeReading(tx, person, datasetId);
	if (stands.facts.forumId === forumId) return stands;
	const lent = await lendings.lentTo(tx, datasetId, forumId);
	if (lent === 'before') refuse('data.taken_back', { status: 403 });
	return lent === 'now' ? stands : notFound();
}

/**
 * An edition that a forum may read: of its own dataset, or of one that was lent to it when the edition came.
 * `version` is a row of `versions`, `forum` an id, both as SQL.
 */
export const openTo = (db: Db, version: Sql, forum: Sql) => db`
	(exists (select from objects h where h.id = ${version}.dataset_id and h.forum_id = ${forum})
		or exists (select from lendings l where l.object_id = ${version}.dataset_id and l.forum_id = ${forum}
			and (l.until is null or l.until > ${version}.imported_at)))`;

type Sql = ReturnType<Db>;

export type LendingPage = {
	lendings: lendings.Lending[];
	/** The owner's own other forums, to choose from; any other is named. Empty for all but the owner. */
	forums: { id: string; name: string }[];
	may: boolean;
};

/** Who else uses a dataset, for those who keep it; null for everybody else. */
export async function page(db: Db, person: Person, id: string): Promise<LendingPage | null> {
	const { standing, facts } = await judge(db, person, 'read', id);
	if (standing.role === null) return null;
	const may = (await ownerOf(db, id)) === person.id && standing.role !== 'observer';
	const all = await lendings.lendingsOf(db, id);
	const forums = may
		? await db<{ id: string; name: string }[]>`
				select id, name from forums where id <> ${facts.forumId}
					and exists (select from members m where m.forum_id = forums.id and m.person_id = ${person.id})
					and not exists (select from lendings l
						where l.object_id = ${id} and l.forum_id = forums.id and l.until is null)
				order by name collate "da-x-icu"`
		: [];
	return { lendings: all, forums: [...forums], may };
}
