import * as cases from '#lib/case/cases.server.ts';
import { startApp, type App } from '../support/app.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { accessible, expect, fits, test } from './story.ts';

test.describe('the first visit', () => {
	let db: TestDatabase;
	let app: App;
	test.beforeAll(async () => {
		db = await freshDatabase();
		app = await startApp(db.url);
	});
	test.afterAll(async () => {
		await app.stop();
		await db.drop();
	});

	test('makes the first person and forum without JavaScript, and is closed after', async ({
		browser
	}) => {
		const context = await browser.newContext({ javaScriptEnabled: false, locale: 'da-DK' });
		const page = await context.newPage();
		await page.goto(`${app.url}/f/anything`);
		await expect(page).toHaveURL(/\/setup$/);
		await page.getByLabel('Forummets navn').fill('Chefforum');
		await page.getByLabel('Center eller forvaltning').fill('Direktionen');
		await page.getByLabel('Navn', { exact: true }).fill('Maja Krog');
		await page.getByLabel('E-mail').fill('maja@example.test');
		await page.getByLabel('Adgangskode').fill('kort');
		await page.getByRole('button', { name: 'Opret forum' }).click();
		await expect(page.getByText('Adgangskoden er for kort')).toBeVisible();
		await expect(page.getByLabel('Forummets navn')).toHaveValue('Chefforum');
		await page.getByLabel('Adgangskode').fill('en lille sætning');
		await page.getByRole('button', { name: 'Opret forum' }).click();
		await expect(page).toHaveURL(/\/f\/chefforum$/);
		await expect(page.getByRole('heading', { name: 'Sådan kommer I i gang' })).toBeVisible();

		await page.goto(`${app.url}/setup`);
		await expect(page).toHaveURL(/\/f\/chefforum$/);
		await context.clearCookies();
		await page.goto(`${app.url}/setup`);
		await expect(page).toHaveURL(/\/sign-in/);
		await context.close();
	});

	test('a page asked for is there after signing in, and never another site’s', async ({
		browser
	}) => {
		const context = await browser.newContext({ locale: 'en-GB' });
		const page = await context.newPage();
		for (const [next, after] of [
			['/f/chefforum/members?x=1', /\/f\/chefforum\/members\?x=1$/],
			['https://elsewhere.example/', /\/f\/chefforum$/],
			['//elsewhere.example/', /\/f\/chefforum$/]
		] as const) {
			await context.clearCookies();
			await page.goto(`${app.url}/sign-in?next=${encodeURIComponent(next)}`);
			await page.getByLabel('E-mail').fill('maja@example.test');
			await page.getByLabel('Password').fill('en lille sætning');
			await page.getByRole('button', { name: 'Sign in' }).click();
			await expect(page).toHaveURL(after);
		}
		const [cookie] = (await context.cookies()).filter(({ name }) => name === 'raadslag_session');
		expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: false });
		await context.close();
	});
});

test('the language follows the browser, then the person, and the page says which', async ({
	as
}) => {
	const page = await as('tove', { locale: 'en-GB' });
	await page.goto('/');
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await page.getByLabel('Menu for Tove Holm').click();
	await page.getByRole('button', { name: 'Dansk' }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'da');
	await expect(page.getByRole('link', { name: 'Sager' }).first()).toBeVisible();
	const elsewhere = await as('tove', { locale: 'en-GB' });
	await elsewhere.goto('/');
	await expect(elsewhere.locator('html')).toHaveAttribute('lang', 'da');
});

test('a session is ended from another browser, and then lets nobody in', async ({ as }) => {
	const stolen = await as('jonas');
	const own = await as('jonas');
	await stolen.goto('/');
	await own.goto('/me');
	await own.getByRole('button', { name: /^Luk:/ }).click();
	await expect(own.getByRole('button', { name: /^Luk:/ })).toHaveCount(0);
	// The page in the other browser hears of it, and asking for another one changes nothing.
	await expect(stolen).toHaveURL(/\/sign-in/);
	await expect(stolen.getByLabel('Adgangskode')).toBeVisible();
	await stolen.goto('/me');
	await expect(stolen).toHaveURL(/\/sign-in/);
	await own.reload();
	await expect(own.getByRole('heading', { name: 'Jonas Bruun' })).toBeVisible();
});

