import { decide } from '#lib/thread/decide.server.ts';
import { cable } from './cable.ts';
import { callMeeting, makeHousing, settled } from './housing.ts';
import { accessible, expect, fits, test } from './story.ts';
import {
	HERE,
	SAVED,
	SLOW,
	editor,
	keptIn,
	keptPage,
	left,
	makeCase,
	open,
	shoot,
	state,
	storedOf,
	write
} from './typed.ts';

/** Nothing typed is lost: not with the network, not with the tab, not with the decision. */

test.setTimeout(240_000);
test.use({ actionTimeout: 30_000 });

test('what is typed without a network survives the tab, and the page opens without one', async ({
	as,
	world
}) => {
	const jonas = await as('jonas');
	const context = jonas.context();
	const { caseId, stored } = await makeCase(world, 'Fra to til otte områder');
	const { caseId: otherId } = await makeCase(world, 'En sag, der ikke er åbnet');

	await test.step('typed offline, and the tab is closed', async () => {
		await open(jonas, caseId);
		await write(jonas, 'Skrevet ved skrivebordet.');
		await expect(state(jonas)).toHaveText(SAVED, SLOW);
		await keptPage(jonas, caseId);
		await context.setOffline(true);
		await write(jonas, ' Skrevet i toget.');
		await expect(state(jonas)).toHaveText(HERE, SLOW);
		const asked = jonas.waitForEvent('dialog');
		await jonas.close({ runBeforeUnload: true });
		expect((await asked).type(), 'leaving with unsaved edits asks').toBe('beforeunload');
		await (await asked).accept();
		expect(await stored()).toBe('Skrevet ved skrivebordet.');
	});

	const train = await context.newPage();
	await test.step('the page opens offline with it, and one writes on', async () => {
		await train.goto(`/cases/${caseId}`);
		await expect(editor(train)).toHaveText(/Skrevet ved skrivebordet\. Skrevet i toget\./, SLOW);
		await expect(state(train)).toHaveText(/ikke gemt i \d+ s, ligger på denne enhed/, SLOW);
		await write(train, ' Og i bussen.');
		await accessible(train);
		await shoot(train, 'offline');
	});

	await test.step('another page says that there is no network, and what one can open', async () => {
		const other = await context.newPage();
		await other.goto(`/cases/${otherId}`).catch(() => {});
		await expect(other.getByRole('heading', { name: 'Ingen forbindelse' })).toBeVisible();
		await expect(other.getByRole('link', { name: /Fra to til otte områder/ })).toBeVisible();
		await expect(other.getByText('En sag, der ikke er åbnet')).toHaveCount(0);
		await accessible(other);
		await shoot(other, 'offline-page');
		await other.close();
		await train.close();
	});

	await test.step('opened with a network again, it merges with what another wrote meanwhile', async () => {
		const tove = await as('tove');
		await open(tove, caseId);
		await editor(tove).click();
		await tove.keyboard.press('Control+Home');
		await tove.keyboard.type('Toves indledning. ');
		await expect(state(tove)).toHaveText(SAVED, SLOW);
		await context.setOffline(false);
		const back = await context.newPage();
		await open(back, caseId);
		const all = 'Toves indledning. Skrevet ved skrivebordet. Skrevet i toget. Og i bussen.';
		await expect(editor(back)).toContainText('Toves indledning.', SLOW);
		await expect(editor(tove)).toContainText('Og i bussen.', SLOW);
		expect(await stored()).toBe(all);
		await back.reload();
		await editor(back).waitFor(SLOW);
		await expect(state(back)).toHaveText(SAVED, SLOW);
		expect(await stored(), 'sent once').toBe(all);
	});
});

