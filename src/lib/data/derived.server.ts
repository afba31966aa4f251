import { notFound, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { judge } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import {
	derivedKey,
	factorOf,
	formulaFrom,
	quotient,
	unfit,
	type Formula,
	type FormulaRow
} from './derive.ts';
import { derivedSchema, type DerivedInput } from './derive-input.ts';
import { tableOf, type Pointing, type VersionTable } from './table.server.ts';
import { newest } from './versions.server.ts';
import type { SaidLine } from './said.ts';

/** A dataset's derived measures: their formulas as rows, their numbers only as they are read. */

export type Derived = SaidLine & {
	label: string;
	formula: Formula;
	decimals: number;
	reason: string;
};

export async function add(
	tx: Tx,
	person: Person,
	datasetId: string,
	input: DerivedInput
): Promise<string> {
	const { facts } = await judge(tx, person, 'describe', datasetId);
	const { label, kind, numerator, denominator, per, basePeriod, decimals, reason } =
		derivedSchema.parse(input);
	const formula: Formula =
		kind === 'index'
			? { kind, numerator, basePeriod }
			: kind === 'rate'
				? { kind, numerator, denominator, per }
				: { kind, numerator, denominator };
	const shape = (await newest(tx, datasetId))?.shape;
	const periods = shape?.dimensions.find(({ role }) => role === 'time')?.categories ?? [];
	const wrong = unfit(formula, shape?.measures ?? [], periods);
	if (wrong) refuse(wrong.code, { field: wrong.field });
	const [row] = await tx<{ id: string }[]>`
		insert into derived_measures (dataset_id, label, kind, numerator, denominator, per, base_period, decimals, reason, by)
		values (${datasetId}, ${label}, ${kind}, ${numerator}, ${kind === 'index' ? null : denominator},
			${kind === 'rate' ? per : null}, ${kind === 'index' ? basePeriod : null}, ${decimals}, ${reason}, ${person.id})
		returning id`;
	await record(tx, {
		person: person.id,
		verb: 'dataset.derived_added',
		kind: 'dataset',
		object: datasetId,
		forum: facts.forumId,
		detail: { dataset: datasetId, derived: row!.id, ...formula }
	});
	return row!.id;
}

/** It is no longer used, because; formula and reason stay on record. */
export async function end(
	tx: Tx,
	person: Person,
	datasetId: string,
	derivedId: string,
	reason: string
): Promise<void> {
	const { facts } = await judge(tx, person, 'describe', datasetId);
	if (!reason.trim()) refuse('data.ending_reason', { field: 'reason' });
	const [row] = await tx`
		insert into derived_measure_ends (derived_id, reason, by)
		select id, ${reason.trim()}, ${person.id} from derived_measures
		where id = ${derivedId} and dataset_id = ${datasetId}
		on conflict do nothing returning derived_id`;
	if (!row) return notFound();
	await record(tx, {
		person: person.id,
		verb: 'dataset.derived_ended',
		kind: 'dataset',
		object: datasetId,
		forum: facts.forumId,
		detail: { dataset: datasetId, derived: derivedId }
	});
}

type Row = Omit<Derived, 'formula'> & FormulaRow;

/** All that were ever made, those in use first. The caller has judged the reader. */
export async function list(db: Db, datasetId: string): Promise<Derived[]> {
	const rows = await db<Row[]>`
		select d.id, d.label, d.kind, d.numerator, d.denominator, d.per, d.base_period "basePeriod", d.decimals,
			d.reason, p.name "byName", d.at,
			case when e.derived_id is not null then
				jsonb_build_object('reason', e.reason, 'byName', q.name, 'at', e.at) end ended
		from derived_measures d
		join persons p on p.id = d.by
		left join derived_measure_ends e on e.derived_id = d.id
		left join persons q on q.id = e.by
		where d.dataset_id = ${datasetId}
		order by e.at is not null, d.at`;
	return rows.map(({ kind, numerator, denominator, per, basePeriod, ...rest }) => ({
		...rest,
		formula: formulaFrom({ kind, numerator, denominator, per, basePeriod })
	}));
}

/** A version's table of a derived measure, worked out from its stored cells now. The caller has judged the reader. */
export async function derivedTable(
	db: Db,
	versionId: string,
	{ id, label, formula, decimals }: Derived,
	unit: string,
	{ from = 0, where = null }: { from?: number; where?: Pointing['where'] | null } = {}
): Promise<VersionTable> {
	const at = (measure: string) => ({ measure, from, pointing: where && { measure, where } });
	const above = await tableOf(db, versionId, at(formula.numerator));
	const below =
		formula.kind === 'index' ? above : await tableOf(db, versionId, at(formula.denominator));
	const base =
		formula.kind === 'index'
			? (above.across?.periods.findIndex(({ code }) => code === formula.basePeriod) ?? -1)
			: null;
	return {
		...above,
		measure: { key: derivedKey(id), label, unit, decimals, countsPeople: false, additive: false },
		measures: [],
		pointed: above.pointed && label,
		rows: above.rows.map((row, index) => ({
			...row,
			cells: row.cells.map((cell, column) =>
				quotient(cell, below.rows[index]!.cells[base ?? column], factorOf(formula))
			)
		}))
	};
}
