import { afterAll, afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { ask } from '#lib/base/outside.server.ts';
import { type PullInput } from '#lib/data/pull.ts';
import { pullSchema } from '#lib/data/pull-input.ts';
import { pullNext, startPuller } from '#lib/data/puller.server.ts';
import * as pulls from '#lib/data/pulls.server.ts';
import { pullsStuck } from '#lib/data/waiting.server.ts';
import { newest } from '#lib/data/versions.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { eventually } from '../support/eventually.ts';
import { outside, type Outside } from '../support/outside.ts';
import { utf8 } from './bytes.ts';
import { everything, furnish, refused, type Place } from './place.ts';

const small = 'Område;År;Sager\nNord;2018;120\nSyd;2018;90\n';

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

	it('says with the version it became what one should know of it, to those who bring in figures', async () => {
		const areas = (north: number) =>
			`Område;År;Børn\nNord;2018;${north}\nSyd;2018;40\nØst;2018;12\nI alt;2018;${north + 52}\n`;
		for (let nth = 0; nth < 13; nth++) await place.store(utf8(areas(20 + nth)));
		there.answer = (_, response) => response.end(areas(50));
		await set();
		await pull();
		const told = async (person: Place['ove']) =>
			(await pulls.of(db(), person, place.datasetId))!.last!.notes.map(({ code }) => code);
		expect(await told(place.else_)).toEqual(['data.not_held']);
		expect(await told(place.tove)).toEqual(['data.not_held']); // of its department
		for (const person of [place.ove, place.jonas]) expect(await told(person)).toEqual([]);
		await hurry();
		await pull();
		expect(await now()).toMatchObject({ last: { outcome: 'unchanged', number: 14 } });
		expect(await told(place.else_)).toEqual(['data.not_held']);
	});

	it('that nothing can be made of stands among its owner’s work until it can', async () => {
		const work = async (person: Place['ove']) =>
			(await pullsStuck(db(), person)).map(({ title }) => title);
		await set();
		await pull();
		expect(await work(place.else_)).toEqual([]);
		there.answer = (_, response) => response.end('Område;År;Sager\nNord;2018;x\nSyd;2018;90\n');
		await hurry();
		await pull();
		expect(await work(place.else_)).toEqual(['Boligområderne']);
		expect(await work(place.tove)).toEqual([]);
		await db()`update datasets set second_id = ${place.tove.id}`;
		expect(await work(place.tove)).toEqual(['Boligområderne']);
		there.answer = (_, response) => response.writeHead(503).end();
		await hurry();
		await pull();
		expect(await work(place.else_), 'it is tried again by itself').toEqual([]);
		await db()`update pulls set failures = 7, next_at = now()`;
		await pull();
		expect(await work(place.else_)).toEqual(['Boligområderne']);
		there.answer = (_, response) => response.end(small.replace('90', '92'));
		await hurry();
		await pull();
		expect(await work(place.else_)).toEqual([]);
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
