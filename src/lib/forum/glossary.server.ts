import type { Db, Tx } from '../base/sql.server.ts';
import { notAllowed, notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Person } from '../people/person.ts';
import { conducts, membership, type Membership } from './forums.server.ts';
import type { Differing, Term, TermState } from './glossary.ts';
import { seenFrom } from './lendings.server.ts';
import { judge } from './objects.server.ts';

/**
 * The glossary. Members but observers propose terms and say what their own department means; the chair and
 * the secretary adopt, withdraw and say what the forum means. Nothing said is overwritten.
 */

export type Entry = Term & { state: TermState; proposedBy: string; by: string; at: Date };
export type NewTerm = { word: string; forms: string[]; definition: string };

/** Every term of the forum, as Danish sorts them: those proposed and withdrawn too. */
export async function list(db: Db, person: Person, slugOrId: string): Promise<Entry[]> {
	const forum = await membership(db, person, slugOrId);
	return await entries(db, forum.id);
}

/** What an object's page is marked with: its forum's terms, and where they are explained. Lent, the terms are those of the forum one reads it in. */
export async function ofObject(
	db: Db,
	person: Person,
	objectId: string
): Promise<{ slug: string; terms: Term[] }> {
	const { facts } = await judge(db, person, 'read', objectId);
	const forum = (await seenFrom(db, person, facts)) ?? notFound();
	return { slug: forum.slug, terms: await adopted(db, forum.id) };
}

async function adopted(db: Db, forumId: string): Promise<Term[]> {
	const all = (await entries(db, forumId)).filter(({ state }) => state === 'adopted');
	return all.map(({ id, word, forms, definition, differs }) => ({
		id,
		word,
		forms,
		definition,
		differs
	}));
}

/** Proposes a term; one that the chair or the secretary proposes is adopted at once. */
export async function propose(
	tx: Tx,
	person: Person,
	slugOrId: string,
	{ word, forms, definition }: NewTerm
): Promise<string> {
	const forum = await membership(tx, person, slugOrId);
	if (forum.role === 'observer') return notAllowed();
	if (!word.trim()) refuse('forum.term_word_missing', { field: 'word' });
	if (!definition.trim()) refuse('forum.term_definition_missing', { field: 'definition' });
	const [row] = await tx<{ id: string }[]>`
		insert into terms (forum_id, word, forms, proposed_by)
		values (${forum.id}, ${word.trim()}, ${forms}, ${person.id})
		on conflict (forum_id, lower(word)) do nothing returning id`;
	if (!row) return refuse('forum.term_exists', { status: 409, field: 'word' });
	await say(tx, person, row.id, null, definition);
	await tell(tx, person, forum, 'forum.term_proposed', row.id);
	if (conducts(forum)) await setState(tx, person, forum, row.id, 'adopted');
	return row.id;
}

/** The forum takes the term for its own. */
export async function adopt(tx: Tx, person: Person, id: string): Promise<void> {
	const { forum, state } = await hold(tx, person, id);
	if (!conducts(forum)) return notAllowed();
	if (state !== 'adopted') await setState(tx, person, forum, id, 'adopted');
}

/** The forum does without it: it is marked nowhere, and can be adopted again. */
export async function withdraw(tx: Tx, person: Person, id: string): Promise<void> {
	const { forum, state } = await hold(tx, person, id);
	if (!conducts(forum)) return notAllowed();
	if (state !== 'withdrawn') await setState(tx, person, forum, id, 'withdrawn');
}

/** What the forum means by it. */
export async function define(
	tx: Tx,
	person: Person,
	id: string,
	definition: string
): Promise<void> {
	const { forum } = await hold(tx, person, id);
	if (!conducts(forum)) return notAllowed();
	if (!definition.trim()) refuse('forum.term_definition_missing', { field: 'definition' });
	await say(tx, person, id, null, definition);
	await tell(tx, person, forum, 'forum.term_defined', id);
}

/** What the person's own department means by it; with no words, what the forum does. */
export async function differ(
	tx: Tx,
	person: Person,
	id: string,
	definition: string
): Promise<void> {
	const { forum } = await hold(tx, person, id);
	if (forum.role === 'observer') return notAllowed();
	await say(tx, person, id, person.departmentId, definition);
	await tell(tx, person, forum, 'forum.term_differs', id);
}

type Row = Omit<Entry, 'differs'> & { differs: Differing[] | null };

async function entries(db: Db, forumId: string): Promise<Entry[]> {
	const rows = await db<Row[]>`
		select t.id, t.word, t.forms, coalesce(s.state, 'proposed') state, p.name "proposedBy",
			f.definition, f.name "by", f.at,
			(select json_agg(json_build_object('departmentId', d.id, 'department', d.name,
				'definition', x.definition) order by d.name collate "da-x-icu")
				from departments d cross join lateral (
					select definition from term_definitions
					where term_id = t.id and department_id = d.id order by id desc limit 1
				) x where x.definition <> '') differs
		from terms t
		join persons p on p.id = t.proposed_by
		join lateral (
			select x.definition, x.at, q.name from term_definitions x join persons q on q.id = x.by
			where x.term_id = t.id and x.department_id is null order by x.id desc limit 1
		) f on true
		left join lateral (
			select state from term_states where term_id = t.id order by id desc limit 1
		) s on true
		where t.forum_id = ${forumId} order by t.word collate "da-x-icu", t.id`;
	return rows.map((row) => ({ ...row, differs: row.differs ?? [] }));
}

/** The term, its row held so that two acts on it take turns, and the person's forum. */
async function hold(tx: Tx, person: Person, id: string) {
	const [row] = await tx<{ forumId: string }[]>`
		select forum_id "forumId" from terms where id = ${id} for update`;
	if (!row) return notFound();
	const forum = await membership(tx, person, row.forumId);
	const [last] = await tx<{ state: TermState }[]>`
		select state from term_states where term_id = ${id} order by id desc limit 1`;
	return { forum, state: last?.state ?? ('proposed' as const) };
}

const say = (
	tx: Tx,
	person: Person,
	term: string,
	department: string | null,
	definition: string
) => tx`
	insert into term_definitions (term_id, department_id, definition, by)
	values (${term}, ${department}, ${definition.trim()}, ${person.id})`;

async function setState(
	tx: Tx,
	person: Person,
	forum: Membership,
	term: string,
	state: 'adopted' | 'withdrawn'
): Promise<void> {
	await tx`insert into term_states (term_id, state, by) values (${term}, ${state}, ${person.id})`;
	await tell(tx, person, forum, `forum.term_${state}`, term);
}

const tell = (tx: Tx, person: Person, { id }: Membership, verb: string, term: string) =>
	record(tx, { person: person.id, verb, kind: 'forum', object: id, forum: id, detail: { term } });
