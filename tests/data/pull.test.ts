import { afterAll, afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { ask } from '#lib/base/outside.server.ts';
import { pxweb, statbank, variablesIn } from '#lib/data/presets.ts';
import {
	headersIn,
	holdsSecret,
	nameIn,
	nextAt,
	OUTCOMES,
	passes,
	pullSchema,
	RHYTHMS,
	TRIES,
	type PullInput
} from '#lib/data/pull.ts';
import { pullNext, startPuller } from '#lib/data/puller.server.ts';
import * as pulls from '#lib/data/pulls.server.ts';
import { newest } from '#lib/data/versions.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { outside, type Outside } from '../support/outside.ts';
import { utf8 } from './bytes.ts';
import { everything, furnish, refused, type Place } from './place.ts';

const small = 'Område;År;Sager\nNord;2018;120\nSyd;2018;90\n';

describe('when to ask again', () => {
	const now = new Date('2026-01-01T06:00:00Z');
	const hours = (at: Date) => (at.getTime() - now.getTime()) / 3_600_000;

	it('is the next turn, unless it failed', () => {
		for (const outcome of ['stored', 'unchanged', 'refused'] as const) {
			expect(hours(nextAt(now, 'daily', { outcome, failures: 0 }))).toBe(24);
			expect(hours(nextAt(now, 'weekly', { outcome, failures: 0 }))).toBe(168);
		}
	});

	it('is later for each failure, never later than its turn, and never sooner than it was asked to', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...RHYTHMS),
				fc.constantFrom(...OUTCOMES),
				fc.integer({ min: 0, max: 40 }),
				fc.integer({ min: 0, max: 10_000_000 }),
				(rhythm, outcome, failures, seconds) => {
					const at = hours(nextAt(now, rhythm, { outcome, failures, seconds }));
					const turn = hours(nextAt(now, rhythm, { outcome: 'stored', failures: 0 }));
					expect(at).toBeGreaterThan(0);
					expect(at).toBeLessThanOrEqual(turn);
					expect(at).toBeGreaterThanOrEqual(Math.min(turn, 24, seconds / 3600) - 1e-9);
					const next = hours(nextAt(now, rhythm, { outcome, failures: failures + 1, seconds }));
					expect(next).toBeGreaterThanOrEqual(at);
				}
			)
		);
		expect(hours(nextAt(now, 'monthly', { outcome: 'failed', failures: 1 }))).toBeCloseTo(1 / 12);
		expect(hours(nextAt(now, 'weekly', { outcome: 'failed', failures: TRIES }))).toBe(168);
	});

	it('is soon only for what may go better by itself', () => {
		expect(passes('base.outside_away', {})).toBe(true);
		expect(passes('base.outside_answer', { answer: '503' })).toBe(true);
		expect(passes('base.outside_answer', { answer: '429' })).toBe(true);
		expect(passes('base.outside_answer', { answer: '404' })).toBe(false);
		expect(passes('base.outside_private', {})).toBe(false);
		expect(passes('data.unreadable', { row: 4 })).toBe(false);
	});
});

