import type { Db } from '#lib/base/sql.server.ts';
import type { ObjectKind } from '#lib/forum/access.ts';
import { reach } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { mentionsIn } from './note.ts';

export type Mention = {
	/** The annotation's. */
	id: string;
	body: string;
	authorName: string;
	objectId: string;
	objectTitle: string;
	kind: ObjectKind;
};

/**
 * Shared annotations that name this person and are neither resolved nor answered by them since. Somebody
 * who names themselves is not waited for.
 */
export async function mentionsOf(db: Db, person: Person): Promise<Mention[]> {
	const rows = await db<(Mention & { said: string })[]>`
		select distinct on (a.id) a.id, coalesce(e.body, a.body) body, p.name "authorName",
			o.id "objectId", o.title "objectTitle", o.kind, coalesce(r.body, e.body, a.body) said
		from annotation_mentions x
		join annotations a on a.id = x.annotation_id
		join annotation_shares s on s.annotation_id = a.id
		join persons p on p.id = a.author_id
		join objects o on o.id = a.object_id
		left join annotation_replies r on r.id = x.reply_id
		left join lateral (
			select body from annotation_edits where annotation_id = a.id order by id desc limit 1
		) e on true
		left join lateral (
			select state from annotation_states where annotation_id = a.id order by id desc limit 1
		) st on true
		where x.person_id = ${person.id} and coalesce(r.author_id, a.author_id) <> ${person.id}
			and st.state is distinct from 'resolved'
			and not exists (select from annotation_replies mine where mine.annotation_id = a.id
				and mine.author_id = ${person.id} and mine.at > coalesce(r.at, s.at))
			and ${reach(db, person, 'read')}
		order by a.id, r.at desc nulls last`;
	// Whom a draft named and the words no longer do was not called upon.
	return rows
		.filter(({ said }) => mentionsIn(said, [person]).length > 0)
		.map(({ id, body, authorName, objectId, objectTitle, kind }) => ({
			id,
			body,
			authorName,
			objectId,
			objectTitle,
			kind
		}));
}
