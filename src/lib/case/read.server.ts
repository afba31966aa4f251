import type { Db } from '#lib/base/sql.server.ts';
import { judge, reach, type Stands } from '#lib/forum/objects.server.ts';
import { may } from '#lib/forum/access.ts';
import type { Person } from '#lib/people/person.ts';
import * as documents from '#lib/document/documents.server.ts';
import * as budget from './budget.server.ts';
import * as appraisals from './appraisals.server.ts';
import { askable } from './askable.server.ts';
import { dataFirst, meter } from './evidence.ts';
import * as differing from './differing.server.ts';
import * as conflicts from './conflicts.server.ts';
import * as consequences from './consequences.server.ts';
import * as evidence from './evidence.server.ts';
import { head, type CaseHead } from './head.server.ts';
import { standing as standingOptions } from './options.ts';
import * as options from './options.server.ts';
import { asideOf } from './kind.server.ts';
import * as requests from './requests.server.ts';
import { isSettled, moves, type CaseState } from './states.ts';
import { known, type CaseKind } from './template.ts';
import { touchedBy } from './touched.server.ts';
import * as views from './views.server.ts';
import { pickable } from './pick.server.ts';
import * as questions from './questions.server.ts';
import * as relations from './relations.server.ts';
import { origins, turnedIn } from './turned.server.ts';

/** What somebody who may know of a case but not read it is told: that it is there, and whom to ask. */
export type CaseStub = {
	readable: false;
	id: string;
	number: number;
	forumId: string;
	kind: CaseKind;
	ownerName: string;
	/** Shut out of it, as against confidential to those who write it. */
	excluded: boolean;
};

export type CasePage = Awaited<ReturnType<typeof full>>;

/** One case as this person may see it. Not to be known of: not found. Known of but not read: a stub. */
export async function page(db: Db, person: Person, id: string): Promise<CasePage | CaseStub> {
	const { standing, facts } = await judge(db, person, 'know', id);
	const found = await head(db, person, id);
	if (may(standing, 'read', facts)) return await full(db, person, found, { standing, facts });
	const { number, forumId, kind, owner } = found;
	return {
		readable: false,
		id,
		number,
		forumId,
		kind,
		ownerName: owner.name,
		excluded: standing.excluded
	};
}

async function full(db: Db, person: Person, found: CaseHead, { standing, facts }: Stands) {
	const mayWrite = may(standing, 'write', facts);
	const [
		optionRows,
		evidenceRows,
		document,
		requestRows,
		differingRows,
		people,
		appraised,
		lines,
		viewRows,
		verdicts,
		links,
		looks,
		asked,
		figures,
		turned,
		from,
		proposal,
		touches
	] = await Promise.all([
		options.list(db, found.id),
		evidence.list(db, found.id),
		documents.ofObject(db, found.id),
		requests.list(db, found.id),
		differing.list(db, person, found.id, { all: !mayWrite }),
		mayWrite ? askable(db, found) : [],
		appraisals.ofCase(db, person, found.id, { all: !mayWrite }),
		consequences.list(db, person, found.id),
		views.list(db, found.id),
		conflicts.list(db, found.id),
		relations.links(db, found.id),
		relations.looks(db, found.id),
		questions.list(db, found.id),
		mayWrite ? pickable(db, person, found.id) : [],
		turnedIn(db, person, found.id),
		origins(db, person, found.id),
		budget.ofCase(db, person, found.id),
		touchedBy(db, found.id)
	]);
	const content = document ? await documents.content(db, document.id) : {};
	const mayState = may(standing, 'state', facts);
	return {
		readable: true as const,
		...found,
		document,
		content: known(
			content,
			found.template,
			optionRows.map((option) => option.id)
		),
		options: standingOptions(optionRows),
		withdrawn: optionRows.filter((option) => option.withdrawnAt),
		/** What is said of the options beside their prose: lines, words of each, verdicts on goals. */
		said: { lines, views: viewRows, verdicts },
		evidence: evidenceRows,
		appraisals: appraised,
		/** Which evidence supports or contradicts which, and who looked for what speaks against. */
		links,
		looks,
		/** Figures it may take in. */
		pickable: figures,
		/** What it keeps of other kinds it has been, and neither counts nor shows. */
		aside: await asideOf(db, found, content),
		/** What it proposes of the budget; null where it proposes nothing, or is of another kind. */
		proposal,
		/** Departments it touches, from the proposal it was made of. */
		touches,
		/** What came from notes, and where things came from. */
		turned,
		origins: from,
		meter: meter(evidenceRows),
		dataFirst: dataFirst(evidenceRows, optionRows),
		/** Whether there is anything in the part that shows the evidence and what it does not settle. */
		hasGround: evidenceRows.length + requestRows.length + differingRows.length + asked.length > 0,
		unknown: { questions: asked, requests: requestRows, differings: differingRows, people },
		moves: mayState ? moves(facts.phase as CaseState, standing) : [],
		may: {
			write: mayWrite,
			annotate: may(standing, 'annotate', facts),
			circulate: may(standing, 'circulate', facts),
			decide: may(standing, 'decide', facts)
		},
		settled: isSettled(found.state.is)
	};
}

export type CaseRow = {
	id: string;
	number: number;
	/** null where the reader may not read it, as are question and dates. */
	title: string | null;
	question: string | null;
	kind: CaseKind;
	state: CaseState;
	since: Date;
	ownerName: string;
	departmentName: string;
	hasBrief: boolean;
	firstData: Date | null;
	firstOption: Date | null;
};

/** The forum's cases one may know of, newest first. */
export async function list(db: Db, person: Person, forumId: string): Promise<CaseRow[]> {
	const readable = reach(db, person, 'read');
	return await db<CaseRow[]>`
		select c.id, c.number, case when ${readable} then o.title end title,
			case when ${readable} then c.question end question,
			c.kind, s.state, s.at since, p.name "ownerName", d.name "departmentName",
			c.brief_id is not null "hasBrief",
			(select min(e.added_at) from evidence e where e.case_id = c.id and e.kind = 'figure' and ${readable}) "firstData",
			(select min(x.created_at) from options x where x.case_id = c.id and not x.status_quo and ${readable}) "firstOption"
		from cases c
		join objects o on o.id = c.id
		join persons p on p.id = c.owner_id
		join departments d on d.id = p.department_id
		join lateral (select state, at from case_states where case_id = c.id order by id desc limit 1) s on true
		where c.forum_id = ${forumId} and ${reach(db, person)}
		order by c.number desc`;
}
