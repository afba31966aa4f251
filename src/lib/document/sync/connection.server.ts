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
import type { Room } from './room.server.ts';
import {
	advance,
	beyond,
	deletesNothingNew,
	isEmpty,
	readUpdate,
	standsOn,
	writers,
	type Update
} from './update.server.ts';
import type { Writing } from './writer.server.ts';

/** What the door found out about the person behind a socket. */
export type Admitted = { person: Identity; session: string; token: string; write: boolean };

type Frame = { number: number; kind: number; update: Update };

const MEGABYTE = 1024 * 1024;
/** Edits of one socket on their way to disk before its network is made to wait. */
const UNSAVED_BYTES = 8 * MEGABYTE;
/** Edits whose predecessors have not come. */
const WAITING_BYTES = 2 * MEGABYTE;
/** What a slow reader may leave unread before it is cut off; it comes back by state. */
const UNREAD_BYTES = 16 * MEGABYTE;
/** In any ten seconds. */
const SPAN = 10_000;
const FRAMES_IN_SPAN = 5_000;
const BYTES_IN_SPAN = 32 * MEGABYTE;

/** One page's socket on one document. */
export class Connection {
	readonly room: Room;
	readonly admitted: Admitted;
	/** The Yjs client id this page speaks as. */
	client: number | undefined;
	/** Set while the person's access is looked at again; edits wait for it. */
	judging: Promise<void> | undefined;

	#socket: WebSocket;
	#write: (writing: Writing & { from: Connection }) => void;
	#over = false;
	/** What the page was told at hello. */
	#welcome = false;
	#inbox: Frame[] = [];
	#taking = false;
	#waiting: Frame[] = [];
	#frames = 0;
	#settled = new Set<number>();
	#durable = 0;
	#acknowledging = false;
	#ids = new Set<number>();
	#unsaved = 0;
	#span = { since: 0, frames: 0, bytes: 0 };

	constructor(
		socket: WebSocket,
		room: Room,
		admitted: Admitted,
		write: (writing: Writing & { from: Connection }) => void
	) {
		this.#socket = socket;
		this.room = room;
		this.admitted = admitted;
		this.#write = write;
	}

	get writes(): boolean {
		return this.admitted.write && !this.room.closed;
	}

	/** Says hello and begins to listen. */
	start(): void {
		const { room, writes } = this;
		const { person } = this.admitted;
		this.#welcome = writes;
		this.send(
			encodeWord({
				type: 'hello',
				person,
				write: writes,
				closed: room.closed,
				seq: room.seq,
				epoch: room.epoch
			})
		);
		// Only a page that may write is asked for what it has and the log has not.
		if (writes) this.send(encodeSync(SYNC.step1, room.stateVector()));
		const others = room.presence.all();
		if (others.length > 0) this.send(encodePresence(others));
		if (room.trouble) this.send(encodeWord({ type: 'trouble', on: true }));
		this.#socket.on('message', (data: Buffer, binary: boolean) => this.#hear(data, binary));
	}

