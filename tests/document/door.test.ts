import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as objects from '#lib/forum/objects.server.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import { COOKIE } from '#lib/people/sessions.server.ts';
import { notify } from '#lib/base/notify.server.ts';
import { SCHEMA_NUMBER } from '#lib/document/schema.ts';
import { encodeSync, SYNC } from '#lib/document/wire.ts';
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
	type World
} from './world.ts';
import { editBy } from './writing.ts';

let all: World;
let w: World;
let node: Node;
beforeAll(async () => {
	all = await world();
	node = await all.node();
});
beforeEach(async () => {
	w = await all.anew();
});
afterEach(leaveAll);
afterAll(() => all.stop());

const helloOf = (words: { type: string }[]) =>
	words.findLast((word) => word.type === 'hello') as unknown as { write: boolean; person: object };

describe('the door', () => {
	test.each([
		[
			'another site',
			() => ({ ...headersOf(node, w.jonas), origin: 'https://elsewhere.example' }),
			undefined,
			'wrong_origin'
		],
		[
			'no site at all',
			() => ({ ...headersOf(node, w.jonas), origin: undefined }),
			undefined,
			'wrong_origin'
		],
		['no session', () => ({ origin: node.origin }), undefined, 'sign_in'],
		[
			'a session that is none',
			() => ({ origin: node.origin, cookie: `${COOKIE}=made-up` }),
			undefined,
			'sign_in'
		],
		[
			'a cookie that cannot be read',
			() => ({ origin: node.origin, cookie: `${COOKIE}=%E0%A4%A` }),
			undefined,
			'sign_in'
		],
		['someone outside the forum', () => headersOf(node, w.nina), undefined, 'not_found'],
		[
			'a document that is none',
			() => headersOf(node, w.jonas),
			'/sync/00000000-0000-4000-8000-000000000000?schema=1',
			'not_found'
		],
		['an address that is none', () => headersOf(node, w.jonas), '/sync/%00?schema=1', 'not_found'],
		[
			'a page loaded before the schema grew',
			() => headersOf(node, w.jonas),
			`older ${SCHEMA_NUMBER - 1}`,
			'reload'
		],
		['a page without a schema number', () => headersOf(node, w.jonas), 'none', 'reload'],
		[
			'a page newer than this node',
			() => headersOf(node, w.jonas),
			`newer ${SCHEMA_NUMBER + 1}`,
			'come_back'
		]
	])('%s is told so by code', async (_, headers, where, code) => {
		const number = where?.split(' ')[1];
		const address = !where
			? path(w.documentId)
			: where.startsWith('/')
				? where
				: `/sync/${w.documentId}${number ? `?schema=${number}` : ''}`;
		const { closed, frames } = await raw(node, headers(), address);
		expect(await closed).toBe(code);
		expect(frames).toEqual([]);
	});

	test('an excluded member may know of the text but not read it', async () => {
		await w.sql`insert into exclusions (object_id, person_id, reason, by)
			values (${w.caseId}, ${w.tove.id}, 'egen sag', ${w.jonas.id})`;
		const { closed, frames } = await raw(node, headersOf(node, w.tove), path(w.documentId));
		expect(await closed).toBe('not_allowed');
		expect(frames).toEqual([]);
	});

	test('an upgrade that is not ours is refused and troubles nobody', async () => {
		await expect(raw(node, headersOf(node, w.jonas), '/elsewhere')).rejects.toThrow();
		const a = open(node, w.jonas, w.documentId);
		await synced(a);
		expect(a.text()).toBe('Første afsnit.');
	});
});

describe('a reader', () => {
	test('is told so, sees everything, and is never asked for what it has', async () => {
		const [a, o] = [open(node, w.jonas, w.documentId), open(node, w.ove, w.documentId)];
		await synced(a, o);
		expect(helloOf(o.words).write).toBe(false);
		o.provider.disconnect();
		o.type(' Skrevet af en tilhører.');
		o.provider.connect();
		await synced(o);
		a.type(' Set.');
		await until(() => o.text().includes('Set'), 'the edit');
		expect(await onDisk(w)).toBe('Første afsnit. Set.');
	});

	test.each([SYNC.step2, SYNC.update])(
		'cannot write, even with raw frames (sync message %i)',
		async (kind) => {
			const a = open(node, w.jonas, w.documentId);
			await synced(a);
			const { ws, closed } = await raw(node, headersOf(node, w.ove), path(w.documentId));
			ws.send(encodeSync(kind, await editBy(w, 4711, 'Snydt. ')));
			expect(await closed).toBe('not_allowed');
			a.type(' Ærligt.');
			await saved(a);
			expect(await onDisk(w)).toBe('Første afsnit. Ærligt.');
			expect(await w.sql`select 1 from document_clients where client_id = 4711`).toHaveLength(0);
		}
	);
});

describe('access that changes', () => {
	test('someone shut out is sent away within a second and does not get back in', async () => {
		const a = open(node, w.tove, w.documentId);
		await synced(a);
		await w.sql`update members set role = 'director', chair = true where person_id = ${w.jonas.id}`;
		const since = Date.now();
		await w.sql.begin((tx) =>
			objects.exclude(tx as never, w.jonas, w.caseId, w.tove.id, 'egen sag')
		);
		await until(() => a.codes.includes('not_allowed'), 'the final code');
		expect(a.codes).toEqual(['come_back', 'not_allowed']);
		expect(Date.now() - since).toBeLessThan(1_000);
	});

	test('a role that no longer writes makes the page a reader', async () => {
		const a = open(node, w.tove, w.documentId);
		await synced(a);
		await w.sql`update members set role = 'observer' where person_id = ${w.tove.id}`;
		await notify(w.sql, { type: 'access', person: w.tove.id });
		await until(() => helloOf(a.words)?.write === false, 'the new hello');
		expect(a.codes).toEqual(['come_back']);
	});

	test('a session that is revoked closes what it had open, and nothing else', async () => {
		const [a, b] = [open(node, w.tove, w.documentId), open(node, w.jonas, w.documentId)];
		await synced(a, b);
		await w.sql.begin((tx) => sessions.revoke(tx as never, w.tove, sessionOf(w.tove)));
		await until(() => a.codes.includes('sign_in'), 'the final code');
		expect(b.codes).toEqual([]);
	});

	test('a phase that settles the case makes every page a reader', async () => {
		const [a, b] = [open(node, w.tove, w.documentId), open(node, w.jonas, w.documentId)];
		await synced(a, b);
		await w.sql.begin((tx) => objects.setPhase(tx as never, w.caseId, 'decided'));
		await until(
			() => [a, b].every((page) => helloOf(page.words)?.write === false),
			'the new hello'
		);
		expect(await onDisk(w)).toBe('Første afsnit.');
	});
});
