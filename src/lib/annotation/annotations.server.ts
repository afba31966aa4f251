import type { Tx } from '#lib/base/sql.server.ts';
import { notAllowed, notFound, refuse } from '#lib/base/errors.ts';
import { record } from '#lib/base/events.server.ts';
import { shapeFor } from '#lib/data/formulas.server.ts';
import type { Facts } from '#lib/forum/access.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as glossary from '#lib/forum/glossary.server.ts';
import type { NewTerm } from '#lib/forum/glossary.server.ts';
import { judge } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import type { Anchor } from './anchor.ts';
import { mentionsIn, pointsInto } from './note.ts';
import type { NewNote } from './note.ts';

/**
 * Annotations are rows under their author's session. Nothing here updates or deletes one: an edit, a
 * share, a state, a re-attachment is a row of its own, and the tables refuse anything else.
 */

/** A figure as the chapter that owns it knows it: a version it is pinned to; a coupling is pinned to two. */
export type PinnedFigure = { id: string; versionId: string };

/**
 * Says something about a passage, or a piece of a figure that stands on the object's page. Private
 * unless shared. `figures` are those the page shows; a note is made on the version one of them is pinned to.
 */
export async function add(
	tx: Tx,
	person: Person,
	objectId: string,
	note: NewNote,
	figures: PinnedFigure[] = []
): Promise<string> {
	const { standing, facts } = await judge(tx, person, 'annotate', objectId);
	const on =
		'anchor' in note.on
			? anchorColumns(note.on.anchor)
			: await figureColumns(tx, note.on.figure, figures);
	const [row] = await tx<{ id: string }[]>`
		insert into annotations ${tx({
			object_id: objectId,
			author_id: person.id,
			department_id: person.departmentId,
			role: standing.role!,
			kind: note.kind,
			body: note.body,
			...on
		})} returning id`;
	const held = { id: row!.id, objectId, facts, shared: note.shared };
	if (note.shared) await tx`insert into annotation_shares (annotation_id) values (${held.id})`;
	await mention(tx, held, note.body);
	await noted(tx, person, held, 'annotation.added', { kind: note.kind });
	return held.id;
}

/** Lets the others read it. Not undone: what was read was read. */
export async function share(tx: Tx, person: Person, id: string): Promise<void> {
	const note = await own(tx, person, id);
	if (note.shared) return;
	await tx`insert into annotation_shares (annotation_id) values (${id})`;
	await noted(tx, person, { ...note, shared: true }, 'annotation.shared');
}

/** The author says it differently. What was said before is kept. */
export async function edit(tx: Tx, person: Person, id: string, body: string): Promise<void> {
	const note = await own(tx, person, id);
	await tx`insert into annotation_edits (annotation_id, body) values (${id}, ${body})`;
	await mention(tx, note, body);
	await noted(tx, person, note, 'annotation.edited');
}

export async function reply(tx: Tx, person: Person, id: string, body: string): Promise<string> {
	const note = await hold(tx, person, id);
	const [row] = await tx<{ id: string }[]>`
		insert into annotation_replies (annotation_id, author_id, body)
		values (${id}, ${person.id}, ${body}) returning id`;
	await mention(tx, note, body, row!.id);
	await noted(tx, person, note, 'annotation.replied', { reply: row!.id });
	return row!.id;
}

export async function resolve(tx: Tx, person: Person, id: string): Promise<void> {
	await setState(tx, person, id, 'resolved');
}

export async function reopen(tx: Tx, person: Person, id: string): Promise<void> {
	await setState(tx, person, id, 'reopened');
}

/** The author puts an orphan back on words. What was selected at first stays in its row. */
export async function reattach(tx: Tx, person: Person, id: string, anchor: Anchor): Promise<void> {
	const note = await own(tx, person, id);
	if (!note.passage) refuse('annotation.not_a_passage');
	await tx`
		insert into annotation_attachments ${tx({ annotation_id: id, by: person.id, ...anchorColumns(anchor) })}`;
	await noted(tx, person, note, 'annotation.reattached');
}

/**
 * Proposes a word of the forum's in a note, which stays linked to it (A4, G6). Whoever may reply may propose;
 * what is written in the proposal is theirs.
 */
