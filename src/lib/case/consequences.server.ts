import { refuse } from '#lib/base/errors.ts';
import type { Db, Tx } from '#lib/base/sql.server.ts';
import { judgeUse } from '#lib/data/lending.server.ts';
import { reach } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import type { About, Consequence, Direction, Effect } from './consequences.ts';
import { hold } from './hold.server.ts';
import { MOST_KR, MOST_LINES, MOST_YEARS, toOre } from './money.ts';
import type { Likelihood } from './options.ts';
import { tell } from './tell.server.ts';

/** What follows of an option: rows that are their author's. */

export type Said = {
	about: About;
	what: string;
	departmentId: string | null;
	effect: Effect | null;
	likelihood: Likelihood | null;
	assumption: string;
	toldBy: string;
	/** DKK, above zero: `effect` says which way it goes. */
	amount: number | null;
	yearly: boolean;
	from: number | null;
	to: number | null;
	funding: string;
	indicator: { datasetId: string; measure: string; direction: Direction | null } | null;
};

const NOTHING: Omit<Said, 'about' | 'what'> = {
	departmentId: null,
	effect: null,
	likelihood: null,
	assumption: '',
	toldBy: '',
	amount: null,
	yearly: false,
	from: null,
	to: null,
	funding: '',
	indicator: null
};

export type Input = Partial<Said> & Pick<Said, 'about' | 'what'>;

/** Adds one line to an option. */
export async function say(
	tx: Tx,
	person: Person,
	caseId: string,
	optionId: string,
	input: Input
): Promise<string> {
	const { facts } = await hold(tx, person, 'write', caseId);
	await mustStand(tx, caseId, optionId);
	const [{ count }] = (await tx`
		select count(*)::int from consequences c where option_id = ${optionId} and withdrawn_at is null
			and not exists (select from consequences x where x.replaces = c.id)`) as unknown as [
		{ count: number }
	];
	if (count >= MOST_LINES) refuse('option.lines_many', { most: MOST_LINES });
	const columns = await checked(tx, person, facts.forumId, input);
	const id = await insert(tx, person, { ...columns, option_id: optionId });
	await tell(tx, person, caseId, facts.forumId, 'case.consequence_said', { line: id });
	return id;
}

/** Says one's own line anew. The former wording stays on record behind it; of two at once, one wins. */
export async function reword(
	tx: Tx,
	person: Person,
	caseId: string,
	lineId: string,
	input: Input
): Promise<string> {
	const { facts } = await hold(tx, person, 'write', caseId);
	const line = await find(tx, caseId, lineId);
	if (line.saidBy !== person.id) refuse('option.line_not_own', { status: 403 });
	if (line.replaced || line.withdrawn) refuse('option.line_changed', { status: 409 });
	const columns = await checked(tx, person, facts.forumId, input);
	const id = await insert(tx, person, {
		...columns,
		option_id: line.optionId,
		replaces: lineId
	});
	await tell(tx, person, caseId, facts.forumId, 'case.consequence_reworded', {
		line: id,
		replaces: lineId
	});
	return id;
}

/** Takes a line out of what counts; it stays on record. One's own needs no reason, another's does. */
export async function takeBack(
	tx: Tx,
	person: Person,
	caseId: string,
	lineId: string,
	reason = ''
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	const line = await find(tx, caseId, lineId);
	if (line.replaced || line.withdrawn) refuse('option.line_changed', { status: 409 });
	if (line.saidBy !== person.id && !reason.trim())
		refuse('option.reason_missing', { field: 'reason' });
	await tx`
		update consequences set withdrawn_at = clock_timestamp(), withdrawn_by = ${person.id},
			withdrawn_reason = ${reason.trim()}
		where id = ${lineId}`;
	await tell(tx, person, caseId, facts.forumId, 'case.consequence_taken_back', { line: lineId });
}

/** Puts a line back as it was said. */
export async function putBack(
	tx: Tx,
	person: Person,
	caseId: string,
	lineId: string
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	const line = await find(tx, caseId, lineId);
	if (line.replaced) refuse('option.line_changed', { status: 409 });
	if (!line.withdrawn) return;
	await tx`
		update consequences set withdrawn_at = null, withdrawn_by = null, withdrawn_reason = ''
		where id = ${lineId}`;
	await tell(tx, person, caseId, facts.forumId, 'case.consequence_put_back', { line: lineId });
}

/**
 * All lines of a case, oldest first, also those taken back and said anew. The caller has judged the reader of the
 * case; what a line says of an indicator is only named to who may read where it is from.
 */
