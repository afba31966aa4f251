import { notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Tx } from '../base/sql.server.ts';
import { coupledProblem, coupledSpec } from '../chart/coupled.ts';
import { dimensionsOf } from '../chart/coupled.server.ts';
import type { FigureSpec } from '../chart/figure.ts';
import { readable, shapeFor } from '../data/formulas.server.ts';
import * as couplings from '../data/couplings.server.ts';
import { newestAgreed } from '../data/coupled.server.ts';
import { judgeUse } from '../data/lending.server.ts';
import * as outlines from '../data/outlines.server.ts';
import type { Person } from '../people/person.ts';
import { PLACES, type Place } from './brief.ts';
import type { StoredFigure } from './drawn.server.ts';
import { specOnNewer, specProblem } from './figure.ts';
import { hold } from './hold.server.ts';
import { idsOf } from './pinned.server.ts';

export { compared, data, drawnFrom, preview } from './drawn.server.ts';
export { idsOf, one, pinned, usesOf } from './pinned.server.ts';

/** Figures of a brief, each pinned to one version for good (product rule 3). */

export type NewFigure = {
	versionId: string;
	title: string;
	/** Why it is relevant to the question (B2); empty shows as missing. */
	why?: string;
	spec: FigureSpec;
	/** On the brief's one page, or behind it. */
	firstPage?: boolean;
	/** Behind it: the section of the text it stands in; without one, after the text. */
	section?: Place | null;
	/** The algorithm its numbers are the result of (B7). */
	algorithm?: string | null;
};

export async function add(
	tx: Tx,
	person: Person,
	briefId: string,
	input: NewFigure
): Promise<string> {
	const { facts } = await hold(tx, person, 'write', briefId);
	const title = input.title.trim();
	if (!title) refuse('brief.figure_title_missing', { field: 'title' });
	await mustDraw(tx, person, facts.forumId, input.versionId, input.spec);
	const id = await insert(tx, person, briefId, { ...input, title });
	await tell(tx, person, briefId, facts.forumId, 'brief.figure_added', {
		figure: id,
		version: input.versionId
	});
	return id;
}

async function insert(
	tx: Tx,
	person: Person,
	briefId: string,
	input: NewFigure & { couplingId?: string }
): Promise<string> {
	const [row] = await tx<{ id: string }[]>`
		insert into figures (brief_id, version_id, coupling_id, position, title, why, spec, first_page, section, algorithm, created_by)
		select ${briefId}, ${input.versionId}, ${input.couplingId ?? null}, coalesce(max(position), 0) + 1, ${input.title},
			${input.why?.trim() ?? ''}, ${tx.json(input.spec as never)}, ${input.firstPage ?? true},
			${sectionOf(input)}, ${input.algorithm?.trim() || null}, ${person.id}
		from figures where brief_id = ${briefId}
		returning id`;
	return row!.id;
}

/** A coupling as a figure, once both owners have agreed to it; pinned to the two editions it was made on. */
export async function addCoupled(
	tx: Tx,
	person: Person,
	briefId: string,
	input: Omit<NewFigure, 'versionId'> & { couplingId: string }
): Promise<string> {
	const { facts } = await hold(tx, person, 'write', briefId);
	const title = input.title.trim();
	if (!title) refuse('brief.figure_title_missing', { field: 'title' });
	const versionId = await mustCouple(tx, person, facts.forumId, input.couplingId, input.spec);
	const id = await insert(tx, person, briefId, { ...input, title, versionId });
	await tell(tx, person, briefId, facts.forumId, 'brief.figure_added', {
		figure: id,
		version: versionId,
		coupling: input.couplingId
	});
	return id;
}

/** Changes what a figure is called, why it is there and how it is drawn; never which version it shows. */
export async function edit(
	tx: Tx,
	person: Person,
	briefId: string,
	figureId: string,
	input: Omit<NewFigure, 'versionId'>
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', briefId);
	const [figure] = await tx<{ versionId: string; couplingId: string | null }[]>`
		select version_id "versionId", coupling_id "couplingId" from figures
		where id = ${figureId} and brief_id = ${briefId} and removed_at is null for update`;
	if (!figure) return await gone(tx, briefId, figureId);
	const title = input.title.trim();
	if (!title) refuse('brief.figure_title_missing', { field: 'title' });
	if (figure.couplingId) await mustCouple(tx, person, facts.forumId, figure.couplingId, input.spec);
	else await mustDraw(tx, person, facts.forumId, figure.versionId, input.spec);
	await tx`
		update figures set title = ${title}, why = ${input.why?.trim() ?? ''},
			spec = ${tx.json(input.spec as never)}, first_page = ${input.firstPage ?? true},
			section = ${sectionOf(input)}, algorithm = ${input.algorithm?.trim() || null}
		where id = ${figureId}`;
	await tell(tx, person, briefId, facts.forumId, 'brief.figure_edited', { figure: figureId });
}

/** Takes a figure out of the brief; notes made on it stay with it. Twice is once. */
export async function remove(
	tx: Tx,
	person: Person,
	briefId: string,
	figureId: string
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', briefId);
	const [row] = await tx`
		update figures set removed_at = clock_timestamp()
		where id = ${figureId} and brief_id = ${briefId} and removed_at is null returning id`;
	if (!row) return await mustHave(tx, briefId, figureId);
	await tell(tx, person, briefId, facts.forumId, 'brief.figure_removed', { figure: figureId });
}

