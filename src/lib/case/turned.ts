/** What a note can become (A4), and what it became. */
import type { Kind } from '../annotation/note.ts';
import type { EvidenceKind, Stance } from './evidence.ts';

export const BECOMES = ['evidence', 'request', 'differing', 'option', 'question'] as const;
export type Becomes = (typeof BECOMES)[number];

/** One thing of a case that came from a note. */
export type Turned = {
	annotationId: string;
	caseId: string;
	into: Becomes;
	id: string;
	title: string;
	/** Withdrawn, laid aside or talked about: still on record. */
	away: boolean;
};

/** A case that notes may become things of, and who may be asked for a fact in it. */
export type Into = { id: string; title: string; people: { id: string; name: string }[] };

/** Where a thing came from, by the thing's id. `briefId`: the note stands in the case's brief. */
export type Origin = { annotationId: string; authorName: string; briefId: string | null };

/** What is proposed for a note of this kind; every other choice stands beside it. */
export const proposed = (kind: Kind): Becomes =>
	kind === 'question' ? 'question' : kind === 'different_reading' ? 'differing' : 'evidence';

/** What kind of evidence a note is, and which way it speaks, until somebody says otherwise. */
export function asEvidence(kind: Kind): { kind: EvidenceKind; stance: Stance } {
	return {
		kind: kind === 'practice' ? 'practice' : kind === 'fact' ? 'document' : 'stakeholder',
		stance: kind === 'objection' ? 'contradicts' : kind === 'ethics' ? 'neutral' : 'supports'
	};
}

/** So much says what a longer text is about. */
export const MOST_TITLE = 120;

/** The first sentence of what was written, cut between words when it is long; all of it when it is short. */
export function titleOf(words: string): string {
	const line = words.trim().split(/\n/)[0]!.replace(/\s+/g, ' ').trim();
	const sentence = /^.+?[.?!](?=\s)/u.exec(line)?.[0] ?? line;
	if ([...sentence].length <= MOST_TITLE) return sentence;
	const cut = [...sentence].slice(0, MOST_TITLE - 1).join('');
	return `${(/^(.+)\s\S*$/su.exec(cut)?.[1] ?? cut).trim()}…`;
}
