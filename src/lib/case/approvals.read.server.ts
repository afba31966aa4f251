import type { Db } from '#lib/base/sql.server.ts';
import { may } from '#lib/forum/access.ts';
import { membership, members } from '#lib/forum/forums.server.ts';
import { judge, reach, standings } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { acts, responsible, seeksDecision, type Director, type Step } from './approval.ts';
import type { EvidenceFields } from './changes.ts';
import type { HeadThen } from './head-then.ts';
import type { OptionFields } from './options.ts';
import type { CasePage } from './read.server.ts';
import { since } from './since.server.ts';
import { settledStates } from './states.ts';

export type Approval = {
	id: number;
	step: Step;
	directorId: string;
	directorName: string;
	comment: string;
	byName: string;
	at: Date;
	/** Annotations that went with it. */
	notes: string[];
	keepId: string | null;
	options: OptionFields[] | null;
	evidence: EvidenceFields[] | null;
	head: HeadThen | null;
};

/** The newest step; null where none was taken. */
export async function last(db: Db, caseId: string): Promise<Approval | null> {
	const [row] = await steps(db, caseId, 1);
	return row ?? null;
}

/**
 * How a case stands with its approval, as this person sees it; null where the charter asks for none and
 * none was given. `since` is what changed after the newest answer, whichever it was.
 */
export async function ofCase(db: Db, person: Person, found: CasePage) {
	const { standing } = await judge(db, person, 'read', found.id);
	const [charter, taken] = await Promise.all([
		membership(db, person, found.forumId),
		steps(db, found.id, null)
	]);
	const wanted = charter.approval !== 'none' && seeksDecision(found.kind);
	if (!wanted && taken.length === 0) return null;
	const before = taken[0] ?? null;
	const answer = taken.find(({ keepId }) => keepId);
	const open = found.settled ? [] : acts(before, standing);
	const asks = wanted && open.includes('ask');
	const who = asks ? await directorsFor(db, found.id, found.forumId) : null;
	const changes = answer && found.document ? await since(db, found, sent(answer)) : null;
	return {
		required: charter.approval === 'required' && wanted,
		last: before && shown(before),
		/** Earlier answers, newest first. */
		earlier: taken
			.slice(1)
			.filter(({ step }) => step === 'approved' || step === 'sent_back')
			.map(shown),
		since: changes && { step: answer!.step as 'approved' | 'sent_back', at: answer!.at, changes },
		directors: who?.directors.map(({ id, name }) => ({ id, name })) ?? [],
		responsibleId: who?.responsibleId ?? null,
		may: {
			ask: asks,
			answer: open.includes('approve'),
			withdraw: open.includes('withdraw')
		}
	};
}

export type ApprovalOf = NonNullable<Awaited<ReturnType<typeof ofCase>>>;

const sent = ({ keepId, options, evidence, head }: Approval) => ({
	keepId: keepId!,
	options: options!,
	evidence: evidence!,
	head
});

const shown = ({ step, directorName, comment, byName, at, notes }: Approval) => ({
	step,
	directorName,
	comment,
	byName,
	at,
	notes
});

/** Directors who can read the case, and the one who answers for it: by its owner's department. */
export async function directorsFor(
	db: Db,
	caseId: string,
	forumId: string
): Promise<{ directors: Director[]; responsibleId: string | null }> {
	const all = (await members(db, forumId)).filter(({ role }) => role === 'director');
	const stands = await standings(
		db,
		all.map(({ personId }) => ({ person: personId, object: caseId }))
	);
	const directors = all
		.filter(
			(_, index) => stands[index] && may(stands[index].standing, 'state', stands[index].facts)
		)
		.map(({ personId, name, departmentId, chair }) => ({
			id: personId,
			name,
			departmentId,
			chair
		}));
	const [owner] = await db<{ departmentId: string; directorId: string | null }[]>`
		select p.department_id "departmentId", r.director_id "directorId"
		from cases c join persons p on p.id = c.owner_id
		left join responsible_directors r on r.forum_id = c.forum_id and r.department_id = p.department_id
		where c.id = ${caseId}`;
	const found = owner && responsible(directors, owner.departmentId, owner.directorId);
	return { directors, responsibleId: found?.id ?? null };
}

export type AwaitedCase = { id: string; title: string; kind: 'approval' | 'sent_back' };

/** Cases that wait for this director's answer, and this owner's cases that were sent back, by whom and from where ever. */
export async function waitingFor(db: Db, person: Person): Promise<AwaitedCase[]> {
	return await db<AwaitedCase[]>`
		select c.id, o.title,
			case when a.step = 'asked' and a.director_id = ${person.id} then 'approval' else 'sent_back' end kind
		from cases c
		join objects o on o.id = c.id
		left join lateral (select * from approvals where case_id = c.id order by id desc limit 1) a on true
		where (a.step = 'asked' and a.director_id = ${person.id}
				or o.phase = 'returned' and c.owner_id = ${person.id})
			and o.phase <> all(${settledStates as unknown as string[]}) and ${reach(db, person, 'read')}`;
}

async function steps(db: Db, caseId: string, limit: number | null): Promise<Approval[]> {
	return await db<Approval[]>`
		select a.id::float8, a.step, a.director_id "directorId", d.name "directorName", a.comment,
			p.name "byName", a.at, a.keep_id "keepId", a.options, a.evidence, a.head,
			array(select n.annotation_id from approval_notes n join annotations x on x.id = n.annotation_id
				where n.approval_id = a.id order by x.created_at) notes
		from approvals a join persons p on p.id = a.by join persons d on d.id = a.director_id
		where a.case_id = ${caseId} order by a.id desc limit ${limit}`;
}
