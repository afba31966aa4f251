import { refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import type { Content } from '../document/content.ts';
import * as documents from '../document/documents.server.ts';
import { may } from '../forum/access.ts';
import * as objects from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import * as assignments from './assignments.server.ts';
import { missingOf, nudgesOf, SECTIONS, type Place } from './brief.ts';
import { hold, step, tell } from './hold.server.ts';
import * as figures from './figures.server.ts';
import * as leftout from './leftout.server.ts';
import * as orders from './ordered.server.ts';
import { mustBeOpen } from './pinned.server.ts';
import * as recognitions from './recognitions.server.ts';
import * as reviews from './reviews.server.ts';
import * as rivals from './rivals.server.ts';
import type { Step } from './steps.ts';

/** Briefs: what the figures say about one question. A draft is its authors'; published, it is the forum's and closed. */

export type NewBrief = {
	forumId: string;
	question: string;
	/** What it is called; the question unless given. */
	title?: string;
	/** The goal or strategy it serves (B1). */
	serves?: string | null;
};

export async function create(tx: Tx, person: Person, input: NewBrief): Promise<string> {
	const question = input.question.trim();
	if (!question) refuse('brief.question_missing', { field: 'question' });
	const id = await objects.register(tx, person, {
		kind: 'brief',
		forumId: input.forumId,
		departmentId: person.departmentId,
		title: input.title?.trim() || question,
		phase: 'draft'
	});
	await tx`
		insert into briefs (id, question, serves) values (${id}, ${question}, ${filled(input.serves)})`;
	await documents.create(
		tx,
		person,
		id,
		Object.fromEntries(SECTIONS.map((section) => [section, '']))
	);
	await record(tx, {
		person: person.id,
		verb: 'brief.created',
		kind: 'brief',
		object: id,
		forum: input.forumId
	});
	return id;
}

export type Framing = { title: string; question: string; serves: string };

/** Changes what the brief is called, asks and serves. */
export async function frame(tx: Tx, person: Person, id: string, input: Framing): Promise<void> {
	const { facts } = await hold(tx, person, 'write', id);
	const question = input.question.trim();
	if (!question) refuse('brief.question_missing', { field: 'question' });
	await tx`
		update briefs set question = ${question}, serves = ${filled(input.serves)} where id = ${id}`;
	await objects.setTitle(tx, id, input.title.trim() || question);
	await record(tx, {
		person: person.id,
		verb: 'brief.framed',
		kind: 'brief',
		object: id,
		forum: facts.forumId
	});
}

/**
 * Publishes to the forum: the text is kept as it stands and writing ends, in one transaction. Readers and owners who
 * have not answered stop nothing.
 */
export async function publish(tx: Tx, person: Person, id: string, seen?: Step): Promise<void> {
	const facts = await step(tx, person, id, 'publish', seen);
	await mustBeOpen(tx, id, facts.forumId);
	const document = await documents.ofObject(tx, id);
	const keepId = await documents.keep(tx, person, document!.id, 'published');
	await documents.close(tx, person, document!.id);
	await tx`
		update briefs set published_at = clock_timestamp(), published_by = ${person.id}, keep_id = ${keepId}
		where id = ${id}`;
	await tell(tx, person, facts, 'brief.published', { keep: keepId });
}

/** Lets another member write along. */
export async function addAuthor(
	tx: Tx,
	person: Person,
	id: string,
	authorId: string
): Promise<void> {
	await hold(tx, person, 'write', id);
	await objects.addAuthor(tx, person, id, authorId);
}

/** Takes a co-author out of a draft; somebody goes on writing it. */
export async function removeAuthor(
	tx: Tx,
	person: Person,
	id: string,
	authorId: string
): Promise<void> {
	await hold(tx, person, 'write', id);
	await objects.removeAuthor(tx, person, id, authorId);
	await assignments.dropOf(tx, person, id, authorId);
}

export type BriefRow = {
	id: string;
	title: string;
	question: string;
	phase: Step;
	/** The reader writes it; else they are asked to read it, or it is published. */
	mine: boolean;
	authors: string[];
	createdAt: Date;
	publishedAt: Date | null;
	figures: number;
};

/** The forum's briefs one may know of: those not published first, then published ones, newest first. */
export async function list(db: Db, person: Person, forumId: string): Promise<BriefRow[]> {
	return await db<BriefRow[]>`
		select o.id, o.title, b.question, o.phase, o.created_at "createdAt", b.published_at "publishedAt",
			exists (select from authors a where a.object_id = o.id and a.person_id = ${person.id}) mine,
			array(select p.name from authors a join persons p on p.id = a.person_id where a.object_id = o.id order by a.added_at) authors,
			(select count(*)::int from figures f where f.brief_id = o.id and f.removed_at is null) figures
		from briefs b join objects o on o.id = b.id
		where o.forum_id = ${forumId} and ${objects.reach(db, person)}
		order by o.phase = 'published', coalesce(b.published_at, o.created_at) desc`;
}

/** One brief as this person may see it. */
export async function page(db: Db, person: Person, id: string) {
	const { standing, facts } = await objects.judge(db, person, 'read', id);
	if (facts.kind !== 'brief') refuse('base.not_found', { status: 404 });
	const [brief] = await db<BriefHead[]>`
		select o.title, b.question, b.serves, b.published_at "publishedAt",
			(select name from persons where id = b.published_by) "publishedBy"
		from briefs b join objects o on o.id = b.id where b.id = ${id}`;
	const document = (await documents.ofObject(db, id))!;
	const write = may(standing, 'write', facts);
	const [content, shown, authors, together, owners] = await Promise.all([
		documents.content(db, document.id) as Promise<Record<string, Content>>,
		db<Placed[]>`
			select id, first_page "firstPage", section, algorithm from figures
			where brief_id = ${id} and removed_at is null order by position`,
		authorsOf(db, id),
		togetherOn(db, person, id, document.id),
		write ? recognitions.ownersOf(db, id) : []
	]);
	const data = await figures.data(
		db,
		shown.map((figure) => figure.id)
	);
	const placed = data.map((figure) => ({
		...figure,
		...shown.find((one) => one.id === figure.id)!
	}));
	return {
		id,
		forumId: facts.forumId,
		phase: facts.phase as Step,
		...brief!,
		document,
		content,
		authors: [...authors],
		figures: placed,
		...together,
		owners,
		missing: missingOf({ serves: brief!.serves, content, figures: placed }),
		nudges: nudgesOf({ content, figures: placed }),
		may: {
			write,
			publish: may(standing, 'publish', facts),
			annotate: may(standing, 'annotate', facts)
		}
	};
}

/** What people are asked and have answered, and what was said beside the text. */
async function togetherOn(db: Db, person: Person, id: string, documentId: string) {
	const [assigned, reviewed, recognised, leftOut, read, rival, order] = await Promise.all([
		assignments.list(db, id),
		reviews.list(db, id),
		recognitions.list(db, id, documentId),
		leftout.list(db, id),
		rivals.interpretations(db, id),
		rivals.rivals(db, id),
		orders.ofBrief(db, person, id)
	]);
	return {
		assignments: [...assigned],
		reviews: [...reviewed],
		recognitions: recognised,
		leftOut: [...leftOut],
		interpretations: [...read],
		rivals: rival,
		order
	};
}

export type BriefPage = Awaited<ReturnType<typeof page>>;

type BriefHead = {
	title: string;
	question: string;
	serves: string | null;
	publishedAt: Date | null;
	publishedBy: string | null;
};

type Placed = {
	id: string;
	firstPage: boolean;
	section: Place | null;
	algorithm: string | null;
};

type Author = { id: string; name: string; departmentName: string };

const authorsOf = (db: Db, id: string) => db<Author[]>`
	select p.id, p.name, d.name "departmentName" from authors a
	join persons p on p.id = a.person_id join departments d on d.id = p.department_id
	where a.object_id = ${id} order by a.added_at`;

const filled = (text: string | null | undefined) => text?.trim() || null;
