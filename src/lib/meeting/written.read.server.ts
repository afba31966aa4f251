import { today } from '../base/clock.ts';
import type { Db } from '../base/sql.server.ts';
import { may } from '../forum/access.ts';
import { members } from '../forum/forums.server.ts';
import { judge, reach, standings } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { isRipe, type Answer, type Written } from './written.ts';

type Running = { id: string; due: string; oneStops: boolean };

/** The procedure that runs for a case; null when none does. */
export async function running(db: Db, caseId: string): Promise<Running | null> {
	const [row] = await db<Running[]>`
		select id, due::text, one_stops "oneStops" from written_procedures
		where case_id = ${caseId} and ended is null`;
	return row ?? null;
}

/** Who may answer: those who vote on the case. */
export async function entitledTo(db: Db, caseId: string): Promise<{ entitled: string[] }> {
	const [row] = await db<{ forumId: string }[]>`
		select forum_id "forumId" from cases where id = ${caseId}`;
	const all = row ? await members(db, row.forumId) : [];
	const stands = await standings(
		db,
		all.map(({ personId }) => ({ person: personId, object: caseId }))
	);
	return {
		entitled: all
			.filter((_, i) => stands[i] && may(stands[i].standing, 'vote', stands[i].facts))
			.map(({ personId }) => personId)
	};
}

export type Answered = { personId: string; name: string; answer: Answer; words: string };

/** Each one's newest answer, by name. */
export async function answersOf(db: Db, procedureId: string): Promise<Answered[]> {
	return await db<Answered[]>`
		select * from (
			select distinct on (a.person_id) a.person_id "personId", p.name, a.answer, a.words
			from written_answers a join persons p on p.id = a.person_id
			where a.procedure_id = ${procedureId} order by a.person_id, a.id desc
		) newest order by name collate "da-x-icu"`;
}

type Row = Omit<Written, 'answered' | 'entitled' | 'own' | 'answers' | 'ripe' | 'may'>;

/** The newest procedure of a case as this person sees it; null when there was none. */
export async function ofCase(db: Db, person: Person, caseId: string): Promise<Written | null> {
	const { standing, facts } = await judge(db, person, 'read', caseId);
	const [row] = await db<Row[]>`
		select w.id, w.due::text, w.one_stops "oneStops", w.asked_at "askedAt", p.name "askedByName", w.ended
		from written_procedures w join persons p on p.id = w.asked_by
		where w.case_id = ${caseId} order by w.asked_at desc limit 1`;
	if (!row) return null;
	const [{ entitled }, answers] = await Promise.all([
		entitledTo(db, caseId),
		answersOf(db, row.id)
	]);
	const runs = row.ended === null && facts.phase === 'ready';
	const own = answers.find(({ personId }) => personId === person.id);
	const counts = { answered: answers.length, entitled: Math.max(entitled.length, answers.length) };
	return {
		...row,
		...counts,
		own: own ? { answer: own.answer, words: own.words } : null,
		answers:
			row.ended || standing.chair
				? answers.map(({ name, answer, words }) => ({ name, answer, words }))
				: null,
		ripe: runs && isRipe({ due: row.due, ...counts }, today()),
		may: {
			answer: runs && today() <= row.due && may(standing, 'vote', facts),
			withdraw: runs && standing.chair
		}
	};
}

export type WrittenAsked = { id: string; title: string; due: string };

/** Cases this person is asked to answer in writing, and has not. */
export async function waitingFor(db: Db, person: Person): Promise<WrittenAsked[]> {
	return await db<WrittenAsked[]>`
		select c.id, o.title, w.due::text
		from written_procedures w join cases c on c.id = w.case_id join objects o on o.id = c.id
		join members k on k.forum_id = c.forum_id and k.person_id = ${person.id} and k.role in ('director', 'chief')
		where w.ended is null and o.phase = 'ready' and w.due >= ${today()}::date
			and not exists (select from written_answers a where a.procedure_id = w.id and a.person_id = ${person.id})
			and ${reach(db, person, 'read')}`;
}

/** Cases this person chairs that were answered in writing and can be settled. `due`: the last day to answer. */
export async function toSettle(db: Db, person: Person): Promise<WrittenAsked[]> {
	const running = await db<(WrittenAsked & { procedureId: string })[]>`
		select c.id, o.title, w.due::text, w.id "procedureId"
		from written_procedures w join cases c on c.id = w.case_id join objects o on o.id = c.id
		join members k on k.forum_id = c.forum_id and k.person_id = ${person.id} and k.chair
		where w.ended is null and o.phase = 'ready' and ${reach(db, person, 'read')}`;
	const ripe = await Promise.all(
		running.map(async ({ id, due, procedureId }) => {
			const [{ entitled }, answers] = await Promise.all([
				entitledTo(db, id),
				answersOf(db, procedureId)
			]);
			return isRipe({ due, answered: answers.length, entitled: entitled.length }, today());
		})
	);
	return running.filter((_, i) => ripe[i]).map(({ id, title, due }) => ({ id, title, due }));
}
