import type { Closing } from '../closing.ts';
import { SYNC } from '../wire.ts';
import { HEAVY } from './away.server.ts';
import type { Connection } from './connection.server.ts';
import type { Limits } from './limits.server.ts';
import {
	advance,
	beyond,
	deletesNothingNew,
	encodeClocks,
	isEmpty,
	overlaps,
	readUpdate,
	standsOn,
	writers,
	type Clocks,
	type Update
} from './update.server.ts';
import type { Writing } from './writer.server.ts';

/** An edit on its way to disk, with what the room wants to know of it. */
export type Written = Writing & { from: Connection; to: Clocks };

/** No page is this far ahead of itself. Edits. */
const MOST_WAITING = 100;

/** A message that carries edits. */
type Frame = { number: number; kind: number; bytes: Uint8Array; update?: Update };

/**
 * What one page writes, in the order it came: judged, claimed, sent to disk, acknowledged. From here on
 * bytes are edits, or nothing.
 */
export class Intake {
	/** Whether the page was told, at hello, that it may write. */
	welcome = false;

	#page: Connection;
	#limits: Limits;
	#write: (writing: Written) => void;
	#over = false;
	#inbox: Frame[] = [];
	#taking = false;
	/** Came before what they build on, and how many bytes they are. */
	#waiting: Frame[] = [];
	#waits = 0;
	#frames = 0;
	/** Frames settled before an earlier one was. */
	#settled: Set<number> | undefined;
	#durable = 0;
	/** How far this page's own client ids are on disk. */
	#clocks: Clocks | undefined;
	#seq = 0;
	#acknowledging = false;
	/** On the way to disk. Bytes. */
	#unsaved = 0;
	#held = false;

	constructor(page: Connection, limits: Limits, write: (writing: Written) => void) {
		this.#page = page;
		this.#limits = limits;
		this.#write = write;
	}