export async function proposeTerm(
	tx: Tx,
	person: Person,
	id: string,
	term: NewTerm
): Promise<string> {
	const note = await hold(tx, person, id);
	const termId = await glossary.propose(tx, person, note.facts.forumId, term);
	await tx`insert into annotation_terms (annotation_id, term_id) values (${id}, ${termId})`;
	await noted(tx, person, note, 'annotation.term_proposed', { term: termId });
	return termId;
}

type Held = {
	id: string;
	objectId: string;
	facts: Facts;
	shared: boolean;
	authorId: string;
	passage: boolean;
};

/** The note, its row held so that two acts on it take turns. One that is private to another is not found. */
async function hold(tx: Tx, person: Person, id: string): Promise<Held> {
	const [row] = await tx<Omit<Held, 'facts' | 'shared'>[]>`
		select id, object_id "objectId", author_id "authorId", section is not null passage
		from annotations where id = ${id} for update`;
	if (!row) return notFound();
	const [share] = await tx`select from annotation_shares where annotation_id = ${id}`;
	const { facts } = await judge(tx, person, 'annotate', row.objectId);
	if (!share && row.authorId !== person.id) return notFound();
	return { ...row, facts, shared: share !== undefined };
}

/** Product rule A5: nobody but its author changes what a person said, whatever their role. */
async function own(tx: Tx, person: Person, id: string): Promise<Held> {
	const note = await hold(tx, person, id);
	return note.authorId === person.id ? note : notAllowed();
}

async function setState(tx: Tx, person: Person, id: string, state: 'resolved' | 'reopened') {
	const note = await hold(tx, person, id);
	const [last] = await tx<{ state: string }[]>`
		select state from annotation_states where annotation_id = ${id} order by id desc limit 1`;
	if ((last?.state ?? 'reopened') === state) return; // someone else was first
	await tx`
		insert into annotation_states (annotation_id, state, by) values (${id}, ${state}, ${person.id})`;
	await noted(tx, person, note, `annotation.${state}`);
}

async function mention(
	tx: Tx,
	note: { id: string; facts: Facts },
	text: string,
	replyId: string | null = null
): Promise<void> {
	if (!text.includes('@')) return;
	for (const { personId } of mentionsIn(text, await forums.members(tx, note.facts.forumId)))
		await tx`
			insert into annotation_mentions (annotation_id, reply_id, person_id)
			select ${note.id}, ${replyId}, ${personId}
			where not exists (select from annotation_mentions where annotation_id = ${note.id}
				and reply_id is not distinct from ${replyId} and person_id = ${personId})`;
}

/** What one notes for oneself is an event too, but none of the object's or the forum's. */
async function noted(
	tx: Tx,
	person: Person,
	note: { id: string; objectId: string; facts: Facts; shared: boolean },
	verb: string,
	detail: Record<string, unknown> = {}
): Promise<void> {
	await record(
		tx,
		note.shared
			? {
					person: person.id,
					verb,
					kind: note.facts.kind,
					object: note.objectId,
					forum: note.facts.forumId,
					detail: { ...detail, annotation: note.id }
				}
			: { person: person.id, verb, kind: 'annotation', object: note.id, detail: {} }
	);
}

function anchorColumns({ section, start, end, quote, prefix, suffix }: Anchor) {
	const bytes = (text: string) => Buffer.from(text, 'base64');
	return { section, start_position: bytes(start), end_position: bytes(end), quote, prefix, suffix };
}

async function figureColumns(
	tx: Tx,
	{
		figureId,
		versionId,
		target
	}: { figureId: string; versionId: string; target: Parameters<typeof pointsInto>[0] },
	figures: PinnedFigure[]
) {
	const editions = figures.filter(({ id }) => id === figureId);
	if (editions.length === 0) return refuse('annotation.figure_not_here', { status: 404 });
	if (!editions.some((one) => one.versionId === versionId))
		return refuse('annotation.other_version', { status: 409 });
	if (!pointsInto(target, await shapeFor(tx, versionId, target.measure)))
		return refuse('annotation.no_such_target');
	return { figure_id: figureId, version_id: versionId, target: tx.json(target) };
}
export { history, list } from './read.server.ts';
