/**
 * What this browser keeps for a person: a copy of each text they write in, and what did not get into a
 * text. One IndexedDB per copy, named by person, document and epoch, so that its name says whose it is.
 * No Yjs here: signing out, and pages that only look, do without it (copy.ts fills the copies).
 */
import type { Segment } from './segments.ts';

export type CopyName = { name: string; person: string; document: string; epoch: number };

/** Why something one wrote did not get into the text. */
export type Why =
	'closed' | 'not_allowed' | 'not_found' | 'restored' | 'full' | 'too_large' | 'reload' | 'refused';

/** One section's worth of it, kept for its author until they are done with it. */
export type Leftover = {
	id: string;
	document: string;
	section: string;
	/** What it would have changed; none when only the form (bold, headings) was changed. */
	segments: Segment[];
	why: Why;
	at: number;
	/** The page it was written on. */
	title: string;
	address: string;
};

/** What a copy holds that the server may not have: since when, and from which clock of the page's client. */
export type Mark = { since: number; at: number; from: number };
export const MARK = 'unsaved:';

const ROOT = 'raadslag';
const LEFT = 'left';
const COPY = /^raadslag:([0-9a-f-]{36}):([0-9a-f-]{36}):(\d+)$/;
/** An IndexedDB that does not answer is none. */
const PATIENCE = 2_000;

export const copyName = (person: string, document: string, epoch: number): CopyName => ({
	name: [ROOT, person, document, epoch].join(':'),
	person,
	document,
	epoch
});
const leftName = (person: string) => `${ROOT}:${person}:${LEFT}`;
/** Pages of this person that open without a network (service-worker.ts). */
export const pagesOf = (person: string): string => `${ROOT}:${person}`;

/** What the page shown is called, without the product's name, and where it is. */
export const pageHere = (): { title: string; address: string } => ({
	title: globalThis.document?.title.replace(/ · [^·]*$/, '') ?? '',
	address: globalThis.location?.pathname ?? '/'
});

/** The person's copies, of one document or of all, newest epoch first. */
export async function copies(person: string, document?: string): Promise<CopyName[]> {
	return (await names())
		.flatMap((name): CopyName[] => {
			const [, whose, which, epoch] = COPY.exec(name) ?? [];
			return whose === person && which && (!document || which === document)
				? [{ name, person, document: which, epoch: Number(epoch) }]
				: [];
		})
		.sort((a, b) => b.epoch - a.epoch);
}

/** Whether something of this person's waits here for a document that is settled. */
export async function unfinished(person: string, document: string): Promise<boolean> {
	if ((await copies(person, document)).length > 0) return true;
	return (await leftovers(person, document)).length > 0;
}

/** Titles of what would be lost with this person's copies: not saved, or not included and not done with. */
export async function atRisk(person: string): Promise<string[]> {
	const all = [...(await leftovers(person)), ...(await unsaved(person))];
	return [...new Set(all.map(({ title }) => title))];
}

/** Pages whose text was not known to be saved when they were left, or is not yet. */
export async function unsaved(person: string): Promise<{ title: string; address: string }[]> {
	const all = await copies(person);
	const known = await Promise.all(all.map(({ name }) => about(name)));
	return known.filter((one) => !isSaved(one));
}

/** What is noted beside a copy's text. */
export async function about(name: string): Promise<{
	title: string;
	address: string;
	opened: number;
	aside: Why | undefined;
	marks: [client: number, Mark][];
}> {
	const [keys, values] = await use(name, 'custom', 'readonly', (store) =>
		Promise.all([done(store.getAllKeys()), done(store.getAll())])
	);
	const notes = new Map(keys.map((key, index) => [String(key), values[index] as unknown]));
	return {
		title: String(notes.get('title') ?? ''),
		address: String(notes.get('address') ?? '/'),
		opened: Number(notes.get('opened') ?? 0),
		aside: notes.get('aside') as Why | undefined,
		marks: [...notes].flatMap(([key, value]): [number, Mark][] =>
			key.startsWith(MARK) ? [[Number(key.slice(MARK.length)), value as Mark]] : []
		)
	};
}

/** What did not get into the text: of one document, or of all, oldest first. */
export async function leftovers(person: string, document?: string): Promise<Leftover[]> {
	if (!(await names()).includes(leftName(person))) return [];
	const all = await use(leftName(person), LEFT, 'readonly', (store) =>
		done(store.getAll() as IDBRequest<Leftover[]>)
	);
	return all.filter((left) => !document || left.document === document).sort((a, b) => a.at - b.at);
}

