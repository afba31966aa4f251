import type { Tx } from '#lib/base/sql.server.ts';
import { judge } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';

/** A note, and how much of what others have said in it has been read (`Note.said`). */
export type Read = { id: string; said: number };

/**
 * Notes that this person has had notes in hand. Their own row: no event tells of it and nobody else is shown it.
 * Notes they may not read are passed over, and less than was read before takes nothing back.
 */
export async function read(tx: Tx, person: Person, objectId: string, notes: Read[]): Promise<void> {
	await judge(tx, person, 'read', objectId);
	await tx`
		insert into annotation_reads (annotation_id, person_id, said)
		select distinct on (a.id) a.id, ${person.id}::uuid, n.said
		from jsonb_to_recordset(${tx.json(notes)}) n(id uuid, said int)
		join annotations a on a.id = n.id and a.object_id = ${objectId}
		where n.said > 0 and (a.author_id = ${person.id}
			or exists (select from annotation_shares s where s.annotation_id = a.id))
		order by a.id, n.said desc
		on conflict (annotation_id, person_id) do update set said = excluded.said, at = clock_timestamp()
			where annotation_reads.said < excluded.said`;
}
