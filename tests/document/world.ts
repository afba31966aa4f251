import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, type ClientOptions } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Sql } from '#lib/base/sql.server.ts';
import type { Role } from '#lib/forum/access.ts';
import type { Person } from '#lib/people/person.ts';
import { closingOf } from '#lib/document/closing.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import { build, read } from '#lib/document/convert.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import { SCHEMA_NUMBER } from '#lib/document/schema.ts';
import { attach, type Attached } from '#lib/document/sync/attach.server.ts';
import type { Limits } from '#lib/document/sync/limits.server.ts';
import { readAfter, replace } from '#lib/document/sync/log.server.ts';
import { Ledger } from '#lib/document/ledger.ts';
import { MESSAGE, readWord, type Word } from '#lib/document/wire.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';

/** A forum with people and one case, and as many sync nodes on its database as a test asks for. */
export type World = {
	sql: Sql;
	/** The database's address, for a process or a pool of one's own. */
	url: string;
	forumId: string;
	caseId: string;
	documentId: string;
	jonas: Person;
	tove: Person;
	ove: Person;
	nina: Person;
	/** Other people with a forum and a case of their own, on the same database and nodes. */
	anew: () => Promise<World>;
	node: (limits?: Partial<Limits>) => Promise<Node>;
	stop: () => Promise<void>;
};
export type Node = {
	url: string;
	origin: string;
	attached: Attached;
	server: Server;
	stop: () => Promise<void>;
};

const tokens = new Map<string, sessions.Opened>();

/** One on a database of its own. */
export async function world(): Promise<World> {
	return await settle(await freshDatabase(), []);
}

let settled = 0;

async function settle(database: TestDatabase, nodes: Node[]): Promise<World> {
	const { sql } = database;
	const number = ++settled;
	const [department] = await sql<{ id: string }[]>`
		insert into departments (name) values ('Skole')
		on conflict (name) do update set name = excluded.name returning id`;
	const [forum] = await sql<{ id: string }[]>`
		insert into forums (slug, name) values (${`ledelse-${number}`}, 'Ledelse') returning id`;
	const forumId = forum!.id;
	const person = async (name: string, role: Role | null): Promise<Person> => {
		const email = `${name.toLowerCase()}-${number}@example.dk`;
		const [row] = await sql<{ id: string }[]>`
			insert into persons (name, email, password_hash, department_id)
			values (${name}, ${email}, 'x', ${department!.id}) returning id`;
		if (role)
			await sql`insert into members (forum_id, person_id, role) values (${forumId}, ${row!.id}, ${role})`;
		const made: Person = {
			id: row!.id,
			name,
			email,
			departmentId: department!.id,
			departmentName: 'Skole',
			title: '',
			locale: 'da'
		};
		tokens.set(made.id, await sql.begin((tx) => sessions.open(tx as never, made, 'test')));
		return made;
	};
	const jonas = await person('Jonas', 'chief');
	const tove = await person('Tove', 'chief');
	const ove = await person('Ove', 'observer');
	const nina = await person('Nina', null);
	const [object] = await sql<{ id: string }[]>`
		insert into objects (kind, forum_id, title, phase, created_by)
		values ('case', ${forumId}, 'Sagen', 'on_agenda', ${jonas.id}) returning id`;
	const caseId = object!.id;
	const documentId = await sql.begin((tx) =>
		documents.create(tx as never, jonas, caseId, { account: 'Første afsnit.', risk: '' })
	);
	return {
		sql,
		url: database.url,
		forumId,
		caseId,
		documentId,
		jonas,
		tove,
		ove,
		nina,
		anew: () => settle(database, nodes),
		async node(limits = {}) {
			const node = await begin(sql, limits);
			nodes.push(node);
			return node;
		},
		async stop() {
			await Promise.all(nodes.map((node) => node.stop()));
			await database.drop();
		}
	};
}

async function begin(sql: Sql, limits: Partial<Limits>): Promise<Node> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const origin = `http://127.0.0.1:${port}`;
	const attached = attach(server, { sql, origin, limits });
	await attached.ready;
	let stopped: Promise<void> | undefined;
	return {
		url: `ws://127.0.0.1:${port}`,
		origin,
		attached,
		server,
		stop: () =>
			(stopped ??= attached
				.stop()
				.then(() => new Promise((resolve) => server.close(() => resolve()))))
	};
}

export type Headers = { cookie?: string; origin?: string };

/** A socket as a browser would open it: with the session's cookie, from our own page. */
export function socketClass(headers: Headers): typeof WebSocket {
	return class extends WebSocket {
		constructor(url: string, protocols?: string | string[]) {
			const options: ClientOptions = {
				origin: headers.origin,
				headers: headers.cookie ? { cookie: headers.cookie } : {}
			};
			super(url, protocols ?? [], options);
		}
	} as typeof WebSocket;
}

/** The public id of a person's session. */
export const sessionOf = (person: Person): string => tokens.get(person.id)!.publicId;

