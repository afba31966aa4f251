import { isDay } from '../base/clock.ts';
import { notFound, refuse } from '../base/errors.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { reach } from '../forum/objects.server.ts';
import * as readers from '../forum/readers.server.ts';
import type { Person } from '../people/person.ts';
import { hold, step, tell } from './hold.server.ts';
import type { Step } from './steps.ts';
import type { Review, ReviewAnswer } from './together.ts';

/** Peer review (B6): named people read a draft and say what they have to say, or that they have nothing more. */

export async function ask(
	tx: Tx,
	person: Person,
	briefId: string,
	input: { personIds: string[]; due?: string | null; seen?: Step }
): Promise<void> {
	if (input.personIds.length === 0) refuse('brief.reviewers_missing', { field: 'reviewers' });
	if (input.due && !isDay(input.due)) refuse('brief.due_not_a_day', { field: 'due' });
	const facts = await step(tx, person, briefId, 'review', input.seen);
	for (const asked of new Set(input.personIds)) {
		const [author] = await tx`
			select from authors where object_id = ${briefId} and person_id = ${asked}`;
		if (author) refuse('brief.reviewer_writes', { status: 409, field: 'reviewers' });
		if (!(await readers.letRead(tx, person, facts, asked)))
			refuse('brief.reviewer_cannot_read', { field: 'reviewers' });
		await tx`
			insert into brief_reviews (brief_id, person_id, due, asked_by)
			values (${briefId}, ${asked}, ${input.due || null}, ${person.id})
			on conflict (brief_id, person_id) where answered_at is null and withdrawn_at is null do nothing`;
	}
	await tell(tx, person, facts, 'brief.review_asked', { of: [...new Set(input.personIds)] });
}

/**
 * The one who was asked answers; comments themselves stand beside the text as notes. Until it is published they may
 * answer anew: what was answered before stays behind it, with its time; the same again changes nothing.
 */
export async function answer(
	tx: Tx,
	person: Person,
	briefId: string,
	said: { answer: ReviewAnswer; words: string }
): Promise<void> {
	const { facts } = await hold(tx, person, 'annotate', briefId);
	const [review] = await tx<Standing[]>`
		select id, withdrawn_at "withdrawnAt", answer, words from brief_reviews
		where brief_id = ${briefId} and person_id = ${person.id} order by asked_at desc limit 1 for update`;
	if (!review) return notFound();
	if (review.withdrawnAt) refuse('brief.review_settled', { status: 409 });
	if (facts.phase === 'published') refuse('brief.published', { status: 409 });
	const words = said.words.trim();
	if (review.answer === said.answer && review.words === words) return;
	await tx`
		insert into brief_reviews_before (review_id, answer, words, at)
		select id, answer, words, answered_at from brief_reviews
		where id = ${review.id} and answered_at is not null`;
	await tx`
		update brief_reviews set answer = ${said.answer}, words = ${words}, answered_at = clock_timestamp()
		where id = ${review.id}`;
	await tell(tx, person, facts, review.answer ? 'brief.review_changed' : 'brief.review_answered', {
		review: review.id,
		answer: said.answer
	});
}

type Standing = {
	id: string;
	withdrawnAt: Date | null;
	answer: ReviewAnswer | null;
	words: string;
};

/** Back to its authors alone: what is unanswered is taken back, what was answered stays. */
export async function takeBack(
	tx: Tx,
	person: Person,
	briefId: string,
	seen?: Step
): Promise<void> {
	const facts = await step(tx, person, briefId, 'back', seen);
	await tx`
		update brief_reviews set withdrawn_at = clock_timestamp()
		where brief_id = ${briefId} and answered_at is null and withdrawn_at is null`;
	await tx`
		update brief_recognitions set withdrawn_at = clock_timestamp()
		where brief_id = ${briefId} and answered_at is null and withdrawn_at is null`;
	await readers.endReading(tx, facts);
	await tell(tx, person, facts, 'brief.taken_back');
}

/** Everyone who was asked and not asked in vain. The caller has judged the reader. */
export async function list(db: Db, briefId: string): Promise<Review[]> {
	const rows = await db<Review[]>`
		select r.id, r.person_id "personId", p.name, d.name "departmentName", r.due::text, b.name "byName",
			r.answer, r.words, r.answered_at "answeredAt",
			(select coalesce(json_agg(json_build_object('answer', x.answer, 'words', x.words, 'at', x.at)
				order by x.id), '[]') from brief_reviews_before x where x.review_id = r.id) before
		from brief_reviews r join persons p on p.id = r.person_id join departments d on d.id = p.department_id
		join persons b on b.id = r.asked_by
		where r.brief_id = ${briefId} and r.withdrawn_at is null order by r.asked_at, p.name`;
	return rows.map((row) => ({
		...row,
		before: row.before.map((one) => ({ ...one, at: new Date(one.at) }))
	}));
}

type Waiting = { id: string; title: string; due: string | null; briefId: string };

/** Briefs this person is asked to read and has not answered. Published, it is too late. */
export async function waitingFor(db: Db, person: Person): Promise<Waiting[]> {
	return await db<Waiting[]>`
		select r.id, o.title, r.due::text, o.id "briefId"
		from brief_reviews r join objects o on o.id = r.brief_id
		where r.person_id = ${person.id} and r.answered_at is null and r.withdrawn_at is null
			and o.phase <> 'published' and ${reach(db, person, 'read')}`;
}
