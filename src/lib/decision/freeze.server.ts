import type { Tx } from '../base/sql.server.ts';
import * as figures from '../brief/figures.server.ts';
import type { Appraised } from '../case/appraisal.ts';
import * as budget from '../case/budget.server.ts';
import { proposalThen } from '../case/head-then.ts';
import * as appraisals from '../case/appraisals.server.ts';
import * as evidence from '../case/evidence.server.ts';
import type { Evidence } from '../case/evidence.ts';
import * as options from '../case/options.server.ts';
import { beside } from './beside.server.ts';
import { isSection, known, standard, type TemplatePart } from '../case/template.ts';
import { touchedBy } from '../case/touched.server.ts';
import * as relations from '../case/relations.server.ts';
import * as documents from '../document/documents.server.ts';
import * as votes from '../meeting/votes.server.ts';
import { counted } from '../meeting/written.ts';
import { answersOf } from '../meeting/written.read.server.ts';
import type { Person } from '../people/person.ts';
import type { NewDecision } from './decisions.server.ts';
import { frozenFigure } from './figure.ts';
import { type DecisionRecord, FORMAT, type FrozenEvidence, type FrozenVote } from './record.ts';
import { assign, type EvidenceRole, type Standing } from './roles.ts';

/** Reads the whole case as it stands in this transaction. The caller holds it still and has judged. */
export async function freeze(
	tx: Tx,
	person: Person,
	input: NewDecision & { id: string; standing: Standing; at: Date }
): Promise<DecisionRecord> {
	const head = await headOf(tx, input.caseId);
	const items = assign(await evidence.list(tx, input.caseId), input.roles);
	const shown = items.flatMap((item) => (item.figureId ? [item.figureId] : []));
	const { rationale, decider, method, standing } = input;
	const appraised = await appraisals.ofCase(tx, person, input.caseId, { all: true });
	const { content } = await documents.kept(tx, input.keepId);
	const rows = await options.list(tx, input.caseId);
	const template = head.template ?? standard;
	const proposal = await budget.ofCase(tx, person, input.caseId);
	const said = await beside(tx, person, input.caseId, input.goals ?? []);
	return {
		format: FORMAT,
		forum: head.forum,
		case: { ...head.case, touches: await touchedBy(tx, input.caseId) },
		brief: head.brief,
		text: known(
			content,
			template,
			rows.map(({ id }) => id)
		),
		sections: template
			.filter(({ key }) => isSection(key))
			.map(({ key, name }) => ({ key, name: name ?? null })),
		proposal: proposal && { ...proposalThen(proposal), figures: proposal.figures },
		options: rows.map((option) => ({
			...said(option.id),
			id: option.id,
			title: option.title,
			statusQuo: option.statusQuo,
			recommended: option.recommended,
			withdrawn: option.withdrawnAt !== null,
			amount: option.amount,
			horizon: option.horizon,
			funding: option.funding,
			likelihood: option.likelihood
		})),
		decision: {
			id: input.id,
			option: input.optionId,
			wording: input.wording.trim(),
			rationale,
			dissent: input.dissent,
			decider,
			standing,
			method,
			by: {
				id: person.id,
				name: person.name,
				title: person.title,
				department: person.departmentName
			},
			at: input.at.toISOString()
		},
		votes: await countsOf(tx, person, input.caseId),
		evidence: items.map((item) => frozenEvidence(item, appraised[item.id]?.given ?? [])),
		links: (await relations.links(tx, input.caseId)).map(({ fromId, toId, relation }) => ({
			from: fromId,
			to: toId,
			relation
		})),
		looks: (await relations.looks(tx, input.caseId)).map(({ byName, at, where }) => ({
			by: byName,
			at: at.toISOString(),
			where
		})),
		figures: (await figures.data(tx, shown)).map(frozenFigure),
		followUp: input.followUp
	};
}

async function headOf(tx: Tx, caseId: string) {
	type Row = Pick<DecisionRecord, 'forum' | 'case' | 'brief'> & { template: TemplatePart[] | null };
	const [row] = await tx<Row[]>`
		select jsonb_build_object('id', f.id, 'name', f.name, 'municipality', f.municipality) forum,
			jsonb_build_object('id', c.id, 'number', c.number, 'kind', c.kind, 'title', o.title, 'question', c.question) "case",
			case when b.id is not null then jsonb_build_object('id', b.id, 'title', bo.title, 'question', b.question) end brief,
			c.template
		from cases c
		join objects o on o.id = c.id
		join forums f on f.id = c.forum_id
		left join briefs b on b.id = c.brief_id
		left join objects bo on bo.id = b.id
		where c.id = ${caseId}`;
	return row!;
}

/** Rounds of every meeting the case was at, oldest first, as counts. */
async function countsOf(tx: Tx, person: Person, caseId: string): Promise<FrozenVote[]> {
	const items = await tx<{ id: string }[]>`
		select id from agenda_items where case_id = ${caseId} order by added_at`;
	const rounds = [];
	for (const { id } of items) rounds.push(...(await votes.rounds(tx, person, id)).reverse());
	const inWriting = await answersIn(tx, caseId);
	const voted = rounds.map(({ question, among, choices, tally }) => ({
		question,
		among,
		counts: (tally ?? []).map(({ choice, count }) => ({
			choice,
			label: choices.find((one) => one.choice === choice)?.title ?? choice,
			count
		}))
	}));
	return [...voted, ...inWriting];
}

/** What was answered in writing, as counts; a procedure that ended before the decision too. */
async function answersIn(tx: Tx, caseId: string): Promise<FrozenVote[]> {
	const [last] = await tx<{ id: string; due: string }[]>`
		select id, due::text from written_procedures where case_id = ${caseId} and ended = 'decided'`;
	if (!last) return [];
	const counts = counted(await answersOf(tx, last.id));
	return [
		{
			question: last.due,
			among: 'written',
			counts: counts.map(({ choice, count }) => ({ choice, label: choice, count }))
		}
	];
}

function frozenEvidence(
	item: Evidence & { role: EvidenceRole },
	appraised: Appraised[]
): FrozenEvidence {
	return {
		id: item.id,
		kind: item.kind,
		title: item.title,
		note: item.note,
		link: item.link,
		stance: item.stance,
		figure: item.figureId,
		parked: item.parkedAt !== null,
		addedAt: item.addedAt.toISOString(),
		addedBy: item.addedByName,
		role: item.role,
		sender: item.sender,
		told: item.told as Record<string, string>,
		...(item.file && {
			file: { name: item.file.name, size: item.file.size, sha256: item.file.sha256 }
		}),
		shortlisted: item.shortlisted,
		parkedReason: item.parkedReason,
		appraisals: appraised.map(({ name, credibility, relevance, reason }) => ({
			name,
			credibility,
			relevance,
			reason
		}))
	};
}
