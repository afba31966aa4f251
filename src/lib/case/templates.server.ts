import { refuse } from '#lib/base/errors.ts';
import { record } from '#lib/base/events.server.ts';
import type { Db, Tx } from '#lib/base/sql.server.ts';
import { membership, mustConduct } from '#lib/forum/forums.server.ts';
import type { Person } from '#lib/people/person.ts';
import { kinds, shipped, tidied, wrong, type CaseKind, type TemplatePart } from './template.ts';

/** A forum's own templates: each change is a row, and cases that are begun keep what they were begun with. */

export type Template = {
	kind: CaseKind;
	parts: TemplatePart[];
	/** Counts the changes; 0: as the house ships it, never changed. */
	number: number;
	/** The house's own stands. */
	isShipped: boolean;
	byName: string | null;
	at: Date | null;
};

/** What a new case of the kind is made of. The caller has judged the maker. */
export async function current(db: Db, forumId: string, kind: CaseKind): Promise<TemplatePart[]> {
	const [row] = await db<{ parts: TemplatePart[] | null }[]>`
		select parts from templates where forum_id = ${forumId} and kind = ${kind}
		order by number desc limit 1`;
	return row?.parts ?? shipped[kind];
}

/** The forum's templates, one for each kind, for its members. */
export async function list(db: Db, person: Person, forum: string): Promise<Template[]> {
	const { id } = await membership(db, person, forum);
	const rows = await db<Omit<Template, 'isShipped'>[]>`
		select distinct on (t.kind) t.kind, t.parts, t.number, p.name "byName", t.at
		from templates t join persons p on p.id = t.by
		where t.forum_id = ${id} order by t.kind, t.number desc`;
	return kinds.map((kind) => {
		const row = rows.find((one) => one.kind === kind);
		const isShipped = !row?.parts;
		return {
			kind,
			parts: row?.parts ?? shipped[kind],
			number: row?.number ?? 0,
			isShipped,
			byName: row?.byName ?? null,
			at: row?.at ?? null
		};
	});
}

/** Changes the template for cases to come; null: as the house ships it. `number` is the change one saw. */
export async function save(
	tx: Tx,
	person: Person,
	forum: string,
	kind: CaseKind,
	parts: TemplatePart[] | null,
	number: number
): Promise<void> {
	const { id } = await mustConduct(tx, person, forum);
	const said = parts && tidied(parts);
	const problem = said && wrong(said);
	if (problem) refuse(problem, { field: 'parts' });
	const [row] = await tx`
		insert into templates (forum_id, kind, number, parts, by)
		select ${id}, ${kind}, ${number + 1}, ${said ? tx.json(said as never) : null}, ${person.id}
		where ${number} = coalesce((select max(number) from templates where forum_id = ${id} and kind = ${kind}), 0)
		on conflict do nothing returning number`;
	if (!row) refuse('template.changed', { status: 409 });
	await record(tx, {
		person: person.id,
		verb: 'forum.template_changed',
		kind: 'forum',
		object: id,
		forum: id,
		detail: { template: kind, number: number + 1 }
	});
}

/** Takes the last change back, by a change of its own: what stood before it stands again. */
export async function undo(
	tx: Tx,
	person: Person,
	forum: string,
	kind: CaseKind,
	number: number
): Promise<void> {
	const { id } = await mustConduct(tx, person, forum);
	if (number < 1) refuse('template.nothing_to_undo', { status: 409 });
	const [before] = await tx<{ parts: TemplatePart[] | null }[]>`
		select parts from templates
		where forum_id = ${id} and kind = ${kind} and number = ${number - 1}`;
	await save(tx, person, forum, kind, before?.parts ?? null, number);
}
