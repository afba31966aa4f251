import type { Duplex } from 'node:stream';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import type { WebSocket } from 'ws';
import { CLOSING, type Closing } from '../closing.ts';
import {
	encodePresence,
	encodeSaved,
	encodeSync,
	encodeWord,
	MESSAGE,
	readPresence,
	SYNC,
	type Identity
} from '../wire.ts';
import { frame } from './frame.server.ts';
import { Intake } from './intake.server.ts';
import type { Limits } from './limits.server.ts';
import type { Room } from './room.server.ts';
import { encodeClocks } from './update.server.ts';

/** What the door found out about the person behind a socket. */
export type Admitted = { person: Identity; session: string; token: string; write: boolean };

/** A page's line: `ws` reads it and speaks its protocol, letters are written to the stream itself. */
export type Line = {
	ws: WebSocket;
	stream: Duplex;
	/** The epoch of the text the page says it has. */
	epoch?: string | null;
};

const SPAN = 1_000; // ms
const PATIENCE = 2_000; // ms for a page to answer a close
/** More than any page sends of what it knows, or of where its carets are. Bytes. */
const LARGEST_STATE_VECTOR = 64_000;
const LARGEST_PRESENCE = 16_000;
const FLOODING: Closing[] = ['bad_frame', 'too_fast', 'too_large', 'forged'];
/** How long they have to hear why. Milliseconds. */
const FAREWELL = 500;
const NOBODY = frame(encodePresence([]));

/** One page's socket on one document: what is said on it. What is written goes through its `Intake`. */
export class Connection {
	readonly room: Room;
	readonly admitted: Admitted;
	/** The Yjs client id this page speaks as. */
	client: number | undefined;
	/** Set while the person's access is looked at again; edits wait for it. */
	judging: Promise<void> | undefined;

	#line: Line;
	#limits: Limits;
	#intake: Intake;
	#over = false;
	/** The last state vector the page has asked with and was not answered for. */
	#asked: Uint8Array | undefined;
	#answering = false;
	/** Of what is unread, how much is the answer it asked for. Bytes. */
	#owed = 0;
	#since = 0;
	#messages = 0;
	#bytes = 0;

	constructor(
		line: Line,
		room: Room,
		admitted: Admitted,
		limits: Limits,
		write: ConstructorParameters<typeof Intake>[2]
	) {
		this.#line = line;
		this.room = room;
		this.admitted = admitted;
		this.#limits = limits;
		this.#intake = new Intake(this, limits, write);
	}

	get writes(): boolean {
		return this.admitted.write && !this.room.closed;
	}

	/** The page has another epoch's text. It is told so at hello; what it sends before it has heard is not taken. */
	get stale(): boolean {
		const { epoch } = this.#line;
		return typeof epoch === 'string' && epoch !== String(this.room.epoch);
	}

	get over(): boolean {
		return this.#over;
	}

	/** Says hello and begins to listen. */
	start(): void {
		const { room, writes } = this;
		const { person } = this.admitted;
		const { closed, seq, epoch } = room;
		this.#intake.welcome = writes;
		this.send(encodeWord({ type: 'hello', person, write: writes, closed, seq, epoch }));
		// Only a page that may write is asked for what it has and the log has not.
		if (writes) this.send(encodeSync(SYNC.step1, encodeClocks(room.stored.clocks)));
		const others = room.presence.all();
		if (others.length > 0) this.send(encodePresence(others));
		if (room.trouble) this.send(encodeWord({ type: 'trouble', on: true }));
		this.#line.ws.on('message', (data: Buffer, binary: boolean) => this.#hear(data, binary));
	}

	send(message: Uint8Array): void {
		this.write(frame(message));
	}

