import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { encodePresence, encodeSync, SYNC } from '#lib/document/wire.ts';
import { SCHEMA_NUMBER } from '#lib/document/schema.ts';
import { COOKIE } from '#lib/people/sessions.server.ts';
import type { Door } from '../kinds.ts';
import { ORIGIN } from '../store.ts';

/** How one speaks with each of them: the same messages, addressed differently. */

export function addressOf({ kind, port, room, token }: Door): {
	url: string;
	headers: Record<string, string>;
	path: string;
} {
	const path =
		kind === 'ours'
			? `/sync/${room}?schema=${SCHEMA_NUMBER}`
			: kind === 'hocuspocus'
				? '/'
				: `/${room}`;
	const headers: Record<string, string> =
		kind === 'ours' ? { Origin: ORIGIN, Cookie: `${COOKIE}=${token}` } : {};
	return { url: `ws://127.0.0.1:${port}${path}`, headers, path };
}

/** Hocuspocus puts the document's name before every message. */
export function wrapFor({ kind, room }: Door): (message: Uint8Array) => Uint8Array {
	if (kind !== 'hocuspocus') return (message) => message;
	const name = Buffer.concat([Buffer.of(room.length), Buffer.from(room)]);
	return (message) => Buffer.concat([name, message]);
}

/** Where the message begins in a frame. */
export const offsetFor = ({ kind, room }: Door): number =>
	kind === 'hocuspocus' ? room.length + 1 : 0;

/** What a page says before anything is asked of it. */
export function greetingFor(door: Door): Uint8Array[] {
	if (door.kind === 'floor') return [];
	const wrap = wrapFor(door);
	const question = wrap(encodeSync(SYNC.step1, Uint8Array.of(0)));
	return door.kind === 'hocuspocus' ? [wrap(signIn()), question] : [question];
}

function signIn(): Uint8Array {
	const out = encoding.createEncoder();
	encoding.writeVarUint(out, 2); // authentication
	encoding.writeVarUint(out, 0); // here is my token
	encoding.writeVarString(out, 'anyone');
	return encoding.toUint8Array(out);
}

export const NOTHING_NEW = encodeSync(SYNC.step2, Uint8Array.of(0, 0));

/** Every edit carries its writer and number, which stay readable in whatever frame it comes. */
export const MARK = 0x7e; // ~
const WRITER = 2;
const NUMBER = 4;
export const MARK_LENGTH = 1 + WRITER + NUMBER;

export function markOf(writer: number, number: number): string {
	return `~${writer.toString(36).padStart(WRITER, '0')}${number.toString(36).padStart(NUMBER, '0')}`;
}

/** Calls `found` for every edit in the bytes; allocates nothing. */
export function findMarks(
	bytes: Uint8Array,
	found: (writer: number, number: number) => void
): void {
	for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + 1)) {
		const writer = digits(bytes, at + 1, WRITER);
		const number = digits(bytes, at + 1 + WRITER, NUMBER);
		if (writer >= 0 && number >= 0) found(writer, number);
	}
}

function digits(bytes: Uint8Array, from: number, count: number): number {
	let value = 0;
	for (let at = from; at < from + count; at++) {
		const code = bytes[at]!;
		if (code >= 48 && code <= 57) value = value * 36 + code - 48;
		else if (code >= 97 && code <= 122) value = value * 36 + code - 87;
		else return -1;
	}
	return value;
}

export type Pen = {
	client: number;
	/** Where its next edit begins, when all are sent. */
	clock: number;
	edits: Uint8Array[];
	carets: Uint8Array[];
};

/**
 * What one writer will send, made beforehand: a paragraph of their own, then marks at its end, one per
 * edit, each with the caret an editor sends along.
 */
export function pen(door: Door, writer: number, count: number): Pen {
	const wrap = wrapFor(door);
	const doc = new Y.Doc();
	doc.clientID = 1_000_000 + writer * 1_000 + Math.floor(Math.random() * 1_000);
	const text = new Y.XmlText();
	const paragraph = new Y.XmlElement('paragraph');
	paragraph.insert(0, [text]);
	const edits: Uint8Array[] = [];
	const carets: Uint8Array[] = [];
	doc.on('update', (bytes) => edits.push(wrap(encodeSync(SYNC.update, bytes))));
	for (let number = 0; number < count; number++) {
		doc.transact(() => {
			if (number === 0) doc.getXmlFragment('account').push([paragraph]);
			text.insert(text.length, markOf(writer, number));
		});
		carets.push(wrap(caret(doc.clientID, number + 1, text, writer)));
	}
	const clock = Y.getState(doc.store, doc.clientID);
	doc.destroy();
	return { client: doc.clientID, clock, edits, carets };
}

function caret(client: number, clock: number, text: Y.XmlText, writer: number): Uint8Array {
	const here = Y.createRelativePositionFromTypeIndex(text, text.length);
	const state = JSON.stringify({
		user: { name: `Person ${writer}`, color: '#3b6ea5' },
		cursor: { anchor: here, head: here }
	});
	return encodePresence([{ client, clock, state }]);
}

/** Someone is there and reads. */
export function present(door: Door, person: number, clock: number): Uint8Array {
	const state = JSON.stringify({
		user: { name: `Person ${person}`, color: '#3b6ea5' },
		cursor: null
	});
	return wrapFor(door)(encodePresence([{ client: 9_000_000 + person, clock, state }]));
}