describe('what is asked', () => {
	it('holds no secret and no header that is the connection’s', () => {
		expect(headersIn('Accept: text/csv\n\n X-Version: 2 ')).toEqual({
			accept: 'text/csv',
			'x-version': '2'
		});
		for (const line of ['Host: x', 'Proxy-Connection: x', 'If-None-Match: x', 'no colon', 'A: ø'])
			expect(headersIn(line), line).toBeNull();
		for (const name of ['authorization', 'cookie', 'x-api-key', 'x-auth', 'my-token'])
			expect(holdsSecret({ [name]: 'x' }, 'https://figures.test/'), name).toBe(true);
		for (const query of ['api_key=1', 'access_token=1', 'password=1'])
			expect(holdsSecret({}, `https://figures.test/?${query}`), query).toBe(true);
		expect(holdsSecret({ accept: 'x' }, 'https://figures.test/?nogle=1&tokens_used=1')).toBe(false);
	});

	it('of Statistics Denmark is its table and variables', () => {
		const { url, method, body } = statbank('FOLK1A', 'OMRÅDE = 461, 851\nTid');
		expect({ url, method }).toEqual({ url: 'https://api.statbank.dk/v1/data', method: 'POST' });
		expect(JSON.parse(body!)).toEqual({
			table: 'FOLK1A',
			format: 'JSONSTAT',
			lang: 'da',
			variables: [
				{ code: 'OMRÅDE', values: ['461', '851'] },
				{ code: 'Tid', values: ['*'] }
			]
		});
	});

	it('of a PxWeb table is a query, with the answer as JSON-stat', () => {
		const { body } = pxweb('https://figures.test/api/v1/da/T01', 'region = 0101, 0102\ntid = *');
		expect(JSON.parse(body!)).toEqual({
			query: [
				{ code: 'region', selection: { filter: 'item', values: ['0101', '0102'] } },
				{ code: 'tid', selection: { filter: 'all', values: ['*'] } }
			],
			response: { format: 'json-stat2' }
		});
		expect(variablesIn('\n = x\n A=B=C ,\n')).toEqual([{ code: 'A', values: ['B=C'] }]);
	});

	it('names the file by its address', () => {
		expect(nameIn('https://figures.test/a/frav%C3%A6r.csv?x=1')).toBe('fravær.csv');
		expect(nameIn('https://figures.test/%E0%A4%A')).toBe('%E0%A4%A');
		expect(nameIn('https://figures.test')).toBe('figures.test');
	});
});

