import type { Page } from '@playwright/test';
import * as cases from '#lib/case/cases.server.ts';
import { plainText } from '#lib/document/content.ts';
import * as documents from '#lib/document/documents.server.ts';
import { expect, type World } from './story.ts';

/** A case somebody types in, and where what they type is: on the server, on the device, nowhere. */

export const SLOW = { timeout: 60_000 };
export const SAVED = /^Gemt/;
export const HERE = /ligger på denne enhed/;
export const editor = (page: Page) => page.locator('#account .ProseMirror[contenteditable="true"]');
export const state = (page: Page) => page.locator('.saved');
export const left = (page: Page) => page.locator('#not-included');

export async function makeCase(world: World, title: string) {
	const { act, jonas, forumId } = world.people!;
	const caseId = await act((tx) =>
		cases.create(tx, jonas, { forumId, title, question: 'Hvad er sket?', kind: 'decision' })
	);
	return { caseId, stored: await storedOf(world, caseId) };
}

export async function storedOf(world: World, caseId: string) {
	const document = (await documents.ofObject(world.db.sql, caseId))!;
	return async () => plainText((await documents.content(world.db.sql, document.id)).account);
}

export async function open(page: Page, caseId: string) {
	await page.goto(`/cases/${caseId}`);
	await editor(page).waitFor(SLOW);
	await expect(state(page)).toHaveText(SAVED, SLOW);
}

export async function write(page: Page, text: string) {
	await editor(page).click();
	await page.keyboard.press('Control+End');
	await page.keyboard.type(text);
	await expect(editor(page)).toContainText(text.trim());
}

/** The page is kept, and what it is made of. */
export async function keptPage(page: Page, caseId: string) {
	await expect
		.poll(
			() =>
				page.evaluate(async (path) => {
					const names = (await caches.keys()).filter((name) => name.startsWith('raadslag:'));
					const found = await Promise.all(
						names.map(async (name) => (await caches.open(name)).match(path))
					);
					const parts = await (await caches.open('raadslag-parts')).keys();
					return (
						found.some(Boolean) && parts.length > 20 && navigator.serviceWorker.controller !== null
					);
				}, `/cases/${caseId}`),
			SLOW
		)
		.toBe(true);
}

/** Names of what this browser keeps. */
export const keptIn = (page: Page) =>
	page.evaluate(async () => [
		...(await indexedDB.databases()).map(({ name }) => name!),
		...(await caches.keys())
	]);

/** For a look with one's own eyes. */
export async function shoot(page: Page, name: string) {
	if (!process.env.SHOTS) return;
	const size = page.viewportSize()!;
	for (const colorScheme of ['light', 'dark'] as const)
		for (const width of [360, 1280, 1920]) {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width, height: 800 });
			await page.screenshot({ path: `${process.env.SHOTS}/${name}-${width}-${colorScheme}.png` });
		}
	await page.emulateMedia({ colorScheme: null });
	await page.setViewportSize(size);
}
