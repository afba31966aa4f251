import type { Anchor } from '../annotation/anchor.ts';
import type { Place as Letters } from '../annotation/section.ts';
import type { Section } from './brief.ts';

/** What people are asked to do for a brief and what they answered, as its page shows it. */

export type Assignment = {
	id: string;
	section: Section;
	personId: string;
	name: string;
	departmentId: string;
	departmentName: string;
	/** Day, YYYY-MM-DD. */
	due: string;
	doneAt: Date | null;
};

export const REVIEW_ANSWERS = ['comments', 'nothing_more'] as const;
export type ReviewAnswer = (typeof REVIEW_ANSWERS)[number];

export type Review = {
	id: string;
	personId: string;
	name: string;
	departmentName: string;
	due: string | null;
	byName: string;
	answer: ReviewAnswer | null;
	words: string;
	answeredAt: Date | null;
	/** What they answered before, from first to last. */
	before: { answer: ReviewAnswer; words: string; at: Date }[];
};

export type Recognition = {
	id: string;
	datasetTitle: string;
	personId: string;
	name: string;
	departmentName: string;
	/** The words asked about, or the figure. */
	anchor: Anchor | null;
	figureId: string | null;
	due: string | null;
	recognised: boolean | null;
	reason: string;
	answeredAt: Date | null;
	/** What they answered before, from first to last. */
	before: { recognised: boolean; reason: string; at: Date }[];
	/** Where the words are now; null when they are gone, or when it is a figure. */
	place: Letters | null;
};

export type LeftOut = { id: string; what: string; why: string; name: string };

/** Who of those who own a brief's figures can be asked what. */
export type Owner = {
	datasetId: string;
	datasetTitle: string;
	personId: string;
	name: string;
	/** Not everyone who owns figures is in the forum. */
	canRead: boolean;
	/** In the forum that has lent the figures: asked without reading along. */
	outside: boolean;
	writes: boolean;
};

/** How many there is still waiting for: of readers and of owners. */
export const awaited = <T extends { answeredAt: Date | null }>(all: T[]): number =>
	all.filter(({ answeredAt }) => answeredAt === null).length;
