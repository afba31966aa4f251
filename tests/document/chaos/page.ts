import * as decoding from 'lib0/decoding';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { closingOf, isFinal } from '#lib/document/closing.ts';
import { Ledger } from '#lib/document/ledger.ts';
import { tidyNothingWhile } from '#lib/document/reading.ts';
import { SCHEMA_NUMBER } from '#lib/document/schema.ts';
import { MESSAGE, readSaved, readWord, SYNC, type Word } from '#lib/document/wire.ts';
import { COOKIE } from '#lib/people/sessions.server.ts';
import { socketClass } from '../world.ts';
import { Claims } from './claims.ts';
import type { Line } from './line.ts';
import type { Random } from './random.ts';

export const SECTIONS = ['account', 'risk'];
const LETTERS = 'abcdefghijklmnopqrstuvwxyzæøå ';

/**
 * A person's page, as the engine in the browser does it: a real y-websocket client with its ledger. It
 * writes down what it saw and when it was told "saved".
 */
export class Page {
	readonly name: string;
	readonly line: Line;
	doc!: Y.Doc;
	provider!: WebsocketProvider;
	ledger!: Ledger;
	/** What others wrote and this page saw; what it was told is on disk. */
	readonly seen = new Claims();
	readonly saved = new Claims();
	/** The text is closed, said the server. */
	ended = false;
	/** It had edits that the closed text does not include, and shows them to their author. */
	aside = 0;
	/** Sent away for good; no honest page ever is, unless the text is closed. */
	refused: string | null = null;
	#token: string;
	#document: string;
	#random: Random;
	#undo: Y.UndoManager | undefined;
	#write = false;
	#reads: boolean;

	constructor(
		options: { name: string; token: string; document: string; line: Line; reads: boolean },
		random: Random
	) {
		this.name = options.name;
		this.line = options.line;
		this.#token = options.token;
		this.#document = options.document;
		this.#reads = options.reads;
		this.#random = random;
		this.#begin();
	}

	/** Whether its text is here and it may write in it; the network need not be there. */
	get writes(): boolean {
		return this.#write && !this.#reads;
	}

	get settled(): boolean {
		return this.refused !== null || (this.provider.synced && !this.ledger.unsaved);
	}

	/** The page is loaded again: with an empty document, or the copy kept in the browser. */
	reload(copy: boolean): void {
		const kept = copy ? Y.encodeStateAsUpdate(this.doc) : undefined;
		this.leave();
		this.#begin(kept);
	}

	leave(): void {
		this.#undo?.destroy();
		this.ledger.destroy();
		this.provider.destroy();
		this.provider.awareness.destroy();
		this.doc.destroy();
		this.#write = false;
	}

	#begin(copy?: Uint8Array): void {
		const doc = (this.doc = new Y.Doc());
		doc.clientID = this.#random.whole(1, 2 ** 31);
		const address = `127.0.0.1:${this.line.port}`;
		const provider = (this.provider = new WebsocketProvider(
			`ws://${address}/sync`,
			this.#document,
			doc,
			{
				WebSocketPolyfill: socketClass({
					origin: `http://${address}`,
					cookie: `${COOKIE}=${this.#token}`
				}) as never,
				disableBc: true,
				connect: false,
				maxBackoffTime: 150,
				params: { schema: String(SCHEMA_NUMBER) }
			}
		));
		provider.awareness.setLocalState({ cursor: null });
		const ledger = (this.ledger = new Ledger(provider, () => this.#account(ledger)));
		const heard = provider.messageHandlers[MESSAGE.saved]!;
		provider.messageHandlers[MESSAGE.saved] = (encoder, decoder, ...rest) => {
			const { clocks } = readSaved(decoding.clone(decoder));
			this.saved.addClocks(clocks);
			heard(encoder, decoder, ...rest);
		};
		provider.messageHandlers[MESSAGE.word] = (_, decoder) => this.#hear(readWord(decoder));
		const read = provider.messageHandlers[MESSAGE.sync]!;
		provider.messageHandlers[MESSAGE.sync] = (encoder, decoder, ...rest) => {
			const ahead = decoding.clone(decoder);
			const kind = decoding.readVarUint(ahead);
			if (kind !== SYNC.step1) this.seen.addUpdate(decoding.readVarUint8Array(ahead));
			read(encoder, decoder, ...rest);
		};
		provider.on('closed', ({ code }) => {
			if (isFinal(code)) this.refused = closingOf(code) ?? String(code);
		});
		tidyNothingWhile(doc, () => !this.#write);
		for (const section of SECTIONS) doc.getXmlFragment(section);
		if (copy) Y.applyUpdate(doc, copy, 'the copy in the browser');
		this.#undo = new Y.UndoManager(SECTIONS.map((section) => doc.getXmlFragment(section)));
		provider.connect();
	}

	#account(ledger: Ledger): void {
		if (ledger === this.ledger && !ledger.unsaved) this.saved.addState(this.doc);
	}

	#hear(word: Word): void {
		if (word.type !== 'hello') return;
		this.#write = word.write;
		if (word.closed) this.ended = true;
		if (word.write || !this.ledger.unsaved) return;
		// What was written and did not get in is set aside; the page goes on with the text as it is.
		this.aside++;
		const { provider } = this;
		setTimeout(() => {
			if (provider === this.provider) this.reload(false);
		});
	}

