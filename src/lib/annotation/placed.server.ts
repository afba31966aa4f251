import type { Db } from '#lib/base/sql.server.ts';
import { refuse } from '#lib/base/errors.ts';
import * as documents from '#lib/document/documents.server.ts';
import { may } from '#lib/forum/access.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as glossary from '#lib/forum/glossary.server.ts';
import { judge } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { capture, resolve } from './anchor.ts';
import type { Anchor } from './anchor.ts';
import { lettersOf, readShared } from './letters.ts';
import type { MarginData, Note, PlacedNote } from './note.ts';
import { list } from './read.server.ts';
import type { ReadWords } from './section.ts';

/** All a page's margin needs: the notes with their places in the text as it stands, and who may be named. */
export async function marginOf(
	db: Db,
	person: Person,
	objectId: string,
	/** The object's text, where the page has asked for it already. */
	document?: { id: string } | null
): Promise<MarginData> {
	const { standing, facts } = await judge(db, person, 'read', objectId);
	const [notes, members, terms] = await Promise.all([
		list(db, person, objectId),
		forums.members(db, facts.forumId),
		glossary.ofObject(db, person, objectId)
	]);
	return {
		notes: await place(db, objectId, notes, document),
		people: members.map(({ name }) => name),
		me: person.name,
		mayAnnotate: may(standing, 'annotate', facts),
		glossary: terms
	};
}

async function place(
	db: Db,
	objectId: string,
	notes: Note[],
	known?: { id: string } | null
): Promise<PlacedNote[]> {
	const anchored = notes.some(({ anchor }) => anchor);
	const document = anchored && (known ?? (await documents.ofObject(db, objectId)));
	const section = document ? await documents.fragments(db, document.id) : null;
	return notes.map((note) => {
		const fragment = note.anchor && section?.(note.anchor.section);
		if (!fragment) return { ...note, place: null };
		const found = resolve(fragment, note.anchor!);
		return { ...note, place: found.kind === 'held' ? { from: found.from, to: found.to } : null };
	});
}

/**
 * Ties words that were only read to the text as it stands. They are where the reader saw them, or, if
 * someone has written since, at the one place that reads so; otherwise the reader is told.
 */
export async function anchorOf(
	db: Db,
	person: Person,
	objectId: string,
	words: ReadWords
): Promise<Anchor> {
	await judge(db, person, 'annotate', objectId);
	const document = await documents.ofObject(db, objectId);
	const fragment = document && (await documents.fragments(db, document.id))(words.section);
	if (!fragment) return refuse('annotation.text_moved', { status: 409 });
	const { letters } = readShared(fragment);
	const quote = lettersOf(words.quote);
	let { from } = words;
	if (letters.slice(from, words.to) !== quote) {
		from = letters.indexOf(quote);
		if (from < 0 || letters.includes(quote, from + 1))
			refuse('annotation.text_moved', { status: 409 });
	}
	const anchor = capture(fragment, words.section, from, from + quote.length);
	return anchor ?? refuse('annotation.no_words');
}
