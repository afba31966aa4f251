import * as Y from 'yjs';
import { encodeSync, SYNC } from '#lib/document/wire.ts';
import { FORGED } from '../../../support/hostile.ts';
import type { Door } from '../kinds.ts';
import { Seat } from './seat.ts';
import { pen, wrapFor } from './words.ts';

/** Someone who writes in the room that is attacked, and someone who looks at what comes of it. */

export type Seen = { presence: boolean; edit: boolean; closed: boolean };

let watching: { victim: Seat; witness: Seat; seen: Seen } | undefined;

export async function stand({ one, other }: { one: Door; other: Door }) {
	const [victim, witness] = [await new Seat(one).open(), await new Seat(other).open()];
	const { client, clock, edits, carets } = pen(one, 0, 5);
	for (const [i, edit] of edits.entries()) {
		victim.send(edit);
		victim.send(carets[i]!);
	}
	const seen: Seen = { presence: false, edit: false, closed: false };
	witness.onpresence = (frame) => (seen.presence ||= frame.includes(FORGED));
	witness.onedit = (frame) => (seen.edit ||= frame.includes(FORGED));
	watching = { victim, witness, seen };
	return { client, clock };
}

/** Puts a large text into a room, so that what is asked there is dear to answer. */
export async function paste({ door, bytes }: { door: Door; bytes: number }): Promise<null> {
	const doc = new Y.Doc();
	doc.getText('pasted').insert(0, 'lorem ipsum '.repeat(bytes / 12));
	const seat = await new Seat(door).open();
	seat.send(wrapFor(door)(encodeSync(SYNC.update, Y.encodeStateAsUpdate(doc))));
	await new Promise((done) => setTimeout(done, 200));
	await seat.leave();
	return null;
}

/** What the witness saw, and whether any of the two was sent away. */
export async function tell(): Promise<Seen> {
	const { victim, witness, seen } = watching!;
	seen.closed = victim.code > 0 || witness.code > 0;
	victim.cut();
	witness.cut();
	return seen;
}
