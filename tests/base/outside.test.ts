import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ask, askable, INTERNET, LIMITS, type Asked } from '#lib/base/outside.server.ts';
import { outside, type Outside } from '../support/outside.ts';

let there: Outside;
beforeEach(async () => {
	there = await outside();
});
afterEach(() => there.stop());

const get = (path: string, over: Partial<Asked> = {}): Asked => ({
	url: there.url + path,
	method: 'GET',
	body: null,
	headers: {},
	...over
});
const text = (asked: Asked, options = {}) =>
	ask(
		asked,
		async (answer) =>
			answer.kind === 'unchanged' ? 'unchanged' : await new Response(answer.body).text(),
		{ wires: there.wires, ...options }
	);
const refusal = (work: Promise<unknown>) =>
	work.then(
		() => Promise.reject(new Error('nothing was refused')),
		({ code, params }: { code: string; params: Record<string, unknown> }) => ({ code, params })
	);
const to = (path: string, status = 302) =>
	void (there.answer = ({ url }, response) =>
		url === '/from'
			? response.writeHead(status, { location: path }).end()
			: response.end('arrived'));

describe('an address that may be asked', () => {
	test.each([
		['http://figures.test/', 'base.outside_https'],
		['file:///etc/passwd', 'base.outside_https'],
		['ftp://figures.test/', 'base.outside_https'],
		['https://maja:hemmelig@figures.test/', 'base.outside_credentials'],
		['figures.test', 'base.outside_address'],
		['', 'base.outside_address'],
		[`https://figures.test/${'x'.repeat(LIMITS.urlLength)}`, 'base.outside_address']
	])('is https and holds no name or password: %s', (url, code) => {
		expect(() => askable(url)).toThrow(code);
	});
});

describe('asking', () => {
	test('gives what is there, and sends what was asked', async () => {
		there.answer = (_, response) => response.setHeader('etag', '"1"').end('Område;Antal\n');
		expect(await text(get('/tal.csv?a=1'))).toBe('Område;Antal\n');
		expect(
			await text(get('/data', { method: 'POST', body: '{"æ":1}', headers: { accept: 'text/csv' } }))
		).toBe('Område;Antal\n');
		expect(there.heard).toMatchObject([
			{ method: 'GET', path: '/tal.csv?a=1', body: '' },
			{ method: 'POST', path: '/data', body: '{"æ":1}', headers: { accept: 'text/csv' } }
		]);
		for (const { headers } of there.heard) {
			expect(headers['accept-encoding']).toBe('identity');
			expect(headers.cookie ?? headers.authorization).toBeUndefined();
		}
	});

	test.each([
		'https://127.0.0.2/',
		'https://127.2/',
		'https://2130706434/',
		'https://0x7f000002/',
		'https://[::1]/',
		'https://[::ffff:127.0.0.1]/',
		'https://[::ffff:a00:1]/',
		'https://10.0.0.1/',
		'https://169.254.169.254/latest/meta-data/',
		'https://100.64.0.1/',
		'https://[fd00::1]/',
		'https://0/'
	])('never reaches what is not on the open internet: %s', async (url) => {
		expect((await refusal(text(get('', { url })))).code).toBe('base.outside_private');
	});

	test('refuses a name of which any address is closed, and one that is not known', async () => {
		const open = { address: '127.0.0.1', family: 4 };
		for (const closed of ['10.0.0.8', '::1', '::ffff:127.0.0.1', 'fe80::1']) {
			const resolve = async () => [open, { address: closed, family: closed.includes(':') ? 6 : 4 }];
			const wires = { ...there.wires, resolve };
			expect((await refusal(text(get('/'), { wires }))).code, closed).toBe('base.outside_private');
		}
		expect(there.heard).toEqual([]);
		expect((await refusal(text(get('', { url: 'https://nowhere.test/' })))).code).toBe(
			'base.outside_unknown'
		);
		expect(
			(await refusal(text(get('', { url: 'https://localhost/' }), { wires: INTERNET }))).code
		).toBe('base.outside_private');
	});

	test('connects to the address it looked at, however the name answers the second time', async () => {
		let asked = 0;
		there.answer = (_, response) => response.end('ok');
		const resolve = async () => [{ address: asked++ === 0 ? '127.0.0.1' : '127.0.0.9', family: 4 }];
		expect(await text(get('/'), { wires: { ...there.wires, resolve } })).toBe('ok');
		expect(asked).toBe(1);
	});

	test('uses no proxy that the environment names', async () => {
		const proxy = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
		await once(proxy, 'listening');
		let met = 0;
		proxy.on('connection', () => met++);
		const { port } = proxy.address() as AddressInfo;
		const before = { ...process.env };
		Object.assign(process.env, {
			HTTPS_PROXY: `http://127.0.0.1:${port}`,
			https_proxy: `http://127.0.0.1:${port}`,
			NODE_USE_ENV_PROXY: '1'
		});
		there.answer = (_, response) => response.end('ok');
		try {
			expect(await text(get('/'))).toBe('ok');
		} finally {
			process.env = before;
			proxy.close();
		}
		expect(met).toBe(0);
	});

	test('does not believe a machine that is not who it says', async () => {
		const { code, params } = await refusal(
			text(get('/'), { wires: { ...there.wires, ca: undefined } })
		);
		expect(code).toBe('base.outside_away');
		expect(params.why).toMatch(/SELF_SIGNED|UNABLE/);
		expect(there.heard).toEqual([]);
	});
});