/** Moves a figure one step up (-1) or down (+1). */
export async function move(
	tx: Tx,
	person: Person,
	briefId: string,
	figureId: string,
	step: -1 | 1
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', briefId);
	const ids = await idsOf(tx, briefId);
	const from = ids.indexOf(figureId);
	const to = from + step;
	if (from < 0 || to < 0 || to >= ids.length) return;
	[ids[from], ids[to]] = [ids[to]!, ids[from]!];
	for (const [i, id] of ids.entries())
		await tx`update figures set position = ${i + 1} where id = ${id}`;
	await tell(tx, person, briefId, facts.forumId, 'brief.figure_moved', { figure: figureId });
}

/** The same figure of the newest version, right after the old one: a figure never moves to other numbers. */
export async function bringNewer(
	tx: Tx,
	person: Person,
	briefId: string,
	figureId: string
): Promise<string> {
	await hold(tx, person, 'write', briefId);
	const [figure] = await tx<(StoredFigure & { position: number; newestId: string })[]>`
		select f.id, f.title, f.why, f.spec, f.first_page "firstPage", f.section, f.algorithm,
			f.version_id "versionId", f.coupling_id "couplingId", f.position,
			(select n.id from versions n where n.dataset_id = v.dataset_id order by n.number desc limit 1) "newestId"
		from figures f join versions v on v.id = f.version_id
		where f.id = ${figureId} and f.brief_id = ${briefId} and f.removed_at is null`;
	if (!figure) return await gone(tx, briefId, figureId);
	const { title, why, firstPage, section, algorithm, position, versionId, newestId } = figure;
	const { couplingId } = figure;
	if (!couplingId && newestId === versionId) refuse('brief.figure_is_newest', { status: 409 });
	const id = couplingId
		? await newerCoupled(tx, person, briefId, { ...figure, couplingId })
		: await add(tx, person, briefId, {
				title,
				why,
				firstPage,
				section,
				algorithm,
				spec: specOnNewer(figure.spec, await readable(tx, versionId), await readable(tx, newestId)),
				versionId: newestId
			});
	await tx`
		update figures set position = position + 1
		where brief_id = ${briefId} and position > ${position}`;
	await tx`update figures set position = ${position + 1} where id = ${id}`;
	return id;
}

/** The same figure of the coupling of newer editions, when both owners have agreed to that. */
async function newerCoupled(
	tx: Tx,
	person: Person,
	briefId: string,
	{
		title,
		why,
		firstPage,
		section,
		algorithm,
		spec,
		couplingId
	}: StoredFigure & { couplingId: string }
): Promise<string> {
	const newer = await newestAgreed(tx, couplingId);
	if (!newer) return refuse('brief.coupling_not_newer', { status: 409 });
	const [old, now] = [await couplings.read(tx, couplingId), await couplings.read(tx, newer)];
	const shape = (of: typeof old) => ({ dimensions: dimensionsOf(of), measures: [] });
	const followed = specOnNewer(spec, shape(old), shape(now));
	const wish = { ...followed, highlight: followed.highlight ?? [] };
	const drawn = coupledSpec(dimensionsOf(now), spec.measure, wish);
	return await addCoupled(tx, person, briefId, {
		title,
		why,
		firstPage,
		section,
		algorithm,
		spec: drawn,
		couplingId: newer
	});
}

async function mustDraw(
	tx: Tx,
	person: Person,
	forumId: string,
	versionId: string,
	spec: FigureSpec
): Promise<void> {
	const [version] = await tx<{ datasetId: string }[]>`
		select dataset_id "datasetId" from versions where id = ${versionId}`;
	if (!version) return notFound();
	await judgeUse(tx, person, version.datasetId, forumId);
	const problem = specProblem(spec, await shapeFor(tx, versionId, spec.measure));
	if (problem) refuse(problem, { field: 'spec' });
	if (spec.kind !== 'map') return;
	const fitting = await outlines.fitting(tx, forumId, versionId);
	if (!fitting.some(({ id, dimension }) => id === spec.outline && dimension === spec.x))
		refuse('brief.no_outline', { field: 'outline' });
}

/** The edition of the first of the two. A coupling that an owner has said no to is not placed anywhere. */
async function mustCouple(
	tx: Tx,
	person: Person,
	forumId: string,
	couplingId: string,
	spec: FigureSpec
): Promise<string> {
	const coupling = await couplings.page(tx, person, couplingId);
	if (coupling.forumId !== forumId) return notFound();
	for (const { datasetId } of coupling.parts) await judgeUse(tx, person, datasetId, forumId);
	if (!coupling.result) refuse('brief.coupling_not_agreed', { status: 409 });
	const problem = coupledProblem(spec, dimensionsOf(coupling));
	if (problem) refuse(problem, { field: 'spec' });
	return coupling.parts[0]!.versionId;
}

/** One that was taken out meanwhile, or never was in this brief. */
async function mustHave(tx: Tx, briefId: string, figureId: string): Promise<void> {
	const [row] = await tx`select from figures where id = ${figureId} and brief_id = ${briefId}`;
	if (!row) notFound();
}

async function gone(tx: Tx, briefId: string, figureId: string): Promise<never> {
	await mustHave(tx, briefId, figureId);
	return refuse('brief.figure_gone', { status: 409 });
}

/** What stands on the first page stands nowhere else. */
function sectionOf({ firstPage = true, section }: Pick<NewFigure, 'firstPage' | 'section'>) {
	return firstPage || !section || !PLACES.includes(section) ? null : section;
}

async function tell(
	tx: Tx,
	person: Person,
	briefId: string,
	forumId: string,
	verb: string,
	detail: Record<string, string>
) {
	await record(tx, {
		person: person.id,
		verb,
		kind: 'brief',
		object: briefId,
		forum: forumId,
		detail
	});
}
