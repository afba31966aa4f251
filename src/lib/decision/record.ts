import type { Coupled, Side } from '../chart/coupled.ts';
import type { FigureMap, FigureSpec, Meant, Worked } from '../chart/figure.ts';
import type { Ground } from '../case/conflicts.ts';
import type { About, Effect } from '../case/consequences.ts';
import type { Sum } from '../case/money.ts';
import type { Likelihood } from '../case/options.ts';
import type { ViewLevel, ViewPart } from '../case/views.ts';
import type { CellStatus, Coordinates, Measure } from '../data/cube.ts';
import { sha256 } from './canonical.ts';
import type { Decider, EvidenceRole, Standing } from './roles.ts';

/**
 * The frozen record of a decision (F1, F2): everything it rests on, as it stood, in a form of its own
 * that later changes to the product do not move. Names are those of the day.
 */
export const FORMAT = 'raadslag/decision/1';

export type DecisionRecord = {
	format: typeof FORMAT;
	forum: { id: string; name: string; municipality: string };
	case: {
		id: string;
		number: number;
		kind: string;
		title: string;
		question: string;
		/** Departments it touched, by name. Not in earlier records. */
		touches?: string[];
	};
	/** The brief it came from; null for a case made without one. */
	brief: { id: string; title: string; question: string } | null;
	/** Section → ProseMirror JSON; options' prose stands under `option:<id>`. */
	text: Record<string, unknown>;
	/** The case's sections in reading order, with the forum's own names. Records from before have the standard ones. */
	sections?: { key: string; name: string | null }[];
	/** What it proposed of the budget, and the frame it stood under; null: nothing. Not in earlier records. */
	proposal?: FrozenProposal | null;
	options: FrozenOption[];
	decision: {
		id: string;
		option: string;
		wording: string;
		rationale: Rationale;
		dissent: string;
		decider: Decider;
		standing: Standing;
		method: Method;
		by: Signature;
		at: string;
	};
	votes: FrozenVote[];
	evidence: FrozenEvidence[];
	/** Which evidence supported or contradicted which, and who looked for what spoke against. Not in earlier records. */
	links?: { from: string; to: string; relation: string }[];
	looks?: { by: string; at: string; where: string }[];
	figures: FrozenFigure[];
	followUp: FollowUp;
};

/** After hearing the forum, after a vote, or in writing between meetings. */
export const METHODS = ['chair', 'vote', 'written'] as const;
export type Method = (typeof METHODS)[number];

/** Kept apart, so that one can see what is fact and what is wanted (F1). */
export type Rationale = {
	facts: string;
	values: string;
	sideConditions: string;
	constraints: string;
};

export type Signature = { id: string; name: string; title: string; department: string };

export type FrozenProposal = {
	departmentId: string;
	departmentName: string;
	way: 'expansion' | 'reduction';
	/** Øre, positive: `way` says which. */
	ore: number;
	year: number;
	/** Every year from then on; else that year only. */
	lasting: boolean;
	/** Øre; null where no frame was set for its year. */
	frame: number | null;
	/** Figures the case rested on, and why it did not rest on any. */
	figures: number;
	whyNot: string;
};

export type FrozenOption = {
	id: string;
	title: string;
	statusQuo: boolean;
	recommended: boolean;
	withdrawn: boolean;
	amount: number | null;
	horizon: string;
	funding: string;
	likelihood: string | null;
	/** What was said of it beside its prose. Records from before these were kept have none. */
	consequences?: FrozenConsequence[];
	/** What its lines came to, in øre; null where they said no money. */
	sum?: Sum | null;
	views?: FrozenView[];
	conflicts?: FrozenConflict[];
};

export type FrozenConsequence = {
	about: About;
	what: string;
	department: string | null;
	effect: Effect | null;
	likelihood: Likelihood | null;
	assumption: string;
	toldBy: string;
	/** Øre, positive: `effect` says which way. */
	ore: number | null;
	yearly: boolean;
	from: number | null;
	to: number | null;
	funding: string;
	indicator: { label: string | null; direction: 'up' | 'down' | null } | null;
	by: string;
	at: string;
	/** Taken back or set aside before the decision, and why. */
	withdrawn: { by: string; reason: string } | null;
};

export type FrozenView = {
	part: ViewPart;
	level: ViewLevel;
	words: string;
	by: string;
	at: string;
};

