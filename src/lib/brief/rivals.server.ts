import { notFound, refuse } from '../base/errors.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import type { Person } from '../people/person.ts';
import { hold, tell } from './hold.server.ts';
import type { Interpretation, RivalMeasures, Side } from './rival.ts';

/**
 * Says how one reads a figure, beside how others do. What a person said is theirs (rule 1), also in a published
 * brief: said anew, what was said before stays; empty takes it back.
 */
export async function interpret(
	tx: Tx,
	person: Person,
	briefId: string,
	figureId: string,
	words: string
): Promise<void> {
	const { standing, facts } = await hold(tx, person, 'annotate', briefId);
	await figureOf(tx, briefId, figureId);
	const [before] = await tx<{ words: string }[]>`
		select words from figure_interpretations
		where figure_id = ${figureId} and person_id = ${person.id} order by id desc limit 1`;
	const said = words.trim();
	if (!said && !before?.words) refuse('brief.interpretation_empty', { field: 'words' });
	if (said === before?.words) return;
	await tx`
		insert into figure_interpretations (figure_id, person_id, department_id, role, words)
		values (${figureId}, ${person.id}, ${person.departmentId}, ${standing.role!}, ${said})`;
	await tell(
		tx,
		person,
		facts,
		said ? 'brief.figure_interpreted' : 'brief.interpretation_taken_back',
		{
			figure: figureId
		}
	);
}

/** How a brief's figures are read, each as its person put it last; the first to speak first. The caller has judged. */
export async function interpretations(db: Db, briefId: string): Promise<Interpretation[]> {
	return await db<Interpretation[]>`
		select i.figure_id "figureId", i.person_id "personId", p.name, i.role, d.name "departmentName",
			i.words, i.at, i.edits
		from (
			select distinct on (x.figure_id, x.person_id) x.*,
				count(*) over w::int - 1 edits, min(x.id) over w began
			from figure_interpretations x join figures f on f.id = x.figure_id
			where f.brief_id = ${briefId} and f.removed_at is null
			window w as (partition by x.figure_id, x.person_id)
			order by x.figure_id, x.person_id, x.id desc
		) i join persons p on p.id = i.person_id join departments d on d.id = i.department_id
		where i.words <> '' order by i.began`;
}

/** Puts two measures of the same beside each other. */
export async function putSideBySide(
	tx: Tx,
	person: Person,
	briefId: string,
	input: { measured: string; sides: [Side, Side] }
): Promise<string> {
	const { facts } = await hold(tx, person, 'write', briefId);
	const measured = input.measured.trim();
	if (!measured) refuse('brief.rival_what_missing', { field: 'measured' });
	const [one, other] = input.sides;
	if (one.figureId === other.figureId) refuse('brief.rival_same_figure', { field: 'other' });
	const [row] = await tx<{ id: string }[]>`
		insert into rival_measures (brief_id, measured, by)
		values (${briefId}, ${measured}, ${person.id}) returning id`;
	for (const [i, side] of [one, other].entries()) {
		await figureOf(tx, briefId, side.figureId);
		await tx`
			insert into rival_measure_sides (rival_id, side, figure_id, groups, assumptions, let_in)
			values (${row!.id}, ${i + 1}, ${side.figureId}, ${side.groups.trim()},
				${side.assumptions.trim()}, ${side.letIn.trim()})`;
	}
	await tell(tx, person, facts, 'brief.measures_put_side_by_side', { rival: row!.id });
	return row!.id;
}

/** Parts them again. Twice is once. */
export async function withdrawRival(tx: Tx, person: Person, briefId: string, id: string) {
	const { facts } = await hold(tx, person, 'write', briefId);
	const [rival] = await tx`select from rival_measures where id = ${id} and brief_id = ${briefId}`;
	if (!rival) notFound();
	const [row] = await tx`
		update rival_measures set withdrawn_at = clock_timestamp(), withdrawn_by = ${person.id}
		where id = ${id} and brief_id = ${briefId} and withdrawn_at is null returning id`;
	if (row) await tell(tx, person, facts, 'brief.measures_parted', { rival: id });
}

/** Those whose figures both still stand in the brief. The caller has judged the reader. */
export async function rivals(db: Db, briefId: string): Promise<RivalMeasures[]> {
	const rows = await db<(Side & { id: string; measured: string; name: string })[]>`
		select r.id, r.measured, p.name, s.figure_id "figureId", s.groups, s.assumptions, s.let_in "letIn"
		from rival_measures r join persons p on p.id = r.by join rival_measure_sides s on s.rival_id = r.id
		join figures f on f.id = s.figure_id and f.removed_at is null
		where r.brief_id = ${briefId} and r.withdrawn_at is null order by r.at, r.id, s.side`;
	const ids = [...new Set(rows.map(({ id }) => id))];
	return ids.flatMap((id): RivalMeasures[] => {
		const [one, other] = rows.filter((row) => row.id === id);
		if (!one || !other) return [];
		const side = ({ figureId, groups, assumptions, letIn }: Side) => ({
			figureId,
			groups,
			assumptions,
			letIn
		});
		return [{ id, measured: one.measured, name: one.name, sides: [side(one), side(other)] }];
	});
}

async function figureOf(tx: Tx, briefId: string, figureId: string): Promise<void> {
	const [figure] = await tx`
		select from figures where id = ${figureId} and brief_id = ${briefId} and removed_at is null`;
	if (!figure) notFound();
}
