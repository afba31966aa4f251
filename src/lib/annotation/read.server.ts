import type { Db } from '#lib/base/sql.server.ts';
import { cell } from '#lib/data/cells.server.ts';
import type { CubeShape } from '#lib/data/cube.ts';
import { shapeFor } from '#lib/data/formulas.server.ts';
import type { Target } from '#lib/data/target.ts';
import type { Role } from '#lib/forum/access.ts';
import { judge } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { labelOf, mentionsIn } from './note.ts';
import type { Kind, Note, Reply, Seen, Wording } from './note.ts';

type Row = {
	id: string;
	kind: Kind;
	body: string;
	createdAt: Date;
	authorId: string;
	authorName: string;
	role: Role;
	departmentName: string;
	sharedAt: Date | null;
	edits: number;
	state: 'resolved' | 'reopened' | null;
	stateBy: string | null;
	said: number;
	read: number;
	mentions: string[];
	terms: { id: string; word: string }[] | null;
	section: string | null;
	start: Buffer;
	end: Buffer;
	quote: string;
	prefix: string;
	suffix: string;
	attachedBy: string | null;
	figureId: string | null;
	versionId: string;
	target: Target;
	shape: CubeShape;
	datasetId: string;
	asOf: string;
	number: number;
	newest: number;
};

/** The notes on an object that a person may read: what is shared, and their own. Oldest first. */
export async function list(db: Db, person: Person, objectId: string): Promise<Note[]> {
	await judge(db, person, 'read', objectId);
	const rows = await db<Row[]>`
		select a.id, a.kind, coalesce(e.body, a.body) body, a.created_at "createdAt", a.author_id "authorId",
			p.name "authorName", a.role, d.name "departmentName", s.at "sharedAt", st.state, st.name "stateBy",
			(select count(*)::int from annotation_edits x where x.annotation_id = a.id
				and (a.author_id = ${person.id} or x.at > s.at)) edits,
			(select count(*)::int from annotation_replies x
				where x.annotation_id = a.id and x.author_id <> ${person.id})
				+ case when a.author_id = ${person.id} then 0 else 1 + (select count(*)::int
					from annotation_edits x where x.annotation_id = a.id and x.at > s.at) end said,
			coalesce((select x.said from annotation_reads x
				where x.annotation_id = a.id and x.person_id = ${person.id}), 0) read,
			array(select distinct q.name from annotation_mentions x join persons q on q.id = x.person_id
				where x.annotation_id = a.id) mentions,
			(select json_agg(json_build_object('id', t.id, 'word', t.word) order by t.word)
				from annotation_terms x join terms t on t.id = x.term_id where x.annotation_id = a.id) terms,
			coalesce(t.section, a.section) section, coalesce(t.start_position, a.start_position) "start",
			coalesce(t.end_position, a.end_position) "end", coalesce(t.quote, a.quote) quote,
			coalesce(t.prefix, a.prefix) prefix, coalesce(t.suffix, a.suffix) suffix, t.name "attachedBy",
			a.figure_id "figureId", a.version_id "versionId", a.target, v.shape, v.number,
			v.dataset_id "datasetId", v.as_of "asOf",
			(select max(n.number) from versions n where n.dataset_id = v.dataset_id) newest
		from annotations a
		join persons p on p.id = a.author_id
		join departments d on d.id = a.department_id
		left join annotation_shares s on s.annotation_id = a.id
		left join versions v on v.id = a.version_id
		left join lateral (select body from annotation_edits where annotation_id = a.id order by id desc limit 1) e on true
		left join lateral (select x.state, q.name from annotation_states x join persons q on q.id = x.by
			where x.annotation_id = a.id order by x.id desc limit 1) st on true
		left join lateral (select x.section, x.start_position, x.end_position, x.quote, x.prefix, x.suffix, q.name
			from annotation_attachments x join persons q on q.id = x.by
			where x.annotation_id = a.id order by x.id desc limit 1) t on true
		where a.object_id = ${objectId} and (s.at is not null or a.author_id = ${person.id})
		order by a.created_at, a.id`;
	const ids = rows.map(({ id }) => id);
	const [replies, wordings] = await Promise.all([
		repliesTo(db, ids),
		wordingsOf(
			db,
			rows.filter(({ edits }) => edits > 0).map(({ id }) => id)
		)
	]);
	return await Promise.all(
		rows.map(async (stored) => {
			// A derived measure is none of those stored with the version.
			const row = stored.target
				? { ...stored, shape: await shapeFor(db, stored.versionId, stored.target.measure) }
				: stored;
			// Others read what was said since they could; the author everything.
			const said = (wordings.get(row.id) ?? []).slice(-1 - row.edits);
			const told = { replies: replies.get(row.id) ?? [], earlier: said.slice(0, -1) };
			return present(row, person, told, await seenBy(db, row));
		})
	);
}