/** A running goal it pulled against, and whether a person had said that it does. */
export type FrozenConflict = {
	goal: { id: string; title: string };
	ground: Ground;
	verdict: 'confirmed' | 'dismissed' | null;
	reason: string;
	by: string;
};

/** Counts only: who voted what stays with the vote. */
export type FrozenVote = {
	question: string;
	among: string;
	counts: { choice: string; label: string; count: number }[];
};

export type FrozenEvidence = {
	id: string;
	kind: string;
	title: string;
	note: string;
	link: string | null;
	stance: string;
	figure: string | null;
	parked: boolean;
	addedAt: string;
	addedBy: string;
	role: EvidenceRole;
	/** From here on: not in records from before these were kept. */
	sender?: string;
	/** In the way of its kind: what a practitioner met, how it went elsewhere. */
	told?: Record<string, string>;
	/** The file itself stays with the case; its hash says whether it is the same. */
	file?: { name: string; size: number; sha256: string };
	shortlisted?: boolean;
	parkedReason?: string;
	appraisals?: { name: string; credibility: string; relevance: string; reason: string }[];
};

export type FrozenFigure = {
	id: string;
	title: string;
	why: string;
	kind: string;
	/** How it was drawn, and on which outlines. Records from before these were kept have none. */
	spec?: FigureSpec;
	map?: FigureMap;
	/** How a derived measure was worked out, and what was said of the indicator then. */
	derived?: Worked;
	indicator?: Meant;
	/** The algorithm its numbers are the result of; not there where they are counted, nor in earlier records. */
	algorithm?: string;
	/** Two datasets side by side, each with where it comes from. */
	coupled?: FrozenCoupling;
	/** Dimension key on the x axis, and the one drawn as several series. */
	x: string;
	series: string | null;
	measure: Measure;
	dimensions: {
		key: string;
		label: string;
		role: string;
		categories: { code: string; label: string }[];
	}[];
	cells: { coordinates: Coordinates; value: number | null; status: CellStatus }[];
	breaks: { period: string; reason: string }[];
	citation: FrozenCitation;
};

export type FrozenCoupling = Omit<Coupled, 'sides' | 'newer'> & {
	sides: (Omit<Side, 'citation'> & { citation: FrozenCitation })[];
};

export type FrozenCitation = {
	datasetId: string;
	title: string;
	versionId: string;
	number: number;
	asOf: string;
	owner: string;
	department: string;
	source: string | null;
	registration: string | null;
	grade: string | null;
	synthetic: boolean;
	limit: number | null;
};

export type FollowUp = {
	goals: {
		title: string;
		owner: string;
		date: string;
		baseline: { period: string; value: number } | null;
		target: number | null;
		/** For a goal that is not measured: the sign of progress that counts. */
		sign: string | null;
	}[];
	actions: { title: string; owner: string; due: string }[];
	none: string | null;
};

export function hashOf(record: DecisionRecord): Promise<string> {
	return sha256(record);
}

export type Check = 'intact' | 'altered' | 'unknown' | 'unreadable';

/** Is this the very record the hash was made of? */
export async function verify(record: unknown, hash: string): Promise<boolean> {
	return (await sha256(record)) === hash.trim().toLowerCase();
}

/**
 * An exported file held against itself and against what is kept here. `kept` gives the hash of a
 * decision by its id, or null when this house knows no such decision.
 */
export async function check(
	text: string,
	kept: (decisionId: string) => Promise<string | null>
): Promise<{ result: Check; decisionId: string | null }> {
	const file = parse(text);
	if (!file) return { result: 'unreadable', decisionId: null };
	const decisionId = file.record.decision.id;
	const hash = await kept(decisionId);
	if (hash === null) return { result: 'unknown', decisionId };
	const intact = (await verify(file.record, hash)) && file.hash.trim().toLowerCase() === hash;
	return { result: intact ? 'intact' : 'altered', decisionId };
}

function parse(text: string): { record: DecisionRecord; hash: string } | null {
	try {
		const file: unknown = JSON.parse(text);
		if (typeof file !== 'object' || file === null) return null;
		const { record, hash } = file as { record?: DecisionRecord; hash?: unknown };
		if (typeof hash !== 'string' || typeof record?.decision?.id !== 'string') return null;
		return { record, hash };
	} catch {
		return null;
	}
}
