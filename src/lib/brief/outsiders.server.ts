import { notFound } from '../base/errors.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import type { FigureData } from '../chart/figure.ts';
import { reach } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { data } from './drawn.server.ts';
import { settle } from './recognitions.server.ts';
import type { Recognition } from './together.ts';

/**
 * Owners of what a brief's forum has on loan. They are in another forum: they are asked of a sentence or a figure, read
 * that and nothing else of the brief, and their answer shows there as everybody's does (B6).
 */

export type AskedOutside = Pick<
	Recognition,
	'id' | 'due' | 'recognised' | 'reason' | 'answeredAt' | 'before'
> & {
	briefId: string;
	briefTitle: string;
	forumId: string;
	forumName: string;
	askedBy: string;
	datasetId: string;
	datasetTitle: string;
	/** The sentence asked about; null when it is a figure. */
	quote: string | null;
	figureId: string | null;
	figureTitle: string | null;
};

/** What one is asked, for the one who is asked while the question stands; for anybody else it is not there. */
export async function one(db: Db, person: Person, id: string): Promise<AskedOutside> {
	if (!/^[0-9a-f-]{36}$/i.test(id)) return notFound();
	const [row] = await db<AskedOutside[]>`
		select r.id, r.due::text, r.recognised, r.reason, r.answered_at "answeredAt", b.id "briefId", b.title "briefTitle",
			b.forum_id "forumId", f.name "forumName", p.name "askedBy", o.id "datasetId", o.title "datasetTitle", r.quote,
			g.id "figureId", g.title "figureTitle",
			(select coalesce(json_agg(json_build_object('recognised', x.recognised, 'reason', x.reason, 'at', x.at)
				order by x.id), '[]') from brief_recognitions_before x where x.recognition_id = r.id) before
		from ${asked(db, person)} join forums f on f.id = b.forum_id join persons p on p.id = r.asked_by
		left join figures g on g.id = r.figure_id
		where r.id = ${id} and ${mayAnswer(db, person)}`;
	if (!row) return notFound();
	return { ...row, before: row.before.map((said) => ({ ...said, at: new Date(said.at) })) };
}

/** The figure asked about; null where another dataset is in it that this person may not read. */
export async function figureOf(
	db: Db,
	person: Person,
	{ figureId }: AskedOutside
): Promise<FigureData | null> {
	if (!figureId) return null;
	const [closed] = await db`
		select from figure_versions w join versions v on v.id = w.version_id join objects o on o.id = v.dataset_id
		where w.figure_id = ${figureId} and not ${reach(db, person, 'read')}`;
	if (closed) return null;
	const [figure] = await data(db, [figureId]);
	return figure ?? null;
}

/** Yes, or no because; anew as long as the question stands. */
export async function answer(
	tx: Tx,
	person: Person,
	id: string,
	said: { recognised: boolean; reason: string }
): Promise<void> {
	const { briefId, forumId } = await one(tx, person, id);
	// Publishing and taking the draft back wait their turn, as they do for those inside.
	await tx`select from objects where id = ${briefId} for no key update`;
	await settle(tx, person, { id: briefId, forumId }, id, said);
}

/** What this person is asked from other forums and has not answered. */
export async function waitingFor(
	db: Db,
	person: Person
): Promise<{ id: string; title: string; due: string | null; briefTitle: string }[]> {
	return await db<{ id: string; title: string; due: string | null; briefTitle: string }[]>`
		select r.id, coalesce(r.quote, g.title) title, r.due::text, b.title "briefTitle"
		from ${asked(db, person)} left join figures g on g.id = r.figure_id
		where r.answered_at is null and ${mayAnswer(db, person)}`;
}

/** `r` what is asked of this person, `b` the brief, `o` the dataset, `d` who owns it. */
const asked = (db: Db, person: Person) => db`
	brief_recognitions r join objects b on b.id = r.brief_id and r.person_id = ${person.id}
	join objects o on o.id = r.dataset_id join datasets d on d.id = r.dataset_id`;

/** Not in the brief's forum, and still the dataset's owner or second knower in its own. */
const mayAnswer = (db: Db, person: Person) => db`
	(r.withdrawn_at is null and not b.confidential and ${person.id} in (d.owner_id, d.second_id)
		and not exists (select from members m where m.forum_id = b.forum_id and m.person_id = ${person.id})
		and exists (select from members m where m.forum_id = o.forum_id and m.person_id = ${person.id})
		and not exists (select from exclusions e
			where e.object_id = b.id and e.person_id = ${person.id} and e.until is null)
		and ${reach(db, person, 'read')})`;
