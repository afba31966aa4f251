import { test as base, expect, type BrowserContext, type Page } from '@playwright/test';
import AxeBuilder from '@axe-core/playwright';
import * as persons from '#lib/people/persons.server.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import { transact } from '#lib/base/sql.server.ts';
import { fillDemo } from '#lib/thread/demo/fill.server.ts';
import { emailOf } from '#lib/thread/demo/people.ts';
import { startApp, type App } from '../support/app.ts';
import { cast, type Cast } from '../support/cast.ts';
import { filledDatabase, freshDatabase, type TestDatabase } from '../support/database.ts';

/**
 * What every story starts from: the real built server on a database of its own, with the cast in a
 * forum (`stage: 'cast'`, the default) or the whole demo (`stage: 'demo'`), one per test file.
 */
export type World = { db: TestDatabase; app: App; people: Cast | null };

type Fixtures = {
	stage: 'cast' | 'demo';
	world: World;
	/** A browser of their own for the person of that name (of the cast, or the demo's key), signed in. */
	as: (
		name: string,
		options?: Parameters<import('@playwright/test').Browser['newContext']>[0]
	) => Promise<Page>;
};

/** Playwright knows tests and workers; a file's world is kept by the worker until the next file's. */
let standing: { file: string; world: World } | undefined;

async function leave(): Promise<void> {
	const left = standing?.world;
	standing = undefined;
	await left?.app.stop();
	await left?.db.drop();
}

export const test = base.extend<Fixtures, { leaving: void }>({
	leaving: [
		async ({ playwright: _playwright }, use) => {
			await use();
			await leave();
		},
		{ scope: 'worker', auto: true }
	],
	stage: ['cast', { option: true }],
	world: [
		async ({ stage }, use, { file }) => {
			if (standing?.file !== file) {
				await leave();
				const db =
					stage === 'demo'
						? await filledDatabase('demo', (sql) => fillDemo(sql, () => {}))
						: await freshDatabase();
				const people = stage === 'cast' ? await cast(db.sql) : null;
				standing = { file, world: { db, app: await startApp(db.url), people } };
			}
			await use(standing.world);
		},
		{ timeout: 240_000 }
	],
	as: async ({ world, browser }, use, info) => {
		const open: BrowserContext[] = [];
		const complaints: string[] = [];
		await use(async (name, options = {}) => {
			const context = await browser.newContext({
				baseURL: world.app.url,
				locale: 'da-DK',
				timezoneId: 'Europe/Copenhagen',
				viewport: { width: 1280, height: 900 },
				...options
			});
			open.push(context);
			await signIn(world, context, name);
			const page = await context.newPage();
			page.on('pageerror', (error) => complaints.push(`${name}: ${error.stack}`));
			page.on('console', (message) => {
				if (message.type() === 'error' && !expected(message.text()))
					complaints.push(`${name}: ${message.text()}`);
			});
			return page;
		});
		for (const context of open) await context.close();
		if (info.status === info.expectedStatus)
			expect(complaints, 'the browser complains of nothing').toEqual([]);
	}
});

/** A refused request and a cut network are told by the browser too; the stories tell them themselves. */
const expected = (text: string) =>
	/status of 4\d\d|WebSocket connection|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION/.test(text);

/** A session as signing in makes one; the sign-in page has a story of its own. */
export async function signIn(world: World, context: BrowserContext, name: string): Promise<void> {
	const { sql } = world.db;
	const email = world.people ? world.people[name as 'maja'].email : emailOf(name);
	const person = (await persons.byEmail(sql, email))!;
	const { token } = await transact((tx) => sessions.open(tx, person, 'story'), sql);
	await context.addCookies([
		{ name: sessions.COOKIE, value: token, url: world.app.url, httpOnly: true, sameSite: 'Lax' }
	]);
}

/** No violation of WCAG 2.2 A and AA that a machine can see. */
export async function accessible(page: Page): Promise<void> {
	const { violations } = await new AxeBuilder({ page })
		.setLegacyMode() // all our frames are one origin: no second page is needed
		.options({
			runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
			resultTypes: ['violations'] // what passes need not be told node by node
		})
		.analyze();
	expect
		.soft(
			violations.map(
				({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`
			),
			page.url()
		)
		.toEqual([]);
}

/** Nothing reaches outside the screen sideways. */
export async function fits(page: Page): Promise<void> {
	const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	expect.soft(over, `${page.url()} is wider than the screen`).toBeLessThanOrEqual(0);
}

export { expect };
