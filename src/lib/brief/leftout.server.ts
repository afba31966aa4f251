import { notFound, refuse } from '../base/errors.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import type { Person } from '../people/person.ts';
import { hold, tell } from './hold.server.ts';
import type { LeftOut } from './together.ts';

/** What was deliberately left out of a brief, and why (B6): each as the author who says so. */

export async function leaveOut(
	tx: Tx,
	person: Person,
	briefId: string,
	input: { what: string; why: string }
): Promise<string> {
	const { facts } = await hold(tx, person, 'write', briefId);
	const [what, why] = [input.what.trim(), input.why.trim()];
	if (!what) refuse('brief.left_out_what_missing', { field: 'what' });
	if (!why) refuse('brief.left_out_why_missing', { field: 'reason' });
	const [row] = await tx<{ id: string }[]>`
		insert into brief_left_out (brief_id, what, why, by)
		values (${briefId}, ${what}, ${why}, ${person.id}) returning id`;
	await tell(tx, person, facts, 'brief.left_out', { item: row!.id });
	return row!.id;
}

/** It is no longer left out, or was said wrongly. Twice is once. */
export async function withdraw(tx: Tx, person: Person, briefId: string, id: string): Promise<void> {
	const { facts } = await hold(tx, person, 'write', briefId);
	const [item] = await tx`select from brief_left_out where id = ${id} and brief_id = ${briefId}`;
	if (!item) notFound();
	const [row] = await tx`
		update brief_left_out set withdrawn_at = clock_timestamp(), withdrawn_by = ${person.id}
		where id = ${id} and brief_id = ${briefId} and withdrawn_at is null returning id`;
	if (row) await tell(tx, person, facts, 'brief.left_out_withdrawn', { item: id });
}

/** The caller has judged the reader. */
export async function list(db: Db, briefId: string): Promise<LeftOut[]> {
	return await db<LeftOut[]>`
		select l.id, l.what, l.why, p.name from brief_left_out l join persons p on p.id = l.by
		where l.brief_id = ${briefId} and l.withdrawn_at is null order by l.at, l.id`;
}