export async function list(db: Db, person: Person, caseId: string): Promise<Consequence[]> {
	return await db<Consequence[]>`
		with recursive lines as (
			select c.id, c.id root, c.said_at began from consequences c join options x on x.id = c.option_id
			where x.case_id = ${caseId} and c.replaces is null
			union all
			select c.id, l.root, l.began from consequences c join lines l on c.replaces = l.id
		)
		select c.id, c.option_id "optionId", l.root, c.about, c.what,
			case when d.id is not null then jsonb_build_object('id', d.id, 'name', d.name) end department,
			c.effect, c.likelihood, c.assumption, c.told_by "toldBy", c.amount_ore::float8 ore, c.yearly,
			c.from_year "from", c.to_year "to", c.funding,
			case when c.dataset_id is not null then jsonb_build_object('datasetId', c.dataset_id,
				'measure', c.measure, 'direction', c.direction,
				'label', case when ${reach(db, person, 'read')} then i.label end) end indicator,
			c.said_by "saidBy", p.name "saidByName", c.said_at "saidAt",
			case when c.withdrawn_at is not null then jsonb_build_object('at', c.withdrawn_at,
				'byName', w.name, 'reason', c.withdrawn_reason) end withdrawn,
			exists (select from consequences n where n.replaces = c.id) replaced
		from lines l
		join consequences c on c.id = l.id
		join persons p on p.id = c.said_by
		left join persons w on w.id = c.withdrawn_by
		left join departments d on d.id = c.department_id
		left join objects o on o.id = c.dataset_id
		left join indicators i on i.dataset_id = c.dataset_id and i.measure = c.measure
		order by l.began, l.root, c.said_at`;
}

async function find(tx: Tx, caseId: string, lineId: string) {
	const [line] = await tx<
		{ optionId: string; saidBy: string; withdrawn: boolean; replaced: boolean }[]
	>`
		select c.option_id "optionId", c.said_by "saidBy", c.withdrawn_at is not null withdrawn,
			exists (select from consequences n where n.replaces = c.id) replaced
		from consequences c join options x on x.id = c.option_id
		where c.id = ${lineId} and x.case_id = ${caseId}`;
	return line ?? refuse('base.not_found', { status: 404 });
}

/** An option of this case that has not been withdrawn. */
export async function mustStand(tx: Tx, caseId: string, optionId: string): Promise<void> {
	const [option] = await tx<{ withdrawn: boolean }[]>`
		select withdrawn_at is not null withdrawn from options
		where id = ${optionId} and case_id = ${caseId}`;
	if (!option) refuse('base.not_found', { status: 404 });
	else if (option.withdrawn) refuse('case.option_withdrawn', { status: 409 });
}

async function insert(tx: Tx, person: Person, columns: Record<string, unknown>): Promise<string> {
	const [row] = await tx<{ id: string }[]>`
		insert into consequences ${tx({ ...columns, said_by: person.id } as never)} returning id`;
	return row!.id;
}

async function checked(tx: Tx, person: Person, forumId: string, input: Input) {
	const said: Said = { ...NOTHING, ...input };
	const what = said.what.trim();
	if (!what) refuse('option.what_missing', { field: 'what' });
	if (said.about === 'department' && !said.departmentId)
		refuse('option.department_missing', { field: 'department' });
	const { amount, from, to, yearly } = said;
	if (amount !== null) {
		if (!Number.isFinite(amount)) refuse('case.amount_unreadable', { field: 'amount' });
		if (toOre(amount) < 1) refuse('option.amount_sign', { field: 'amount' });
		if (amount > MOST_KR) refuse('option.amount_most', { field: 'amount' });
		if (!said.effect) refuse('option.effect_missing', { field: 'effect' });
	}
	if (to !== null && from === null) refuse('option.year_first', { field: 'from' });
	if (from !== null && (from < 2000 || from > 2100)) refuse('option.year', { field: 'from' });
	if (to !== null && (to < from! || to - from! >= MOST_YEARS))
		refuse('option.year_last', { field: 'to', most: MOST_YEARS });
	if (said.indicator) await mustRead(tx, person, forumId, said.indicator);
	return {
		about: said.about,
		what,
		department_id: said.departmentId,
		effect: said.effect,
		likelihood: said.likelihood,
		assumption: said.assumption.trim(),
		told_by: said.toldBy.trim(),
		amount_ore: amount === null ? null : toOre(amount),
		// Over several years it runs in each: once is in one.
		yearly: yearly || (to !== null && to !== from),
		from_year: from,
		to_year: to,
		funding: said.funding.trim(),
		dataset_id: said.indicator?.datasetId ?? null,
		measure: said.indicator?.measure ?? null,
		direction: said.indicator?.direction ?? null
	};
}

async function mustRead(
	tx: Tx,
	person: Person,
	forumId: string,
	{ datasetId, measure }: { datasetId: string; measure: string }
) {
	await judgeUse(tx, person, datasetId, forumId);
	const [row] = await tx`
		select from indicators where dataset_id = ${datasetId} and measure = ${measure}`;
	if (!row) refuse('option.no_such_indicator', { status: 404, field: 'indicator' });
}
