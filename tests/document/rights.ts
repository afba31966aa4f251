import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { WebSocket } from 'ws';
import { notify } from '#lib/base/notify.server.ts';
import { connect, transact, type Sql, type Tx } from '#lib/base/sql.server.ts';
import type { ObjectKind } from '#lib/forum/access.ts';
import * as objects from '#lib/forum/objects.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import type { Word } from '#lib/document/wire.ts';
import type { Person } from '#lib/people/person.ts';
import {
	headersOf,
	leaveAll,
	raw,
	until,
	world,
	type Node,
	type Page,
	type World
} from './world.ts';

/**
 * Who may read and write, while the text is open: Tove is the one it is about, with a page on each of two
 * nodes; Jonas writes along on both. The verb is carried out over a connection of its own.
 */

export let w: World;
export let nodes: [Node, Node];
export let maja: Person;
let elsewhere: Sql;

export function whileOpen(): void {
	let all: World;
	beforeAll(async () => {
		all = await world();
		nodes = [await all.node(), await all.node()];
		elsewhere = connect(all.url, { max: 2 });
	});
	beforeEach(async () => {
		w = await all.anew();
		maja = await chair();
		await w.sql`
			insert into authors (object_id, person_id, added_by)
			values (${w.caseId}, ${w.jonas.id}, ${w.jonas.id})`;
	});
	afterEach(leaveAll);
	afterAll(async () => {
		await elsewhere.end();
		await all.stop();
	});
}

export const act = <T>(work: (tx: Tx) => Promise<T>) => transact(work, elsewhere);

async function chair(): Promise<Person> {
	const [row] = await w.sql<{ id: string }[]>`
		insert into persons (name, email, password_hash, department_id)
		values ('Maja', ${`maja-${w.jonas.email}`}, 'x', ${w.jonas.departmentId}) returning id`;
	await w.sql`
		insert into members (forum_id, person_id, role, chair) values (${w.forumId}, ${row!.id}, 'director', true)`;
	return { ...w.jonas, id: row!.id, name: 'Maja', email: 'maja@example.dk' };
}

export type Text = { object: string; document: string };

export function theCase(): Text {
	return { object: w.caseId, document: w.documentId };
}

/** An object of Jonas' with a text. */
export async function object(kind: ObjectKind, phase: string): Promise<Text> {
	return await transact(async (tx) => {
		const id = await objects.register(tx, w.jonas, {
			kind,
			forumId: w.forumId,
			departmentId: w.jonas.departmentId,
			title: 'Et andet',
			phase
		});
		const text = { account: 'Første afsnit.' };
		return { object: id, document: await documents.create(tx, w.jonas, id, text) };
	}, w.sql);
}

/** Tove’s live pages on a topic, one on each node, and Jonas’ beside them to tell when a note has come. */
export async function listeners(topic: string, holds = true) {
	const listen = async (node: Node, person: Person) => {
		const { ws, frames, closed } = await raw(node, headersOf(node, person), '/live');
		let code: string | undefined;
		void closed.then((why) => (code = why));
		ws.send(JSON.stringify({ subscribe: [topic] }));
		return { ws, frames, code: () => code };
	};
	const hers = await Promise.all(nodes.map((node) => listen(node, w.tove)));
	const his = await Promise.all(nodes.map((node) => listen(node, w.jonas)));
	const all = () => [...hers, ...his].map(({ frames }) => frames.length);
	/** Sends one note, and counts what each of hers heard of it. */
	const round = async (): Promise<number[]> => {
		const before = all();
		await notify(w.sql, { type: 'topic', topic });
		await until(() => his.every(({ frames }, at) => frames.length > before[at + 2]!), 'the note');
		await Promise.all(hers.map(({ ws }) => answered(ws))); // what was sent before has come
		return hers.map(({ frames }, at) => frames.length - before[at]!);
	};
	const heard = (count: number) => async () => (await round()).every((one) => one === count);
	// Until the subscriptions hold: his, without which a round never ends, and hers if they are to.
	await until(async () => {
		const before = all();
		await notify(w.sql, { type: 'topic', topic });
		await Promise.all([...hers, ...his].map(({ ws }) => answered(ws)));
		const after = all();
		return after.every((count, at) => count > before[at]! || (!holds && at < 2));
	}, 'subscriptions');
	return {
		round,
		hears: heard(1),
		silent: heard(0),
		closed: (why: string) => hers.every(({ code }) => code() === why)
	};
}

/** Resolves when the other side has answered a ping, or is gone: all it had said before is here. */
async function answered(ws: WebSocket): Promise<void> {
	if (ws.readyState !== ws.OPEN) return;
	await new Promise<void>((done) => {
		ws.once('pong', () => done()).once('close', () => done());
		ws.ping();
	});
}

export const sees = (page: Page, other: Page) =>
	page.provider.awareness.getStates().has(other.doc.clientID);

export const hello = (page: Page) =>
	page.words.findLast((word) => word.type === 'hello') as Word & { type: 'hello' };
