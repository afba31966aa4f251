import { fetchUpdates, IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import {
	about,
	copies,
	copyName,
	MARK,
	pageHere,
	remove,
	use,
	type Mark,
	type Why
} from './copies.ts';

/** Rows a copy may grow to before it is put into one. */
const ROWS = 200;
/** Copies of saved texts this browser keeps for one person. */
const MOST = 20;

/**
 * The text as this browser has it, for one person, document and epoch. What is typed is stored with a mark
 * in one transaction; the mark goes when the server has all of it. The library loads and merges; storing is
 * done here, because it does not say whether it could.
 */
export class Copy {
	readonly name: string;
	readonly epoch: number;
	/** From earlier pages, or other tabs: what was not known to be saved when the copy was opened. */
	readonly marks: [client: number, Mark][];
	/** Whether everything is in here. */
	whole = true;

	#persistence: IndexeddbPersistence;
	#doc: Y.Doc;
	#onhealth: (whole: boolean) => void;
	#own: Mark | undefined;
	#rows = 0;

	private constructor(
		persistence: IndexeddbPersistence,
		epoch: number,
		marks: Copy['marks'],
		onhealth: (whole: boolean) => void
	) {
		this.#persistence = persistence;
		this.#doc = persistence.doc;
		this.name = persistence.name;
		this.epoch = epoch;
		this.marks = marks;
		this.#onhealth = onhealth;
		this.#doc.off('update', persistence._storeUpdate); // ours says whether it could
		this.#doc.on('update', this.#store);
	}

	/** Fills `doc` with the copy and keeps the two alike from here on. Throws where nothing can be kept. */
	static async open(
		{ name, epoch }: { name: string; epoch: number },
		doc: Y.Doc,
		onhealth: (whole: boolean) => void
	): Promise<Copy> {
		if (!indexedDB.databases) throw new Error('what is kept could not be found again');
		const { marks } = await about(name); // finds out whether the browser lets us
		const persistence = new IndexeddbPersistence(name, doc);
		await persistence.whenSynced;
		const copy = new Copy(persistence, epoch, marks, onhealth);
		copy.#note('opened', Date.now());
		for (const [key, value] of Object.entries(pageHere())) copy.#note(key, value);
		return copy;
	}

	/** Since when it holds what the server may not have; null when the server had all of it. */
	get since(): number | null {
		const all = [...this.marks.map(([, { since }]) => since), this.#own?.since ?? Infinity];
		const first = Math.min(...all);
		return Number.isFinite(first) ? first : null;
	}

	/** The server has everything this page has. */
	saved(): void {
		const own = this.#own && this.#key();
		this.#own = undefined;
		const marks = this.marks.splice(0);
		if (!own && marks.length === 0) return;
		this.#within(({ custom }) => {
			if (own) custom.delete(own);
			for (const [client, mark] of marks) {
				const found = custom.get(MARK + client);
				// Another tab may have written on.
				found.onsuccess = () => {
					if ((found.result as Mark | undefined)?.at === mark.at) custom.delete(MARK + client);
				};
			}
		});
		if (this.#persistence._dbsize + this.#rows > ROWS) void this.#merge();
	}

	/** From here on this is no copy of the text but what did not get into it. */
	setAside(why: Why): void {
		this.#within(({ custom }) => void custom.put(why, 'aside'));
	}

	/** Lets go of it; it stays. */
	async close(): Promise<void> {
		this.#doc.off('update', this.#store);
		await this.#persistence.destroy();
	}

	async delete(): Promise<void> {
		await this.close();
		await remove(this.name);
	}

	#store = (
		update: Uint8Array,
		origin: unknown,
		_: Y.Doc,
		{ local, beforeState }: Y.Transaction
	) => {
		if (origin === this.#persistence) return;
		if (local) {
			const from = beforeState.get(this.#doc.clientID) ?? 0;
			this.#own = { since: Date.now(), from, ...this.#own, at: Date.now() };
		}
		const mark = local ? this.#own : undefined;
		this.#within(({ updates, custom }) => {
			// After a failure something may be missing: all of it is stored then.
			updates.add(this.whole ? update : Y.encodeStateAsUpdate(this.#doc));
			if (mark) custom.put(mark, this.#key());
			this.#rows++;
		}, true);
	};

	/** Many rows into one. What other tabs have stored meanwhile comes in first, and what comes later stays. */
	async #merge(): Promise<void> {
		this.#rows = 0;
		try {
			await fetchUpdates(this.#persistence);
			const before = this.#persistence._dbref;
			this.#persistence._dbsize = 1;
			this.#within(({ updates }) => {
				updates.add(Y.encodeStateAsUpdate(this.#doc));
				updates.delete(IDBKeyRange.upperBound(before, true));
			});
		} catch {
			// The next time, then.
		}
	}

	#note(key: string, value: string | number): void {
		this.#within(({ custom }) => void custom.put(value, key));
	}

	#key(): string {
		return MARK + this.#doc.clientID;
	}

	/** One transaction. With `telling`, its outcome says whether the copy is whole. */
	#within(
		work: (stores: { updates: IDBObjectStore; custom: IDBObjectStore }) => void,
		telling = false
	): void {
		const tell = (whole: boolean) => {
			if (!telling || whole === this.whole) return;
			this.whole = whole;
			this.#onhealth(whole);
		};
		try {
			const transaction = this.#persistence.db!.transaction(['updates', 'custom'], 'readwrite');
			transaction.oncomplete = () => tell(true);
			transaction.onabort = () => tell(false);
			work({
				updates: transaction.objectStore('updates'),
				custom: transaction.objectStore('custom')
			});
			// Said at once, it is carried out even when the tab goes this moment; else it would be given up.
			if (telling) transaction.commit();
		} catch {
			tell(false); // cleared under our feet: signed out in another tab, say
		}
	}
}

