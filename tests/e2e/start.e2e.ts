import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { startApp, type App } from '../support/app.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
let app: App;
test.beforeAll(async () => {
	db = await freshDatabase({ empty: true });
	app = await startApp(db.url);
});
const EMPTY = ['/work', '/f/nyt'].concat(
	['data', 'data/accounts', 'briefs', 'cases', 'meetings', 'goals', 'backlog', 'budget', 'glossary']
		.concat('hand-over')
		.map((page) => `/f/nyt/${page}`)
);
test.afterAll(async () => {
	await app?.stop();
	await db?.drop();
});

test('the server migrates an empty database, answers its probes and asks for the first person', async ({
	page
}) => {
	expect(await (await fetch(`${app.url}/healthz`)).text()).toBe('ok');
	expect((await fetch(`${app.url}/readyz`)).status).toBe(200);
	await page.goto(app.url);
	await expect(page).toHaveURL(/\/setup$/);
	await expect(page.locator('h1')).toBeVisible();
});

test('a forum with nothing in it says on every page what to do next, and leads there', async ({
	page
}) => {
	await page.goto(`${app.url}/setup`);
	for (const name of ['forum', 'municipality', 'department', 'name'])
		await page.locator(`[name=${name}]`).fill('Nyt');
	await page.locator('[name=email]').fill('maja@lindeby.example');
	await page.locator('[name=password]').fill('en lang sætning om vinteren');
	await page.locator('main form button').click();
	await expect(page).toHaveURL(/\/f\/nyt$/);
	for (const path of EMPTY) {
		await page.goto(app.url + path);
		const next = page.locator('main .empty a, main form, main ol a').filter({ visible: true });
		await expect.soft(next.first(), path).toBeVisible();
	}
});

test('a form sent from another site is refused, by any name the machine is reached by', async () => {
	const body = new URLSearchParams({ email: 'x@example.test', password: 'x' });
	for (const url of [app.url, app.url.replace('localhost', '127.0.0.1')]) {
		const post = (origin: string) =>
			fetch(`${url}/sign-in`, { method: 'POST', body, headers: { origin }, redirect: 'manual' });
		expect((await post('http://elsewhere.example')).status).toBe(403);
		expect((await post(url)).status).not.toBe(403);
	}
});

test('a form larger than any form is turned away unread', async () => {
	const { hostname, port } = new URL(app.url);
	const socket = connect(Number(port), hostname);
	socket.write('POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 3000000\r\n\r\n');
	const [answer] = await once(socket, 'data');
	expect(String(answer)).toContain(' 413 ');
	socket.destroy();
});

test('a stopped server lets go of its port and says nothing wrong', async () => {
	const second = await startApp(db.url);
	await second.stop();
	await expect(fetch(`${second.url}/healthz`)).rejects.toThrow();
	expect(second.output()).not.toMatch(/error/i);
});
