import type { Doc } from 'yjs';
import type { Awareness } from 'y-protocols/awareness';
import type { WebsocketProvider } from 'y-websocket';
import type { Closing } from './closing.ts';
import { dropLeftover, keepLeftovers, unfinished, type Leftover } from './copies.ts';
import type { Engine } from './engine.ts';
import type { Identity } from './wire.ts';

/**
 * A page's part in a document: one Y.Doc and one connection for all the editors on it. What it needs of
 * Yjs is fetched when a room is opened, so pages that only read do without.
 */

/** `opening` until the text is here; `closed` when nothing more can be written from this page. */
export type RoomState = 'opening' | 'saved' | 'saving' | 'unsaved' | 'offline' | 'closed';

/** Someone who has the text open; `writing` when their caret stands in it. */
export type Peer = Identity & { writing: boolean };

/** What was written and did not get into the text. `stored`: it is still here when the page is loaded again. */
export type Left = Leftover & { stored: boolean };

/** Unsaved for this long, in ms, is no longer just "saving". */
const PATIENCE = 3_000;
/** Gone for less than this is not worth a word. */
const BLINK = 1_500;
const SETTLED = 400;
/** Refusals that something here or elsewhere can end: signing in, closing tabs, a pause. */
const RESUMABLE: Closing[] = ['sign_in', 'too_many', 'too_fast'];

export class Room {
	readonly documentId: string;
	/** The text, once it is here. Another one when the room had to begin anew: editors mount again. */
	doc = $state.raw<Doc>();
	awareness = $state.raw<Awareness>();
	provider = $state.raw<WebsocketProvider>();
	/** Who the server says one is. */
	person = $state.raw<Identity>()!;
	peers = $state.raw<Peer[]>([]);
	/** One may read, not write. */
	readonly = $state(false);
	/** Since when something written here is not on disk. */
	since = $state.raw<Date | null>(null);
	/** When the server last had all of it on disk. */
	savedAt = $state.raw<Date | null>(null);
	/** Whether the server says it cannot write just now. */
	trouble = $state(false);
	/** The text itself is closed. */
	ended = $state(false);
	/** Why the server sent this page away for good. */
	refusal = $state<Closing | null>(null);
	/** Why the server sent this page away to come back. */
	pause = $state<Closing | undefined>();
	left = $state.raw<Left[]>([]);
	/** What is written here is on this device too, not in this page only. */
	kept = $state(false);

	/** Seconds since `since`, counted while it lasts. */
	seconds = $state(0);
	/** Just saved, and perhaps another letter comes at once: "saved" waits a moment, so it does not flicker. */
	settling = $state(false);
	connected = $state(false);
	away = $state(false);

	state: RoomState = $derived.by(() => {
		if (this.refusal || this.ended) return 'closed';
		if (this.away) return 'offline';
		if (!this.doc) return 'opening';
		if (!this.since) return this.settling ? 'saving' : 'saved';
		return this.seconds * 1000 >= PATIENCE ? 'unsaved' : 'saving';
	});

	#engine: Engine | undefined;
	#ticking: ReturnType<typeof setInterval> | undefined;
	#missing: ReturnType<typeof setTimeout> | undefined;
	#settling: ReturnType<typeof setTimeout> | undefined;
	#users = 0;

	constructor(documentId: string, person: Identity) {
		this.documentId = documentId;
		this.person = person;
	}

