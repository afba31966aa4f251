import { notFound } from '../base/errors.ts';
import type { Db } from '../base/sql.server.ts';
import { keptOrLent, seenFrom } from '../forum/lendings.server.ts';
import { judge, reach } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { slice } from './cells.server.ts';
import { citations } from './citation.server.ts';
import type { Citation } from './citation.ts';
import { judgeCoupling, type Reading } from './couplers.server.ts';
import { guardDifference, joined, sharedBy, type Shared } from './couple.ts';
import type { Cube, CubeShape, Measure } from './cube.ts';
import { suppress } from './suppress.ts';
import { shape } from './versions.server.ts';

/**
 * Reading couplings: what was asked for, what the owners say, and, once both agree, the joined numbers. They are
 * worked out as they are read, guarded again, and kept nowhere.
 */

export type Part = {
	datasetId: string;
	versionId: string;
	title: string;
	measure: string;
	held: Record<string, string>;
	ownerId: string;
	ownerName: string;
	secondId: string | null;
	/** The newest that was said; null: not answered. */
	answer: { yes: boolean; reason: string; byName: string; at: Date } | null;
};
export type Head = {
	id: string;
	forumId: string;
	forumName: string;
	title: string;
	purpose: string;
	legalBasis: string;
	partOf: boolean;
	madeById: string;
	madeBy: string;
	madeAt: Date;
	/** The coupling of older editions that it stands instead of. */
	replaces: string | null;
	/** The one of newer editions that stands instead of it. */
	replacedBy: string | null;
};
export type Found = Head & { parts: Part[] };

/** A coupling, and how this person stands to it; not found by those it is nothing to. */
export async function readable(
	db: Db,
	person: Person,
	id: string
): Promise<Found & { reading: Reading }> {
	const found = await one(db, id);
	return { ...found, reading: await judgeCoupling(db, person, found) };
}

async function one(db: Db, id: string): Promise<Found> {
	if (!/^[0-9a-f-]{36}$/i.test(id)) return notFound();
	const [head] = await db<Head[]>`
		select c.id, c.forum_id "forumId", f.name "forumName", c.title, c.purpose, c.legal_basis "legalBasis", c.part_of "partOf",
			c.made_by "madeById", p.name "madeBy", c.made_at "madeAt", c.replaces, n.id "replacedBy"
		from couplings c join persons p on p.id = c.made_by join forums f on f.id = c.forum_id left join couplings n on n.replaces = c.id where c.id = ${id}`;
	if (!head) return notFound();
	const parts = await db<Part[]>`
		select a.dataset_id "datasetId", a.version_id "versionId", d.title, a.measure, a.held,
			d.owner_id "ownerId", p.name "ownerName", d.second_id "secondId",
			(select jsonb_build_object('yes', x.answer, 'reason', x.reason, 'byName', q.name, 'at', x.at)
				from coupling_answers x join persons q on q.id = x.by
				where x.coupling_id = a.coupling_id and x.dataset_id = a.dataset_id
				order by x.id desc limit 1) answer
		from coupling_parts a
		join datasets d on d.id = a.dataset_id
		join persons p on p.id = d.owner_id
		where a.coupling_id = ${id} order by a.position`;
	return { ...head, parts: [...parts] };
}

export type Read = Head & {
	parts: (Part & { label: string; citation: Citation; heldIn: string })[];
	/** What the two share, as the first calls it, and each one's own keys. */
	shared: Shared[];
	/** Shared dimensions and both measures; null until both owners have said yes. */
	result: Joined | null;
};
export type Joined = { cube: Cube; limit: number | null; suppressed: number };
export type CouplingPage = Omit<Read, 'parts'> & {
	parts: (Read['parts'][number] & { mine: boolean })[];
	/** asked: no joined number is here, whatever was answered. */
	reading: Reading;
	/** One of the two has come in a newer edition, and nobody has moved the coupling yet. */
	newer: boolean;
	mayRenew: boolean;
};

