import { notAllowed, notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { may } from '../forum/access.ts';
import { judge, standingOf } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { slice } from './cells.server.ts';
import { citations } from './citation.server.ts';
import type { Citation } from './citation.ts';
import {
	apart,
	couplingSchema,
	guardDifference,
	joined,
	sharedBy,
	type Coupling
} from './couple.ts';
import type { Cube, CubeShape, Measure } from './cube.ts';
import { suppress } from './suppress.ts';
import { newest, shape, type Version } from './versions.server.ts';

/**
 * Couplings: two datasets side by side, for a purpose and on a legal basis, with both owners asked. Until each
 * has said yes, nobody sees the joined numbers. They are worked out as they are read, and kept nowhere.
 */

export async function make(tx: Tx, person: Person, input: Coupling): Promise<string> {
	const coupling = couplingSchema.parse(input);
	const [first, second] = coupling.parts;
	if (first.datasetId === second.datasetId) refuse('data.couple_same', { field: 'second' });
	const judged = [];
	for (const { datasetId } of coupling.parts)
		judged.push(await judge(tx, person, 'couple', datasetId));
	const { forumId } = judged[0]!.facts;
	if (judged[1]!.facts.forumId !== forumId) return notFound();
	const versions: Version[] = [];
	for (const { datasetId, measure } of coupling.parts) {
		const version = (await newest(tx, datasetId)) ?? refuse('data.couple_no_version');
		if (!version.shape.measures.some(({ key }) => key === measure)) refuse('data.no_such_measure');
		versions.push(version);
	}
	const shared = sharedBy(versions[0]!.shape, versions[1]!.shape);
	if (shared.length === 0) refuse('data.couple_nothing_shared');
	const held = coupling.parts.map((part, side) =>
		Object.fromEntries(
			apart(versions[side]!.shape, shared, side as 0 | 1).map(({ key, label, categories }) => {
				const code = part.held[key];
				if (!categories.some((category) => category.code === code))
					refuse('data.couple_hold', { dimension: label });
				return [key, code!];
			})
		)
	);
	const { title, purpose, legalBasis, partOf, parts } = coupling;
	const [row] = await tx<{ id: string }[]>`
		insert into couplings (forum_id, title, purpose, legal_basis, part_of, made_by)
		values (${forumId}, ${title}, ${purpose}, ${legalBasis}, ${partOf}, ${person.id}) returning id`;
	const id = row!.id;
	for (const [position, part] of parts.entries())
		await tx`
			insert into coupling_parts (coupling_id, position, dataset_id, version_id, measure, held)
			values (${id}, ${position}, ${part.datasetId}, ${versions[position]!.id}, ${part.measure},
				${tx.json(held[position] as never)})`;
	for (const { datasetId } of parts)
		await tell(tx, person, 'dataset.coupled', datasetId, forumId, id);
	return id;
}

/** What a dataset's owner, or the second person who knows it, says to it. A no has its reason, which shows. */
export async function answer(
	tx: Tx,
	person: Person,
	id: string,
	datasetId: string,
	said: { yes: boolean; reason?: string }
): Promise<void> {
	const found = await readable(tx, person, id);
	const part = found.parts.find((one) => one.datasetId === datasetId);
	if (!part) return notFound();
	if (person.id !== part.ownerId && person.id !== part.secondId) return notAllowed();
	const reason = said.reason?.trim() ?? '';
	if (!said.yes && !reason) refuse('data.couple_no_reason', { field: 'reason' });
	await tx`
		insert into coupling_answers (coupling_id, dataset_id, answer, reason, by)
		values (${id}, ${datasetId}, ${said.yes}, ${reason}, ${person.id})`;
	const verb = said.yes ? 'dataset.coupling_agreed' : 'dataset.coupling_refused';
	await tell(tx, person, verb, datasetId, found.forumId, id);
}

const tell = (
	tx: Tx,
	person: Person,
	verb: string,
	object: string,
	forum: string,
	coupling: string
) => record(tx, { person: person.id, verb, kind: 'dataset', object, forum, detail: { coupling } });

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
type Head = {
	id: string;
	forumId: string;
	title: string;
	purpose: string;
	legalBasis: string;
	partOf: boolean;
	madeBy: string;
	madeAt: Date;
};

/** Judged as reading both datasets: who may not read one of them does not find it. */
async function readable(db: Db, person: Person, id: string): Promise<Head & { parts: Part[] }> {
	if (!/^[0-9a-f-]{36}$/i.test(id)) return notFound();
	const [head] = await db<Head[]>`
		select c.id, c.forum_id "forumId", c.title, c.purpose, c.legal_basis "legalBasis", c.part_of "partOf",
			p.name "madeBy", c.made_at "madeAt"
		from couplings c join persons p on p.id = c.made_by where c.id = ${id}`;
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
	for (const { datasetId } of parts) await judge(db, person, 'read', datasetId);
	return { ...head, parts: [...parts] };
}

export type CouplingPage = Head & {
	parts: (Part & { label: string; mine: boolean; citation: Citation; heldIn: string })[];
	/** Shared dimensions and both measures; null until both owners have said yes. */
	result: { cube: Cube; limit: number | null; suppressed: number } | null;
};

export async function page(db: Db, person: Person, id: string): Promise<CouplingPage> {
	const { parts, ...head } = await readable(db, person, id);
	const shapes = await Promise.all(parts.map(({ versionId }) => shape(db, versionId)));
	const cited = await citations(
		db,
		parts.map(({ versionId }) => versionId)
	);
	const agreed = parts.every(({ answer }) => answer?.yes);
	return {
		...head,
		parts: parts.map((part, side) => ({
			...part,
			label: measureOf(shapes[side]!, part.measure).label,
			mine: person.id === part.ownerId || person.id === part.secondId,
			citation: cited.get(part.versionId)!,
			heldIn: heldWords(shapes[side]!, part.held)
		})),
		result: agreed ? await join(db, head, parts, shapes, cited) : null
	};
}

async function join(
	db: Db,
	{ forumId, partOf }: Head,
	parts: Part[],
	shapes: CubeShape[],
	cited: Map<string, Citation>
) {
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
				cells.map(({ coordinates, value, status }) => [
					at((index) => coordinates[shared[index]!.keys[side]!]),
					{ value, status }
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
	const cube = joined(shared, [sides[0]!, sides[1]!]);
	const counts = sides.some(({ measure }) => measure.countsPeople);
	if (!counts) return { cube, limit: null, suppressed: 0 };
	// The strictest of those that hold for any of it.
	const limit = Math.max(forum!.limit, ...[...cited.values()].map((one) => one.limit ?? 0));
	const left = partOf ? guardDifference(cube, limit) : 0;
	const guarded = suppress(cube, limit);
	return { cube: guarded.cube, limit, suppressed: left + guarded.primary + guarded.secondary };
}

/** Whether one may put this dataset beside another. */
export async function mayCouple(db: Db, person: Person, datasetId: string): Promise<boolean> {
	const found = await standingOf(db, person.id, datasetId);
	return found !== null && may(found.standing, 'couple', found.facts);
}

export type CouplingLine = {
	id: string;
	title: string;
	other: string;
	agreed: boolean;
	refused: boolean;
};

/** The couplings a dataset is part of. The caller has judged; both datasets are of one forum. */
export async function ofDataset(db: Db, datasetId: string): Promise<CouplingLine[]> {
	return await db<CouplingLine[]>`
		select c.id, c.title, d.title other,
			bool_and(coalesce(x.answer, false)) agreed, bool_or(not coalesce(x.answer, true)) refused
		from coupling_parts mine
		join couplings c on c.id = mine.coupling_id
		join coupling_parts o on o.coupling_id = c.id and o.dataset_id <> mine.dataset_id
		join datasets d on d.id = o.dataset_id
		join coupling_parts p on p.coupling_id = c.id
		left join lateral (
			select answer from coupling_answers a
			where a.coupling_id = c.id and a.dataset_id = p.dataset_id order by a.id desc limit 1
		) x on true
		where mine.dataset_id = ${datasetId}
		group by c.id, d.title order by c.made_at desc`;
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