describe('a pull', () => {
	let database: TestDatabase | undefined;
	let place: Place;
	let there: Outside;
	const db = () => database!.sql;

	beforeEach(async () => {
		await database?.drop();
		database = await freshDatabase();
		place = await furnish(database.sql);
		there = await outside();
		there.answer = (_, response) => response.end(small);
	});
	afterEach(() => there.stop());
	afterAll(() => database?.drop());

	const input = (over: Partial<PullInput> = {}) =>
		pullSchema.parse({ url: `${there.url}/tal.csv`, method: 'GET', rhythm: 'daily', ...over });
	const set = (over: Partial<PullInput> = {}, by = place.else_) =>
		place.write((tx) => pulls.set(tx, by, place.datasetId, input(over)));
	const pull = () => pullNext(db(), { wires: there.wires });
	const hurry = () => place.write((tx) => pulls.hurry(tx, place.else_, place.datasetId));
	const now = () => pulls.of(db(), place.ove, place.datasetId);
	const verbs = async () =>
		(
			await db()<
				{ verb: string }[]
			>`select verb from events where verb like 'dataset.pull%' order by id`
		).map(({ verb }) => verb);
	const stored = async () => (await db()`select 1 from versions`).length;

	it('is asked when due, becomes a version, and then waits its turn', async () => {
		await set();
		expect((await now())!.last).toBeNull();
		expect(await pull()).toBe(true);
		expect(await now()).toMatchObject({
			url: `${there.url}/tal.csv`,
			setByName: 'Else Winther',
			failures: 0,
			last: { outcome: 'stored', code: null, number: 1 }
		});
		expect((await now())!.nextAt.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
		expect(await newest(db(), place.datasetId)).toMatchObject({ number: 1 });
		expect(await pull()).toBe(false);
		expect(there.heard).toHaveLength(1);
		expect(await verbs()).toEqual(['dataset.pull_set', 'dataset.pull_stored']);
	});

	it('of the same bytes makes nothing, and says that there was nothing new', async () => {
		await set();
		await pull();
		await hurry();
		await pull();
		expect(await now()).toMatchObject({ last: { outcome: 'unchanged', number: 1 } });
		expect(await stored()).toBe(1);
		there.answer = (_, response) => response.end(small.replace('90', '91'));
		await hurry();
		await pull();
		expect(await now()).toMatchObject({ last: { outcome: 'stored', number: 2 } });
	});

	it('tells what it has, so that the other end need not send it again', async () => {
		const day = 'Wed, 01 Aug 2018 08:00:00 GMT';
		there.answer = ({ headers }, response) =>
			headers['if-none-match'] === '"1"' && headers['if-modified-since'] === day
				? response.writeHead(304).end()
				: response.writeHead(200, { etag: '"1"', 'last-modified': day }).end(small);
		await set();
		await pull();
		expect(await newest(db(), place.datasetId)).toMatchObject({ asOf: '2018-08-01' });
		await hurry();
		await pull();
		expect(await now()).toMatchObject({ last: { outcome: 'unchanged', code: null } });
		await set({ url: `${there.url}/andet.csv` }); // another address knows nothing of it
		await pull();
		expect(there.heard.at(-1)!.headers['if-none-match']).toBeUndefined();
	});

	it('sends a query where there is one', async () => {
		const body = JSON.stringify({ table: 'FOLK1A' });
		await set({ method: 'POST', body, headers: 'Accept: text/csv' });
		await pull();
		expect(there.heard[0]).toMatchObject({
			method: 'POST',
			body,
			headers: { accept: 'text/csv', 'content-type': 'application/json' }
		});
	});

	it('that fails is tried again, later and later, and is forgotten when it goes well', async () => {
		await set();
		there.answer = (_, response) => response.writeHead(503).end();
		for (const failures of [1, 2, 3]) {
			await db()`update pulls set next_at = now()`;
			await pull();
			const line = (await now())!;
			expect(line).toMatchObject({
				failures,
				last: { outcome: 'failed', code: 'base.outside_answer', params: { answer: '503' } }
			});
			const minutes = (line.nextAt.getTime() - Date.now()) / 60_000;
			expect(Math.round(minutes)).toBe(5 * 2 ** (failures - 1));
		}
		there.answer = (_, response) => response.socket!.destroy();
		await db()`update pulls set next_at = now()`;
		await pull();
		expect(await now()).toMatchObject({ failures: 4, last: { code: 'base.outside_away' } });
		there.answer = (_, response) => response.end(small);
		await db()`update pulls set next_at = now()`;
		await pull();
		expect(await now()).toMatchObject({ failures: 0, last: { outcome: 'stored' } });
	});

	it('of what cannot be read waits for a person, and nothing of the file is kept', async () => {
		const secret = 'Område;År;Sager\nNord;2018;Hemmelig\nSyd;2018;90\nVest;2018;4\n';
		await place.store(utf8(small));
		there.answer = (_, response) => response.end(secret);
		await set();
		await pull();
		expect(await now()).toMatchObject({
			failures: 0,
			last: { outcome: 'refused', code: 'data.unreadable', params: { row: 2 } }
		});
		expect(await everything(db())).not.toContain('Hemmelig');
		expect(await stored()).toBe(1);
	});

	it('that is cut, or too large, leaves nothing', async () => {
		await set();
		there.answer = (_, response) => {
			response.writeHead(200, { 'content-length': '5000' });
			response.write(small, () => response.socket!.destroy());
		};
		await pull();
		expect(await now()).toMatchObject({ last: { outcome: 'failed', code: 'data.push_cut' } });
		there.answer = (_, response) => {
			response.writeHead(200, { 'content-length': String(300 * 1024 * 1024) });
			response.write(small);
		};
		await db()`update pulls set next_at = now()`;
		await pull();
		expect(await now()).toMatchObject({ last: { outcome: 'refused', code: 'data.too_large' } });
		expect(await stored()).toBe(0);
	});

	it('never reaches a private network, by name, number or redirect', async () => {
		for (const url of ['https://10.0.0.8/tal.csv', 'https://[::1]/tal.csv', 'https://localhost/']) {
			await set({ url });
			await pull();
			const code = url.includes('localhost') ? 'base.outside_unknown' : 'base.outside_private';
			expect((await now())!.last, url).toMatchObject({ code });
		}
		there.answer = (_, response) =>
			response.writeHead(302, { location: 'https://169.254.169.254/' }).end();
		await set();
		await pull();
		expect((await now())!.last).toMatchObject({ outcome: 'refused', code: 'base.outside_private' });
		expect(await stored()).toBe(0);
		for (const url of ['http://figures.test/', 'https://a:b@figures.test/', 'https://'])
			expect((await refused(set({ url }))).code).toMatch(/^base\.outside_/);
	});

	it('is in the name of who set it up, for as long as they may', async () => {
		await set();
		await db()`update members set role = 'observer' where person_id = ${place.else_.id}`;
		await db()`delete from authors`;
		await pull();
		expect(await now()).toMatchObject({
			last: { outcome: 'refused', code: 'data.pull_unanswered' }
		});
		expect(there.heard).toEqual([]);
	});

	it('by several workers at once is asked once', async () => {
		await set();
		const took = await Promise.all([pull(), pull(), pull(), pull()]);
		expect(took.filter(Boolean)).toHaveLength(1);
		expect(there.heard).toHaveLength(1);
		expect(await stored()).toBe(1);
	});

	it('whose worker died is taken over; what the dead one still writes is undone', async () => {
		await set();
		let release = () => {};
		const waiting = new Promise<void>((go) => (release = go));
		let first = true;
		there.answer = async (_, response) => {
			if (first) {
				first = false;
				await waiting;
				response.end(small.replace('90', '99'));
			} else response.end(small);
		};
		const slow = pull();
		await eventually(() => there.heard.length === 1);
		await db()`update pulls set held_until = now() - interval '1 second'`; // as if it had died
		expect(await pull()).toBe(true);
		release();
		await slow;
		expect(await stored()).toBe(1);
		expect(await now()).toMatchObject({ last: { outcome: 'stored', number: 1 } });
		expect(await verbs()).toEqual(['dataset.pull_set', 'dataset.pull_stored']);
	});

	it('that is set anew or ended meanwhile writes nothing', async () => {
		await set();
		there.answer = async (_, response) => {
			await place.write((tx) => pulls.end(tx, place.else_, place.datasetId));
			response.end(small);
		};
		await pull();
		expect(await stored()).toBe(0);
		expect(await now()).toBeNull();
	});

	test.each([
		['maja', 403],
		['jonas', 403],
		['sigrid', 403],
		['ove', 403],
		['nina', 404]
	] as const)('is not set, hurried or ended by %s, who may not import', async (who, status) => {
		await set();
		await pull();
		const before = await everything(db());
		const by = place[who];
		for (const act of [
			() => set({}, by),
			() => place.write((tx) => pulls.hurry(tx, by, place.datasetId)),
			() => place.write((tx) => pulls.end(tx, by, place.datasetId))
		])
			expect((await refused(act())).status).toBe(status);
		expect(await everything(db())).toBe(before);
		if (status === 403) expect(await pulls.of(db(), by, place.datasetId)).not.toBeNull();
		else expect((await refused(pulls.of(db(), by, place.datasetId))).status).toBe(404);
	});

	it('runs by itself as soon as it is set, and stops when it is told to', async () => {
		const puller = await startPuller(db(), { wires: there.wires, everyMs: 60_000 });
		await set();
		await eventually(async () => (await now())?.last?.outcome === 'stored');
		there.answer = () => {}; // an address that never answers does not hold the process back
		await hurry();
		await eventually(() => there.heard.length === 2);
		const began = Date.now();
		await puller.stop();
		expect(Date.now() - began).toBeLessThan(5_000);
		const [row] = await db()`select held_until from pulls`;
		expect(row!.held_until).toBeNull();
	});

	it('goes through the open internet unless a test says otherwise', async () => {
		await expect(
			ask({ url: `${there.url}/`, method: 'GET', body: null, headers: {} }, async () => {})
		).rejects.toMatchObject({ code: 'base.outside_unknown' });
	});
});
