import type { Db } from '../base/sql.server.ts';
import * as forums from '../forum/forums.server.ts';
import * as objects from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import type { Order } from './order.ts';

/** What forums have ordered, as its readers may see it. */

/** What a forum has ordered and has not been published or taken back; the nearest date first. Not for observers. */
export async function list(db: Db, person: Person, forumId: string): Promise<Order[]> {
	const { role } = await forums.membership(db, person, forumId);
	if (role === 'observer') return [];
	return await db<Order[]>`
		${columns(db, person)}
		where r.forum_id = ${forumId} and r.withdrawn_at is null and o.phase is distinct from 'published'
		order by r.due, r.at`;
}

/** The order a brief was made of, for whoever reads the brief; they have been judged. */
export async function ofBrief(db: Db, person: Person, briefId: string): Promise<Order | null> {
	const [row] = await db<Order[]>`${columns(db, person)} where r.brief_id = ${briefId}`;
	return row ?? null;
}

type Waiting = {
	id: string;
	title: string;
	due: string;
	where: string;
	slug: string;
	briefId: string | null;
};

/** What is ordered of this person and not published yet. */
export async function waitingFor(db: Db, person: Person): Promise<Waiting[]> {
	return await db<Waiting[]>`
		select r.id, r.question title, r.due::text, r.focus "where", f.slug, o.id "briefId"
		from brief_orders r join forums f on f.id = r.forum_id
		join members m on m.forum_id = r.forum_id and m.person_id = ${person.id} and m.role <> 'observer'
		left join objects o on o.id = r.brief_id
		where ${person.id} in (r.analyst_id, r.practitioner_id) and r.withdrawn_at is null
			and (r.brief_id is null or (o.phase <> 'published' and ${objects.reach(db, person, 'read')}))`;
}

/** A brief that is begun is named only to those who may know of it. */
const columns = (db: Db, person: Person) => db`
	select r.id, r.focus, r.question, r.if_known "ifKnown", r.due::text, r.at, b.name "byName",
		r.analyst_id "analystId", a.name "analystName", r.practitioner_id "practitionerId",
		p.name "practitionerName", r.brief_id is not null begun,
		case when ${objects.reach(db, person)} then o.id end "briefId"
	from brief_orders r join persons b on b.id = r.ordered_by join persons a on a.id = r.analyst_id
	join persons p on p.id = r.practitioner_id left join objects o on o.id = r.brief_id`;
