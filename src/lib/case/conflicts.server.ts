import { refuse } from '#lib/base/errors.ts';
import type { Db, Tx } from '#lib/base/sql.server.ts';
import { judge, reach } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import * as consequences from './consequences.server.ts';
import {
	findConflicts,
	verdictOn,
	type Ground,
	type RunningGoal,
	type Verdict
} from './conflicts.ts';
import { hold } from './hold.server.ts';
import { tell } from './tell.server.ts';

export type Said = { goalId: string; verdict: Verdict['verdict']; reason: string };

/**
 * Says whether an option and a running goal really pull apart, and why. Said again, the last counts. Its ground is what
 * is found between the two at that moment; where nothing is, there is nothing to say.
 */
export async function say(
	tx: Tx,
	person: Person,
	caseId: string,
	optionId: string,
	input: Said,
	/** Those that run and the person may read. Handed in: goals stand further on. */
	goals: RunningGoal[]
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	await consequences.mustStand(tx, caseId, optionId);
	const goal = await judge(tx, person, 'read', input.goalId);
	if (goal.facts.kind !== 'goal' || goal.facts.forumId !== facts.forumId)
		refuse('base.not_found', { status: 404 });
	const reason = input.reason.trim();
	if (!reason) refuse('option.verdict_reason_missing', { field: 'reason' });
	const found = findConflicts(await consequences.list(tx, person, caseId), goals).find(
		(one) => one.optionId === optionId && one.goalId === input.goalId
	);
	if (!found) return refuse('option.no_conflict', { status: 409 });
	await tx`
		insert into conflict_verdicts (option_id, goal_id, ground, verdict, reason, by)
		values (${optionId}, ${input.goalId}, ${found.ground}, ${input.verdict}, ${reason}, ${person.id})`;
	await tell(tx, person, caseId, facts.forumId, `case.conflict_${input.verdict}`, {
		option: optionId,
		goal: input.goalId
	});
}

/** What has been said in a case, oldest first. The caller has judged the reader of the case and shows known goals only. */
export async function list(db: Db, caseId: string): Promise<Verdict[]> {
	return await db<Verdict[]>`
		select v.option_id "optionId", v.goal_id "goalId", case when not g.confidential then g.title end "goalTitle",
			v.ground, v.verdict, v.reason, p.name "byName", v.at
		from conflict_verdicts v
		join options x on x.id = v.option_id
		join objects g on g.id = v.goal_id
		join persons p on p.id = v.by
		where x.case_id = ${caseId} order by v.id`;
}

/** An option of a case, as a goal's page tells of it. */
export type AgainstGoal = {
	caseId: string;
	caseTitle: string;
	optionId: string;
	option: string;
	ground: Ground;
	verdict: Verdict | null;
};

/**
 * The way back: options in cases that are open, or were decided so, that pull against this goal by the same rule.
 * What somebody has dismissed is not told again. Only cases one may read.
 */
export async function ofGoal(db: Db, person: Person, goal: RunningGoal): Promise<AgainstGoal[]> {
	const { departmentId, indicator } = goal;
	const options = await db<Omit<AgainstGoal, 'ground' | 'verdict'>[]>`
		select distinct on (o.title, x.position, x.id) o.id "caseId", o.title "caseTitle",
			x.id "optionId", x.title option
		from consequences c
		join options x on x.id = c.option_id
		join objects o on o.id = x.case_id
		where x.withdrawn_at is null and c.withdrawn_at is null and o.phase <> 'closed'
			and ((c.dataset_id = ${indicator?.datasetId ?? null} and c.measure = ${indicator?.measure ?? null})
				or (c.effect = 'cost' and c.department_id = ${departmentId}))
			and ${reach(db, person, 'read')}
		order by o.title, x.position, x.id`;
	const found: AgainstGoal[] = [];
	for (const [caseId, inCase] of Map.groupBy(options, (option) => option.caseId)) {
		const [lines, said] = [await consequences.list(db, person, caseId), await list(db, caseId)];
		for (const one of findConflicts(lines, [goal])) {
			const option = inCase.find(({ optionId }) => optionId === one.optionId);
			const verdict = verdictOn(one, said);
			if (option && verdict?.verdict !== 'dismissed')
				found.push({ ...option, ground: one.ground, verdict });
		}
	}
	return found;
}