test('decided while one is away: what did not get in is shown as a difference until one is done with it', async ({
	as,
	world
}) => {
	const people = world.people!;
	const { caseId } = await makeHousing(people);
	await callMeeting(people, caseId);
	const basis = await settled(people, caseId);
	const stored = await storedOf(world, caseId);
	const jonas = await as('jonas');
	const context = jonas.context();
	await open(jonas, caseId);
	const before = await stored();
	const [first] = before.split(/(?<=\s)/);

	await context.setOffline(true);
	await expect(state(jonas)).toHaveText(HERE, SLOW);
	await editor(jonas).click();
	await jonas.keyboard.press('Control+Home');
	await jonas.keyboard.press('Control+Shift+ArrowRight');
	await jonas.keyboard.type('Naturligvis ');
	await jonas.close();
	await people.act((tx) =>
		decide(tx, people.maja, {
			...basis,
			caseId,
			wording: 'Planen udvides til otte områder fra 2019.',
			rationale: { facts: 'Fraværet stiger.', values: '', sideConditions: '', constraints: '' },
			dissent: '',
			decider: 'director',
			method: 'chair',
			goals: [],
			actions: [],
			none: 'Følges i forvejen.'
		})
	);
	await context.setOffline(false);

	const page = await context.newPage();
	await page.goto(`/cases/${caseId}`);
	await expect(left(page).locator('ins')).toContainText('Naturligvis', SLOW);
	await expect(left(page).locator('del')).toContainText(first!.trim());
	await expect(left(page)).toContainText('Teksten blev lukket, før dette nåede frem.');
	await expect(state(page)).toContainText('Noget af det, du skrev, kom ikke med');
	await accessible(page);
	await shoot(page, 'not-included');
	expect(await stored(), 'the decided text is as it was').toBe(before);

	await page.reload();
	await expect(left(page).locator('ins'), 'it is still there').toContainText('Naturligvis', SLOW);
	await left(page).getByRole('button', { name: 'Færdig med det' }).click();
	await expect(left(page)).toHaveCount(0);
	await page.getByRole('button', { name: 'Fortryd' }).click();
	await expect(left(page).locator('ins')).toContainText('Naturligvis');
	await left(page).getByRole('button', { name: 'Færdig med det' }).click();
	await expect(left(page)).toHaveCount(0);
	await expect
		.poll(async () => (await keptIn(page)).filter((name) => /^raadslag:.*:\d+$/.test(name)))
		.toEqual([]);
	await page.reload();
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await page.waitForLoadState('networkidle');
	await expect(left(page)).toHaveCount(0);
	await expect(state(page), 'a settled page opens no room').toHaveCount(0);
});

test('signing out asks when something is not saved, and clears what the browser keeps', async ({
	as,
	world
}) => {
	const wire = await cable();
	const tove = await as('tove', { proxy: wire.proxy });
	const { caseId, stored } = await makeCase(world, 'Udviklingspuljen');
	await open(tove, caseId);
	await write(tove, 'Puljen.');
	await expect(state(tove)).toHaveText(SAVED, SLOW);
	await keptPage(tove, caseId);
	expect((await keptIn(tove)).filter((name) => name.startsWith('raadslag:')).length).toBe(2);

	await wire.pull(tove.context());
	await write(tove, ' Ikke gemt.');
	await expect(state(tove)).toHaveText(HERE, SLOW);
	await tove.getByLabel(/Menu/).first().click();
	await tove.getByRole('button', { name: 'Log ud' }).click();
	const asked = tove.getByRole('dialog', { name: 'Noget er ikke gemt endnu' });
	await expect(asked).toContainText('Udviklingspuljen');
	await accessible(tove);
	await shoot(tove, 'sign-out');
	await asked.getByRole('button', { name: 'Bliv logget ind' }).click();
	await expect(editor(tove)).toContainText('Puljen. Ikke gemt.');
	await wire.plug(tove.context());
	await expect(state(tove)).toHaveText(SAVED, SLOW);
	expect(await stored()).toBe('Puljen. Ikke gemt.');

	await tove.getByLabel(/Menu/).first().click();
	await tove.getByRole('button', { name: 'Log ud' }).click();
	await tove.waitForURL(/\/sign-in/);
	expect((await keptIn(tove)).filter((name) => name.startsWith('raadslag:'))).toEqual([]);
	await tove.goto(`/cases/${caseId}`);
	await tove.waitForURL(/\/sign-in/);
});

test('the words fit a narrow screen, in both languages', async ({ as, world }) => {
	const wire = await cable();
	const viewport = { width: 360, height: 720 };
	const page = await as('jonas', { viewport, proxy: wire.proxy });
	const { caseId } = await makeCase(world, 'Smalt');
	for (const [locale, saved, words] of [
		['da', SAVED, /^Ingen forbindelse – ikke gemt i \d+ s, ligger på denne enhed/],
		['en', /^Saved/, /^No connection – not saved for \d+ s, kept on this device/]
	] as const) {
		await world.db.sql`update persons set locale = ${locale} where name = 'Jonas Bruun'`;
		await page.goto(`/cases/${caseId}`);
		await editor(page).waitFor(SLOW);
		await expect(state(page)).toHaveText(saved, SLOW);
		await wire.pull(page.context());
		await write(page, 'Abc.');
		await expect(state(page)).toHaveText(words, SLOW);
		await expect(state(page)).toBeInViewport();
		await fits(page);
		await shoot(page, `narrow-${locale}`);
		await wire.plug(page.context());
		await expect(state(page)).toHaveText(saved, SLOW);
	}
	await world.db.sql`update persons set locale = 'da' where name = 'Jonas Bruun'`;
});
