import { emailOf, PASSWORD } from '#lib/thread/demo/people.ts';
import { accessible, expect, test } from './story.ts';

test.use({ stage: 'demo' });

test('a director signs in, is not told which of two was wrong, reads in English, and signs out', async ({
	world,
	page
}) => {
	await page.goto(world.app.url);
	await expect(page).toHaveURL(/sign-in/);
	await accessible(page);
	const tell = async (email: string, password: string) => {
		await page.getByLabel('E-mail').fill(email);
		await page.getByLabel('Adgangskode').fill(password);
		const answered = page.waitForResponse((response) => response.request().method() === 'POST');
		await page.getByRole('button', { name: 'Log ind' }).click();
		await answered;
	};
	await tell(emailOf('maja'), 'ikke den rigtige');
	const wrong = await page.getByRole('alert').innerText();
	await tell('ingen@lindeby.example', 'ikke den rigtige');
	await expect(page.getByRole('alert')).toHaveText(wrong);
	await tell(emailOf('maja'), PASSWORD);
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
