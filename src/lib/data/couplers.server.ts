import { notAllowed, notFound, refuse } from '../base/errors.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { may, type Role } from '../forum/access.ts';
import { memberships } from '../forum/forums.server.ts';
import { seenFrom, standsTo } from '../forum/lendings.server.ts';
import { judge, standingOf } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { judgeReading, judgeUse } from './lending.server.ts';

/**
 * Who puts two datasets side by side, in which forum, and who may see it. A coupling belongs to one forum, which keeps
 * each of the two or has it on loan.
 */

type Asked = { datasetId: string; ownerId: string; secondId: string | null };

/**
 * inside: in the coupling's forum, and may read both datasets there. asked: owns or knows one that another forum keeps:
 * told what is asked, and no figure of the other's. Anybody else does not find it.
 */
export type Reading = 'inside' | 'asked';

export async function judgeCoupling(
	db: Db,
	person: Person,
	{ forumId, parts }: { forumId: string; parts: Asked[] }
): Promise<Reading> {
	const forums = await memberships(db, person);
	if (forums.some(({ id }) => id === forumId)) {
		for (const { datasetId } of parts) await judgeIn(db, person, datasetId, forumId);
		return 'inside';
	}
	for (const { datasetId, ownerId, secondId } of parts) {
		if (person.id !== ownerId && person.id !== secondId) continue;
		const { standing } = await judge(db, person, 'read', datasetId);
		if (standing.role !== null) return 'asked';
	}
	return notFound();
}

/** Reading a dataset in a forum: its own, or lent to it now. */
async function judgeIn(db: Db, person: Person, datasetId: string, forumId: string): Promise<void> {
	const { facts } = await judgeReading(db, person, datasetId);
	if (facts.forumId === forumId) return;
	const lent = await standsTo(db, datasetId, forumId);
	if (lent === 'before') refuse('data.taken_back', { status: 403 });
	if (lent === null) notFound();
}

/** Members but observers put side by side what their forum keeps or has on loan; the owners are asked. */
const works = (role: Role) => role !== 'observer';

/**
 * The forum in which this person puts these datasets side by side: where each is kept or on loan, and they are more than
 * an observer; first the one that keeps most of them. `only`: this one or none. Nothing is taken back before the coupling stands.
 */
export async function placeFor(
	tx: Tx,
	person: Person,
	datasetIds: string[],
	only?: string
): Promise<string> {
	const keptIn: string[] = [];
	for (const id of datasetIds) keptIn.push((await judgeReading(tx, person, id)).facts.forumId);
	const keeps = (forum: string) => keptIn.filter((kept) => kept === forum).length;
	const mine = (await memberships(tx, person))
		.filter(({ id }) => only === undefined || id === only)
		.toSorted((a, b) => keeps(b.id) - keeps(a.id));
	const meeting = [];
	let before = false;
	for (const { id, role } of mine) {
		const stands = await Promise.all(
			datasetIds.map((datasetId, at) => (keptIn[at] === id ? 'now' : standsTo(tx, datasetId, id)))
		);
		if (stands.every((one) => one === 'now')) meeting.push({ id, role });
		else if (stands.every((one) => one !== null)) before = true;
	}
	if (meeting.length === 0) return before ? refuse('data.taken_back', { status: 403 }) : notFound();
	const place = meeting.find(({ role }) => works(role)) ?? notAllowed();
	for (const [at, id] of datasetIds.entries())
		await (keptIn[at] === place.id
			? judge(tx, person, 'couple', id)
			: judgeUse(tx, person, id, place.id));
	return place.id;
}

/** Whether one may put this dataset beside another, in the forum one reads it in. */
export async function mayCouple(db: Db, person: Person, datasetId: string): Promise<boolean> {
	const found = await standingOf(db, person.id, datasetId);
	if (!found || !may(found.standing, 'read', found.facts)) return false;
	if (found.standing.role !== null) return may(found.standing, 'couple', found.facts);
	const from = await seenFrom(db, person, found.facts);
	return from !== null && works(from.role);
}
