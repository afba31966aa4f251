import type { Tx } from '#lib/base/sql.server.ts';
import { refuse } from '#lib/base/errors.ts';
import { record } from '#lib/base/events.server.ts';
import type { Person } from '#lib/people/person.ts';
import * as objects from '#lib/forum/objects.server.ts';
import { members } from '#lib/forum/forums.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import { clear } from './clear.server.ts';
import { fromBrief } from './start.server.ts';
import { seedStatusQuo } from './options.server.ts';
import { hold } from './hold.server.ts';
import { follows, moves, type CaseState, type Via } from './states.ts';
import { sectionsOf, withBackground, type CaseKind } from './template.ts';
import * as templates from './templates.server.ts';
import { tell } from './tell.server.ts';

export { list, page } from './read.server.ts';
export { snapshot } from './snapshot.server.ts';

export type NewCase = {
	forumId: string;
	/** The brief it is made from; without one the case says so (C9). */
	briefId?: string;
	title?: string;
	question?: string;
	kind?: CaseKind;
	recommendation?: string;
	background?: string;
	ownerId?: string;
	confidential?: boolean;
	/** What doing nothing is called, in the maker's language. */
	statusQuo?: string;
};

/**
 * A new case with its standard sections, and the status quo as its first option. From a brief it takes
 * title and question where none is given, the brief's text (`fromBrief`) and its figures as evidence.
 */
export async function create(tx: Tx, person: Person, input: NewCase): Promise<string> {
	const brief = input.briefId ? await fromBrief(tx, person, input.forumId, input.briefId) : null;
	const title = input.title?.trim() || brief?.title;
	const question = input.question?.trim() || brief?.question;
	if (!title) return refuse('case.title_missing');
	if (!question) return refuse('case.question_missing');
	const id = await objects.register(tx, person, {
		kind: 'case',
		forumId: input.forumId,
		departmentId: person.departmentId,
		title,
		phase: 'draft',
		confidential: input.confidential ?? false
	});
	const number = await nextNumber(tx, input.forumId);
	const begun = await templates.current(tx, input.forumId, input.kind ?? 'decision');
	const template = brief ? withBackground(begun) : begun;
	await tx`
		insert into cases (id, number, forum_id, brief_id, kind, question, owner_id, template)
		values (${id}, ${number}, ${input.forumId}, ${input.briefId ?? null},
			${input.kind ?? 'decision'}, ${question}, ${person.id}, ${tx.json(template as never)})`;
	await tx`insert into case_states (case_id, state, by) values (${id}, 'draft', ${person.id})`;
	const statusQuo = await seedStatusQuo(tx, person, id, input.statusQuo ?? 'Vi fortsætter som nu');
	const sections = sectionsOf(template);
	// What its maker recommends stands alone; the brief's own goes with the rest of its text.
	const places = sections.filter((key) => key !== 'recommendation' || !input.recommendation);
	await documents.create(tx, person, id, {
		...Object.fromEntries(sections.map((section) => [section, ''])),
		...(brief ? brief.text(places) : {}),
		...(input.recommendation ? { recommendation: input.recommendation.trim() } : {}),
		...(input.background ? { background: input.background.trim() } : {}),
		[statusQuo]: ''
	});
	if (brief) await brief.figuresBecomeEvidence(id);
	await record(tx, {
		person: person.id,
		verb: 'case.created',
		kind: 'case',
		object: id,
		forum: input.forumId,
		detail: { number, brief: input.briefId ?? null, kind: input.kind ?? 'decision' }
	});
	if (input.ownerId && input.ownerId !== person.id) await setOwner(tx, person, id, input.ownerId);
	return id;
}

/**
 * Moves the case to another state, with who and why. By hand or by the meeting's agenda it is judged
 * here. As part of a decision (`via: 'decision'`, the only way to 'decided') or of an approval the caller has judged.
 */
