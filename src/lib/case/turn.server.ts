import { list as notesOf } from '#lib/annotation/annotations.server.ts';
import { refuse } from '#lib/base/errors.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import { judge } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import * as differing from './differing.server.ts';
import * as evidence from './evidence.server.ts';
import * as options from './options.server.ts';
import * as questions from './questions.server.ts';
import * as requests from './requests.server.ts';
import { asEvidence, titleOf, type Becomes } from './turned.ts';

export type Turning = {
	note: string;
	into: Becomes;
	/** What the thing says: the note's words as they were sent, or better ones. */
	words: string;
	/** Of a request: who is asked, and by which day. */
	asked?: string;
	due?: string;
	/** Of a differing: how oneself reads it. */
	reading?: string;
};

/**
 * Makes a thing of the case out of what somebody noted on it or on its brief, with a link both ways. The note
 * stays as it is. One that is private to another is not found; one's own is shared first, or what came of it
 * would say that it is there.
 */
export async function turn(
	tx: Tx,
	person: Person,
	caseId: string,
	input: Turning
): Promise<string> {
	const note = await readable(tx, person, caseId, input.note);
	if (!note.sharedAt) refuse('case.note_is_private', { status: 409 });
	const words = input.words.trim();
	if (!words) refuse('case.turned_words_missing', { field: 'words' });
	const made = await make[input.into](
		tx,
		person,
		caseId,
		{ ...input, words },
		asEvidence(note.kind)
	);
	await tx`update ${tx(TABLES[input.into])} set annotation_id = ${note.id} where id = ${made}`;
	return made;
}

type As = ReturnType<typeof asEvidence>;
type Make = (tx: Tx, person: Person, caseId: string, input: Turning, as: As) => Promise<string>;

const make: Record<Becomes, Make> = {
	evidence: (tx, person, caseId, { words }, as) => {
		const title = titleOf(words);
		return evidence.add(tx, person, caseId, { ...as, title, note: title === words ? '' : words });
	},
	request: (tx, person, caseId, { words, asked = '', due = '' }) =>
		requests.ask(tx, person, caseId, { question: words, askedId: asked, due }),
	differing: (tx, person, caseId, { words, reading = '' }) =>
		differing.raise(tx, person, caseId, { matter: words, reading }),
	option: (tx, person, caseId, { words }) =>
		options.add(tx, person, caseId, { title: titleOf(words) }),
	question: (tx, person, caseId, { words }) => questions.raise(tx, person, caseId, words)
};

const TABLES: Record<Becomes, string> = {
	evidence: 'evidence',
	request: 'requests',
	differing: 'differings',
	option: 'options',
	question: 'case_questions'
};

/** A note on the case or on the brief it was made from that this person may read. */
async function readable(tx: Tx, person: Person, caseId: string, noteId: string) {
	await judge(tx, person, 'read', caseId);
	const [note] = await tx<{ objectId: string }[]>`
		select a.object_id "objectId" from annotations a join cases c on c.id = ${caseId}
		where a.id = ${noteId} and a.object_id in (c.id, c.brief_id)`;
	const seen = note && (await notesOf(tx, person, note.objectId)).find(({ id }) => id === noteId);
	return seen ?? refuse('base.not_found', { status: 404 });
}
