import { afterAll, beforeEach, describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { today } from '#lib/base/clock.ts';
import { may, type Facts, type Standing, type Verb } from '#lib/forum/access.ts';
import { bearer, CALLS, mayLast, stateOf, TOKEN } from '#lib/forum/accounts.ts';
import * as accounts from '#lib/forum/accounts.server.ts';
import { judge, register } from '#lib/forum/objects.server.ts';
import { removeMember } from '#lib/forum/forums.server.ts';
import * as persons from '#lib/people/persons.server.ts';
import { signIn } from '#lib/people/signin.server.ts';
import { cast, type Cast, type Name } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase | undefined;
let c: Cast;
let school: string;
let social: string;
const db = () => database!.sql;

beforeEach(async () => {
	await database?.drop();
	database = await freshDatabase();
	c = await cast(db());
	const dataset = (by: Name, title: string) =>
		c.act((tx) =>
			register(tx, c[by], {
				kind: 'dataset',
				forumId: c.forumId,
				departmentId: c[by].departmentId,
				title,
				phase: 'current'
			})
		);
	school = await dataset('tove', 'Skolefravær');
	social = await dataset('jonas', 'Anbringelser');
});
afterAll(() => database?.drop());

const input = (objects: string[], over = {}) => ({
	name: 'Fraværssystemet',
	expiresOn: today(),
	objects,
	...over
});
const make = (by: Name, objects: string[], over = {}) =>
	c.act((tx) => accounts.create(tx, c[by], c.forumId, input(objects, over)));
const recognise = (token: string) => accounts.recognise(c.act, `Bearer ${token}`);
const refusal = async (work: Promise<unknown>) => {
	const { code, status, params } = await work.then(
		() => Promise.reject(new Error('nothing was refused')),
		(error: { code: string; status: number; params: Record<string, number> }) => error
	);
	return { code, status, params };
};
const everything = async () =>
	JSON.stringify([
		await db()`select * from persons order by id`,
		await db()`select * from service_accounts order by id`,
		await db()`select * from service_grants order by 1, 2`,
		await db()`select * from events order by id`
	]);

describe('a service account', () => {
	it('is made with a token that is shown once and of which only the hash is kept', async () => {
		const { id, token } = await make('tove', [school]);
		expect(token).toMatch(TOKEN);
		const kept = await everything();
		expect(kept).not.toContain(token);
		expect(kept).not.toContain(token.slice(9, 30));
		const [event] = await db()`select * from events where verb = 'account.created'`;
		expect(event).toMatchObject({ person_id: c.tove.id, object_id: id, forum_id: c.forumId });
		const [line] = await accounts.list(db(), c.else_, c.forumId);
		expect(line).toMatchObject({
			name: 'Fraværssystemet',
			responsibleName: 'Tove Holm',
			hint: token.slice(-4),
			state: 'active',
			lastUsedAt: null,
			objects: [{ id: school, title: 'Skolefravær' }]
		});
	});

	test.each([
		['maja', 'base.not_allowed', 403],
		['jonas', 'base.not_allowed', 403],
		['sigrid', 'base.not_allowed', 403],
		['ove', 'base.not_allowed', 403],
		['nina', 'base.not_found', 404]
	] as const)('is not made by %s for what they may not import to', async (who, code, status) => {
		const before = await everything();
		expect(await refusal(make(who, [school]))).toMatchObject({ code, status });
		expect(await everything()).toBe(before);
	});

	it('is made for something, for at most two years', async () => {
		expect((await refusal(make('tove', []))).code).toBe('forum.account_for_nothing');
		for (const expiresOn of ['2019-01-01', '2999-01-01'])
			expect((await refusal(make('tove', [school], { expiresOn }))).code).toBe(
				'forum.account_until'
			);
		expect(mayLast('2026-01-31', '2026-01-31')).toBe(true);
	});

	it('imports to what is named and does nothing else, to anything', async () => {
		const { id, token } = await make('else_', [school]);
		const account = await recognise(token);
		expect(account).toMatchObject({ id, name: 'Fraværssystemet' });
		const verbs: Verb[] = ['know', 'read', 'import', 'describe', 'write', 'annotate', 'follow'];
		const allowed = async (object: string) => {
			const found: Verb[] = [];
			for (const verb of verbs)
				if (await judge(db(), account, verb, object).catch(() => null)) found.push(verb);
			return found;
		};
		expect(await allowed(school)).toEqual(['know', 'read', 'import']);
		expect(await allowed(social)).toEqual([]);
		expect(await refusal(judge(db(), account, 'import', social))).toMatchObject({ status: 404 });
		expect(await refusal(accounts.list(db(), account, c.forumId))).toMatchObject({ status: 404 });
	});

	it('signs in nowhere, and cannot be made a member by its address', async () => {
		const { id } = await make('tove', [school]);
		const email = `${id}@service.invalid`;
		expect(await persons.byEmail(db(), email)).toBeNull();
		const attempt = { email, password: 'none', address: '::1', userAgent: '' };
		expect((await refusal(signIn(db(), c.act, attempt))).code).toBe('people.wrong');
	});

	test('a grant is judged the same way for every object', () => {
		fc.assert(
			fc.property(
				fc.constantFrom<Facts['kind']>('dataset', 'brief', 'case', 'meeting', 'decision', 'goal'),
				fc.constantFrom<Verb>('know', 'read', 'import', 'describe', 'write', 'publish', 'decide'),
				fc.boolean(),
				(kind, verb, excluded) => {
					const standing: Standing = {
						personId: 'p',
						role: null,
						chair: false,
						departmentId: 'd',
						author: true,
						excluded,
						service: true
					};
					const facts: Facts = {
						id: 'o',
						kind,
						forumId: 'f',
						departmentId: 'd',
						phase: 'current',
						confidential: false,
						createdBy: 'p'
					};
					const expected =
						kind === 'dataset' && !excluded && ['know', 'read', 'import'].includes(verb);
					expect(may(standing, verb, facts)).toBe(expected);
				}
			)
		);
	});
});

describe('a token', () => {
	test.each([
		[null, 'forum.token_missing'],
		['Basic abc', 'forum.token_missing'],
		['Bearer abc', 'forum.token_wrong'],
		[`Bearer raadslag_${'A'.repeat(43)}`, 'forum.token_wrong']
	])('that is not one lets nobody in: %s', async (header, code) => {
		await make('tove', [school]);
		expect(await refusal(accounts.recognise(c.act, header))).toMatchObject({ code, status: 401 });
	});

	it('is read from its header and nowhere else in it', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const found = bearer(text);
				expect(found === null || /^[\w-]+$/.test(found)).toBe(true);
			})
		);
		expect(bearer('bearer  abc-d_1 ')).toBe('abc-d_1');
	});

	it('that is revoked, expired or answered for by nobody says so', async () => {
		const revoked = await make('tove', [school]);
		await c.act((tx) => accounts.revoke(tx, c.tove, c.forumId, revoked.id));
		expect((await refusal(recognise(revoked.token))).code).toBe('forum.token_revoked');

		const expired = await make('tove', [school]);
		await db()`update service_accounts set expires_on = '2019-01-01' where id = ${expired.id}`;
		expect((await refusal(recognise(expired.token))).code).toBe('forum.token_expired');
		expect(stateOf({ revokedAt: null, expiresOn: today() }, today())).toBe('active');

		const orphan = await make('tove', [school]);
		await c.act((tx) => removeMember(tx, c.maja, c.forumId, c.tove.id));
		expect(await refusal(recognise(orphan.token))).toMatchObject({
			code: 'forum.account_unanswered',
			status: 403
		});
	});

	it('is revoked by who answers for it, by the chair, and by who may import to all it reaches', async () => {
		for (const [who, allowed] of [
			['tove', true],
			['maja', true],
			['else_', true],
			['jonas', false],
			['sigrid', false],
			['ove', false],
			['nina', false]
		] as const) {
			const { id, token } = await make('tove', [school]);
			const listed = who === 'tove' || who === 'jonas' || who === 'else_' || who === 'maja';
			if (listed) {
				const lines = await accounts.list(db(), c[who], c.forumId);
				expect(lines.find((line) => line.id === id)!.mayRevoke, who).toBe(allowed);
			}
			const trying = c.act((tx) => accounts.revoke(tx, c[who], c.forumId, id));
			if (allowed) {
				await trying;
				await c.act((tx) => accounts.revoke(tx, c[who], c.forumId, id)); // twice is once
				expect((await refusal(recognise(token))).code).toBe('forum.token_revoked');
				const events = await db()`
					select 1 from events where verb = 'account.revoked' and object_id = ${id}`;
				expect(events).toHaveLength(1);
			} else {
				expect((await refusal(trying)).status, who).toBe(who === 'nina' ? 404 : 403);
				expect((await recognise(token)).id).toBe(id);
			}
		}
	});

	it('is held back when it calls too often, and let in again as time goes', async () => {
		const { id, token } = await make('tove', [school]);
		await db()`update service_accounts set allowance = 2`;
		await recognise(token);
		await recognise(token);
		const { code, status, params } = await refusal(recognise(token));
		expect({ code, status }).toEqual({ code: 'forum.too_many_calls', status: 429 });
		expect(params.seconds).toBeGreaterThan(0);
		expect(params.seconds).toBeLessThanOrEqual(CALLS.secondsEach);
		await db()`
			update service_accounts set refilled_at = refilled_at - make_interval(secs => ${2 * CALLS.secondsEach})`;
		expect((await recognise(token)).id).toBe(id);
		const [line] = await accounts.list(db(), c.tove, c.forumId);
		expect(line!.lastUsedAt).toBeInstanceOf(Date);
	});
});