export async function setState(
	tx: Tx,
	person: Person,
	id: string,
	to: CaseState,
	{ reason = '', via }: { reason?: string; via?: Via } = {}
): Promise<void> {
	if (via === 'decision' || via === 'approval')
		return await follow(tx, person, id, to, reason, via);
	const { standing, facts } = await hold(tx, person, 'state', id);
	const from = facts.phase as CaseState;
	const ways: Via[] = via ? [via] : ['page', 'agenda'];
	if (!ways.some((way) => follows(from, to, way)))
		refuse('case.state_cannot_follow', { status: 409, from, to });
	const move = ways
		.flatMap((way) => moves(from, standing, way))
		.find((candidate) => candidate.to === to);
	if (!move) return refuse('base.not_allowed', { status: 403 });
	if (move.reason && !reason.trim()) refuse('case.reason_missing', { field: 'reason' });
	await write(tx, person, id, facts.forumId, from, to, reason.trim());
}

export async function setTitle(tx: Tx, person: Person, id: string, title: string): Promise<void> {
	const { facts } = await hold(tx, person, 'write', id);
	if (!title.trim()) refuse('case.title_missing', { field: 'title' });
	await objects.setTitle(tx, id, title.trim());
	await tell(tx, person, id, facts.forumId, 'case.renamed', { title: title.trim() });
}

export async function setQuestion(
	tx: Tx,
	person: Person,
	id: string,
	question: string
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', id);
	if (!question.trim()) refuse('case.question_missing', { field: 'question' });
	await tx`update cases set question = ${question.trim()} where id = ${id}`;
	await tell(tx, person, id, facts.forumId, 'case.question_changed', { question: question.trim() });
}

/** Hands the case to another member, who writes it from then on. */
export async function setOwner(tx: Tx, person: Person, id: string, ownerId: string): Promise<void> {
	const { facts } = await hold(tx, person, 'write', id);
	const member = (await members(tx, facts.forumId)).find((one) => one.personId === ownerId);
	if (!member || member.role === 'observer') refuse('case.owner_not_member', { field: 'owner' });
	await objects.addAuthor(tx, person, id, ownerId);
	await tx`update cases set owner_id = ${ownerId} where id = ${id}`;
	await tell(tx, person, id, facts.forumId, 'case.owner_changed', { owner: ownerId });
}

/** Takes a co-author out. Not the owner: whoever is asked about the case writes it, until it is handed over. */
export async function removeAuthor(
	tx: Tx,
	person: Person,
	id: string,
	authorId: string
): Promise<void> {
	await hold(tx, person, 'write', id);
	const [owner] = await tx`select from cases where id = ${id} and owner_id = ${authorId}`;
	if (owner) refuse('case.owner_writes', { status: 409 });
	await objects.removeAuthor(tx, person, id, authorId);
}

/** Lets another member write along, also when the case is confidential. */
export async function addAuthor(
	tx: Tx,
	person: Person,
	id: string,
	authorId: string
): Promise<void> {
	await hold(tx, person, 'write', id);
	await objects.addAuthor(tx, person, id, authorId);
}

async function follow(tx: Tx, person: Person, id: string, to: CaseState, reason: string, via: Via) {
	const [row] = await tx<{ phase: CaseState; forumId: string }[]>`
		select phase, forum_id "forumId" from objects where id = ${id} and kind = 'case'
		for no key update`;
	if (!row) return refuse('base.not_found', { status: 404 });
	if (!follows(row.phase, to, via))
		refuse('case.state_cannot_follow', { status: 409, from: row.phase, to });
	await write(tx, person, id, row.forumId, row.phase, to, reason);
}

async function write(
	tx: Tx,
	person: Person,
	id: string,
	forumId: string,
	from: CaseState,
	to: CaseState,
	reason: string
) {
	await tx`
		insert into case_states (case_id, state, reason, by)
		values (${id}, ${to}, ${reason}, ${person.id})`;
	await objects.setPhase(tx, id, to);
	await tell(tx, person, id, forumId, 'case.state_changed', { from, to });
	if (to === 'closed') await clear(tx, person, id, forumId);
}

/** Cases are counted within their forum; holding the forum's row makes two at once take turns. */
async function nextNumber(tx: Tx, forumId: string): Promise<number> {
	await tx`select from forums where id = ${forumId} for no key update`;
	const [row] = await tx<{ number: number }[]>`
		select coalesce(max(number), 0) + 1 number from cases where forum_id = ${forumId}`;
	return row!.number;
}
