import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { notify } from '#lib/base/notify.server.ts';
import { connect, transact, type Sql, type Tx } from '#lib/base/sql.server.ts';
import type { ObjectKind } from '#lib/forum/access.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import { encodePresence, type Word } from '#lib/document/wire.ts';
import type { Person } from '#lib/people/person.ts';
import { hashed } from '#lib/people/passwords.server.ts';
import * as persons from '#lib/people/persons.server.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import {
	headersOf,
	leaveAll,
	onDisk,
	open,
	path,
	raw,
	saved,
	sessionOf,
	synced,
	until,
	world,
	type Node,
	type Page,
	type World
} from './world.ts';

/**
 * Every rule of who may read and write, while the text is open: Tove is the one it is about, with a page on
 * each of two nodes; Jonas writes along on both. The verb is carried out over a connection of its own.
 */

let w: World;
let nodes: [Node, Node];
let elsewhere: Sql;
let maja: Person;
beforeEach(async () => {
	w = await world();
	nodes = [await w.node(), await w.node()];
	elsewhere = connect(w.url, { max: 2 });
	maja = await chair();
	await w.sql`
		insert into authors (object_id, person_id, added_by)
		values (${w.caseId}, ${w.jonas.id}, ${w.jonas.id})`;
});
afterEach(async () => {
	leaveAll();
	await elsewhere.end();
	await w.stop();
});

const act = <T>(work: (tx: Tx) => Promise<T>) => transact(work, elsewhere);

async function chair(): Promise<Person> {
	const [row] = await w.sql<{ id: string }[]>`
		insert into persons (name, email, password_hash, department_id)
		values ('Maja', 'maja@example.dk', 'x', ${w.jonas.departmentId}) returning id`;
	await w.sql`
		insert into members (forum_id, person_id, role, chair) values (${w.forumId}, ${row!.id}, 'director', true)`;
	return { ...w.jonas, id: row!.id, name: 'Maja', email: 'maja@example.dk' };
}