	take(kind: number, bytes: Uint8Array): void {
		const frame: Frame = { number: ++this.#frames, kind, bytes: new Uint8Array(bytes) };
		if (bytes.length < HEAVY) frame.update = readUpdate(frame.bytes); // throws on what is none
		this.#inbox.push(frame);
		this.#unsaved += bytes.length;
		if (this.#unsaved > this.#limits.unsaved && !this.#held) this.#page.hold((this.#held = true));
		if (!this.#taking) void this.#takeAll();
	}

	stop(): void {
		this.#over = true;
		this.#inbox = [];
		this.#waiting = [];
	}

	async #takeAll(): Promise<void> {
		this.#taking = true;
		try {
			for (let next = this.#inbox.shift(); next; next = this.#inbox.shift()) await this.#take(next);
		} catch {
			this.#page.close('come_back'); // Postgres could not be asked whose a client id is
		}
		this.#taking = false;
	}

	async #take(frame: Frame): Promise<void> {
		const page = this.#page;
		if (page.judging) await page.judging;
		frame.update ??= await this.#read(frame.bytes);
		if (this.#over || page.stale || !frame.update) return;
		if (isEmpty(frame.update)) return this.#settle(frame, page.room.seq);
		// The write guard: the one line between a socket and the text.
		if (!page.writes) return page.close(this.#refusal());

		const { room } = page;
		let update = await this.#beyond(frame.update);
		if (await this.#known(update, frame.kind)) return this.#settle(frame, room.seq);

		const early = !standsOn(update, room.ahead);
		if ((early && this.#waiting.length === 0) || !(await this.#own(update))) {
			// Perhaps another node has it already, and this one has not heard. Asked once, not for each.
			await room.catchUp();
			update = await this.#beyond(frame.update);
			if (await this.#known(update, frame.kind)) return this.#settle(frame, room.seq);
		}
		if (!(await this.#own(update))) return page.close('forged');
		if (this.#over || !page.writes) return page.close(this.#refusal()); // the second look
		const writes = writers(update, room.stored.clocks).length > 0;
		if (writes && room.stored.size + update.bytes.length > this.#limits.document)
			return page.close('full');
		if (!standsOn(update, room.ahead)) return this.#wait(frame);
		this.#put(frame, update);
		this.#again();
	}

	/** Many bytes are read in the thread; what is no update closes its own socket. */
	async #read(bytes: Uint8Array): Promise<Update | undefined> {
		try {
			return await this.#page.room.away.do('read', bytes);
		} catch {
			this.#page.close('bad_frame');
			return undefined;
		}
	}

	/** The update without what the log already holds. Its deletions stay. */
	async #beyond(update: Update): Promise<Update> {
		const { away, stored } = this.#page.room;
		const { clocks } = stored;
		if (update.bytes.length < HEAVY || !overlaps(update, clocks)) return beyond(update, clocks);
		return await away.do('read', await away.do('diff', update.bytes, encodeClocks(clocks)));
	}

	/** Whether all that is new in it is this person's; a client id nobody has written with becomes theirs. */
	async #own(update: Update): Promise<boolean> {
		const { room, admitted } = this.#page;
		const clients = writers(update, room.stored.clocks);
		if (!clients.every((client) => this.#page.mayBe(client))) return false;
		await room.owned(clients, admitted.person.id);
		return clients.every((client) => room.owners.get(client) === admitted.person.id);
	}

	#refusal(): Closing {
		if (this.welcome) return 'come_back'; // closed under way: the page returns and reads on
		return this.#page.room.closed ? 'closed' : 'not_allowed';
	}

	/** A returning page repeats all it has deleted; that alone is no edit. */
	async #known(update: Update, kind: number): Promise<boolean> {
		const { room } = this.#page;
		if (writers(update, room.stored.clocks).length > 0) return false;
		if (update.deletes.size === 0) return true;
		return kind === SYNC.step2 && deletesNothingNew(update.deletes, await room.stored.deletes());
	}

	#put(frame: Frame, update: Update): void {
		const { room, admitted } = this.#page;
		advance(room.ahead, update.to);
		this.#write({
			document: room.id,
			person: admitted.person.id,
			bytes: update.bytes,
			to: update.to,
			from: this.#page,
			onsaved: (seq) => {
				advance((this.#clocks ??= new Map()), update.to);
				this.#settle(frame, seq);
			},
			onrefused: (why) => {
				this.#page.close(why === 'gone' ? 'not_found' : 'come_back');
				if (why === 'closed') room.end();
			}
		});
	}

	#wait(frame: Frame): void {
		this.#waiting.push(frame);
		this.#waits += frame.bytes.length;
		const many = this.#waiting.length > MOST_WAITING;
		if (many || this.#waits > this.#limits.waiting) this.#page.close('too_large');
	}

	/** What waited may stand on what has just come. */
	#again(): void {
		if (this.#waiting.length === 0) return;
		const { ahead } = this.#page.room;
		const ready = this.#waiting.filter((frame) => standsOn(frame.update!, ahead));
		if (ready.length === 0) return;
		this.#waiting = this.#waiting.filter((frame) => !ready.includes(frame));
		this.#waits = this.#waiting.reduce((sum, { bytes }) => sum + bytes.length, 0);
		this.#inbox.unshift(...ready);
	}

	/** Durable, or nothing that need be: acknowledged with all that is by the end of this turn. */
	#settle(frame: Frame, seq: number): void {
		if (frame.number === this.#durable + 1) this.#durable++;
		else (this.#settled ??= new Set()).add(frame.number);
		while (this.#settled?.delete(this.#durable + 1)) this.#durable++;
		this.#seq = Math.max(this.#seq, seq);
		this.#unsaved -= frame.bytes.length;
		if (this.#held && this.#unsaved < this.#limits.unsaved / 2)
			this.#page.hold((this.#held = false));
		if (this.#acknowledging || this.#over) return;
		this.#acknowledging = true;
		queueMicrotask(() => {
			this.#acknowledging = false;
			this.#page.saved(this.#durable, this.#seq, [...(this.#clocks ?? [])]);
		});
	}
}