/** What the author said, from first to last; for others from when it was shared. */
export async function history(
	db: Db,
	person: Person,
	objectId: string,
	id: string
): Promise<string[]> {
	const note = (await list(db, person, objectId)).find((note) => note.id === id);
	return note ? [...note.earlier.map(({ body }) => body), note.body] : [];
}

/** All that notes have said, first to last. */
async function wordingsOf(db: Db, ids: string[]): Promise<Map<string, Wording[]>> {
	if (ids.length === 0) return new Map();
	const rows = await db<(Wording & { id: string })[]>`
		select id, body, created_at at, 0 nth from annotations where id = any(${ids})
		union all select annotation_id, body, at, id from annotation_edits where annotation_id = any(${ids})
		order by nth`;
	const byNote = new Map<string, Wording[]>();
	for (const { id, body, at } of rows) byNote.set(id, [...(byNote.get(id) ?? []), { body, at }]);
	return byNote;
}

async function repliesTo(db: Db, ids: string[]): Promise<Map<string, Reply[]>> {
	const rows = await db<(Reply & { annotationId: string })[]>`
		select r.id, r.annotation_id "annotationId", p.name "authorName", d.name "departmentName", r.body, r.at
		from annotation_replies r join persons p on p.id = r.author_id join departments d on d.id = p.department_id
		where r.annotation_id = any(${ids}) order by r.at, r.id`;
	const byNote = new Map<string, Reply[]>();
	for (const { annotationId, ...reply } of rows)
		byNote.set(annotationId, [...(byNote.get(annotationId) ?? []), reply]);
	return byNote;
}

/** A version never changes: what was seen can be read there, and never has to be kept twice. */
async function seenBy(db: Db, { figureId, versionId, target, shape }: Row): Promise<Seen | null> {
	if (figureId === null || target.kind !== 'cell') return null;
	const measure = shape.measures.find(({ key }) => key === target.measure);
	if (!measure) return null;
	const { value, status } = await cell(db, versionId, target.measure, target.coordinates);
	return { value, status, decimals: measure.decimals, unit: measure.unit };
}

function present(
	row: Row,
	person: Person,
	{ replies, earlier }: Pick<Note, 'replies' | 'earlier'>,
	seen: Seen | null
): Note {
	return {
		id: row.id,
		kind: row.kind,
		body: row.body,
		createdAt: row.createdAt,
		author: {
			id: row.authorId,
			name: row.authorName,
			role: row.role,
			departmentName: row.departmentName
		},
		own: row.authorId === person.id,
		sharedAt: row.sharedAt,
		edits: row.edits,
		said: row.said,
		unread: row.said > row.read,
		earlier,
		state: row.state === 'resolved' ? 'resolved' : 'open',
		stateBy: row.stateBy,
		replies,
		// What a draft mentioned and the words no longer do is nobody else's business.
		mentions: mentionsIn(
			[row.body, ...replies.map(({ body }) => body)].join('\n'),
			row.mentions.map((name) => ({ name }))
		).map(({ name }) => name),
		anchor:
			row.section === null
				? null
				: {
						section: row.section,
						start: row.start.toString('base64'),
						end: row.end.toString('base64'),
						quote: row.quote,
						prefix: row.prefix,
						suffix: row.suffix
					},
		terms: row.terms ?? [],
		attachedBy: row.attachedBy,
		figure:
			row.figureId === null
				? null
				: {
						figureId: row.figureId,
						versionId: row.versionId,
						target: row.target,
						label: labelOf(row.target, row.shape),
						datasetId: row.datasetId,
						asOf: row.asOf,
						seen,
						number: row.number,
						newest: row.newest
					}
	};
}