export async function page(db: Db, person: Person, id: string): Promise<CouplingPage> {
	const { reading, ...found } = await readable(db, person, id);
	const whole = await readFrom(db, found);
	const read = reading === 'asked' ? { ...whole, result: null } : whole;
	const mine = (part: Part) => person.id === part.ownerId || person.id === part.secondId;
	const newer = !read.replacedBy && read.parts.some(({ citation }) => citation.newest !== null);
	return {
		...read,
		reading,
		parts: read.parts.map((part) => ({ ...part, mine: mine(part) })),
		newer,
		mayRenew:
			newer && reading === 'inside' && (person.id === read.madeById || read.parts.some(mine))
	};
}

/** The coupling as it reads now. The caller has judged the reader of what it stands in. */
export const read = async (db: Db, id: string): Promise<Read> => readFrom(db, await one(db, id));

async function readFrom(db: Db, { parts, ...head }: Found): Promise<Read> {
	const shapes = await Promise.all(parts.map(({ versionId }) => shape(db, versionId)));
	const cited = await citations(
		db,
		parts.map(({ versionId }) => versionId)
	);
	return {
		...head,
		parts: parts.map((part, side) => ({
			...part,
			label: measureOf(shapes[side]!, part.measure).label,
			citation: cited.get(part.versionId)!,
			heldIn: heldWords(shapes[side]!, part.held)
		})),
		shared: sharedBy(shapes[0]!, shapes[1]!),
		result: parts.every(({ answer }) => answer?.yes)
			? await join(db, head, parts, shapes, cited)
			: null
	};
}

/** The newest of those that replace this one and that both owners have agreed to; null when there is none. */
export async function newestAgreed(db: Db, id: string): Promise<string | null> {
	const [row] = await db<{ id: string }[]>`
		with recursive later as (
			select id, 0 step from couplings where replaces = ${id}
			union all
			select c.id, l.step + 1 from couplings c join later l on c.replaces = l.id
		)
		select l.id from later l
		where (
			select bool_and(coalesce((select answer from coupling_answers a
				where a.coupling_id = p.coupling_id and a.dataset_id = p.dataset_id order by a.id desc limit 1), false))
			from coupling_parts p where p.coupling_id = l.id
		) order by l.step desc limit 1`;
	return row?.id ?? null;
}

async function join(
	db: Db,
	{ forumId, partOf, replaces }: Head,
	parts: Part[],
	shapes: CubeShape[],
	cited: Map<string, Citation>
): Promise<Joined> {
	const [forum] = await db<{ limit: number }[]>`
		select small_number_limit "limit" from forums where id = ${forumId}`;
	const exempt = await db<{ id: string }[]>`
		select id from datasets where id = any(${parts.map(({ datasetId }) => datasetId)}) and exempt_reference is not null`;
	const shared = sharedBy(shapes[0]!, shapes[1]!);
	const sides = await Promise.all(
		parts.map(async (part, side) => {
			const where: Record<string, string[]> = Object.fromEntries(
				Object.entries(part.held).map(([key, code]) => [key, [code]])
			);
			for (const { dimension, keys } of shared)
				where[keys[side]!] = dimension.categories.map(({ code }) => code);
			const cells = await slice(db, part.versionId, part.measure, where);
			const at = (own: (key: number) => string | undefined) =>
				JSON.stringify(shared.map((_, index) => own(index)));
			const known = new Map(
				cells.map(({ coordinates, ...cell }) => [
					at((index) => coordinates[shared[index]!.keys[side]!]),
					cell
				])
			);
			const measure = measureOf(shapes[side]!, part.measure);
			const published = exempt.some((one) => one.id === part.datasetId);
			return {
				measure: { ...measure, countsPeople: measure.countsPeople && !published },
				cell: (coordinates: Record<string, string>) =>
					known.get(at((index) => coordinates[shared[index]!.dimension.key]))
			};
		})
	);
	const beside = joined(shared, [sides[0]!, sides[1]!]);
	const told = signsTold(shapes);
	const cube = told ? { ...beside, shape: { ...beside.shape, marks: told } } : beside;
	const counts = sides.some(({ measure }) => measure.countsPeople);
	if (!counts) return { cube, limit: null, suppressed: 0 };
	// The strictest of those that hold for any of it.
	const limit = Math.max(forum!.limit, ...[...cited.values()].map((one) => one.limit ?? 0));
	const left = partOf ? guardDifference(cube, limit) : 0;
	// What standing side by side hid once stays hidden: the older editions are still there to be read beside these.
	const earlier = replaces ? [await before(db, replaces)] : [];
	const guarded = suppress(cube, limit, { earlier });
	const shown = cube.marks ? { ...guarded.cube, marks: cube.marks } : guarded.cube;
	return { cube: shown, limit, suppressed: left + guarded.primary + guarded.secondary };
}