describe('a redirect', () => {
	test('is followed where it may go', async () => {
		to('/to');
		expect(await text(get('/from'))).toBe('arrived');
		to(`https://other.test:${there.port}/to`);
		expect(await text(get('/from', { headers: { 'x-version': '2', accept: 'text/csv' } }))).toBe(
			'arrived'
		);
		const last = there.heard.at(-1)!;
		expect(last.host).toBe(`other.test:${there.port}`);
		expect(last.headers['x-version']).toBeUndefined();
		expect(last.headers.accept).toBe('text/csv');
	});

	test.each([
		['http://figures.test/to', 'base.outside_https'],
		['https://127.0.0.2/', 'base.outside_private'],
		['https://[::1]/', 'base.outside_private'],
		['//169.254.169.254/', 'base.outside_private'],
		['https://a:b@figures.test/', 'base.outside_credentials'],
		['gopher://figures.test/', 'base.outside_https']
	])('is judged as the first address was: %s', async (path, code) => {
		to(path);
		expect((await refusal(text(get('/from')))).code).toBe(code);
		expect(there.heard).toHaveLength(1);
	});

	test('is followed three times and no more', async () => {
		there.answer = ({ url }, response) => {
			const left = Number(url!.slice(1));
			if (left > 0) response.writeHead(307, { location: `/${left - 1}` }).end();
			else response.end('arrived');
		};
		expect(await text(get('/3'))).toBe('arrived');
		expect((await refusal(text(get('/4')))).code).toBe('base.outside_redirects');
	});

	test('of a query keeps the query when it says so, and asks plainly when it does not', async () => {
		const query = { method: 'POST', body: '{}' } as const;
		for (const [status, method, body] of [
			[307, 'POST', '{}'],
			[308, 'POST', '{}'],
			[302, 'GET', ''],
			[303, 'GET', '']
		] as const) {
			to('/to', status);
			await text(get('/from', query));
			expect(there.heard.at(-1)).toMatchObject({ method, body, path: '/to' });
		}
	});
});

describe('an answer', () => {
	test('that is no file is refused with what it was', async () => {
		there.answer = (_, response) => response.writeHead(503, { 'retry-after': '120' }).end();
		expect(await refusal(text(get('/')))).toEqual({
			code: 'base.outside_answer',
			params: { answer: '503', seconds: 120 }
		});
		there.answer = (_, response) => response.writeHead(304).end();
		expect(await text(get('/'))).toBe('unchanged');
		there.answer = (_, response) => response.setHeader('content-encoding', 'gzip').end('x');
		expect((await refusal(text(get('/')))).code).toBe('base.outside_coding');
	});

	test('that does not come, or not to its end, is given up', async () => {
		const limits = { ...LIMITS, silentMs: 100 };
		there.answer = () => {};
		expect((await refusal(text(get('/'), { limits }))).code).toBe('base.outside_away');
		there.answer = (_, response) => void response.write('Område;');
		await expect(text(get('/'), { limits })).rejects.toThrow();
		const whole = { ...LIMITS, wholeMs: 150 };
		there.answer = (_, response) => {
			const drip = setInterval(() => response.write('x'), 10);
			response.on('close', () => clearInterval(drip));
		};
		await expect(text(get('/'), { limits: whole })).rejects.toThrow();
		there.answer = (_, response) => response.socket!.destroy();
		expect((await refusal(text(get('/')))).code).toBe('base.outside_away');
	});
});
