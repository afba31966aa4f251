import { refuse } from '#lib/base/errors.ts';
import { record } from '#lib/base/events.server.ts';
import type { Db, Tx } from '#lib/base/sql.server.ts';
import { membership, mustConduct } from '#lib/forum/forums.server.ts';
import { reach } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { counts, outcomeOf, type Frame, type Outcomes, type Proposal, type Way } from './budget.ts';
import { inForce, signed } from './consequences.ts';
import * as consequences from './consequences.server.ts';
import { hold } from './hold.server.ts';
import { MOST_KR, toOre } from './money.ts';
import { tell } from './tell.server.ts';

/** The forum's budget round: its frames, and what its budget cases propose. */

/** Says what a department's proposals may come to in a year, in DKK; below zero must be found; null takes it away. */
export async function setFrame(
	tx: Tx,
	person: Person,
	forum: string,
	input: { departmentId: string; year: number; amount: number | null }
): Promise<void> {
	const { id } = await mustConduct(tx, person, forum);
	const { departmentId, year, amount } = input;
	mustBeYear(year);
	if (amount !== null && !Number.isFinite(amount))
		refuse('case.amount_unreadable', { field: 'amount' });
	if (amount !== null && Math.abs(amount) > MOST_KR)
		refuse('option.amount_most', { field: 'amount' });
	const [home] = await tx`select from departments where id = ${departmentId}`;
	if (!home) refuse('base.not_found', { status: 404 });
	await tx`
		insert into budget_frames (forum_id, department_id, year, amount_ore, by)
		values (${id}, ${departmentId}, ${year}, ${amount === null ? null : toOre(amount)}, ${person.id})`;
	await record(tx, {
		person: person.id,
		verb: 'forum.budget_frame_set',
		kind: 'forum',
		object: id,
		forum: id,
		detail: { department: departmentId, year, amount }
	});
}

export type NewProposal = {
	departmentId: string;
	way: Way;
	amount: number | null;
	year: number;
	lasting: boolean;
	/** Why it is not built on data; empty where it is. */
	whyNot: string;
};

/** Says what a budget case proposes. Said again, the last counts. */
export async function propose(
	tx: Tx,
	person: Person,
	caseId: string,
	input: NewProposal
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	const [found] = await tx`select from cases where id = ${caseId} and kind = 'budget'`;
	if (!found) refuse('budget.not_a_proposal', { status: 409 });
	const { amount, year, departmentId, way, lasting, whyNot } = input;
	mustBeYear(year);
	if (amount === null || !Number.isFinite(amount))
		return refuse('case.amount_unreadable', { field: 'amount' });
	if (toOre(amount) < 1) refuse('budget.amount_sign', { field: 'amount' });
	if (amount > MOST_KR) refuse('option.amount_most', { field: 'amount' });
	const [home] = await tx`select from departments where id = ${departmentId}`;
	if (!home) refuse('base.not_found', { status: 404 });
	await tx`
		insert into budget_proposals (case_id, department_id, way, amount_ore, year, lasting, why_not, by)
		values (${caseId}, ${departmentId}, ${way}, ${toOre(amount)}, ${year}, ${lasting}, ${whyNot.trim()}, ${person.id})`;
	await tell(tx, person, caseId, facts.forumId, 'case.budget_proposed', {
		way,
		amount,
		year,
		department: departmentId
	});
}

/** What one case proposes; null: nothing said, or it is no budget case. The caller has judged the reader. */
export async function ofCase(db: Db, person: Person, caseId: string): Promise<Proposal | null> {
	return (await proposals(db, person, db`c.id = ${caseId}`, new Map()))[0] ?? null;
}

export type Round = {
	forum: { id: string; slug: string; name: string };
	conducts: boolean;
	frames: Frame[];
	/** Also those that count no more: `counts`. */
	proposals: Proposal[];
	/** Known of, not read: their money is in no sum. */
	hidden: number;
	/** Whether these are all there are; an observer does not know of cases under way. */
	whole: boolean;
	/** Budget cases that say no amount yet. */
	unsaid: { id: string; title: string }[];
	/** Years with a frame or a proposal that counts. */
	years: number[];
};

