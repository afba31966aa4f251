import { emailOf, PASSWORD } from '#lib/thread/demo/people.ts';
import { accessible, expect, test } from './story.ts';

test.use({ stage: 'demo' });

test('a director signs in with e-mail and password, reads the page in English, and signs out', async ({
	world,
	page
}) => {
	await page.goto(world.app.url);
	await expect(page).toHaveURL(/sign-in/);
	await accessible(page);
	await page.getByLabel('E-mail').fill(emailOf('maja'));
	await page.getByLabel('Adgangskode').fill('ikke den rigtige');
	await page.getByRole('button', { name: 'Log ind' }).click();
	const wrong = await page.getByRole('alert').innerText();
	await page.getByLabel('E-mail').fill('ingen@lindeby.example');
	await page.getByLabel('Adgangskode').fill('ikke den rigtige');
	await page.getByRole('button', { name: 'Log ind' }).click();
	await expect(page.getByRole('alert')).toHaveText(wrong);
	await page.getByLabel('E-mail').fill(emailOf('maja'));
	await page.getByLabel('Adgangskode').fill(PASSWORD);
	await page.getByRole('button', { name: 'Log ind' }).click();
	await expect(page).toHaveURL(/\/f\/centerchefforum/);
	await expect(page.locator('html')).toHaveAttribute('lang', 'da');

	const menu = page.locator('header summary').last();
	await menu.click();
	await page.getByRole('button', { name: 'English' }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await expect(page.getByRole('heading', { name: 'Cases under way' })).toBeVisible();
	await menu.click();
	await page.getByRole('button', { name: 'Sign out' }).click();
	await expect(page).toHaveURL(/sign-in/);
	await page.goto(`${world.app.url}/f/centerchefforum`);
	await expect(page).toHaveURL(/sign-in/);
});
