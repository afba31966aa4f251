import type { Db, Tx } from '../base/sql.server.ts';
import { notAllowed, notFound } from '../base/errors.ts';
import { notify } from '../base/notify.server.ts';
import { record } from '../base/events.server.ts';
import { refuse } from '../base/errors.ts';
import type { Person } from '../people/person.ts';
import {
	may,
	mayCreate,
	type Facts,
	type ObjectKind,
	type Role,
	type Standing,
	type Verb
} from './access.ts';

export { exclude, readmit } from './exclusions.server.ts';

/** Every object access is judged on, whatever chapter it belongs to. */

export type NewObject = {
	/** Given when the caller needs to know it beforehand. */
	id?: string;
	kind: ObjectKind;
	forumId: string;
	departmentId: string | null;
	title: string;
	phase: string;
	confidential?: boolean;
	/** Another object whose authors write this one too: a decision is open to those its case is. */
	authorsOf?: string;
	/** A person who writes it beside its maker, such as a goal's owner. */
	author?: string;
};

/** Registers a new object, its maker as author. Refused when the person may not make that kind there. */
export async function register(tx: Tx, person: Person, object: NewObject): Promise<string> {
	const [member] = await tx<{ role: Role; chair: boolean }[]>`
		select role, chair from members where forum_id = ${object.forumId} and person_id = ${person.id}`;
	if (!member) return notFound();
	if (!mayCreate(member.role, object.kind, member.chair)) return notAllowed();
	const [row] = await tx<{ id: string }[]>`
		insert into objects ${tx({
			...(object.id ? { id: object.id } : {}),
			kind: object.kind,
			forum_id: object.forumId,
			department_id: object.departmentId,
			title: object.title,
			phase: object.phase,
			confidential: object.confidential ?? false,
			created_by: person.id
		})} returning id`;
	await tx`
		insert into authors (object_id, person_id, added_by)
		select ${row!.id}, a.person_id, ${person.id}
		from (values (${person.id}::uuid), (${object.author ?? person.id}::uuid)
			union select person_id from authors where object_id = ${object.authorsOf ?? null}) a (person_id)
		on conflict do nothing`;
	return row!.id;
}

/** A new phase changes what people may do, so sockets on the object are judged again. */
export async function setPhase(tx: Tx, id: string, phase: string): Promise<void> {
	await tx`update objects set phase = ${phase} where id = ${id}`;
	await notify(tx, { type: 'access', object: id });
}

export async function setTitle(tx: Tx, id: string, title: string): Promise<void> {
	await tx`update objects set title = ${title} where id = ${id}`;
}

/** Lets another member write along. Only someone who may write the object adds one. */
export async function addAuthor(
	tx: Tx,
	person: Person,
	id: string,
	authorId: string
): Promise<void> {
	const { facts } = await judge(tx, person, 'write', id);
	const [member] = await tx<{ role: Role }[]>`
		select role from members where forum_id = ${facts.forumId} and person_id = ${authorId}`;
	if (!member || member.role === 'observer') refuse('forum.author_must_be_member');
	await tx`
		insert into authors (object_id, person_id, added_by) values (${id}, ${authorId}, ${person.id})
		on conflict do nothing`;
	await record(tx, {
		person: person.id,
		verb: `${facts.kind}.author_added`,
		kind: facts.kind,
		object: id,
		forum: facts.forumId,
		detail: { author: authorId }
	});
	await notify(tx, { type: 'access', object: id, person: authorId });
}

/** Takes a co-author out again. Only someone who may write the object does, and someone goes on writing it. */
export async function removeAuthor(
	tx: Tx,
	person: Person,
	id: string,
	authorId: string
): Promise<void> {
	const { facts } = await judge(tx, person, 'write', id);
	const authors = await tx<{ id: string }[]>`
		select person_id id from authors where object_id = ${id} order by person_id for update`;
	if (!authors.some((author) => author.id === authorId))
		refuse('forum.author_is_off', { status: 409 });
	if (authors.length === 1) refuse('forum.last_author');
	await tx`delete from authors where object_id = ${id} and person_id = ${authorId}`;
	await record(tx, {
		person: person.id,
		verb: `${facts.kind}.author_removed`,
		kind: facts.kind,
		object: id,
		forum: facts.forumId,
		detail: { author: authorId }
	});
	await notify(tx, { type: 'access', object: id, person: authorId });
}

/** Closes an object to all but its authors and the chair, or opens it again. It is they who do. */
export async function setConfidential(
	tx: Tx,
	person: Person,
	id: string,
	confidential: boolean
): Promise<void> {
	const { facts } = await judge(tx, person, 'conceal', id);
	const changed = await tx`
		update objects set confidential = ${confidential}
		where id = ${id} and confidential <> ${confidential} returning id`;
	if (changed.length === 0) return;
	await record(tx, {
		person: person.id,
		verb: confidential ? 'object.concealed' : 'object.opened',
		kind: facts.kind,
		object: id,
		forum: facts.forumId
	});
	await notify(tx, { type: 'access', object: id });
}

