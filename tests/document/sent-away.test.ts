import { describe, expect, test } from 'vitest';
import * as forums from '#lib/forum/forums.server.ts';
import { encodePresence } from '#lib/document/wire.ts';
import { hashed } from '#lib/people/passwords.server.ts';
import * as persons from '#lib/people/persons.server.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import {
	headersOf,
	onDisk,
	open,
	path,
	raw,
	saved,
	sessionOf,
	synced,
	until,
	type Page
} from './world.ts';
import { act, listeners, maja, nodes, w, whileOpen } from './rights.ts';

whileOpen();

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
