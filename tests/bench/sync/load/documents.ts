import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { encodeSync, SYNC } from '#lib/document/wire.ts';
import { trace, updates } from '../../../support/trace.ts';
import type { Door } from '../kinds.ts';
import { spread, type Spread } from './figures.ts';
import { Seat } from './seat.ts';
import { findMarks, offsetFor, pen, wrapFor } from './words.ts';

/** Documents with a past: written, opened, and read to the end. */

const PER_FRAME = 200;
/** Frames on their way before the writer waits: nobody's hands are that fast. */
const UNDER_WAY = 10;
const PATIENCE = 60_000;

export type Past = { edits: number; clocks: [client: number, clock: number][] };
type Written = Past & { frames: Uint8Array[] };

let last: Written | undefined;

/** An editing trace in messages of a few hundred edits, as a page brings them after an hour offline. */
function written(edits: number): Written {
	if (last?.edits === edits) return last;
	const frames: Uint8Array[] = [];
	const clocks = new Map<number, number>();
	let gathered: Uint8Array[] = [];
	const flush = () => {
		if (gathered.length > 0) frames.push(Y.mergeUpdates(gathered));
		gathered = [];
	};
	for (const { bytes } of updates(trace({ edits }))) {
		for (const [client, clock] of Y.parseUpdateMeta(bytes).to)
			clocks.set(client, Math.max(clock, clocks.get(client) ?? 0));
		if (gathered.push(bytes) === PER_FRAME) flush();
	}
	flush();
	return (last = { edits, frames, clocks: [...clocks] });
}

export const warm = ({ edits }: { edits: number }) => (written(edits), null);

/** Writes the trace into a room. */
export async function fill({ door, edits }: { door: Door; edits: number }): Promise<Past> {
	const { frames, clocks } = written(edits);
	const wrap = wrapFor(door);
	const seat = await new Seat(door).open();
	const until = Date.now() + PATIENCE;
	const first = seat.saved;
	for (const [sent, bytes] of frames.entries()) {
		seat.send(wrap(encodeSync(SYNC.update, bytes)));
		const behind = () => door.kind === 'ours' && seat.saved - first < sent - UNDER_WAY;
		while ((behind() || seat.waiting > 0) && Date.now() < until && !seat.code) await pause(1);
		if (sent % 20 === 19) await pause(1);
	}
	if (seat.code) throw new Error(`the writer was sent away with ${seat.code}`);
	const took = await arrive({ door, past: { edits, clocks } });
	if (Number.isNaN(took)) throw new Error('the document did not arrive whole');
	await seat.leave();
	return { edits, clocks };
}

/** The relay is given the document's bytes, to hand out as they are. */
export async function give({ door, edits }: { door: Door; edits: number }): Promise<Past> {
	const { frames, clocks } = written(edits);
	const bytes = encodeSync(SYNC.step2, Y.mergeUpdates(frames));
	const seat = await new Seat(door).open();
	seat.send(Buffer.from(bytes).toString('base64'));
	await seat.leave();
	return { edits, clocks };
}

/**
 * Opens a room with nothing in hand: milliseconds from the start of the connection until everything has
 * come, whatever the server calls the message it came in. NaN when it never does.
 */
export async function arrive({ door, past }: { door: Door; past: Past }): Promise<number> {
	const frames: { at: number; frame: Buffer }[] = [];
	const seat = new Seat(door);
	seat.onedit = (frame) => void frames.push({ at: performance.now(), frame });
	await seat.open();
	const doc = new Y.Doc();
	const whole = () => {
		const have = Y.decodeStateVector(Y.encodeStateVector(doc));
		return past.clocks.every(([client, clock]) => (have.get(client) ?? 0) >= clock);
	};
	const until = Date.now() + PATIENCE / 3;
	for (let read = 0; Date.now() < until; await pause(20)) {
		for (; read < frames.length; read++) {
			Y.applyUpdate(doc, payload(door, frames[read]!.frame));
			if (!whole()) continue;
			await seat.leave();
			doc.destroy();
			return frames[read]!.at - seat.began;
		}
	}
	seat.cut();
	return NaN;
}

/** All at once, each with a session of their own: milliseconds until each has been told everything. */
export async function join({ doors }: { doors: Door[] }): Promise<Spread & { failed: number }> {
	const seats = doors.map((door) => new Seat(door));
	await Promise.all(seats.map((seat) => seat.open()));
	const took = seats.filter((seat) => !seat.code).map((seat) => seat.synced - seat.began);
	await Promise.all(seats.map((seat) => seat.leave()));
	return { ...spread(took), failed: seats.length - took.length };
}

/** The marks (`writer.number`) a fresh page finds in a room within a while. */
export async function marks({ door, wait }: { door: Door; wait: number }): Promise<string[]> {
	const found = new Set<string>();
	const seat = new Seat(door);
	seat.onedit = (frame) => findMarks(frame, (writer, nth) => found.add(`${writer}.${nth}`));
	await seat.open();
	await pause(wait);
	await seat.leave();
	return [...found];
}

let held: Seat[] = [];

/** One page in each of many rooms, each of which brings a text of so many edits. */
export async function hold({ doors, edits }: { doors: Door[]; edits: number }): Promise<null> {
	const text = edits > 0 ? Y.mergeUpdates(written(edits).frames) : undefined;
	for (let i = 0; i < doors.length; i += 25) {
		const some = await Promise.all(
			doors.slice(i, i + 25).map(async (door) => await new Seat(door).open())
		);
		for (const seat of some) {
			if (text) seat.send(wrapFor(seat.door)(encodeSync(SYNC.update, text)));
			seat.send(pen(seat.door, 0, 1).carets[0]!);
		}
		held.push(...some);
	}
	const closed = held.filter((seat) => seat.code);
	if (closed.length > 0) throw new Error(`${closed.length} were sent away: ${closed[0]!.code}`);
	return null;
}

export async function letGo(): Promise<null> {
	for (let i = 0; i < held.length; i += 25)
		await Promise.all(held.slice(i, i + 25).map((seat) => seat.leave()));
	held = [];
	return null;
}

export function payload(door: Door, frame: Buffer): Uint8Array {
	const decoder = decoding.createDecoder(new Uint8Array(frame));
	decoder.pos = offsetFor(door) + 2;
	return decoding.readVarUint8Array(decoder);
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
