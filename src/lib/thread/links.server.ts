import type { Db } from '../base/sql.server.ts';
import type { ObjectKind } from '../forum/access.ts';
import * as objects from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { KINDS, type Hop, type Thread, type ThreadKind } from './thread.ts';

/**
 * Walks the thread from any object, both ways: what it came from and what came of it, not what merely
 * shares a source with it. Goes only through what the person may read; what one may only know of is a stub.
 */
export async function walk(db: Db, person: Person, objectId: string): Promise<Thread> {
	const { facts } = await objects.judge(db, person, 'know', objectId);
	if (facts.kind === 'meeting') return { current: 'meeting', hops: [] };
	const start = await seen(db, person, facts.kind, [objectId]);
	const found = new Map<ThreadKind, Hop[]>([[facts.kind, start]]);
	for (const step of [-1, 1] as const) {
		let last = start;
		for (let i = KINDS.indexOf(facts.kind) + step; KINDS[i]; i += step) {
			const kind = KINDS[i]!;
			// The start goes along: a goal is also tied to the dataset it reads, past what lies between.
			const from = readable(last === start ? start : [...last, ...start]);
			const ids = from.length ? await next(db, kind, step, from) : [];
			last = await seen(db, person, kind, ids);
			found.set(kind, last);
		}
	}
	return {
		current: facts.kind,
		hops: KINDS.map((kind) => ({ kind, nodes: mark(found.get(kind) ?? [], objectId) }))
	};
}

/** One hop by the rows that tie one object to another. */
async function next(db: Db, kind: ThreadKind, step: 1 | -1, from: string[]): Promise<string[]> {
	const rows = await (step === 1 ? forward(db, kind, from) : back(db, kind, from));
	return rows.map(({ id }) => id);
}

type Id = { id: string };

async function forward(db: Db, kind: ThreadKind, from: string[]): Promise<Id[]> {
	if (kind === 'brief')
		return await db<Id[]>`
			select distinct f.brief_id id from figures f join figure_versions w on w.figure_id = f.id
			join versions v on v.id = w.version_id where v.dataset_id = any(${from}) and f.removed_at is null`;
	if (kind === 'case')
		return await db<Id[]>`
			select id from cases where brief_id = any(${from})
			union select e.case_id from evidence e join figures f on f.id = e.figure_id
			where f.brief_id = any(${from})`;
	if (kind === 'decision')
		return await db<Id[]>`select id from decisions where case_id = any(${from})`;
	return await db<Id[]>`
		select id from goals where decision_id = any(${from}) or dataset_id = any(${from})`;
}

async function back(db: Db, kind: ThreadKind, from: string[]): Promise<Id[]> {
	if (kind === 'dataset')
		return await db<Id[]>`
			select distinct v.dataset_id id from figures f join figure_versions w on w.figure_id = f.id
			join versions v on v.id = w.version_id where f.brief_id = any(${from}) and f.removed_at is null
			union select dataset_id from goals where id = any(${from}) and dataset_id is not null`;
	if (kind === 'brief')
		return await db<Id[]>`
			select brief_id id from cases where id = any(${from}) and brief_id is not null
			union select f.brief_id from evidence e join figures f on f.id = e.figure_id
			where e.case_id = any(${from})`;
	if (kind === 'case')
		return await db<Id[]>`select case_id id from decisions where id = any(${from})`;
	return await db<Id[]>`
		select decision_id id from goals where id = any(${from}) and decision_id is not null`;
}

type Seen = { id: string; title: string; readable: boolean };

/** What the person may know of, in the order it was made; titles only of what they may read. */
async function seen(db: Db, person: Person, kind: ObjectKind, ids: string[]): Promise<Hop[]> {
	if (ids.length === 0) return [];
	const rows = await db<Seen[]>`
		select o.id, o.title, ${objects.reach(db, person, 'read')} and not exists (
			select from decisions d join exclusions e on e.object_id = d.case_id
			where d.id = o.id and e.person_id = ${person.id} and e.until is null) readable
		from objects o
		where o.id = any(${ids}) and o.kind = ${kind} and ${objects.reach(db, person)}
		order by o.created_at, o.id`;
	return rows.map(({ id, title, readable }) => ({
		id,
		title: readable ? title : null,
		current: false
	}));
}

const readable = (hops: Hop[]): string[] =>
	hops.flatMap(({ id, title }) => (title === null ? [] : [id]));

const mark = (hops: Hop[], objectId: string): Hop[] =>
	hops.map((hop) => ({ ...hop, current: hop.id === objectId }));
