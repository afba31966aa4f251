import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { closingOf, isFinal, type Closing } from './closing.ts';
import { findCopy, makeCopy, type Copy } from './copy.ts';
import type { Why } from './copies.ts';
import { Ledger } from './ledger.ts';
import { Line } from './line.ts';
import { tidyNothingWhile } from './reading.ts';
import type { Peer, Room } from './room.svelte.ts';
import { SCHEMA_NUMBER } from './schema.ts';
import type { Aside } from './setaside.ts';
import { Settling } from './settling.ts';
import { MESSAGE, readWord, type Identity, type Word } from './wire.ts';

/** Refusals that leave one's edits their way in: they go when the page is back. */
const WAITS: Closing[] = ['sign_in', 'reload', 'too_many', 'too_fast', 'wrong_origin'];
const REASONS: Why[] = ['closed', 'not_allowed', 'not_found', 'full', 'too_large', 'reload'];

/** The working part of a room, fetched when one is opened: the document, its connection, its accounts. */
export class Engine {
	#room: Room;
	#doc = new Y.Doc();
	#provider: WebsocketProvider | undefined;
	#ledger: Ledger | undefined;
	#line: Line | undefined;
	#copy: Copy | null = null;
	/** Of what the document holds, once the server has said it. */
	#epoch: number | undefined;
	/** The own clock from which something is not known to be saved. */
	#from: number | undefined;
	#settling: Settling;
	#over = false;

	constructor(room: Room) {
		this.#room = room;
		this.#settling = new Settling(room);
		void this.#settling.recall();
		void this.#begin();
	}