/** The forum's round as this member may see it: only proposals they may read are in it. */
export async function round(
	db: Db,
	person: Person,
	forumSlug: string,
	year: number,
	/** What was chosen in its decided cases. Handed in: decisions stand further on. */
	outcomes: Outcomes
): Promise<Round> {
	const forum = await membership(db, person, forumSlug);
	const frames = await db<(Frame & { ore: number | null })[]>`
		select distinct on (f.department_id) f.department_id "departmentId", d.name "departmentName",
			f.amount_ore::float8 ore
		from budget_frames f join departments d on d.id = f.department_id
		where f.forum_id = ${forum.id} and f.year = ${year} order by f.department_id, f.id desc`;
	const known = await db<{ id: string; title: string; readable: boolean; said: boolean }[]>`
		select o.id, o.title, ${reach(db, person, 'read')} readable,
			exists (select from budget_proposals b where b.case_id = c.id) said
		from cases c join objects o on o.id = c.id
		where c.forum_id = ${forum.id} and c.kind = 'budget' and o.phase <> 'closed' and ${reach(db, person)}
		order by c.number`;
	const framed = await db<{ year: number }[]>`
		select distinct year from budget_frames where forum_id = ${forum.id} and amount_ore is not null`;
	const theirs = db`c.forum_id = ${forum.id} and ${reach(db, person, 'read')}`;
	const proposed = await proposals(db, person, theirs as never, outcomes);
	const hidden = known.filter(({ readable, said }) => !readable && said).length;
	const years = [...framed, ...proposed.filter(counts)].map(({ year }) => year);
	return {
		forum: { id: forum.id, slug: forum.slug, name: forum.name },
		conducts: forum.chair || forum.role === 'secretary',
		frames: frames.filter(({ ore }) => ore !== null),
		proposals: proposed,
		hidden,
		whole: hidden === 0 && forum.role !== 'observer',
		unsaid: known
			.filter(({ readable, said }) => readable && !said)
			.map(({ id, title }) => ({ id, title })),
		years: [...new Set(years)].sort((a, b) => a - b)
	};
}

/**
 * Effects elsewhere are read from the lines of the way that was chosen; before that the recommended one, or the only
 * one there is beside the status quo.
 */
async function proposals(
	db: Db,
	person: Person,
	which: ReturnType<Db>,
	outcomes: Outcomes
): Promise<Proposal[]> {
	const rows = await db<(Omit<Proposal, 'elsewhere' | 'outcome'> & { optionId: string | null })[]>`
		select c.id "caseId", c.number, o.title, b.department_id "departmentId", d.name "departmentName", b.way,
			b.amount_ore::float8 ore, b.year, b.lasting, b.why_not "whyNot", o.phase state,
			(select f.amount_ore::float8 from budget_frames f
				where f.forum_id = c.forum_id and f.department_id = b.department_id and f.year = b.year
				order by f.id desc limit 1) frame,
			(select count(*)::int from evidence e
				where e.case_id = c.id and e.kind = 'figure' and e.parked_at is null) figures,
			(select case when bool_or(x.recommended) then (array_agg(x.id) filter (where x.recommended))[1]
				when count(*) = 1 then (array_agg(x.id))[1] end
				from options x where x.case_id = c.id and not x.status_quo and x.withdrawn_at is null) "optionId"
		from cases c
		join objects o on o.id = c.id
		join lateral (select * from budget_proposals p where p.case_id = c.id order by p.id desc limit 1) b on true
		join departments d on d.id = b.department_id
		where c.kind = 'budget' and ${which as never} order by d.name collate "da-x-icu", c.number`;
	const found: Proposal[] = [];
	for (const { optionId: recommended, ...row } of rows) {
		const chosen = outcomes.get(row.caseId);
		const optionId = chosen?.optionId ?? recommended;
		const lines = optionId ? await consequences.list(db, person, row.caseId) : [];
		found.push({
			...row,
			outcome: outcomeOf(row.state, chosen),
			elsewhere: inForce(lines)
				.filter((line) => line.optionId === optionId)
				.flatMap((line) =>
					line.department && line.department.id !== row.departmentId
						? [
								{
									departmentId: line.department.id,
									departmentName: line.department.name,
									what: line.what,
									money: signed(line)
								}
							]
						: []
				)
		});
	}
	return found;
}

function mustBeYear(year: number): void {
	if (!Number.isInteger(year) || year < 2000 || year > 2100)
		refuse('option.year', { field: 'year' });
}
