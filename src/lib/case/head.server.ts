import type { Db } from '#lib/base/sql.server.ts';
import { reach } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import type { CaseState } from './states.ts';
import { standard, type CaseKind, type TemplatePart } from './template.ts';

/** A case's own row, with whom and what it belongs to. */
export type CaseHead = {
	id: string;
	number: number;
	forumId: string;
	title: string;
	kind: CaseKind;
	question: string;
	confidential: boolean;
	/** The parts it was begun with. */
	template: TemplatePart[];
	/** What is written in it goes when the meeting it is on is closed; when that happened. */
	offRecord: boolean;
	forgottenAt: Date | null;
	createdAt: Date;
	owner: {
		id: string;
		name: string;
		title: string;
		departmentId: string;
		departmentName: string;
	};
	brief: { id: string; title: string; readable: boolean } | null;
	state: { is: CaseState; since: Date; byName: string; reason: string };
};

/** The caller has judged the reader. */
export async function head(db: Db, person: Person, id: string): Promise<CaseHead> {
	const [row] = await db<HeadRow[]>`
		select c.id, c.number, c.forum_id "forumId", o.title, c.kind, c.question, o.confidential, c.template,
			c.off_record "offRecord", c.forgotten_at "forgottenAt",
			o.created_at "createdAt", p.id "ownerId", p.name "ownerName", p.title "ownerTitle",
			d.id "departmentId", d.name "departmentName", c.brief_id "briefId",
			(select b.title from objects b where b.id = c.brief_id) "briefTitle",
			exists (select from objects o where o.id = c.brief_id and ${reach(db, person, 'read')}) "briefReadable",
			s.state, s.at since, s.reason, q.name "byName"
		from cases c
		join objects o on o.id = c.id
		join persons p on p.id = c.owner_id
		join departments d on d.id = p.department_id
		join lateral (select * from case_states where case_id = c.id order by id desc limit 1) s on true
		join persons q on q.id = s.by
		where c.id = ${id}`;
	if (!row) throw new Error('a case object without its case row');
	const { id: caseId, number, forumId, title, kind, question, confidential, createdAt } = row;
	const template = row.template ?? standard;
	return {
		id: caseId,
		number,
		forumId,
		title,
		kind,
		question,
		confidential,
		template,
		offRecord: row.offRecord,
		forgottenAt: row.forgottenAt,
		createdAt,
		owner: {
			id: row.ownerId,
			name: row.ownerName,
			title: row.ownerTitle,
			departmentId: row.departmentId,
			departmentName: row.departmentName
		},
		brief: row.briefId && {
			id: row.briefId,
			title: row.briefReadable ? row.briefTitle! : '',
			readable: row.briefReadable
		},
		state: { is: row.state, since: row.since, byName: row.byName, reason: row.reason }
	} as CaseHead;
}

type HeadRow = {
	id: string;
	number: number;
	forumId: string;
	title: string;
	kind: CaseKind;
	question: string;
	confidential: boolean;
	template: TemplatePart[] | null;
	offRecord: boolean;
	forgottenAt: Date | null;
	createdAt: Date;
	ownerId: string;
	ownerName: string;
	ownerTitle: string;
	departmentId: string;
	departmentName: string;
	briefId: string | null;
	briefTitle: string | null;
	briefReadable: boolean;
	state: CaseState;
	since: Date;
	reason: string;
	byName: string;
};