	/** The network may be back, or somebody looks again. */
	connect(): void {
		if (!this.#provider || this.#room.refusal) return;
		this.#provider.shouldConnect = true;
		this.#line?.hurry();
	}

	disconnect(): void {
		this.#provider?.disconnect();
	}

	/** Nobody answers: the text as this device has it, to write on. */
	alone(): void {
		if (this.#copy && !this.#over) this.#show();
	}

	destroy(): void {
		this.#over = true;
		this.#stop();
		void this.#copy?.close();
		this.#doc.destroy();
	}

	/** The local copy is opened first, so that the server is asked only for what it lacks. */
	async #begin(): Promise<void> {
		const room = this.#room;
		const doc = (this.#doc = new Y.Doc());
		tidyNothingWhile(doc, () => room.readonly);
		const { names } = this.#settling;
		const copy = await findCopy(room.person.id, room.documentId, doc, this.#kept, names);
		if (this.#over) return void copy?.close();
		this.#copy = copy;
		this.#epoch = copy?.epoch;
		room.kept = copy !== null;
		const address = new URL('/sync', location.href);
		address.protocol = address.protocol.replace('http', 'ws');
		const provider = (this.#provider = new WebsocketProvider(address.href, room.documentId, doc, {
			connect: false,
			disableBc: true, // tabs that talk to each other would pass the guard by
			params: { schema: String(SCHEMA_NUMBER), ...epochOf(copy?.epoch) },
			shouldReconnect: ({ code }) => !isFinal(code)
		}));
		provider.awareness.setLocalState({ user: room.person, cursor: null });
		const ledger = (this.#ledger = new Ledger(provider, () => this.#account(), copy?.since));
		this.#line = new Line(provider, () => ledger.since);
		provider.messageHandlers[MESSAGE.word] = (_, decoder) => this.#hear(readWord(decoder));
		provider.on('sync', (synced) => synced && void this.#arrived());
		provider.on('connection-close', (event) =>
			room.reached(false, (event && closingOf(event.code)) || undefined)
		);
		provider.on('closed', ({ code }) => this.#refused(code));
		provider.awareness.on('change', () => this.#see());
		doc.on('afterTransaction', ({ local, beforeState, changed }) => {
			if (local && changed.size > 0 && doc === this.#doc)
				this.#from ??= beforeState.get(doc.clientID) ?? 0;
		});
		if (ledger.since !== null) room.unsaved(ledger.since);
		if (room.away) this.alone();
		if (navigator.onLine) provider.connect();
	}

	#hear(word: Word): void {
		if (word.type === 'trouble') this.#room.trouble = word.on;
		else this.#welcome(word);
	}

	#welcome({ person, write, closed, epoch }: Extract<Word, { type: 'hello' }>): void {
		const room = this.#room;
		this.#introduce(person);
		room.readonly = !write;
		if (closed) room.ended = true;
		const unsaved = this.#ledger!.unsaved;
		const same = this.#epoch === undefined || this.#epoch === epoch;
		// Closed under a page that had said everything: the text is the one it has.
		const finished = closed && !unsaved && epoch === this.#epoch! + 1;
		if (!same && !finished) return this.#setAside(closed ? 'closed' : 'restored');
		if (!write && unsaved) return this.#setAside(closed ? 'closed' : 'not_allowed');
		this.#epoch = epoch;
		Object.assign(this.#provider!.params, epochOf(epoch)); // whoever comes back says which text they have
	}

	/** The server's word for who one is; carets and faces use it. */
	#introduce(person: Identity): void {
		this.#room.person = person;
		this.#provider!.awareness.setLocalStateField('user', person);
	}

	async #arrived(): Promise<void> {
		const room = this.#room;
		room.reached(true);
		this.#show();
		const doc = this.#doc;
		if (room.readonly) this.#leaveCopy();
		await this.#settling.settle(doc, this.#copy?.name);
		const gone = () => this.#over || doc !== this.#doc;
		if (gone()) return;
		this.#account();
		if (room.readonly) return;
		if (!this.#copy) {
			const { id } = room.person;
			const copy = await makeCopy(id, room.documentId, this.#epoch!, doc, this.#kept);
			if (gone() || room.readonly) return void copy?.close();
			this.#copy = copy;
			room.kept = copy !== null;
		}
		room.keep();
	}

	#show(): void {
		const room = this.#room;
		room.doc = this.#doc;
		room.awareness = this.#provider!.awareness;
		room.provider = this.#provider;
	}

	#account(): void {
		const { since } = this.#ledger!;
		if (this.#settling.waiting) return; // not settled yet where it belongs
		if (since === null) {
			this.#from = undefined;
			this.#copy?.saved();
		}
		this.#room.unsaved(since);
	}

	#kept = (whole: boolean): void => {
		this.#room.kept = whole;
	};

	/** Only who may write has a copy; what it holds beyond the text is worked out like the rest. */
	#leaveCopy(): void {
		if (this.#copy) this.#room.keep(); // the server says that there is nothing to keep any more
		void this.#copy?.close();
		this.#copy = null;
		this.#room.kept = false;
	}

	/**
	 * The text is closed, or may not be written any more, and this page holds edits it did not get. They are
	 * kept and shown to their author; the page goes on with the text as it is.
	 */
	#setAside(why: Why): void {
		// Not a word more in the old text's name.
		this.#provider!.disconnect();
		const [doc, copy] = [this.#doc, this.#copy];
		copy?.setAside(why);
		this.#settling.add({ doc, copy, why, clocks: this.#unsavedClocks() });
		this.#copy = null;
		// Not now: the provider is in the middle of reading the message that brought us here.
		setTimeout(() => {
			if (this.#over) return;
			this.#stop();
			this.#epoch = undefined;
			this.#from = undefined;
			void this.#begin();
		});
	}

	#refused(code: number): void {
		const room = this.#room;
		const refusal = closingOf(code) ?? 'not_allowed';
		const unsaved = this.#ledger!.unsaved;
		if (unsaved && !WAITS.includes(refusal)) return this.#setAside(reason(refusal));
		room.readonly = true;
		room.refusal = refusal;
		if (!WAITS.includes(refusal)) {
			this.#leaveCopy();
			void this.#settling.settle(null).then(() => room.unsaved(null));
		} else if (unsaved && refusal === 'reload' && !room.kept) {
			// Loading the page again would lose what is in this page only.
			const clocks = this.#unsavedClocks();
			this.#settling.add({ doc: this.#doc, copy: null, why: 'reload', clocks });
			void this.#settling.settle(null, undefined, false);
		}
	}

	#unsavedClocks(): Aside['clocks'] {
		const stored = this.#copy?.marks.map(([client, { from }]) => [client, from] as const) ?? [];
		const own = this.#from === undefined ? [] : [[this.#doc.clientID, this.#from] as const];
		return [...stored, ...own].map(([client, from]) => [client, from]);
	}

	#stop(): void {
		this.#line?.destroy();
		this.#ledger?.destroy();
		this.#provider?.destroy();
		this.#provider?.awareness.destroy();
	}

	#see(): void {
		const { awareness } = this.#provider!;
		const peers = new Map<string, Peer>();
		for (const [client, state] of awareness.getStates()) {
			const user = state.user as Identity | undefined;
			if (client === awareness.clientID || !user?.id || user.id === this.#room.person.id) continue;
			const writing = state.cursor != null || peers.get(user.id)?.writing === true;
			peers.set(user.id, { ...user, writing });
		}
		this.#room.peers = [...peers.values()].sort((a, b) => a.name.localeCompare(b.name, 'da'));
	}
}

/** As the address carries it. */
function epochOf(epoch: number | undefined): Record<string, string> {
	return epoch === undefined ? {} : { epoch: String(epoch) };
}

function reason(refusal: Closing): Why {
	return REASONS.find((why) => why === refusal) ?? 'refused';
}
