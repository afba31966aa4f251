import { notFound } from '../base/errors.ts';
import type { Db } from '../base/sql.server.ts';
import type { Told } from '../case/told.ts';
import { may } from '../forum/access.ts';
import * as objects from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { type Action, list as actionsOf } from './actions.server.ts';
import { revisedCount } from './cited.server.ts';
import type { DecisionRecord, FrozenFigure, FrozenProposal, Method } from './record.ts';
import type { Decider, Standing } from './roles.ts';

/** A value a decision rests on that a newer version says otherwise of. */
export type Flag = {
	figureId: string;
	figureTitle: string;
	datasetId: string;
	/** The version the decision cites, and the one that revises it. */
	cited: number;
	revised: number;
	measureKey: string;
	measure: string;
	unit: string;
	decimals: number;
	/** Labels of the cell's place, in the figure's order: 'Mølleparken', '2017'. */
	place: string[];
	coordinates: Record<string, string>;
	old: number;
	now: number | null;
	at: Date;
};

export type AddedEvidence = {
	id: string;
	kind: string;
	title: string;
	note: string;
	link: string | null;
	stance: string;
	addedByName: string;
	addedAt: Date;
	sender: string;
	told: Told;
	/** Read from the case it was added to. */
	file: { name: string; size: number } | null;
};

export type DecisionPage = {
	id: string;
	forumId: string;
	caseId: string;
	record: DecisionRecord;
	hash: string;
	added: AddedEvidence[];
	flags: Flag[];
	actions: Action[];
	can: { addEvidence: boolean; addAction: boolean };
};

/**
 * One decision. Whoever is shut out of its case, or may not read it, does not read the decision on it:
 * the record holds the whole case.
 */
export async function page(db: Db, person: Person, id: string): Promise<DecisionPage> {
	const row = await judged(db, person, id);
	const { standing, facts } = await objects.judge(db, person, 'read', row.caseId);
	const [added, flags, actions] = await Promise.all([
		addedTo(db, id),
		flagsOf(db, id, row.record),
		actionsOf(db, id)
	]);
	return {
		...row,
		added,
		flags,
		actions,
		can: {
			addEvidence: may(standing, 'annotate', facts),
			addAction: standing.chair || standing.role === 'secretary'
		}
	};
}

export type DecisionBrief = {
	id: string;
	wording: string;
	option: string;
	decider: Decider;
	standing: Standing;
	method: Method;
	byName: string;
	at: Date;
	dissent: string;
	/** How many cited values have been revised since. */
	revised: number;
	noFollowUp: string | null;
	actions: number;
	/** What was proposed of the budget, as it was frozen. */
	proposal: FrozenProposal | null;
};

/** The decision on a case, for the block under its recommendation; null when there is none. The caller has judged the reader of the case. */
export async function ofCase(db: Db, caseId: string): Promise<DecisionBrief | null> {
	const [row] = await db<DecisionBrief[]>`
		select d.id, d.wording, x.title option, d.decider, d.standing, d.method, p.name "byName", d.at,
			d.dissent, d.no_follow_up "noFollowUp", d.record -> 'proposal' proposal,
			${revisedCount(db, db`d.id`)} revised,
			(select count(*)::int from actions a where a.decision_id = d.id) actions
		from decisions d join options x on x.id = d.option_id join persons p on p.id = d.by
		where d.case_id = ${caseId}`;
	return row ?? null;
}

/** The record as it was frozen, for export. */
export async function recordOf(db: Db, person: Person, id: string) {
	const { record, hash } = await judged(db, person, id);
	return { record, hash };
}

/** The hash kept of a decision the person may read; null for any other. */
export async function hashKept(db: Db, person: Person, id: string): Promise<string | null> {
	const found = await objects.standingOf(db, person.id, id);
	if (!found || !may(found.standing, 'read', found.facts)) return null;
	const [row] = await db<{ hash: string }[]>`select hash from decisions where id = ${id}`;
	return row?.hash ?? null;
}

async function judged(db: Db, person: Person, id: string) {
	await objects.judge(db, person, 'read', id);
	type Row = Pick<DecisionPage, 'id' | 'forumId' | 'caseId' | 'record' | 'hash'>;
	const [row] = await db<Row[]>`
		select d.id, o.forum_id "forumId", d.case_id "caseId", d.record, d.hash
		from decisions d join objects o on o.id = d.id where d.id = ${id}`;
	if (!row) return notFound();
	await objects.judge(db, person, 'read', row.caseId);
	return row;
}

/** Evidence that came after: what the decision's roles know and its record does not. */
async function addedTo(db: Db, id: string): Promise<AddedEvidence[]> {
	return await db<AddedEvidence[]>`
		select e.id, e.kind, e.title, e.note, e.link, e.stance, p.name "addedByName", e.added_at "addedAt",
			e.sender, e.told, case when f.evidence_id is not null then
				jsonb_build_object('name', f.name, 'size', f.size) end file
		from decision_evidence r
		join decisions d on d.id = r.decision_id
		join evidence e on e.id = r.evidence_id
		join persons p on p.id = e.added_by
		left join evidence_files f on f.evidence_id = e.id
		where r.decision_id = ${id} and e.added_at > d.at
		order by e.added_at`;
}

type FlagRow = {
	figureId: string;
	measure: string;
	coordinates: Record<string, string>;
	old: number;
	now: number | null;
	revised: number;
	at: Date;
};

/** The newest word on each value; one that was revised back is no flag. */
async function flagsOf(db: Db, id: string, record: DecisionRecord): Promise<Flag[]> {
	const rows = await db<FlagRow[]>`
		select distinct on (f.figure_id, f.measure, f.coordinates) f.figure_id "figureId", f.measure,
			f.coordinates, f.old_value old, f.new_value now, v.number revised, f.at
		from revision_flags f join versions v on v.id = f.version_id
		where f.decision_id = ${id}
		order by f.figure_id, f.measure, f.coordinates, v.number desc`;
	return rows
		.filter(({ old, now }) => old !== now)
		.flatMap((row) => {
			const figure = record.figures.find((one) => one.id === row.figureId);
			return figure ? [told(row, figure)] : [];
		});
}

function told(row: FlagRow, figure: FrozenFigure): Flag {
	return {
		...row,
		figureTitle: figure.title,
		datasetId: figure.citation.datasetId,
		cited: figure.citation.number,
		measureKey: row.measure,
		measure: figure.measure.label,
		unit: figure.measure.unit,
		decimals: figure.measure.decimals,
		place: placeIn(figure, row.coordinates)
	};
}

/** What one cell is called: only the dimensions that tell it from the figure's other cells, time last. */
function placeIn(figure: FrozenFigure, coordinates: Record<string, string>): string[] {
	const label = (key: string) =>
		figure.dimensions
			.find((dimension) => dimension.key === key)
			?.categories.find(({ code }) => code === coordinates[key])?.label ??
		coordinates[key] ??
		'';
	const keys = figure.dimensions
		.toSorted((a, b) => Number(a.role === 'time') - Number(b.role === 'time'))
		.map(({ key }) => key);
	const telling = keys.filter((key) =>
		figure.cells.some((cell) => cell.coordinates[key] !== coordinates[key])
	);
	return (telling.length ? telling : keys).map(label);
}
