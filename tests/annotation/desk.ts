import { afterAll, beforeAll, expect } from 'vitest';
import * as annotations from '#lib/annotation/annotations.server.ts';
import { capture } from '#lib/annotation/anchor.ts';
import type { NewNote } from '#lib/annotation/note.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { furnish } from './place.ts';
import type { Name, Place } from './place.ts';
import { SECTION, writers } from './writers.ts';

/** What tests of the notes' verbs begin with: a forum with a case, and one passage to say something about. */

export let db: TestDatabase;
export let place: Place;

export function onTheDesk(): void {
	beforeAll(async () => {
		db = await freshDatabase();
		place = await furnish(db.sql);
	});
	afterAll(() => db.drop());
}

const [writer] = writers(1, ['Fraværet er steget i fem af de ti områder.']);
export function anchor(words = 'fem af de ti') {
	const { from, to } = writer!.letters(words);
	return capture(writer!.fragment, SECTION, from, to)!;
}

export const tx = <T>(work: (tx: Tx) => Promise<T>) =>
	db.sql.begin((tx) => work(tx as Tx)) as Promise<T>;

export const note = (over: Partial<NewNote> = {}): NewNote => ({
	kind: 'different_reading',
	body: 'Det ville jeg ikke kalde en stigning.',
	shared: true,
	on: { anchor: anchor() },
	...over
});
export const add = (who: Name, over: Partial<NewNote> = {}, objectId = place.caseId) =>
	tx((tx) => annotations.add(tx, place.people[who], objectId, note(over)));
export const list = (who: Name) => annotations.list(db.sql, place.people[who], place.caseId);
export const see = async (who: Name, id: string) =>
	(await list(who)).find((note) => note.id === id);

/** Every row of every annotation table: what must not change when a verb refuses. */
export async function everything() {
	const [row] = await db.sql`
		select (select count(*)::int from annotations) notes, (select count(*)::int from annotation_shares) shares,
			(select count(*)::int from annotation_edits) edits, (select count(*)::int from annotation_replies) replies,
			(select count(*)::int from annotation_mentions) mentions, (select count(*)::int from annotation_states) states,
			(select count(*)::int from annotation_attachments) attachments, (select count(*)::int from events) events`;
	return row;
}

export async function refused(work: Promise<unknown>, code: string) {
	await expect(work).rejects.toMatchObject({ name: 'Refusal', code });
}