	/** Another user of the room; the first opens it. */
	enter(): this {
		if (this.#users++ > 0 || this.#engine) return this;
		addEventListener('beforeunload', this.#ask);
		addEventListener('offline', this.#cut);
		addEventListener('online', this.#mended);
		document.addEventListener('visibilitychange', this.#seen);
		this.#wait();
		void import('./engine.ts').then(({ Engine }) => {
			if (rooms.get(this.documentId) !== this) return;
			this.#engine = new Engine(this);
			if (!navigator.onLine) this.#cut();
		});
		return this;
	}

	/** The page is left. What is not saved yet goes on being saved; the room goes when it is. */
	leave(): void {
		if (--this.#users > 0) return;
		// Sent away until one signs in again, say: what is in this page only waits for that.
		if (this.since && (this.refusal ? !this.kept : !this.ended)) return;
		this.#end();
	}

	/** Whether a page that was sent away may try once more. */
	get resumable(): boolean {
		return this.refusal !== null && RESUMABLE.includes(this.refusal);
	}

	again(): void {
		this.refusal = null;
		this.readonly = false;
		this.#wait();
		this.#engine?.connect();
	}

	/** The page is loaded again to bring what is kept here on its way: that is no leaving. */
	leaving(): void {
		if (this.kept) removeEventListener('beforeunload', this.#ask);
	}

	/** Its author is done with it. Returns the way back. */
	async done(left: Left): Promise<() => Promise<void>> {
		this.left = this.left.filter((one) => one !== left);
		const { stored, ...kept } = left;
		if (stored) await dropLeftover(this.person.id, left.id).catch(() => {});
		return async () => {
			this.left = [...this.left, left].sort((a, b) => a.at - b.at);
			if (stored) await keepLeftovers(this.person.id, [kept]).catch(() => {});
		};
	}

	/** Given up, saved or not: who wrote here signs out. */
	abandon(): void {
		this.#end();
		this.since = null;
	}

	/** Told by the engine: one writes here, so the page is worth keeping for when there is no network; or no longer. */
	keep(): void {
		void import('./kept-page.ts').then(({ keepPage }) => keepPage());
	}

	/** Told by the engine: since when something is unsaved; null when nothing is. */
	unsaved(since: number | null): void {
		if (since === (this.since?.getTime() ?? null)) return;
		const was = this.since;
		this.since = since === null ? null : new Date(since);
		this.#count();
		clearTimeout(this.#settling);
		if (since === null) {
			clearInterval(this.#ticking);
			this.#ticking = undefined;
			this.savedAt = new Date();
			this.#settling = setTimeout(() => (this.settling = false), SETTLED);
			if (this.#users <= 0) this.#end();
			return;
		}
		this.settling = true;
		if (!was) this.#ticking = setInterval(() => this.#count(), 1000);
	}

	/** Told by the engine: whether the server is there, and why not. A blink is not told on. */
	reached(is: boolean, why?: Closing): void {
		this.connected = is;
		this.pause = is ? undefined : (why ?? this.pause);
		if (is) {
			clearTimeout(this.#missing);
			this.#missing = undefined;
			this.away = false;
		} else if (!this.away && !this.#missing) this.#wait(); // each try that fails is told, too
	}

	#count(): void {
		this.seconds = this.since ? Math.round((Date.now() - this.since.getTime()) / 1000) : 0;
	}

	#wait(): void {
		clearTimeout(this.#missing);
		this.#missing = setTimeout(this.#alone, BLINK);
	}

	#end(): void {
		if (rooms.get(this.documentId) === this) rooms.delete(this.documentId);
		removeEventListener('beforeunload', this.#ask);
		removeEventListener('offline', this.#cut);
		removeEventListener('online', this.#mended);
		document.removeEventListener('visibilitychange', this.#seen);
		clearInterval(this.#ticking);
		clearTimeout(this.#missing);
		clearTimeout(this.#settling);
		this.#engine?.destroy();
		this.#engine = undefined;
	}

	#ask = (event: BeforeUnloadEvent): void => {
		if (this.since || this.left.some(({ stored }) => !stored)) event.preventDefault();
	};
	#alone = (): void => {
		clearTimeout(this.#missing); // told sooner by the machine: or it would be told again, perhaps after the return
		this.#missing = undefined;
		this.away = true;
		this.#engine?.alone();
	};
	#cut = (): void => {
		this.#alone();
		this.#engine?.disconnect();
	};
	#seen = (): void => {
		if (document.visibilityState === 'visible' && navigator.onLine) this.#engine?.connect();
	};
	#mended = (): void => this.#engine?.connect();
}

/** Rooms of this page, also those that are left and still saving. */
const rooms = new Map<string, Room>();

/**
 * Opens a document's room; call it in the browser (`onMount`, `$effect`) and `leave()` it when done. Two
 * who open the same share it.
 */
export function openRoom(options: {
	documentId: string;
	person: { id: string; name: string };
}): Room {
	const { documentId, person } = options;
	let room = rooms.get(documentId);
	if (room && room.person.id !== person.id) room.abandon();
	if (!room || room.person.id !== person.id || room.ended || (room.refusal && !room.resumable)) {
		room = new Room(documentId, { id: person.id, name: person.name, color: '' });
		rooms.set(documentId, room);
	} else if (room.refusal) room.again();
	return room.enter();
}

/**
 * The same for a page that may be settled. There the room opens only for who has something left here: what
 * they wrote and could not bring in any more. Returns what to call when the page goes.
 */
export function joinRoom(
	options: { documentId: string; person: { id: string; name: string }; settled: boolean },
	opened: (room: Room) => void
): () => void {
	let room: Room | undefined;
	let gone = false;
	const join = () => {
		if (!gone) opened((room = openRoom(options)));
	};
	if (!options.settled) join();
	else
		void unfinished(options.person.id, options.documentId).then(
			(is) => is && join(),
			() => {} // nothing is kept in this browser
		);
	return () => {
		gone = true;
		room?.leave();
	};
}

/** Whether a page of this window holds something that is not saved. */
export const unsavedHere = (): boolean => [...rooms.values()].some(({ since }) => since !== null);

/** Whether this window can be let go of: what is unsaved in it is on this device as well. Then nobody is asked. */
export function letGo(): boolean {
	const unsaved = [...rooms.values()].filter(({ since }) => since !== null);
	if (unsaved.some(({ kept }) => !kept)) return false;
	for (const room of unsaved) room.leaving();
	return true;
}

/** Gives up every room of this window, or every one but those of `except`. */
export function abandonRooms(except?: string): void {
	for (const room of [...rooms.values()]) if (room.person.id !== except) room.abandon();
}
