import { uuidv4 } from 'lib0/random';
import * as Y from 'yjs';
import { about, copies, keepLeftovers, leftovers, pageHere, remove } from './copies.ts';
import type { Leftover } from './copies.ts';
import { readCopy, type Copy } from './copy.ts';
import type { Room } from './room.svelte.ts';
import { against, ownWords, type Aside, type Lost } from './setaside.ts';

type Here = Aside & { copy: Copy | null };

/**
 * Works out what did not get into the text, here and in earlier pages, and keeps it for its author. A copy is
 * thrown away when what it held is kept otherwise, and not before.
 */
export class Settling {
	#room: Room;
	#here: Here[] = [];

	constructor(room: Room) {
		this.#room = room;
	}

	/** What was written in a document that had to be left; compared with the text when it is here. */
	add(aside: Here): void {
		this.#here.push(aside);
	}

	get waiting(): boolean {
		return this.#here.length > 0;
	}

	/** Copies that are not gone on with. */
	get names(): string[] {
		return this.#here.flatMap(({ copy }) => copy?.name ?? []);
	}

	/** What earlier pages could not bring in, and its author is not done with. */
	async recall(): Promise<void> {
		const { person, documentId } = this.#room;
		const all = await leftovers(person.id, documentId).catch(() => []);
		const shown = new Set(this.#room.left.map(({ id }) => id));
		const earlier = all.filter(({ id }) => !shown.has(id));
		this.#room.left = [...earlier.map((left) => ({ ...left, stored: true })), ...this.#room.left];
	}

	/** `text`: null when it cannot be read. `current`: the copy in use. `all`: what earlier pages left as well. */
	async settle(text: Y.Doc | null, current?: string, all = true): Promise<void> {
		const { person, documentId } = this.#room;
		const here = [...this.#here];
		const lost: Leftover[] = [];
		const names = this.names;
		for (const aside of here) {
			if (aside.copy) await complete(aside, aside.copy.name);
			lost.push(...this.#lost(text, aside));
		}
		const others = all ? await copies(person.id, documentId) : [];
		for (const { name } of others) {
			if (name === current || names.includes(name)) continue;
			const aside = await this.#earlier(name);
			if (!aside) continue;
			lost.push(...this.#lost(text, aside));
			names.push(name);
		}
		const stored = await this.#keep(lost);
		this.#here = this.#here.filter((aside) => !here.includes(aside));
		if (!stored) return;
		for (const { copy } of here) await copy?.close();
		for (const name of names) await remove(name).catch(() => {});
	}

	/** Shows it, and keeps it in the browser if that can be. Two tabs may have found the same. */
	async #keep(lost: Leftover[]): Promise<boolean> {
		const known = new Set(this.#room.left.map(said));
		const fresh = lost.filter((left) => !known.has(said(left)));
		const stored = await keepLeftovers(this.#room.person.id, fresh).then(
			() => true,
			() => false
		);
		this.#room.left = [...this.#room.left, ...fresh.map((left) => ({ ...left, stored }))];
		return stored;
	}

	async #earlier(name: string): Promise<Aside | null> {
		const { ended, readonly } = this.#room;
		const otherwise = ended ? 'closed' : readonly ? 'not_allowed' : 'restored';
		try {
			return { ...(await readCopy(name)), why: (await about(name)).aside ?? otherwise };
		} catch {
			return null;
		}
	}

	#lost(text: Y.Doc | null, aside: Aside): Leftover[] {
		return worked(text, aside).map((lost) => ({
			...lost,
			id: uuidv4(), // the browser's own is there over https only
			document: this.#room.documentId,
			at: Date.now(),
			...pageHere()
		}));
	}
}

function worked(text: Y.Doc | null, aside: Aside): Lost[] {
	try {
		if (text) return against(text, aside);
	} catch {
		// Better one's own words than nothing.
	}
	return ownWords(aside);
}

/** Another tab may have written into the same copy, and be gone. */
async function complete(aside: Aside, name: string): Promise<void> {
	const stored = await readCopy(name).catch(() => null);
	if (!stored) return;
	Y.applyUpdate(aside.doc, Y.encodeStateAsUpdate(stored.doc));
	aside.clocks.push(...stored.clocks);
}

const said = ({ section, segments }: Leftover) => JSON.stringify([section, segments]);
