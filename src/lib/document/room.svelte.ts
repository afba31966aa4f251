import type { Doc } from 'yjs';
import type { Awareness } from 'y-protocols/awareness';
import type { WebsocketProvider } from 'y-websocket';
import type { Closing } from './closing.ts';
import type { Content } from './content.ts';
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

/** What was written here and did not get into the text: it was closed, or may not be written any more. */
export type NotIncluded = { section: string; content: Content };

/** Unsaved for this long, in ms, is no longer just "saving". */
const PATIENCE = 3_000;
/** Gone for less than this is not worth a word. */
const BLINK = 1_500;
const SETTLED = 400;

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
	notIncluded = $state.raw<NotIncluded[]>([]);

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
		if (this.since && !this.refusal && !this.ended) return;
		this.#end();
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

	/** Told by the engine: whether the server is there. A blink is not told on. */
	reached(is: boolean): void {
		this.connected = is;
		clearTimeout(this.#missing);
		if (is) this.away = false;
		else this.#wait();
	}

	#count(): void {
		this.seconds = this.since ? Math.round((Date.now() - this.since.getTime()) / 1000) : 0;
	}

	#wait(): void {
		clearTimeout(this.#missing);
		this.#missing = setTimeout(() => (this.away = true), BLINK);
	}

	#end(): void {
		if (rooms.get(this.documentId) === this) rooms.delete(this.documentId);
		removeEventListener('beforeunload', this.#ask);
		removeEventListener('offline', this.#cut);
		removeEventListener('online', this.#mended);
		clearInterval(this.#ticking);
		clearTimeout(this.#missing);
		clearTimeout(this.#settling);
		this.#engine?.destroy();
		this.#engine = undefined;
	}

	#ask = (event: BeforeUnloadEvent): void => {
		if (this.since) event.preventDefault();
	};
	#cut = (): void => {
		this.away = true;
		this.#engine?.disconnect();
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
	if (!room || room.person.id !== person.id || room.refusal || room.ended) {
		room = new Room(documentId, { id: person.id, name: person.name, color: '' });
		rooms.set(documentId, room);
	}
	return room.enter();
}