	send(bytes: Uint8Array): void {
		if (this.#over || this.#socket.readyState !== this.#socket.OPEN) return;
		if (this.#socket.bufferedAmount > UNREAD_BYTES) return this.#socket.terminate();
		this.#socket.send(bytes);
	}

	/** Nothing said for a while: shows the page that the line is alive. */
	beat(): void {
		this.send(encodePresence([]));
	}

	close(why: Closing): void {
		if (this.#over) return;
		this.#over = true;
		this.#inbox = [];
		this.#waiting = [];
		this.#socket.resume();
		this.#socket.close(CLOSING[why], why);
	}

	get over(): boolean {
		return this.#over;
	}

	/** The socket is gone. What is on its way to disk goes on. */
	left(): void {
		this.#over = true;
		this.#inbox = [];
		this.room.presence.leave(this);
	}

	#hear(data: Buffer, binary: boolean): void {
		if (this.#over) return;
		if (!binary) return this.close('bad_frame');
		if (this.#floods(data.length)) return this.close('too_many');
		try {
			this.#read(decoding.createDecoder(new Uint8Array(data)));
		} catch {
			this.close('bad_frame'); // its own socket, and nothing else
		}
	}

	#read(decoder: decoding.Decoder): void {
		const message = decoding.readVarUint(decoder);
		if (message === MESSAGE.sync) {
			const kind = decoding.readVarUint(decoder);
			const bytes = decoding.readVarUint8Array(decoder);
			if (kind === SYNC.step1) {
				Y.decodeStateVector(bytes);
				this.send(encodeSync(SYNC.step2, this.room.answer(bytes)));
			} else if (kind === SYNC.step2 || kind === SYNC.update) this.#edit(kind, bytes);
			else throw new Error('unknown sync message');
		} else if (message === MESSAGE.awareness) this.#appear(decoding.readVarUint8Array(decoder));
		else if (message === MESSAGE.queryAwareness)
			this.send(encodePresence(this.room.presence.all()));
		else throw new Error('unknown message');
	}

	/** A page speaks for one client id, the first it names that is nobody else's; the rest is echo. */
	#appear(bytes: Uint8Array): void {
		const { person } = this.admitted;
		for (const { client, state } of readPresence(bytes)) {
			if (this.client === undefined && state !== 'null' && this.#mayBe(client))
				this.client = client;
			if (client === this.client) this.room.presence.set(this, client, person, state);
		}
	}

	#mayBe(client: number): boolean {
		const me = this.admitted.person.id;
		const holder = this.room.presence.holder(client);
		const owner = this.room.owners.get(client);
		return (
			(holder === undefined || holder.admitted.person.id === me) &&
			(owner === undefined || owner === me)
		);
	}

	#edit(kind: number, bytes: Uint8Array): void {
		this.#inbox.push({ number: ++this.#frames, kind, update: readUpdate(bytes) });
		this.#unsaved += bytes.length;
		if (this.#unsaved > UNSAVED_BYTES) this.#socket.pause();
		if (!this.#taking) void this.#takeAll();
	}

	async #takeAll(): Promise<void> {
		this.#taking = true;
		try {
			for (let frame = this.#inbox.shift(); frame; frame = this.#inbox.shift())
				await this.#take(frame);
		} catch {
			this.close('come_back'); // Postgres could not be asked whose a client id is
		}
		this.#taking = false;
	}

	/** From here on bytes are edits, or nothing. */
	async #take(frame: Frame): Promise<void> {
		if (this.judging) await this.judging;
		if (this.#over) return;
		if (isEmpty(frame.update)) return this.#settle(frame);
		// The write guard: the one line between a socket and the text.
		if (!this.writes) return this.close(this.#refusal());

		const { room } = this;
		const me = this.admitted.person.id;
		let update = beyond(frame.update, room.clocks);
		if (!this.#known(update, frame.kind)) {
			const foreign = (client: number) => (room.owners.get(client) ?? me) !== me;
			if (!standsOn(update, room.ahead) || writers(update, room.clocks).some(foreign)) {
				// Perhaps another node has it already, and this one has not heard.
				await room.catchUp();
				update = beyond(frame.update, room.clocks);
			}
			const clients = writers(update, room.clocks);
			if (clients.some((client) => !room.owners.has(client))) {
				if (!clients.every((client) => this.#mayBe(client))) return this.close('forged');
				await room.owned(clients, me);
			}
			if (clients.some((client) => room.owners.get(client) !== me)) return this.close('forged');
			if (this.#over || !this.writes) return this.close(this.#refusal()); // the second look
			if (!standsOn(update, room.ahead)) return this.#wait(frame);
			for (const client of clients) this.#ids.add(client);
		}
		if (this.#known(update, frame.kind)) this.#settle(frame);
		else this.#put(frame, update);
		this.#again();
	}

	#refusal(): Closing {
		if (this.#welcome) return 'come_back'; // closed under way: the page returns and reads on
		return this.room.closed ? 'closed' : 'not_allowed';
	}

	/** A returning page repeats what it has deleted; that alone is no edit. */
	#known(update: Update, kind: number): boolean {
		if (writers(update, this.room.clocks).length > 0) return false;
		if (update.deletes.size === 0) return true;
		return kind === SYNC.step2 && deletesNothingNew(update, this.room.bytes());
	}

	#put(frame: Frame, update: Update): void {
		advance(this.room.ahead, update);
		this.#write({
			document: this.room.id,
			person: this.admitted.person.id,
			bytes: update.bytes,
			from: this,
			onsaved: () => this.#settle(frame),
			onrefused: (why) => {
				this.room.closed = true;
				this.close(why === 'gone' ? 'not_found' : 'come_back');
			}
		});
	}

	#wait(frame: Frame): void {
		this.#waiting.push(frame);
		const bytes = this.#waiting.reduce((sum, waiting) => sum + waiting.update.bytes.length, 0);
		if (bytes > WAITING_BYTES) this.close('too_large');
	}

	/** What waited may stand on what has just come. */
	#again(): void {
		const ready = this.#waiting.filter((frame) => standsOn(frame.update, this.room.ahead));
		if (ready.length === 0) return;
		this.#waiting = this.#waiting.filter((frame) => !ready.includes(frame));
		this.#inbox.unshift(...ready);
	}

	#settle(frame: Frame): void {
		this.#settled.add(frame.number);
		while (this.#settled.delete(this.#durable + 1)) this.#durable++;
		this.#unsaved -= frame.update.bytes.length;
		if (this.#unsaved < UNSAVED_BYTES / 2) this.#socket.resume();
		if (this.#acknowledging || this.#over) return;
		this.#acknowledging = true;
		queueMicrotask(() => {
			this.#acknowledging = false;
			const { clocks, seq } = this.room;
			this.send(
				encodeSaved({
					frames: this.#durable,
					seq,
					clocks: [...this.#ids].map((client) => [client, clocks.get(client) ?? 0])
				})
			);
		});
	}

	#floods(bytes: number): boolean {
		const now = Date.now();
		if (now - this.#span.since > SPAN) this.#span = { since: now, frames: 0, bytes: 0 };
		this.#span.frames++;
		this.#span.bytes += bytes;
		return this.#span.frames > FRAMES_IN_SPAN || this.#span.bytes > BYTES_IN_SPAN;
	}
}