/** Opens the newest copy of a person's text that is not set aside; null when there is none, or nothing is kept. */
export async function findCopy(
	person: string,
	documentId: string,
	doc: Y.Doc,
	onhealth: (whole: boolean) => void,
	left: string[] = []
): Promise<Copy | null> {
	try {
		for (const found of await copies(person, documentId))
			if (!left.includes(found.name) && !(await about(found.name)).aside)
				return await Copy.open(found, doc, onhealth);
	} catch {
		// The page goes on as if nothing had been kept.
	}
	return null;
}

/** A new copy of what `doc` holds; null where the browser keeps nothing. */
export async function makeCopy(
	person: string,
	documentId: string,
	epoch: number,
	doc: Y.Doc,
	onhealth: (whole: boolean) => void
): Promise<Copy | null> {
	try {
		const copy = await Copy.open(copyName(person, documentId, epoch), doc, onhealth);
		void trim(person);
		return copy;
	} catch {
		return null;
	}
}

/** What a copy holds, without going on with it. */
export async function readCopy(
	name: string
): Promise<{ doc: Y.Doc; clocks: [client: number, from: number][] }> {
	const doc = new Y.Doc();
	const rows = await use(
		name,
		'updates',
		'readonly',
		(store) =>
			new Promise<Uint8Array[]>((resolve, reject) => {
				const request = store.getAll();
				request.onsuccess = () => resolve(request.result as Uint8Array[]);
				request.onerror = () => reject(request.error);
			})
	);
	doc.transact(() => rows.forEach((row) => Y.applyUpdate(doc, row)));
	return { doc, clocks: (await about(name)).marks.map(([client, { from }]) => [client, from]) };
}

/** The oldest copies of texts that are saved make room. */
async function trim(person: string): Promise<void> {
	try {
		const all = await copies(person);
		if (all.length <= MOST) return;
		const known = await Promise.all(
			all.map(async ({ name }) => ({ name, ...(await about(name)) }))
		);
		const old = known
			.filter(({ marks, aside }) => marks.length === 0 && !aside)
			.sort((a, b) => b.opened - a.opened)
			.slice(MOST);
		for (const { name } of old) await remove(name);
	} catch {
		// Another time.
	}
}