export async function keepLeftovers(person: string, all: Leftover[]): Promise<void> {
	if (all.length === 0) return;
	await use(leftName(person), LEFT, 'readwrite', (store) =>
		Promise.all(all.map((left) => done(store.put(left))))
	);
}

export async function dropLeftover(person: string, id: string): Promise<void> {
	await use(leftName(person), LEFT, 'readwrite', (store) => done(store.delete(id)));
}

/** Takes away what is kept for everyone, or for everyone but `except`. */
export async function forget(except?: string): Promise<void> {
	const whose = (name: string) => (name.split(':')[0] === ROOT ? name.split(':')[1] : except);
	const mine = (await names()).filter((name) => whose(name) !== except);
	const pages = 'caches' in globalThis ? await caches.keys().catch(() => []) : [];
	await Promise.allSettled([
		...mine.map(remove),
		...pages.filter((name) => whose(name) !== except).map((name) => caches.delete(name))
	]);
}

/**
 * The session is over, ended elsewhere or run out, and nobody is signed in here: kept pages and copies of what
 * is saved go. What was never saved stays for the person who wrote it, until somebody signs in: theirs goes on
 * its way then, another's is cleared (`forget`). Returns how many texts hold such words; not whose or which,
 * for anybody may be looking.
 */
export function forgetSaved(): Promise<number> {
	// Two at once would stand in each other's way: to look into a copy that is being taken away makes it anew.
	return (forgetting ??= forgetAllSaved().finally(() => (forgetting = undefined)));
}
let forgetting: Promise<number> | undefined;

async function forgetAllSaved(): Promise<number> {
	const pages = 'caches' in globalThis ? await caches.keys().catch(() => []) : [];
	await Promise.allSettled(pages.filter(ours).map((name) => caches.delete(name)));
	const waiting = new Set<string>();
	for (const name of (await names()).filter(ours)) {
		const texts = await unsavedIn(name);
		for (const text of texts) waiting.add(text);
		if (texts.length === 0) await remove(name).catch(() => {});
	}
	return waiting.size;
}

/** Documents that what is kept under this name has unsaved words of; what cannot be looked into may have. */
async function unsavedIn(name: string): Promise<string[]> {
	const [, person, document] = COPY.exec(name) ?? [];
	try {
		if (document) return isSaved(await about(name)) ? [] : [`${person}:${document}`];
		const whose = name.split(':')[1]!;
		return (await leftovers(whose)).map((left) => `${whose}:${left.document}`);
	} catch {
		return [name];
	}
}

const ours = (name: string): boolean => name.split(':')[0] === ROOT;
const isSaved = ({ marks, aside }: Awaited<ReturnType<typeof about>>): boolean =>
	marks.length === 0 && !aside;

export async function remove(name: string): Promise<void> {
	await within(done(indexedDB.deleteDatabase(name)));
}

/** One transaction on one store, in a connection of its own. Throws where IndexedDB cannot be used. */
export async function use<T>(
	name: string,
	store: string,
	mode: IDBTransactionMode,
	work: (store: IDBObjectStore) => Promise<T>
): Promise<T> {
	const db = await open(name);
	try {
		const transaction = db.transaction(store, mode);
		const settled = new Promise<void>((resolve, reject) => {
			transaction.oncomplete = () => resolve();
			transaction.onabort = () => reject(transaction.error);
		});
		const [result] = await Promise.all([work(transaction.objectStore(store)), settled]);
		return result;
	} finally {
		db.close();
	}
}

/** Made as `y-indexeddb` makes it, so that either may come first. */
async function open(name: string): Promise<IDBDatabase> {
	const request = indexedDB.open(name);
	request.onupgradeneeded = () => {
		if (!COPY.test(name)) return request.result.createObjectStore(LEFT, { keyPath: 'id' });
		request.result.createObjectStore('updates', { autoIncrement: true });
		return request.result.createObjectStore('custom');
	};
	const db = await within(done(request));
	db.onversionchange = () => db.close();
	return db;
}

/** Empty where a browser does not say: without a list, nothing could be cleared for certain. */
async function names(): Promise<string[]> {
	try {
		const all = await within(indexedDB.databases());
		return all.flatMap(({ name }) => name ?? []);
	} catch {
		return [];
	}
}

function done<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}

async function within<T>(promise: Promise<T>): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error('IndexedDB does not answer')), PATIENCE);
	});
	try {
		return await Promise.race([promise, late]);
	} finally {
		clearTimeout(timer);
	}
}
