import { m } from '#paraglide/messages.js';
import type { Role } from '#lib/forum/access.ts';
import type { Kind, Note } from './note.ts';

/** What a note is, in the reader's words. */
export function kindWord(kind: Kind): string {
	return {
		fact: m.annotation_kind_fact,
		interpretation: m.annotation_kind_interpretation,
		different_reading: m.annotation_kind_different_reading,
		question: m.annotation_kind_question,
		objection: m.annotation_kind_objection,
		practice: m.annotation_kind_practice,
		ethics: m.annotation_kind_ethics
	}[kind]();
}

/** The author's role that day. */
export function roleWord(role: Role): string {
	return {
		director: m.annotation_role_director,
		chief: m.annotation_role_chief,
		analyst: m.annotation_role_analyst,
		secretary: m.annotation_role_secretary,
		observer: m.annotation_role_observer
	}[role]();
}

/** What a number in the text is called for who cannot see where it stands. */
export function numberLabel({ kind, author }: Note, number: number): string {
	return m.annotation_number({ number, kind: kindWord(kind), name: author.name });
}