	// What a person does. Each draws its own chance, so the plan does not depend on the text.

	type(random: Random, length: number): void {
		const text = this.#text(random);
		const at = random.whole(0, text.length);
		const letters = Array.from({ length }, () => LETTERS[random.whole(0, LETTERS.length - 1)]);
		text.insert(at, letters.join(''));
	}

	delete(random: Random): void {
		const text = this.#text(random);
		if (text.length === 0) return;
		const at = random.whole(0, text.length - 1);
		text.delete(at, random.whole(1, Math.min(12, text.length - at)));
	}

	embolden(random: Random): void {
		const text = this.#text(random);
		if (text.length < 2) return;
		const at = random.whole(0, text.length - 2);
		text.format(at, random.whole(1, text.length - at), { bold: random.chance(0.7) ? {} : null });
	}

	/** Enter in the middle of a paragraph. */
	split(random: Random): void {
		const fragment = this.#section(random);
		this.doc.transact(() => {
			const place = random.whole(0, Math.max(0, fragment.length - 1));
			const rest = random.next();
			const text = (fragment.get(place) as Y.XmlElement | undefined)?.get(0);
			const made = new Y.XmlElement('paragraph');
			const words = new Y.XmlText();
			if (text instanceof Y.XmlText && text.length > 1) {
				const at = Math.floor(rest * text.length);
				words.applyDelta(text.toDelta().length ? [{ insert: text.toJSON().slice(at) || '-' }] : []);
				text.delete(at, text.length - at);
			}
			made.insert(0, [words]);
			fragment.insert(Math.min(place + 1, fragment.length), [made]);
		});
	}

	/** A whole paragraph goes. */
	remove(random: Random): void {
		const fragment = this.#section(random);
		if (fragment.length > 1) fragment.delete(random.whole(0, fragment.length - 1), 1);
	}

	undo(random: Random): void {
		if (random.chance(0.7)) this.#undo?.undo();
		else this.#undo?.redo();
	}

	#section(random: Random): Y.XmlFragment {
		return this.doc.getXmlFragment(random.chance(0.8) ? SECTIONS[0]! : SECTIONS[1]!);
	}

	/** A paragraph's words; there is always one to write in. */
	#text(random: Random): Y.XmlText {
		const fragment = this.#section(random);
		const place = random.whole(0, Math.max(0, fragment.length - 1));
		const paragraph = fragment.get(place) as Y.XmlElement | undefined;
		const there = paragraph?.get(0);
		if (there instanceof Y.XmlText) return there;
		const text = new Y.XmlText();
		if (paragraph instanceof Y.XmlElement) paragraph.insert(0, [text]);
		else {
			const made = new Y.XmlElement('paragraph');
			made.insert(0, [text]);
			fragment.insert(0, [made]);
		}
		return text;
	}
}