	/** Writes what is framed already. A reader who leaves too much unread is cut off, and comes back. */
	write(framed: Buffer): void {
		const { ws, stream } = this.#line;
		if (this.#over || ws.readyState !== ws.OPEN) return;
		const unread = stream.writableLength;
		if (unread === 0) this.#owed = 0;
		else if (unread > this.#limits.unread + this.#owed) return ws.terminate();
		stream.write(framed);
	}

	saved(frames: number, seq: number, clocks: [client: number, clock: number][]): void {
		this.send(encodeSaved({ frames, seq, clocks }));
	}

	/** Nothing said for a while: shows the page that the line is alive. */
	beat(): void {
		this.write(NOBODY);
	}

	/** Makes the page's network wait, or lets it go on. */
	hold(on: boolean): void {
		if (on) this.#line.ws.pause();
		else this.#line.ws.resume();
	}

	close(why: Closing): void {
		if (this.#over) return;
		this.#over = true;
		this.#intake.stop();
		this.room.presence.leave(this); // gone for the others, whether or not the page answers the close
		const { ws } = this.#line;
		ws.close(CLOSING[why], why);
		// Nothing more is read from one who floods, not even their farewell.
		const flooding = FLOODING.includes(why);
		if (flooding) ws.pause();
		else ws.resume();
		setTimeout(() => ws.terminate(), flooding ? FAREWELL : PATIENCE).unref();
	}

	/** The socket is gone. What is on its way to disk goes on. */
	left(): void {
		this.#over = true;
		this.#intake.stop();
		this.room.presence.leave(this);
	}

	/** Whether this page may speak as this client: nobody else does, or has written with it. */
	mayBe(client: number): boolean {
		const me = this.admitted.person.id;
		const owner = this.room.owners.get(client);
		return (
			(this.room.presence.person(client) ?? me) === me && (owner === undefined || owner === me)
		);
	}

	#hear(data: Buffer, binary: boolean): void {
		if (this.#over) return;
		if (!binary) return this.close('bad_frame');
		if (this.#floods(data.length)) return this.close('too_fast');
		try {
			this.#read(decoding.createDecoder(data));
		} catch {
			this.close('bad_frame'); // its own socket, and nothing else
		}
	}

	#read(decoder: decoding.Decoder): void {
		const message = decoding.readVarUint(decoder);
		if (message === MESSAGE.sync) {
			const kind = decoding.readVarUint(decoder);
			const bytes = decoding.readVarUint8Array(decoder);
			if (kind === SYNC.step1) this.#ask(bytes);
			else if (kind === SYNC.step2 || kind === SYNC.update) this.#intake.take(kind, bytes);
			else throw new Error('unknown sync message');
		} else if (message === MESSAGE.awareness) this.#appear(decoding.readVarUint8Array(decoder));
		else if (message === MESSAGE.queryAwareness)
			this.send(encodePresence(this.room.presence.all()));
		else throw new Error('unknown message');
	}

	/** Answers the last question, when the page has read what was said before. */
	#ask(stateVector: Uint8Array): void {
		if (stateVector.length > LARGEST_STATE_VECTOR) throw new Error('a state vector beyond belief');
		Y.decodeStateVector(stateVector);
		this.#asked = new Uint8Array(stateVector);
		if (!this.#answering) void this.#answer().catch(() => this.close('come_back'));
	}

	async #answer(): Promise<void> {
		this.#answering = true;
		for (let asked = this.#asked; asked && !this.#over; asked = this.#asked) {
			this.#asked = undefined;
			if (this.#owed > 0) await drained(this.#line.stream);
			for (const framed of await this.room.stored.answer(asked)) {
				this.write(framed);
				this.#owed += framed.length;
			}
		}
		this.#answering = false;
	}

	/** A page speaks for one client id, the first it names that is nobody else's; the rest is echo. */
	#appear(bytes: Uint8Array): void {
		if (bytes.length > LARGEST_PRESENCE) throw new Error('presence beyond belief');
		const { person } = this.admitted;
		for (const { client, state } of readPresence(bytes)) {
			if (this.client === undefined && state !== 'null' && this.mayBe(client)) this.client = client;
			if (client === this.client) this.room.presence.set(this, client, person, state);
		}
	}

	#floods(bytes: number): boolean {
		const now = Date.now();
		if (now - this.#since > SPAN) [this.#since, this.#messages, this.#bytes] = [now, 0, 0];
		this.#messages++;
		this.#bytes += bytes;
		return this.#messages > this.#limits.messages || this.#bytes > this.#limits.rate;
	}
}

/** Resolves when the other side has read what was written, or is gone. */
function drained(stream: Duplex): Promise<void> {
	if (stream.writableLength === 0 || stream.destroyed) return Promise.resolve();
	return new Promise((resolve) => {
		const done = () => {
			stream.off('drain', done).off('close', done);
			resolve();
		};
		stream.on('drain', done).on('close', done);
	});
}
