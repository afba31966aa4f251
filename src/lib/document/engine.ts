import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { closingOf, isFinal } from './closing.ts';
import { plainText } from './content.ts';
import { Ledger } from './ledger.ts';
import type { NotIncluded, Peer, Room } from './room.svelte.ts';
import { SCHEMA_NUMBER } from './schema.ts';
import { readSection, touched } from './sections.ts';
import { MESSAGE, readWord, type Identity, type Word } from './wire.ts';

/** The working part of a room, fetched when one is opened: the document, its connection, its accounts. */
export class Engine {
	#room: Room;
	#doc!: Y.Doc;
	#provider!: WebsocketProvider;
	#ledger!: Ledger;
	/** Sections written in here since everything was last on disk. */
	#touched = new Set<string>();
	/** What was written in a document that had to be left; compared with the text when it is here. */
	#aside: NotIncluded[] = [];

	constructor(room: Room) {
		this.#room = room;
		this.#begin();
	}

	connect(): void {
		this.#provider.connect();
	}

	disconnect(): void {
		this.#provider.disconnect();
	}

	destroy(): void {
		this.#ledger.destroy();
		this.#provider.destroy();
		this.#provider.awareness.destroy();
		this.#doc.destroy();
	}

	/** A local copy of the text (IndexedDB, by person, document and epoch) would be opened here first. */
	#begin(): void {
		const room = this.#room;
		const doc = (this.#doc = new Y.Doc());
		const address = new URL('/sync', location.href);
		address.protocol = address.protocol.replace('http', 'ws');
		const provider = (this.#provider = new WebsocketProvider(address.href, room.documentId, doc, {
			connect: false,
			disableBc: true, // tabs that talk to each other would pass the guard by
			params: { schema: String(SCHEMA_NUMBER) }
		}));
		provider.awareness.setLocalState({ user: room.person, cursor: null });
		this.#ledger = new Ledger(provider, () => this.#account());
		provider.messageHandlers[MESSAGE.word] = (_, decoder) => this.#hear(readWord(decoder));
		provider.on('sync', (synced) => synced && this.#arrived());
		provider.on('connection-close', () => room.reached(false));
		provider.on('closed', ({ code }) => this.#refused(code));
		provider.awareness.on('change', () => this.#see());
		doc.on('afterTransaction', (transaction) => {
			if (transaction.local && transaction.origin !== provider)
				for (const name of touched(transaction)) this.#touched.add(name);
		});
		provider.connect();
	}

	#hear(word: Word): void {
		const room = this.#room;
		if (word.type === 'trouble') {
			room.trouble = word.on;
			return;
		}
		this.#introduce(word.person);
		room.readonly = !word.write;
		if (word.closed) room.ended = true;
		if (!word.write && this.#ledger.unsaved) this.#setAside();
	}

	/** The server's word for who one is; carets and faces use it. */
	#introduce(person: Identity): void {
		this.#room.person = person;
		this.#provider.awareness.setLocalStateField('user', person);
	}

	#arrived(): void {
		const room = this.#room;
		room.reached(true);
		room.doc = this.#doc;
		room.awareness = this.#provider.awareness;
		room.provider = this.#provider;
		if (this.#aside.length > 0) {
			room.notIncluded = this.#aside.filter(
				({ section, content }) => plainText(content) !== plainText(readSection(this.#doc, section))
			);
			this.#aside = [];
		}
	}

	#account(): void {
		const { since } = this.#ledger;
		if (since === null) this.#touched.clear();
		this.#room.unsaved(since);
	}

	/**
	 * The text is closed, or may not be written any more, and this page holds edits it did not get. They are
	 * kept and shown to their author; the page goes on with the text as it is.
	 */
	#setAside(): void {
		this.#aside = this.#written();
		const old = { ledger: this.#ledger, provider: this.#provider };
		// Not now: the provider is in the middle of reading the message that brought us here.
		setTimeout(() => {
			old.ledger.destroy();
			old.provider.destroy();
			old.provider.awareness.destroy();
			this.#touched.clear();
			this.#room.unsaved(null);
			this.#begin();
		});
	}

	#refused(code: number): void {
		const room = this.#room;
		if (!isFinal(code)) return;
		if (this.#ledger.unsaved) room.notIncluded = this.#written();
		room.readonly = true;
		room.refusal = closingOf(code) ?? 'not_allowed';
		room.unsaved(null);
	}

	#written(): NotIncluded[] {
		return [...this.#touched].map((section) => ({
			section,
			content: readSection(this.#doc, section)
		}));
	}

	#see(): void {
		const { awareness } = this.#provider;
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