export const headersOf = (
	node: Node,
	person: Person,
	session = tokens.get(person.id)!
): Headers => ({
	origin: node.origin,
	cookie: `other=1; ${sessions.COOKIE}=${session.token}`
});

/** A page: a real y-websocket client, with what the server has told it. */
export type Page = {
	doc: Y.Doc;
	provider: WebsocketProvider;
	ledger: Ledger;
	words: Word[];
	codes: string[];
	text: (section?: string) => string;
	type: (text: string, section?: string) => void;
	leave: () => void;
};

const pages = new Set<Page>();
const bare = new Set<WebSocket>();

export function open(
	node: Node,
	person: Person,
	documentId: string,
	doc = new Y.Doc(),
	session?: sessions.Opened
): Page {
	const provider = new WebsocketProvider(`${node.url}/sync`, documentId, doc, {
		WebSocketPolyfill: socketClass(headersOf(node, person, session)) as never,
		disableBc: true,
		connect: false,
		params: { schema: String(SCHEMA_NUMBER) }
	});
	const page: Page = {
		doc,
		provider,
		ledger: new Ledger(provider),
		words: [],
		codes: [],
		text: (section = 'account') =>
			doc
				.getXmlFragment(section)
				.toString()
				.replace(/<[^>]+>/g, ''),
		type: (text, section = 'account') => {
			const paragraph = doc.getXmlFragment(section).get(0) as Y.XmlElement;
			const words = paragraph?.get(0);
			if (words instanceof Y.XmlText) words.insert(words.length, text);
			else if (paragraph) paragraph.insert(0, [new Y.XmlText(text)]);
			else {
				const made = new Y.XmlElement('paragraph');
				made.insert(0, [new Y.XmlText(text)]);
				doc.getXmlFragment(section).insert(0, [made]);
			}
		},
		leave: () => {
			provider.destroy();
			pages.delete(page);
		}
	};
	provider.messageHandlers[MESSAGE.word] = (_, decoder) => void page.words.push(readWord(decoder));
	provider.on('connection-close', (event) => {
		if (event) page.codes.push(closingOf(event.code) ?? String(event.code));
	});
	provider.connect();
	pages.add(page);
	return page;
}

/** Every page and bare socket of the test goes. */
export function leaveAll(): void {
	for (const page of [...pages]) page.leave();
	for (const ws of bare) ws.terminate();
	bare.clear();
}

/** Looks until it is so. */
export async function until(look: () => unknown, what: string): Promise<void> {
	await eventually(look, { within: 20_000, what });
}

export const synced = (...all: Page[]): Promise<void> =>
	until(() => all.every((page) => page.provider.synced), 'synchronised pages');

/** Everything the pages wrote is on disk, says the server. */
export const saved = (...all: Page[]): Promise<void> =>
	until(() => all.every((page) => !page.ledger.unsaved), 'pages that say saved');

/** What a page opened just now would read from disk. */
export async function onDisk(w: World, section = 'account'): Promise<string> {
	const log = await readAfter(w.sql, w.documentId, 0); // the log itself, whatever stands in memory
	const content = read(build(log.map(({ bytes }) => bytes)));
	return (
		JSON.stringify(content[section] ?? null)
			.match(/"text":"([^"]*)"/g)
			?.map((m) => m.slice(8, -1))
			.join('') ?? ''
	);
}

/** Puts what the log holds now into one row, as a node does. False when another was faster. */
export async function compact(w: World): Promise<boolean> {
	const rows = await readAfter(w.sql, w.documentId, 0);
	const doc = new Y.Doc();
	doc.transact(() => rows.forEach((row) => Y.applyUpdate(doc, row.bytes)));
	return await replace(w.sql, w.documentId, {
		seq: rows.at(-1)!.seq,
		bytes: Y.encodeStateAsUpdate(doc),
		stateVector: Y.encodeStateVector(doc)
	});
}

/** A bare socket, for frames no honest page would send. */
export async function raw(
	node: Node,
	headers: Headers,
	path: string
): Promise<{ ws: WebSocket; frames: Uint8Array[]; closed: Promise<string> }> {
	const ws = new WebSocket(`${node.url}${path}`, {
		origin: headers.origin,
		headers: headers.cookie ? { cookie: headers.cookie } : {}
	});
	bare.add(ws);
	const frames: Uint8Array[] = [];
	ws.on('message', (data: Buffer) => frames.push(new Uint8Array(data)));
	ws.on('error', () => {});
	const closed = new Promise<string>((resolve) =>
		ws.once('close', (code) => resolve(closingOf(code) ?? String(code)))
	);
	await new Promise<void>((resolve, reject) => {
		ws.once('open', () => resolve());
		ws.once('close', () => reject(new Error('refused')));
	});
	return { ws, frames, closed };
}

export const path = (documentId: string): string => `/sync/${documentId}?schema=${SCHEMA_NUMBER}`;
