/** What one person says about one passage or one piece of a figure: its words and rules. */
import type { Cell, CubeShape } from '#lib/data/cube.ts';
import type { Target } from '#lib/data/target.ts';
import type { Role } from '#lib/forum/access.ts';
import type { Term } from '#lib/forum/glossary.ts';
import type { Anchor } from './anchor.ts';
import type { Place } from './section.ts';

export const KINDS = [
	'fact',
	'interpretation',
	'different_reading',
	'question',
	'objection',
	'practice',
	'ethics'
] as const;
export type Kind = (typeof KINDS)[number];

export const BODY_MAX = 4000;

/** A note as a reader gets it. */
export type Note = {
	id: string;
	kind: Kind;
	body: string;
	createdAt: Date;
	/** The author as they were that day: role and department do not follow them later. */
	author: { id: string; name: string; role: Role; departmentName: string };
	own: boolean;
	/** Private to its author until then. */
	sharedAt: Date | null;
	/** How often the words were changed since others could read them (for the author: ever). */
	edits: number;
	/** What it said before, from first to last, as far back as this reader could read it (A5). */
	earlier: Wording[];
	/** How much others have said in it: its words, each change of them, replies. */
	said: number;
	/** Some of that the reader has not had in hand. */
	unread: boolean;
	state: 'open' | 'resolved';
	stateBy: string | null;
	replies: Reply[];
	/** Names mentioned in the note and its replies. */
	mentions: string[];
	/** Terms that were proposed in it. */
	terms: { id: string; word: string }[];
	/** A passage: the latest re-attachment, or what the author selected. */
	anchor: Anchor | null;
	/** Who put it back on these words, if someone did. */
	attachedBy: string | null;
	/** A piece of a figure. */
	figure: FigureNote | null;
};

/** Where a note's words are as the page was made; null: they are gone. A figure's notes have no place. */
export type PlacedNote = Note & {
	place: Place | null;
	/** What its words stand in, where the page has set that aside. */
	aside?: string;
};

/** What the server gives a page for its margin. */
export type MarginData = {
	notes: PlacedNote[];
	/** Names that can be mentioned, and which of them the reader is. */
	people: string[];
	me: string;
	mayAnnotate: boolean;
	/** The forum's terms, to be marked in what is read and written. */
	glossary: { slug: string; terms: Term[] };
};

export type Wording = { body: string; at: Date };

export type Reply = {
	id: string;
	authorName: string;
	departmentName: string;
	body: string;
	at: Date;
};

export type Seen = Cell & { decimals: number; unit: string };

export type FigureNote = {
	figureId: string;
	versionId: string;
	target: Target;
	/** 'Nørrevang 2018' */
	label: string;
	datasetId: string;
	/** When the figures it was made on were true. */
	asOf: string;
	/** What the author saw there; null for a series or a period. A number not shown was not seen. */
	seen: Seen | null;
	/** The version it was made on, and the newest there is. */
	number: number;
	newest: number;
};

/** What a person adds: a passage or a piece of a figure, never both. */
export type NewNote = {
	kind: Kind;
	body: string;
	shared: boolean;
	on: { anchor: Anchor } | { figure: { figureId: string; versionId: string; target: Target } };
};

/** Members named in a text as '@Name', longest names first so that a short one is not read into it. */
export function mentionsIn<M extends { name: string }>(text: string, members: M[]): M[] {
	let rest = text;
	const found: M[] = [];
	for (const member of members.toSorted((a, b) => b.name.length - a.name.length)) {
		const at = new RegExp(`(?<![\\p{L}\\p{N}])@${escape(member.name)}(?![\\p{L}\\p{N}])`, 'giu');
		if (!at.test(rest)) continue;
		found.push(member);
		rest = rest.replace(at, ' ');
	}
	return found;
}

/** The text before what is being typed after the last '@', for offering names; null when nothing is. */
export function typedMention(text: string, caret: number): { at: number; typed: string } | null {
	const match = /(?:^|\s)@([\p{L}\p{N} .-]{0,40})$/u.exec(text.slice(0, caret));
	return match ? { at: caret - match[1]!.length - 1, typed: match[1]! } : null;
}

/** Whether a target points at something the version has. */
export function pointsInto(target: Target, shape: CubeShape): boolean {
	const coordinates = Object.entries(target.coordinates);
	const known = coordinates.every(([key, code]) =>
		dimension(shape, key)?.categories.some((category) => category.code === code)
	);
	if (!known || !shape.measures.some((measure) => measure.key === target.measure)) return false;
	if (target.kind !== 'period') return coordinates.length > 0 || target.kind === 'series';
	return coordinates.length === 1 && dimension(shape, coordinates[0]![0])?.role === 'time';
}

/** What a target is called: 'Nørrevang 2018', 'Nørrevang', '2018'; the measure when it is all of it. */
export function labelOf(target: Target, shape: CubeShape): string {
	const named = shape.dimensions
		.filter(({ key }) => key in target.coordinates)
		.toSorted((a, b) => Number(a.role === 'time') - Number(b.role === 'time'))
		.map(({ key, categories }) => {
			const code = target.coordinates[key];
			return categories.find((category) => category.code === code)?.label ?? code;
		});
	if (named.length > 0) return named.join(' ');
	return shape.measures.find(({ key }) => key === target.measure)?.label ?? target.measure;
}

function dimension(shape: CubeShape, key: string) {
	return shape.dimensions.find((dimension) => dimension.key === key);
}

function escape(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
