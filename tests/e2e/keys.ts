import type { Locator, Page } from '@playwright/test';

/** What one who has only keys can do. */

/** Tab, and again, until what has the focus is called so. */
export async function tabTo(page: Page, name: string | RegExp, { back = false, most = 150 } = {}) {
	const wanted = page.locator('*:focus').and(
		page
			.getByRole('link', { name })
			.or(page.getByRole('button', { name }))
			.or(page.getByRole('textbox', { name }))
			.or(page.getByRole('radio', { name }))
			.or(page.getByRole('combobox', { name }))
			.or(page.locator('summary').filter({ hasText: name }))
	);
	for (let i = 0; i < most; i++) {
		await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
		if ((await wanted.count()) > 0) return;
	}
	throw new Error(`the keyboard does not reach ${String(name)}`);
}
/** Tab, and again, until one is in it. */
export async function tabInto(page: Page, place: Locator) {
	for (let i = 0; i < 150; i++) {
		if (await place.evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press('Tab');
	}
	throw new Error('the keyboard does not get into it');
}
export const press = async (page: Page, name: string | RegExp, options?: { back?: boolean }) => {
	await tabTo(page, name, options);
	await page.keyboard.press('Enter');
};
export const focused = (page: Page) => page.locator('*:focus');
