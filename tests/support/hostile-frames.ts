import * as encoding from 'lib0/encoding';
import { encodePresence, encodeSync, MESSAGE, SYNC } from '#lib/document/wire.ts';
import { random } from './random.ts';

/** Messages no honest page would send, as bytes. All of them are made without a document. */

/** What a forged presence or edit would show if it were let through. */
export const FORGED = 'FORGED-BY-NOBODY';

const STRING = 4;
const TYPE = 7;
const XML_ELEMENT = 3;
const WITH_ORIGIN = 0x80;

export const update = (bytes: Uint8Array) => encodeSync(SYNC.update, bytes);

export function message(number: number, ...rest: number[]): Uint8Array {
	return write((out) => {
		encoding.writeVarUint(out, number);
		for (const one of rest) encoding.writeUint8(out, one);
	});
}

export function noise(seed: number, length: number): Uint8Array {
	const chance = random(seed);
	return Uint8Array.from({ length }, () => chance.below(256));
}

/** One character by this client at this clock, in a section of its own. */
export function letter(client: number, clock: number, text = 'x'): Uint8Array {
	return write((out) => {
		for (const number of [1, 1, client, clock, STRING, 1]) encoding.writeVarUint(out, number);
		encoding.writeVarString(out, 'account');
		encoding.writeVarString(out, text);
		encoding.writeVarUint(out, 0);
	});
}

/** Text that says it follows something nobody has. */
export function orphan(client: number, clock: number, length: number): Uint8Array {
	return write((out) => {
		for (const number of [1, 1, client, clock]) encoding.writeVarUint(out, number);
		encoding.writeUint8(out, STRING | WITH_ORIGIN);
		encoding.writeVarUint(out, client);
		encoding.writeVarUint(out, clock - 1);
		encoding.writeVarString(out, 'o'.repeat(length));
		encoding.writeVarUint(out, 0);
	});
}

/** As many one-character structs as fit: small on the wire, huge as objects. */
export function crumbs(client: number, bytes: number): Uint8Array {
	const body = encoding.createEncoder();
	let count = 0;
	for (; encoding.length(body) < bytes - 64; count++) {
		encoding.writeUint8(body, STRING | (count > 0 ? WITH_ORIGIN : 0));
		if (count > 0) {
			encoding.writeVarUint(body, client);
			encoding.writeVarUint(body, count - 1);
		} else {
			encoding.writeVarUint(body, 1);
			encoding.writeVarString(body, 'account');
		}
		encoding.writeVarString(body, 'x');
	}
	return write((out) => {
		for (const number of [1, count, client, 0]) encoding.writeVarUint(out, number);
		encoding.writeUint8Array(out, encoding.toUint8Array(body));
		encoding.writeVarUint(out, 0);
	});
}

/** Deletes every other character of what this client wrote: one span each. */
export function perforation(client: number, spans: number): Uint8Array {
	return write((out) => {
		for (const number of [0, 1, client, spans]) encoding.writeVarUint(out, number);
		for (let span = 0; span < spans; span++) {
			encoding.writeVarUint(out, span * 2);
			encoding.writeVarUint(out, 1);
		}
	});
}

/** Element within element within element. Taking the outermost away walks all the way in. */
export function abyss(client: number, depth: number): Uint8Array {
	return write((out) => {
		for (const number of [1, depth, client, 0]) encoding.writeVarUint(out, number);
		for (let level = 0; level < depth; level++) {
			encoding.writeUint8(out, TYPE);
			encoding.writeVarUint(out, level === 0 ? 1 : 0);
			if (level === 0) encoding.writeVarString(out, 'account');
			else {
				encoding.writeVarUint(out, client);
				encoding.writeVarUint(out, level - 1);
			}
			encoding.writeVarUint(out, XML_ELEMENT);
			encoding.writeVarString(out, 'blockquote');
		}
		encoding.writeVarUint(out, 0);
	});
}

export function deletion(client: number, clock: number, length: number): Uint8Array {
	return write((out) => {
		for (const number of [0, 1, client, 1, clock, length]) encoding.writeVarUint(out, number);
	});
}

/** What an editor says of its caret, for this client id. */
export function caret(client: number, clock: number, name: string, extra = ''): Uint8Array {
	const state = JSON.stringify({
		user: { id: 'x', name, color: '#fff' },
		cursor: { anchor: clock, extra }
	});
	return encodePresence([{ client, clock, state }]);
}

export function crowd(ids: number): Uint8Array {
	const state = JSON.stringify({ user: { name: 'crowd' }, cursor: null });
	return encodePresence(
		Array.from({ length: ids }, (_, i) => ({ client: 5_000_000 + i, clock: 1, state }))
	);
}

/** A message that says it carries more bytes than it does. */
export function boast(length: number): Uint8Array {
	return write((out) => {
		encoding.writeVarUint(out, MESSAGE.sync);
		encoding.writeVarUint(out, SYNC.update);
		encoding.writeVarUint(out, length);
		encoding.writeUint8Array(out, new Uint8Array(16));
	});
}

/** An update that says it holds more clients, structs or deletions than it does. */
export function boastInside(place: 'clients' | 'structs' | 'deletes'): Uint8Array {
	return write((out) => {
		if (place === 'clients') encoding.writeVarUint(out, 0xffffffff);
		else if (place === 'structs') {
			encoding.writeVarUint(out, 1);
			encoding.writeVarUint(out, 0xffffffff);
		} else for (const number of [0, 1, 77, 0xffffffff]) encoding.writeVarUint(out, number);
	});
}

function write(fill: (out: encoding.Encoder) => void): Uint8Array {
	const out = encoding.createEncoder();
	fill(out);
	return encoding.toUint8Array(out);
}