test('the secretary adds a member who can sign in; a chief cannot even ask', async ({
	as,
	world,
	browser
}) => {
	const page = await as('sigrid');
	await page.goto('/f/chefer/members');
	await accessible(page);
	await page.getByLabel('Navn', { exact: true }).fill('Lars Dam');
	await page.getByLabel('E-mail').fill('lars@example.test');
	await page.getByLabel('Center eller forvaltning').fill('Center for Job');
	await page.getByLabel('Første adgangskode').fill('en første sætning');
	await page.getByRole('button', { name: 'Tilføj medlem' }).click();
	await expect(page.getByRole('alert')).toContainText('Lars Dam er nu medlem');

	const lars = await (
		await browser.newContext({ baseURL: world.app.url, locale: 'da-DK' })
	).newPage();
	await lars.goto('/');
	await lars.getByLabel('E-mail').fill('lars@example.test');
	await lars.getByLabel('Adgangskode').fill('en første sætning');
	await lars.getByRole('button', { name: 'Log ind' }).click();
	await expect(lars).toHaveURL(/\/f\/chefer$/);
	await lars.goto('/f/chefer/members');
	await expect(lars.getByRole('button', { name: 'Tilføj medlem' })).toHaveCount(0);
	expect((await lars.goto('/f/chefer/log'))!.status()).toBe(403);
	const before = await world.db.sql`select * from members order by person_id`;
	const [ove] = before.filter(({ role }) => role === 'observer');
	const response = await lars.request.post('/f/chefer/members?/role', {
		form: { person: ove!.person_id, role: 'director' },
		headers: { origin: world.app.url }
	});
	expect(await response.text()).toContain('base.not_allowed');
	expect(await world.db.sql`select * from members order by person_id`).toEqual(before);
	await lars.context().close();
});

test('the menu works by keyboard, and the line fits a telephone', async ({ as }) => {
	const page = await as('maja', { viewport: { width: 360, height: 740 } });
	await page.goto('/f/chefer');
	await page.keyboard.press('Tab');
	await expect(page.getByRole('link', { name: 'Gå til indholdet' })).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page.locator('#content')).toBeFocused();
	const menu = page.getByLabel('Menu for Maja Krog');
	await menu.focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('link', { name: 'Mål', exact: true })).toBeVisible();
	await accessible(page);
	await fits(page);
	await page.keyboard.press('Escape');
	await expect(page.getByRole('link', { name: 'Mål', exact: true })).toBeHidden();
	await expect(menu).toBeFocused();
});

test('what is not there and what is not allowed say so, and answers carry their guards', async ({
	as
}) => {
	const page = await as('ove');
	const missing = await page.goto('/cases/00000000-0000-4000-8000-000000000000');
	expect(missing!.status()).toBe(404);
	await expect(page.getByRole('heading', { name: 'Siden findes ikke' })).toBeVisible();
	const headers = missing!.headers();
	expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
	expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
	expect(headers['cache-control']).toContain('no-store');
	expect((await page.goto('/f/another'))!.status()).toBe(404);
});

test('what one unfolds, chooses and types before the script has come stays as it is', async ({
	as,
	world
}) => {
	const { act, jonas, forumId } = world.people!;
	const caseId = await act((tx) =>
		cases.create(tx, jonas, { forumId, title: 'Tidligt ude', question: 'Hvad nu?' })
	);
	const page = await as('jonas');
	let release = () => {};
	const held = new Promise<void>((resolve) => (release = resolve));
	await page.route(/\/_app\/.*\.js$/, async (route) => {
		await held;
		await route.continue();
	});
	await page.goto(`/cases/${caseId}`, { waitUntil: 'commit' });
	await page.getByText('Der mangler et faktum').click();
	await page.getByLabel('Hvem spørger vi?').selectOption({ label: 'Tove Holm' });
	await page.getByLabel('Hvad mangler vi at vide?').fill('Hvor mange?');
	await page.getByLabel('Menu for Jonas Bruun').click();
	const link = page.getByRole('link', { name: 'Mit arbejde' });
	await expect(link).toBeVisible();
	const listening = page.waitForEvent('websocket');
	release();
	await listening;
	await expect(link).toBeVisible();
	await expect(page.getByLabel('Hvad mangler vi at vide?')).toHaveValue('Hvor mange?');
	await expect(page.getByLabel('Hvem spørger vi?').locator('option:checked')).toHaveText(
		'Tove Holm'
	);
	await page.keyboard.press('Escape');
	await expect(link, 'and the page is alive').toBeHidden();
});