/** An object of Jonas' with a text. */
async function object(kind: ObjectKind, phase: string): Promise<Text> {
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

type Text = { object: string; document: string };
type Ending = 'not_found' | 'not_allowed' | 'sign_in' | 'reads' | 'writes' | 'stays';
type Rule = {
	/** Continues "… on every node, within a second, and nobody else’s". */
	when: string;
	/** What is open: a case on an agenda unless said otherwise. */
	kind?: 'brief';
	/** How things are before the pages open. */
	given?: (tx: Tx, text: Text) => Promise<unknown>;
	does: (tx: Tx, text: Text) => Promise<unknown>;
	/** Tove’s pages afterwards. */
	then: Ending;
	/** Whether it is about her wherever she is, about her and this text, or about all who have it open. */
	about: 'her' | 'her and the text' | 'the text';
};

const rules: Rule[] = [
	{
		when: 'a member is removed from the forum',
		does: (tx) => forums.removeMember(tx, maja, w.forumId, w.tove.id),
		then: 'not_found',
		about: 'her'
	},
	{
		when: 'a writer becomes an observer',
		does: (tx) => forums.setRole(tx, maja, w.forumId, w.tove.id, 'observer'),
		then: 'reads',
		about: 'her'
	},
	{
		when: 'an observer becomes a writer again',
		given: (tx) => forums.setRole(tx, maja, w.forumId, w.tove.id, 'observer'),
		does: (tx) => forums.setRole(tx, maja, w.forumId, w.tove.id, 'chief'),
		then: 'writes',
		about: 'her'
	},
	{
		when: 'a role changes that writes as before',
		does: (tx) => forums.setRole(tx, maja, w.forumId, w.tove.id, 'analyst'),
		then: 'stays',
		about: 'her'
	},
	{
		when: 'someone is declared not impartial',
		does: (tx, text) => objects.exclude(tx, maja, text.object, w.tove.id, 'egen sag'),
		then: 'not_allowed',
		about: 'her and the text'
	},
	{
		when: 'it becomes confidential',
		does: (tx, text) => objects.setConfidential(tx, w.jonas, text.object, true),
		then: 'not_allowed',
		about: 'her and the text'
	},
	{
		when: 'someone who writes along becomes an author',
		does: (tx, text) => objects.addAuthor(tx, w.jonas, text.object, w.tove.id),
		then: 'stays',
		about: 'her and the text'
	},
	{
		when: 'an author is taken out of a draft',
		kind: 'brief',
		given: (tx, text) => objects.addAuthor(tx, w.jonas, text.object, w.tove.id),
		does: (tx, text) => objects.removeAuthor(tx, w.jonas, text.object, w.tove.id),
		then: 'not_found',
		about: 'her and the text'
	},
	{
		when: 'the text is frozen',
		does: (tx, text) => documents.close(tx, w.jonas, text.document),
		then: 'reads',
		about: 'the text'
	},
	{
		when: 'the case is settled',
		does: (tx, text) => objects.setPhase(tx, text.object, 'decided'),
		then: 'reads',
		about: 'the text'
	},
	{
		when: 'the draft is published',
		kind: 'brief',
		given: (tx, text) => objects.addAuthor(tx, w.jonas, text.object, w.tove.id),
		does: async (tx, text) => {
			await documents.close(tx, w.jonas, text.document);
			await objects.setPhase(tx, text.object, 'published');
		},
		then: 'reads',
		about: 'the text'
	},
	{
		when: 'the case is taken up again',
		given: (tx, text) => objects.setPhase(tx, text.object, 'decided'),
		does: (tx, text) => objects.setPhase(tx, text.object, 'on_agenda'),
		then: 'writes',
		about: 'the text'
	},
	{
		when: 'the case leaves the agenda, for an observer',
		given: (tx) => forums.setRole(tx, maja, w.forumId, w.tove.id, 'observer'),
		does: (tx, text) => objects.setPhase(tx, text.object, 'in_review'),
		then: 'not_found',
		about: 'her and the text'
	},
	{
		when: 'someone signs out',
		does: (tx) => sessions.close(tx, w.tove, sessionOf(w.tove)),
		then: 'sign_in',
		about: 'her'
	},
	{
		when: 'a person is deactivated',
		does: (tx) => persons.deactivate(tx, maja, w.tove.id),
		then: 'sign_in',
		about: 'her'
	},
	{
		when: 'someone moves to another department, which no text’s access rests on',
		does: async (tx) => {
			const [row] = await tx<{ id: string }[]>`
				insert into departments (name) values ('Økonomi') returning id`;
			await persons.move(tx, maja, w.tove.id, row!.id);
		},
		then: 'stays',
		about: 'her'
	}
];

const OUT: Ending[] = ['not_found', 'not_allowed', 'sign_in'];
const GUARD = ['closed', 'not_allowed'];

test.each(rules)(
	'$when: it holds on every node, within a second, and for nobody else',
	async (rule) => {
		const text = rule.kind ? await object(rule.kind, 'draft') : theCase();
		const beside = await object('case', 'on_agenda');
		await act(async (tx) => rule.given?.(tx, text));
		const on = (person: Person, { document }: Text) =>
			nodes.map((node) => open(node, person, document));
		const [hers, his] = [on(w.tove, text), on(w.jonas, text)];
		const [hersBeside, hisBeside] = [on(w.tove, beside), on(w.jonas, beside)];
		const all = [hers, his, hersBeside, hisBeside].flat();
		await synced(...all);
		for (const page of hers) page.provider.awareness.setLocalStateField('cursor', null);
		await until(() => hers.every((page) => his.every((other) => sees(other, page))), 'her carets');
		const live = await listeners(text.object);

		const since = Date.now();
		await act((tx) => rule.does(tx, text));
		const changed = rule.then === 'stays' ? [] : [...hers];
		if (changed.length > 0 && rule.about === 'her') changed.push(...hersBeside);
		if (rule.about === 'the text') changed.push(...his);
		await until(() => changed.every((page) => page.codes.length > 0), 'every page to be closed');
		if (OUT.includes(rule.then))
			await until(
				() => !hers.some((page) => his.some((other) => sees(other, page))),
				'her carets to go'
			);
		if (rule.then === 'sign_in') await until(() => live.closed('sign_in'), 'live pages to close');
		else if (rule.then === 'not_found') await until(live.silent, 'live pages to hear no more');
		expect(Date.now() - since).toBeLessThan(1_000);

		if (OUT.includes(rule.then))
			await until(() => changed.every((page) => page.codes.includes(rule.then)), rule.then);
		else {
			const write = rule.then !== 'reads';
			await until(() => changed.every((page) => hello(page).write === write), 'a new hello');
			await synced(...changed);
			await until(live.hears, 'live pages to hear');
		}
		if (rule.then === 'not_found') expect(await live.round()).toEqual([0, 0]);

		// What she writes now counts only where she may write; everyone else writes on.
		for (const page of hers) page.type(' Tove.');
		const counts = rule.then === 'writes' || rule.then === 'stays';
		if (rule.then === 'reads')
			await until(() => hers.every(({ codes }) => GUARD.includes(codes.at(-1)!)), 'the guard');
		const out = OUT.includes(rule.then) ? changed : [];
		const writers = all.filter((page) => !out.includes(page) && hello(page).write);
		for (const page of writers) page.type(' Videre.');
		await saved(...writers);
		expect((await onDisk({ ...w, documentId: text.document })).includes('Tove')).toBe(counts);
		const untouched = all.filter((page) => !changed.includes(page));
		expect(untouched.map(({ codes }) => codes)).toEqual(untouched.map(() => []));
	}
);

type Return = {
	/** Continues "… gets in on every node, and hears of it". */
	when: string;
	kind?: 'brief';
	given?: (tx: Tx, text: Text) => Promise<unknown>;
	before: Ending;
	does: (tx: Tx, text: Text) => Promise<unknown>;
};

const returns: Return[] = [
	{
		when: 'whose exclusion is lifted',
		given: (tx, text) => objects.exclude(tx, maja, text.object, w.tove.id, 'egen sag'),
		before: 'not_allowed',
		does: (tx, text) => objects.readmit(tx, maja, text.object, w.tove.id)
	},
	{
		when: 'for whom confidentiality is lifted',
		given: (tx, text) => objects.setConfidential(tx, w.jonas, text.object, true),
		before: 'not_allowed',
		does: (tx, text) => objects.setConfidential(tx, maja, text.object, false)
	},
	{
		when: 'who is made an author of something confidential',
		given: (tx, text) => objects.setConfidential(tx, w.jonas, text.object, true),
		before: 'not_allowed',
		does: (tx, text) => objects.addAuthor(tx, w.jonas, text.object, w.tove.id)
	},
	{
		when: 'who is made an author of a draft',
		kind: 'brief',
		before: 'not_found',
		does: (tx, text) => objects.addAuthor(tx, w.jonas, text.object, w.tove.id)
	},
	{
		when: 'who is taken into the forum',
		given: (tx) => forums.removeMember(tx, maja, w.forumId, w.tove.id),
		before: 'not_found',
		does: (tx) => forums.addMember(tx, maja, w.forumId, w.tove.id, 'chief')
	}
];

test.each(returns)('someone $when gets in on every node, and hears of it', async (rule) => {
	const text = rule.kind ? await object(rule.kind, 'draft') : theCase();
	await act(async (tx) => rule.given?.(tx, text));
	for (const node of nodes) {
		const { closed, frames } = await raw(node, headersOf(node, w.tove), path(text.document));
		expect(await closed).toBe(rule.before);
		expect(frames).toEqual([]);
	}
	const his = nodes.map((node) => open(node, w.jonas, text.document));
	await synced(...his);
	const live = await listeners(text.object, rule.before !== 'not_found');
	if (rule.before === 'not_found') expect(await live.round()).toEqual([0, 0]);
	await act((tx) => rule.does(tx, text));
	const hers = nodes.map((node) => open(node, w.tove, text.document));
	await synced(...hers);
	await until(live.hears, 'live pages to hear');
	for (const page of hers) page.type(' Tove.');
	await saved(...hers);
	expect(await onDisk({ ...w, documentId: text.document })).toContain('Tove.');
	expect([...hers, ...his].map(({ codes }) => codes)).toEqual([[], [], [], []]);
});

describe('of one person’s sessions', () => {
	/** Tove with her laptop and her telephone, each on both nodes. */
	async function twice() {
		const telephone = await act((tx) => sessions.open(tx, w.tove, 'telephone'));
		const on = (session?: sessions.Opened) =>
			nodes.map((node) => open(node, w.tove, w.documentId, undefined, session));
		const [laptop, phone] = [on(), on(telephone)];
		await synced(...laptop, ...phone);
		return { laptop, phone, telephone };
	}

	test.each<[string, (telephone: sessions.Opened) => Promise<unknown>]>([
		[
			'the one that is revoked ends',
			() => act((tx) => sessions.revoke(tx, w.tove, sessionOf(w.tove)))
		],
		[
			'all but the one in use end when the others are revoked',
			({ publicId }) => act((tx) => sessions.revokeOthers(tx, w.tove, publicId))
		],
		[
			'all but the one in use end when the password is changed',
			async ({ publicId }) => {
				const hash = await hashed('en lille sætning', w.tove);
				await w.sql`update persons set password_hash = ${hash} where id = ${w.tove.id}`;
				const input = { old: 'en lille sætning', password: 'en ny lille sætning' };
				await act((tx) => persons.changePassword(tx, w.tove, publicId, input));
			}
		]
	])('%s, on every node', async (_, does) => {
		const { laptop, phone, telephone } = await twice();
		await does(telephone);
		const since = Date.now();
		await until(() => laptop.every(({ codes }) => codes.length > 0), 'the laptop to be closed');
		expect(Date.now() - since).toBeLessThan(1_000);
		await until(() => laptop.every(({ codes }) => codes.includes('sign_in')), 'the final code');
		for (const page of phone) page.type(' Telefon.');
		await saved(...phone);
		expect(phone.map(({ codes }) => codes)).toEqual([[], []]);
	});
});

test('a judgement that fails is made again, and edits wait for it', async () => {
	const hers = nodes.map((node) => open(node, w.tove, w.documentId));
	await synced(...hers);
	const live = await listeners(w.caseId);
	await act(async (tx) => {
		await forums.removeMember(tx, maja, w.forumId, w.tove.id);
		await tx`alter table members rename to members_away`;
	});
	await live.round(); // notes come in order: that one has
	for (const page of hers) page.type(' Tove.');
	expect(hers.map(({ codes }) => codes)).toEqual([[], []]);
	await act((tx) => tx`alter table members_away rename to members`);
	const since = Date.now();
	await until(() => hers.every(({ codes }) => codes.length > 0), 'her pages to be closed');
	expect(Date.now() - since).toBeLessThan(1_000);
	await until(() => hers.every(({ codes }) => codes.includes('not_found')), 'the final code');
	expect(await onDisk(w)).toBe('Første afsnit.');
});

test('whoever does not answer the close is gone from presence all the same', async () => {
	const his = nodes.map((node) => open(node, w.jonas, w.documentId));
	await synced(...his);
	const { ws, closed } = await raw(nodes[0], headersOf(nodes[0], w.tove), path(w.documentId));
	ws.send(encodePresence([{ client: 4711, clock: 1, state: '{"cursor":null}' }]));
	const seen = (page: Page) => page.provider.awareness.getStates().has(4711);
	await until(() => his.every(seen), 'her caret');
	ws.pause(); // reads nothing any more, so no close either
	const since = Date.now();
	await act((tx) => forums.removeMember(tx, maja, w.forumId, w.tove.id));
	await until(() => !his.some(seen), 'her caret to go');
	expect(Date.now() - since).toBeLessThan(1_000);
	ws.send(encodePresence([{ client: 4711, clock: 2, state: '{"cursor":null}' }]));
	for (const page of his) page.type(' Videre.');
	await saved(...his);
	expect(his.some(seen)).toBe(false);
	ws.resume();
	expect(['come_back', '1006']).toContain(await closed);
});

function theCase(): Text {
	return { object: w.caseId, document: w.documentId };
}

/** Tove’s live pages on a topic, one on each node, and Jonas’ beside them to tell when a note has come. */
async function listeners(topic: string, holds = true) {
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

const sees = (page: Page, other: Page) =>
	page.provider.awareness.getStates().has(other.doc.clientID);

const hello = (page: Page) =>
	page.words.findLast((word) => word.type === 'hello') as Word & { type: 'hello' };
