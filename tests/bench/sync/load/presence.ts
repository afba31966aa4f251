import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { Door } from '../kinds.ts';
import { Seat } from './seat.ts';
import { offsetFor, wrapFor } from './words.ts';

const AWAY = 300; // ms before the page is back
const PATIENCE = 25_000;

/**
 * Someone's network is cut and comes back, the page with the same client id and its presence as it was:
 * milliseconds from when the other one loses sight of them, counted from the return, until they are seen.
 */
export async function cut({ one, other }: { one: Door; other: Door }): Promise<number> {
	const me = new Awareness(new Y.Doc());
	const you = new Awareness(new Y.Doc());
	const watching = await follow(other, you);
	let mine = await follow(one, me);
	const say = (seat: Seat) => () => seat.send(presence(one, me));
	me.setLocalState({ user: { name: 'Maja' }, cursor: null });
	say(mine)();
	const id = me.clientID;
	try {
		if (!(await until(() => you.states.has(id), 5_000))) throw new Error('never seen at all');
		mine.cut();
		await until(() => !you.states.has(id), 5_000);
		await pause(AWAY);
		mine = await follow(one, me);
		const back = performance.now();
		say(mine)();
		me.on('update', say(mine)); // its own renewal, every 15 s
		const seen = await until(() => you.states.has(id), PATIENCE);
		return seen ? performance.now() - back : PATIENCE;
	} finally {
		mine.cut();
		watching.cut();
		me.destroy();
		you.destroy();
	}
}

async function follow(door: Door, awareness: Awareness): Promise<Seat> {
	const seat = new Seat(door);
	seat.onpresence = (frame) => {
		const decoder = decoding.createDecoder(new Uint8Array(frame));
		decoder.pos = offsetFor(door) + 1;
		applyAwarenessUpdate(awareness, decoding.readVarUint8Array(decoder), 'remote');
	};
	return await seat.open();
}

function presence(door: Door, awareness: Awareness): Uint8Array {
	const out = encoding.createEncoder();
	encoding.writeVarUint(out, 1);
	encoding.writeVarUint8Array(out, encodeAwarenessUpdate(awareness, [awareness.clientID]));
	return wrapFor(door)(encoding.toUint8Array(out));
}

async function until(look: () => boolean, ms: number): Promise<boolean> {
	for (const end = performance.now() + ms; performance.now() < end; await pause(5))
		if (look()) return true;
	return false;
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
