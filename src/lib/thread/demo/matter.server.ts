import type { Tx } from '../../base/sql.server.ts';
import * as briefs from '../../brief/briefs.server.ts';
import * as figures from '../../brief/figures.server.ts';
import { leaveOut } from '../../brief/leftout.server.ts';
import * as cases from '../../case/cases.server.ts';
import * as consequences from '../../case/consequences.server.ts';
import * as evidence from '../../case/evidence.server.ts';
import type { EvidenceKind, Stance } from '../../case/evidence.ts';
import * as options from '../../case/options.server.ts';
import type { Likelihood } from '../../case/options.ts';
import { sections, type CaseKind } from '../../case/template.ts';
import { optionSection } from '../../document/keys.ts';
import type { FigureSpec } from '../../chart/figure.ts';
import type { Person } from '../../people/person.ts';
import type { Stage } from './fill.server.ts';
import { write } from './typing.server.ts';

/** One matter, from its texts to a brief and a case. */

export type BriefText = {
	title: string;
	question: string;
	serves: string;
	headline: string;
	messages: string[];
	story: string[];
	leftOut: { what: string; why: string } | null;
};

export type CaseText = {
	title: string;
	question: string;
	recommendation: string[];
	background?: string[];
	account?: string[];
	consequences?: string[];
	risk?: string[];
	economy?: string[];
	next?: string[];
	statusQuo: string[];
	statusQuoLines?: consequences.Input[];
	options: {
		title: string;
		amount: number;
		horizon: string;
		funding: string;
		likelihood: Likelihood;
		recommended?: boolean;
		lines?: consequences.Input[];
		prose: string[];
	}[];
	evidence: {
		kind: Exclude<EvidenceKind, 'figure'>;
		title: string;
		note: string;
		stance: Stance;
	}[];
};

export type FigureText = {
	dataset: string;
	title: string;
	why: string;
	spec: FigureSpec;
	firstPage?: boolean;
};

/** A brief as its author wrote it, published. Returns its id and its figures' ids. */
export async function makeBrief(
	stage: Stage,
	author: Person,
	text: BriefText,
	shown: FigureText[],
	/** What is said beside the text before it is published. */
	beside: (tx: Tx, id: string, figures: string[]) => Promise<void> = async () => {}
): Promise<{ id: string; figures: string[] }> {
	return await stage.act(async (tx) => {
		const id = await briefs.create(tx, author, {
			forumId: stage.forumId,
			title: text.title,
			question: text.question,
			serves: text.serves
		});
		if (text.leftOut) await leaveOut(tx, author, id, text.leftOut);
		await write(tx, author, id, {
			headline: [text.headline],
			messages: text.messages,
			story: text.story
		});
		const made: string[] = [];
		for (const { dataset, ...figure } of shown)
			made.push(
				await figures.add(tx, author, id, { versionId: stage.versions[dataset]!, ...figure })
			);
		await beside(tx, id, made);
		await briefs.publish(tx, author, id);
		return { id, figures: made };
	});
}

/** A case with its text, evidence and options, in the order they are given here. */
export async function makeCase(
	stage: Stage,
	author: Person,
	text: CaseText,
	how: { briefId?: string; kind?: CaseKind } = {}
): Promise<string> {
	return await stage.act(async (tx) => {
		const id = await cases.create(tx, author, {
			forumId: stage.forumId,
			title: text.title,
			question: text.question,
			...how
		});
		const written = sections.flatMap((name) => (text[name] ? [[name, text[name]] as const] : []));
		await write(tx, author, id, Object.fromEntries(written));
		for (const item of text.evidence) await evidence.add(tx, author, id, item);
		await makeOptions(tx, author, id, text);
		return id;
	});
}

async function makeOptions(tx: Tx, author: Person, caseId: string, text: CaseText) {
	const [statusQuo] = await options.list(tx, caseId);
	await write(tx, author, caseId, { [optionSection(statusQuo!.id)]: text.statusQuo });
	for (const line of text.statusQuoLines ?? [])
		await consequences.say(tx, author, caseId, statusQuo!.id, line);
	for (const { prose, recommended, lines = [], ...fields } of text.options) {
		const id = await options.add(tx, author, caseId, fields);
		await write(tx, author, caseId, { [optionSection(id)]: prose });
		for (const line of lines) await consequences.say(tx, author, caseId, id, line);
		if (recommended) await options.recommend(tx, author, caseId, id);
	}
}