type StandingRow = Omit<Facts, 'kind'> & {
	kind: ObjectKind;
	personId: string;
	role: Role | null;
	chair: boolean;
	homeId: string | null;
	author: boolean;
	asked: boolean;
	excluded: boolean;
	service: boolean;
	guest: Standing['guest'];
};
export type Stands = { standing: Standing; facts: Facts };

/** One person's standing to one object, and the object's facts; null when there is no such object. */
export async function standingOf(
	db: Db,
	personId: string,
	objectId: string
): Promise<Stands | null> {
	const [stands] = await standings(db, [{ person: personId, object: objectId }]);
	return stands ?? null;
}

/**
 * The same for many at once, in one query, in the order asked. Person and member are looked up one by one
 * (`limit 1`): a plan made for a few would else compare every one with everyone.
 */
export async function standings(
	db: Db,
	asked: { person: string; object: string }[]
): Promise<(Stands | null)[]> {
	const objects = asked.map(({ object }) => (/^[0-9a-f-]{36}$/i.test(object) ? object : null));
	if (objects.every((object) => object === null)) return objects.map(() => null);
	const rows = await db<(StandingRow & { place: number })[]>`
		select a.place::int, o.id, o.kind, o.forum_id "forumId", o.department_id "departmentId", o.phase,
			o.confidential, o.created_by "createdBy", a.person_id "personId", m.role,
			coalesce(m.chair, false) chair, p.department_id "homeId",
			exists (select from authors x where x.object_id = o.id and x.person_id = a.person_id) author,
			exists (select from readers r
				where r.object_id = o.id and r.person_id = a.person_id and r.until is null) asked,
			exists (select from exclusions e
				where e.object_id = o.id and e.person_id = a.person_id and e.until is null) excluded,
			coalesce(s.granted, false) service, l.guest
		from unnest(${asked.map(({ person }) => person)}::uuid[], ${objects}::uuid[])
			with ordinality a (person_id, object_id, place)
		join objects o on o.id = a.object_id
		left join lateral (
			select id, department_id, service from persons
			where id = a.person_id and deactivated_at is null limit 1
		) p on true
		left join lateral (
			select role, chair from members where forum_id = o.forum_id and person_id = p.id limit 1
		) m on true
		left join lateral (
			select true granted from service_grants where p.service and account_id = p.id and object_id = o.id
		) s on true
		left join lateral (
			select case when bool_or(l.until is null) then 'now' else 'before' end guest
			from lendings l join members g on g.forum_id = l.forum_id and g.person_id = p.id
			where o.kind = 'dataset' and l.object_id = o.id having count(*) > 0
		) l on true`;
	const found: (Stands | null)[] = asked.map(() => null);
	for (const {
		place,
		personId,
		role,
		chair,
		homeId,
		author,
		asked,
		excluded,
		service,
		guest,
		...facts
	} of rows)
		found[place - 1] = {
			standing: {
				personId,
				role,
				chair,
				departmentId: homeId ?? '',
				author,
				asked,
				excluded,
				service,
				guest
			},
			facts
		};
	return found;
}

/** Stands at every verb's door: 404 when the object may not be known of, 403 when known but not allowed. */
export async function judge(db: Db, person: Person, verb: Verb, objectId: string): Promise<Stands> {
	const found = await standingOf(db, person.id, objectId);
	if (!found || !may(found.standing, 'know', found.facts)) return notFound();
	if (!may(found.standing, verb, found.facts)) return notAllowed();
	return found;
}

/** May someone other than who asks do this to that object? */
export async function allowed(
	db: Db,
	personId: string,
	verb: Verb,
	objectId: string
): Promise<boolean> {
	const found = await standingOf(db, personId, objectId);
	return found !== null && may(found.standing, verb, found.facts);
}

/**
 * The same sentences as `may(…, 'know' | 'read')`, as a condition on `objects o`, for lists.
 * tests/forum/reach.test.ts holds the two against each other.
 */
export function reach(db: Db, person: Person, verb: 'know' | 'read' = 'know') {
	const author = db`exists (select from authors a where a.object_id = o.id and a.person_id = ${person.id})`;
	const included = db`not exists (select from exclusions e
		where e.object_id = o.id and e.person_id = ${person.id} and e.until is null)`;
	const readable =
		verb === 'know' ? db`` : db`and ${included} and (not o.confidential or m.chair or ${author})`;
	const lent =
		verb === 'know' ? db`` : db`and l.until is null and not o.confidential and ${included}`;
	return db`(exists (
		select from members m join persons p on p.id = m.person_id and p.deactivated_at is null
		where m.forum_id = o.forum_id and m.person_id = ${person.id}
			and not (o.kind = 'brief' and o.phase <> 'published' and not ${author}
				and (m.role = 'observer' or not exists (select from readers r
					where r.object_id = o.id and r.person_id = ${person.id} and r.until is null)))
			and not (o.kind = 'case' and m.role = 'observer'
				and o.phase not in ('on_agenda', 'deferred', 'decided', 'in_follow_up', 'closed'))
			${readable})
		or (o.kind = 'dataset' and exists (
			select from lendings l join members m on m.forum_id = l.forum_id and m.person_id = ${person.id}
			join persons p on p.id = m.person_id and p.deactivated_at is null
			where l.object_id = o.id ${lent})))`;
}