/** What marks mean in either; where they mean different things, both. */
function signsTold(shapes: CubeShape[]): Record<string, string> | null {
	const told: Record<string, string> = {};
	for (const { marks = {} } of shapes)
		for (const [sign, words] of Object.entries(marks))
			told[sign] = told[sign] && told[sign] !== words ? `${told[sign]} / ${words}` : words;
	return Object.keys(told).length > 0 ? told : null;
}

/** What the coupling before shows, whether or not it is agreed to now: it was seen. */
async function before(db: Db, id: string): Promise<Cube> {
	const { parts, ...head } = await one(db, id);
	const shapes = await Promise.all(parts.map(({ versionId }) => shape(db, versionId)));
	const cited = await citations(
		db,
		parts.map(({ versionId }) => versionId)
	);
	return (await join(db, head, parts, shapes, cited)).cube;
}

export type CouplingLine = {
	id: string;
	title: string;
	other: string;
	agreed: boolean;
	refused: boolean;
};

/** The couplings a dataset is part of: in the forum one reads it in, and those its owner or second knower is asked about. */
export async function ofDataset(
	db: Db,
	person: Person,
	datasetId: string
): Promise<CouplingLine[]> {
	const { facts } = await judge(db, person, 'read', datasetId);
	const from = await seenFrom(db, person, facts);
	return await db<CouplingLine[]>`
		select c.id, c.title, d.title other,
			bool_and(coalesce(x.answer, false)) agreed, bool_or(not coalesce(x.answer, true)) refused
		from coupling_parts mine
		join couplings c on c.id = mine.coupling_id
		join coupling_parts o on o.coupling_id = c.id and o.dataset_id <> mine.dataset_id
		join datasets d on d.id = o.dataset_id
		join datasets own on own.id = mine.dataset_id
		join coupling_parts p on p.coupling_id = c.id
		left join lateral (
			select answer from coupling_answers a
			where a.coupling_id = c.id and a.dataset_id = p.dataset_id order by a.id desc limit 1
		) x on true
		where mine.dataset_id = ${datasetId}
			and (c.forum_id = ${from?.id ?? null} or ${person.id} in (own.owner_id, own.second_id))
		group by c.id, d.title order by c.made_at desc`;
}

/** The forum's couplings that both owners have agreed to, and whose datasets this person may both read. */
export async function agreedIn(
	db: Db,
	person: Person,
	forumId: string
): Promise<{ id: string; title: string; versionId: string }[]> {
	const readable = db`select o.id from objects o where ${keptOrLent(db, forumId)} and ${reach(db, person, 'read')}`;
	return await db<{ id: string; title: string; versionId: string }[]>`
		select c.id, c.title, f.version_id "versionId" from couplings c
		join coupling_parts f on f.coupling_id = c.id and f.position = 0
		where c.forum_id = ${forumId}
			and not exists (
				select from coupling_parts p where p.coupling_id = c.id and (
					p.dataset_id not in (${readable})
					or not coalesce((select answer from coupling_answers a
						where a.coupling_id = c.id and a.dataset_id = p.dataset_id order by a.id desc limit 1), false)))
		order by c.made_at desc`;
}

const measureOf = (of: CubeShape, key: string): Measure =>
	of.measures.find((measure) => measure.key === key) ?? notFound();

function heldWords({ dimensions }: CubeShape, held: Record<string, string>): string {
	return dimensions
		.flatMap(({ key, categories }) => {
			const label = categories.find(({ code }) => code === held[key])?.label;
			return label ? [label] : [];
		})
		.join(', ');
}
