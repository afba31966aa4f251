import { refuse } from '../base/errors.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import * as figures from '../brief/figures.server.ts';
import type { FigureData } from '../chart/figure.ts';
import * as cases from '../case/cases.server.ts';
import * as evidence from '../case/evidence.server.ts';
import * as options from '../case/options.server.ts';
import * as actions from '../decision/actions.server.ts';
import * as decisions from '../decision/decisions.server.ts';
import type { FollowUp } from '../decision/record.ts';
import * as documents from '../document/documents.server.ts';
import { may } from '../forum/access.ts';
import { members } from '../forum/forums.server.ts';
import * as objects from '../forum/objects.server.ts';
import { type Indicator, indicatorsOf } from '../goal/indicator.ts';
import * as goals from '../goal/goals.server.ts';
import * as written from '../meeting/written.read.server.ts';
import { running as runningGoals } from '../goal/running.server.ts';
import type { Person } from '../people/person.ts';

export type Decide = Omit<decisions.NewDecision, 'keepId' | 'followUp' | 'goals'> & {
	goals: Omit<goals.NewGoal, 'forumId'>[];
	actions: actions.NewAction[];
	/** A stated reason for no follow-up; null with no goal and no action shows so. */
	none: string | null;
};

/**
 * Decides a case: keeps and closes its text, freezes everything into the record, settles the case and
 * makes the follow-up, all in the door's one transaction. The case's row is held first, so that nobody
 * writes between what was read and what is frozen; the text is closed before the record is made of it.
 */
export async function decide(tx: Tx, person: Person, input: Decide): Promise<string> {
	const { caseId } = input;
	await objects.judge(tx, person, 'read', caseId);
	await tx`select from objects where id = ${caseId} for no key update`;
	const [decided] = await tx`select from decisions where case_id = ${caseId}`;
	if (decided) refuse('decision.already_decided', { status: 409 });
	const { facts } = await objects.judge(tx, person, 'decide', caseId);
	const [spoken] = await tx`select from cases where id = ${caseId} and off_record`;
	if (spoken) refuse('case.off_record_not_decided', { status: 409 });
	// Between meetings a case is decided in writing or not at all.
	if (facts.phase === 'ready' && input.method !== 'written')
		refuse('case.state_cannot_follow', { status: 409, from: facts.phase, to: 'decided' });
	if (input.none && (input.goals.length || input.actions.length))
		refuse('decision.none_beside_follow_up', { field: 'none' });

	const planned = [];
	for (const goal of input.goals)
		planned.push(await goals.plan(tx, person, { ...goal, forumId: facts.forumId }));
	const document = await documents.ofObject(tx, caseId);
	const keepId = await documents.keep(tx, person, document!.id, 'decided');
	await documents.close(tx, person, document!.id);
	const followUp = await said(tx, facts.forumId, planned, input);
	const running = await runningGoals(tx, person, facts.forumId);
	const id = await decisions.record(tx, person, { ...input, keepId, followUp, goals: running });
	for (const goal of planned)
		await goals.put(tx, person, goal, { id, confidential: facts.confidential });
	for (const action of input.actions) await actions.add(tx, person, id, action);
	await cases.setState(tx, person, caseId, 'decided', { via: 'decision' });
	if (planned.length) await cases.setState(tx, person, caseId, 'in_follow_up', { via: 'decision' });
	return id;
}

/** The figures a case rests on, also those parked. */
export const figuresOf = (items: { figureId: string | null }[]): string[] =>
	items.flatMap(({ figureId }) => (figureId ? [figureId] : []));

/** What the form needs to know, or null when this person does not decide this case now. */
export type Material = {
	caseId: string;
	forumId: string;
	options: { id: string; title: string; recommended: boolean }[];
	evidence: { id: string; kind: string; title: string; parked: boolean }[];
	indicators: Indicator[];
	people: { id: string; name: string; departmentName: string }[];
	/** Who prepared the case: proposed as the goal's owner. */
	ownerId: string;
	/** A closed round stands ready to decide by. */
	voted: boolean;
	/** It was put before the forum in writing: that is how it is decided. */
	inWriting: boolean;
};

/** What a page has read of the case already, with the figures of all its evidence. */
export type Shown = {
	options: Awaited<ReturnType<typeof options.list>>;
	evidence: Awaited<ReturnType<typeof evidence.list>>;
	figures: Promise<FigureData[]>;
};

export async function material(
	db: Db,
	person: Person,
	caseId: string,
	shown?: Shown
): Promise<Material | null> {
	const { standing, facts } = await objects.judge(db, person, 'read', caseId);
	// A case is decided where it was put before the forum, at a meeting or in writing; until then there is nothing to decide.
	if (!may(standing, 'decide', facts)) return null;
	const inWriting =
		facts.phase === 'ready' && ((await written.ofCase(db, person, caseId))?.ripe ?? false);
	if (facts.phase !== 'on_agenda' && !inWriting) return null;
	const items = shown?.evidence ?? (await evidence.list(db, caseId));
	const drawn = await (shown?.figures ?? figures.data(db, figuresOf(items)));
	const [prepared] = await db<{ ownerId: string }[]>`
		select owner_id "ownerId" from cases where id = ${caseId}`;
	const [voted] = await db`
		select from vote_rounds r join agenda_items i on i.id = r.item_id
		where i.case_id = ${caseId} and r.closed_at is not null`;
	return {
		caseId,
		forumId: facts.forumId,
		options: (shown?.options ?? (await options.list(db, caseId)))
			.filter(({ withdrawnAt }) => !withdrawnAt)
			.map(({ id, title, recommended }) => ({ id, title, recommended })),
		evidence: items.map(({ id, kind, title, parkedAt }) => ({
			id,
			kind,
			title,
			parked: parkedAt !== null
		})),
		indicators: drawn.flatMap((figure) => indicatorsOf(figure)),
		people: (await members(db, facts.forumId))
			.filter(({ role }) => role !== 'observer')
			.map(({ personId, name, departmentName }) => ({ id: personId, name, departmentName })),
		ownerId: prepared!.ownerId,
		voted: Boolean(voted),
		inWriting
	};
}

/** The follow-up in words for the record: names as they are today. */
async function said(
	tx: Tx,
	forumId: string,
	planned: goals.Planned[],
	input: Decide
): Promise<FollowUp> {
	const people = await members(tx, forumId);
	const nameOf = (id: string) => people.find(({ personId }) => personId === id)?.name ?? '';
	return {
		goals: planned.map((goal) => ({
			title: goal.title.trim(),
			owner: goal.owner.name,
			date: goal.targetDate,
			baseline: goal.baseline && { period: goal.baseline.period, value: goal.baseline.value },
			target: goal.aim.measured ? goal.aim.targetValue : null,
			sign: goal.aim.measured ? null : goal.aim.sign.trim()
		})),
		actions: input.actions.map(({ title, ownerId, due }) => ({
			title: title.trim(),
			owner: nameOf(ownerId),
			due
		})),
		none: input.none?.trim() || null
	};
}
