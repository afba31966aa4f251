import { today } from '../base/clock.ts';
import { notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { may, mayCreate } from '../forum/access.ts';
import { hasLeft } from '../forum/leaving.server.ts';
import { keptOrLent, seenFrom } from '../forum/lendings.server.ts';
import { judge, reach, register, setTitle, standings } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { lines as breakLines, type BreakLine } from './breaks.server.ts';
import type { Grade } from './citation.ts';
import type { Changes } from './compare.ts';
import type { CubeShape } from './cube.ts';
import { judgeReading } from './lending.server.ts';
import type { Note } from './notes.ts';
import type { Merge } from './recipe.ts';
import {
	descriptionSchema,
	missingOf,
	type Description,
	type DescriptionInput,
	type Wanted
} from './description.ts';

/** Datasets: what they are, and the list of them. Their figures are in versions.server.ts and cells.server.ts. */

export type NewDataset = Omit<DescriptionInput, 'ownerId'> & {
	forumId: string;
	/** Whoever makes it, unless told otherwise. */
	ownerId?: string;
	/** The owner's, unless told otherwise. */
	departmentId?: string;
};

export async function create(tx: Tx, person: Person, input: NewDataset): Promise<string> {
	const description = descriptionSchema.parse({ ...input, ownerId: input.ownerId ?? person.id });
	const owner = await memberOf(tx, input.forumId, description.ownerId);
	const departmentId = input.departmentId ?? owner.departmentId;
	const id = await register(tx, person, {
		kind: 'dataset',
		forumId: input.forumId,
		departmentId,
		title: description.title,
		phase: 'current'
	});
	if (description.secondId) await memberOf(tx, input.forumId, description.secondId);
	await tx`insert into datasets ${tx({ id, ...row(description) })}`;
	if (description.ownerId !== person.id)
		await tx`
			insert into authors (object_id, person_id, added_by) values (${id}, ${description.ownerId}, ${person.id})
			on conflict do nothing`;
	await record(tx, {
		person: person.id,
		verb: 'dataset.created',
		kind: 'dataset',
		object: id,
		forum: input.forumId,
		detail: { title: description.title, owner: description.ownerId }
	});
	return id;
}

/** Says where the figures come from. Every field is given; what is empty shows as missing. */
export async function describe(
	tx: Tx,
	person: Person,
	id: string,
	input: DescriptionInput
): Promise<void> {
	const { facts } = await judge(tx, person, 'describe', id);
	const description = descriptionSchema.parse(input);
	const [before] = await tx<
		Record<string, unknown>[]
	>`select * from datasets where id = ${id} for update`;
	await memberOf(tx, facts.forumId, description.ownerId);
	if (description.secondId) await memberOf(tx, facts.forumId, description.secondId);
	const now = row(description);
	const changed = Object.keys(now).filter((key) => now[key as keyof typeof now] !== before?.[key]);
	if (changed.length === 0) return;
	await tx`update datasets set ${tx(now)} where id = ${id}`;
	await setTitle(tx, id, description.title);
	await record(tx, {
		person: person.id,
		verb: 'dataset.described',
		kind: 'dataset',
		object: id,
		forum: facts.forumId,
		detail: { fields: changed }
	});
}

/** Says when the next figures are expected, as whoever brings in the newest does. */
export async function expectNext(tx: Tx, person: Person, id: string, day: string): Promise<void> {
	const { facts } = await judge(tx, person, 'describe', id);
	const changed = await tx`
		update datasets set next_update = ${day} where id = ${id} and next_update is distinct from ${day}
		returning id`;
	if (changed.length > 0)
		await record(tx, {
			person: person.id,
			verb: 'dataset.described',
			kind: 'dataset',
			object: id,
			forum: facts.forumId,
			detail: { fields: ['next_update'] }
		});
}

const row = (description: Description) => ({
	title: description.title,
	definition: description.definition,
	owner_id: description.ownerId,
	second_id: description.secondId,
	source: description.source,
	registration: description.registration,
	population: description.population,
	weaknesses: description.weaknesses,
	legal_basis: description.legalBasis,
	purpose: description.purpose,
	rhythm: description.rhythm,
	next_update: description.nextUpdate,
	grade: description.grade,
	sender: description.sender,
	sender_interest: description.senderInterest,
	synthetic: description.synthetic,
	exempt_reference: description.exemptReference
});

/** The owner or second person must be an active member of the forum. */
export async function memberOf(
	tx: Tx,
	forumId: string,
	personId: string
): Promise<{ departmentId: string }> {
	const [member] = await tx<{ departmentId: string }[]>`
		select p.department_id "departmentId" from members m join persons p on p.id = m.person_id
		where m.forum_id = ${forumId} and m.person_id = ${personId} and p.deactivated_at is null`;
	return member ?? refuse('data.owner_must_be_member');
}

export type DatasetPage = Description & {
	id: string;
	forumId: string;
	/** The forum one reads it in: its own, or for others one it is lent to. */
	forumSlug: string;
	forumName: string;
	/** The forum that keeps it, for those who read it in another. */
	lentBy: string | null;
	departmentName: string;
	ownerName: string;
	ownerEmail: string;
	secondName: string | null;
	stale: boolean;
	/** Its owner has left: it is to be handed over. */
	ownerLeft: boolean;
	missing: Wanted[];
	versions: VersionLine[];
	breaks: BreakLine[];
	/** What the reader may do here. */
	can: { import: boolean; describe: boolean; brief: boolean };
};

export type VersionLine = {
	id: string;
	number: number;
	asOf: string;
	fileName: string;
	importedAt: Date;
	importedBy: string;
	limit: number | null;
	suppressed: number;
	changes: Changes | null;
	/** Categories that became one at import, and why. */
	merges: Merge[];
	/** What was told of it when it came; empty for those who do not bring in its figures. */
	notes: Note[];
	/** The number of the version it was made from by a stricter limit. */
	stricterOf: number | null;
};

/** A dataset with its versions, newest first. Not found for those outside its forum and those it is lent to. */
export async function page(db: Db, person: Person, id: string): Promise<DatasetPage> {
	const { standing, facts } = await judgeReading(db, person, id);
	const from = (await seenFrom(db, person, facts)) ?? notFound();
	const [dataset] = await db<
		Omit<
			DatasetPage,
			'forumSlug' | 'lentBy' | 'stale' | 'missing' | 'versions' | 'breaks' | 'can'
		>[]
	>`
		select d.id, o.forum_id "forumId", f.name "forumName", coalesce(dep.name, '') "departmentName",
			d.title, d.definition, d.owner_id "ownerId", p.name "ownerName", p.email "ownerEmail",
			d.second_id "secondId", s.name "secondName", d.source, d.registration, d.population, d.weaknesses,
			d.legal_basis "legalBasis", d.purpose, d.rhythm, d.next_update "nextUpdate", d.grade, d.sender,
			d.sender_interest "senderInterest", d.synthetic, d.exempt_reference "exemptReference",
			${hasLeft(db, db`d.owner_id`, db`o.forum_id`)} "ownerLeft"
		from datasets d
		join objects o on o.id = d.id
		join forums f on f.id = o.forum_id
		join persons p on p.id = d.owner_id
		left join persons s on s.id = d.second_id
		left join departments dep on dep.id = o.department_id
		where d.id = ${id}`;
	if (!dataset) return refuse('base.not_found', { status: 404 });
	const versions = await db<VersionLine[]>`
		select v.id, v.number, v.as_of "asOf", v.file_name "fileName", v.imported_at "importedAt",
			p.name "importedBy", v.small_number_limit "limit", v.suppressed, v.changes,
			coalesce(v.recipe->'merges', '[]') merges, ${may(standing, 'import', facts) ? db`v.notes` : db`'[]'::jsonb`} notes,
			(select number from versions where id = v.stricter_of) "stricterOf"
		from versions v join persons p on p.id = v.imported_by
		where v.dataset_id = ${id} order by v.number desc`;
	const breaks = await breakLines(db, id);
	return {
		...dataset,
		forumSlug: from.slug,
		forumName: from.name,
		lentBy: from.id === dataset.forumId ? null : dataset.forumName,
		stale: dataset.nextUpdate !== null && dataset.nextUpdate < today(),
		missing: missingOf(dataset),
		versions: [...versions],
		breaks: [...breaks],
		can: {
			import: may(standing, 'import', facts),
			describe: may(standing, 'describe', facts),
			brief: mayCreate(from.role, 'brief', from.chair)
		}
	};
}

/** A forum's datasets that this person may bring figures to, by title. */
export async function importable(
	db: Db,
	person: Person,
	forumId: string
): Promise<{ id: string; title: string }[]> {
	const rows = await db<{ id: string; title: string }[]>`
		select o.id, o.title from objects o
		where o.forum_id = ${forumId} and o.kind = 'dataset' and ${reach(db, person, 'read')}
		order by o.title collate "da-x-icu"`;
	const stands = await standings(
		db,
		rows.map(({ id }) => ({ person: person.id, object: id }))
	);
	return rows.filter((_, at) => stands[at] && may(stands[at].standing, 'import', stands[at].facts));
}

export type DatasetLine = {
	id: string;
	title: string;
	ownerName: string;
	departmentName: string;
	grade: Grade | null;
	synthetic: boolean;
	nextUpdate: string | null;
	stale: boolean;
	version: { id: string; number: number; asOf: string } | null;
	measures: string[];
};

/** A forum's datasets, and those lent to it, by title, for choosing one. Looking for them: catalogue.server.ts. */
export async function list(db: Db, person: Person, forumId: string): Promise<DatasetLine[]> {
	const rows = await db<
		(Omit<DatasetLine, 'stale' | 'version' | 'measures'> & {
			versionId: string | null;
			number: number | null;
			asOf: string | null;
			measures: CubeShape['measures'] | null;
		})[]
	>`
		select d.id, d.title, p.name "ownerName", coalesce(dep.name, '') "departmentName", d.grade, d.synthetic,
			d.next_update "nextUpdate", v.id "versionId", v.number, v.as_of "asOf", v.shape -> 'measures' measures
		from datasets d
		join objects o on o.id = d.id
		join persons p on p.id = d.owner_id
		left join departments dep on dep.id = o.department_id
		left join lateral (
			select id, number, as_of, shape from versions where dataset_id = d.id order by number desc limit 1
		) v on true
		where ${keptOrLent(db, forumId)} and ${reach(db, person, 'read')}
		order by d.title collate "da-x-icu"`;
	return rows.map(({ versionId, number, asOf, measures, ...line }) => ({
		...line,
		stale: line.nextUpdate !== null && line.nextUpdate < today(),
		version: versionId ? { id: versionId, number: number!, asOf: asOf! } : null,
		measures: (measures ?? []).map(({ label }) => label)
	}));
}
