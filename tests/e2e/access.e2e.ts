import type { Page } from '@playwright/test';
import * as cases from '#lib/case/cases.server.ts';
import { plainText } from '#lib/document/content.ts';
import * as documents from '#lib/document/documents.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import { callMeeting, makeHousing } from './housing.ts';
import { accessible, expect, fits, test, type World } from './story.ts';

/** Who is in on what, changed in one browser and felt in another at once; and a session ended elsewhere. */

test.setTimeout(120_000);

const SLOW = { timeout: 60_000 };
/** A change reaches every open page within a second; the rest is for a busy machine. */
const SOON = { timeout: 5_000 };
const SAVED = /^Gemt/;
const editor = (page: Page) => page.locator('#account .ProseMirror[contenteditable="true"]');
const state = (page: Page) => page.locator('.saved');
const panel = (page: Page) => page.locator('#openness');

async function makeCase({ people }: World, title: string, confidential = false) {
	const { act, jonas, tove, forumId } = people!;
	return await act(async (tx) => {
		const id = await cases.create(tx, jonas, {
			forumId,
			title,
			question: 'Hvem er med?',
			confidential
		});
		await objects.addAuthor(tx, jonas, id, tove.id);
		return id;
	});
}

async function open(page: Page, id: string) {
	await page.goto(`/cases/${id}`);
	await editor(page).waitFor(SLOW);
	await expect(state(page)).toHaveText(SAVED, SLOW);
}

async function unfold(page: Page) {
	await page.waitForLoadState('networkidle');
	await panel(page).locator('summary').press('Enter');
	await expect(panel(page).getByRole('heading', { name: 'Hvem læser' })).toBeVisible();
}

test('a co-author is taken out of a confidential case: their open text closes in words, and opens again on undo', async ({
	as,
	world
}) => {
	const id = await makeCase(world, 'Fortrolig omlægning', true);
	const [jonas, tove] = [await as('jonas'), await as('tove')];
	await open(tove, id);
	await open(jonas, id);
	await unfold(jonas);
	await expect(panel(jonas)).toContainText('Ansvarlig. Overdrag sagen');
	await expect(panel(jonas).getByRole('button', { name: 'Tag Jonas Bruun ud' })).toHaveCount(0);
	await accessible(jonas);
	await panel(jonas).getByRole('button', { name: 'Tag Tove Holm ud' }).press('Enter');

	await expect(tove.getByRole('heading', { level: 1 })).toHaveText(/Sag \d+ er fortrolig/, SOON);
	await expect(editor(tove)).toHaveCount(0);
	await expect(tove.getByText('Spørg Jonas Bruun')).toBeVisible();
	await expect(editor(jonas), 'the owner writes on').toBeVisible();

	await expect(jonas.getByText('Tove Holm skriver ikke længere med.')).toBeVisible();
	await jonas.getByRole('button', { name: 'Fortryd' }).press('Enter');
	await expect(editor(tove)).toBeVisible(SLOW);
	await expect(state(tove)).toHaveText(SAVED, SLOW);
	await expect(jonas.getByText('Tove Holm skriver nu med.')).toBeVisible();
});

test('a case made confidential closes for its readers, and what they had not got saved is theirs still', async ({
	as,
	world
}) => {
	const id = await makeCase(world, 'Åben sag');
	const [jonas, else_] = [await as('jonas'), await as('else_')];
	await open(else_, id);
	await open(jonas, id);
	await unfold(jonas);
	await panel(jonas).getByRole('button', { name: 'Gør fortrolig' }).click();
	await expect(else_.getByRole('heading', { level: 1 })).toHaveText(/Sag \d+ er fortrolig/, SOON);
	await expect(editor(else_)).toHaveCount(0);
	await expect(jonas.getByText('Kun de, der skriver, og formanden')).toHaveCount(2);
	await jonas.getByRole('button', { name: 'Fortryd' }).click();
	await expect(editor(else_)).toBeVisible(SLOW);
});

test('who is not impartial is shut out in the meeting, with a reason, and let in again', async ({
	as,
	world
}) => {
	const people = world.people!;
	const { caseId } = await makeHousing(people);
	const { id: meetingId, itemId } = await callMeeting(people, caseId);
	const [maja, tove] = [await as('maja'), await as('tove')];
	await open(tove, caseId);
	await maja.goto(`/meetings/${meetingId}?item=${itemId}`);
	await maja.waitForLoadState('networkidle');
	await maja.locator('summary', { hasText: 'Inhabilitet' }).press('Enter');
	const shut = maja.getByRole('region', { name: 'Inhabilitet' });
	await shut
		.getByLabel('Luk sagen for')
		.selectOption({ label: `Tove Holm, ${people.tove.departmentName}` });
	await shut.getByLabel('Hvorfor').fill('Ejer en bolig i området');
	await shut.getByRole('button', { name: 'Luk sagen' }).press('Enter');
	await expect(tove.getByRole('heading', { level: 1 })).toHaveText(/er lukket for dig/, SOON);
	await expect(editor(tove)).toHaveCount(0);
	await expect(shut).toContainText('Tove Holm: »Ejer en bolig i området«');
	await accessible(maja);
	await fits(maja);

	await shut.getByRole('button', { name: 'Luk Tove Holm ind igen' }).press('Enter');
	await expect(tove.getByRole('heading', { level: 1 })).not.toHaveText(/er lukket for dig/, SOON);
	await expect(shut).toContainText('Ingen er lukket ude.');
	await maja.getByRole('button', { name: 'Fortryd' }).press('Enter');
	await expect(shut, 'undone with the same reason').toContainText('»Ejer en bolig i området«');
});

test('without JavaScript: authors, confidentiality, handing over and moving are forms like any other', async ({
	as,
	world
}) => {
	const id = await makeCase(world, 'Uden script');
	const options = { javaScriptEnabled: false };
	const jonas = await as('jonas', options);
	const unfolded = async () => {
		if (!(await panel(jonas).evaluate((one: HTMLDetailsElement) => one.open)))
			await panel(jonas).locator('summary').click();
	};
	await jonas.goto(`/cases/${id}`);
	await unfolded();
	await panel(jonas).getByRole('button', { name: 'Gør fortrolig' }).click();
	await expect(jonas.getByText('Fortrolig', { exact: true })).toBeVisible();
	await jonas.getByRole('button', { name: 'Fortryd' }).click();
	await expect(jonas.getByText('Alle medlemmer kan nu læse dette.')).toBeVisible();
	await unfolded();
	await panel(jonas).getByLabel('Overdrag ansvaret til').selectOption({ index: 1 });
	await panel(jonas).getByRole('button', { name: 'Overdrag', exact: true }).click();
	await expect(jonas.getByText('er nu ansvarlig.')).toBeVisible();
	await jonas.getByRole('button', { name: 'Fortryd' }).click();
	await expect(jonas.getByText('Jonas Bruun er nu ansvarlig.')).toBeVisible();

	const sigrid = await as('sigrid', options);
	await sigrid.goto('/f/chefer/members');
	const tove = sigrid.locator('li', { hasText: 'Tove Holm' });
	await tove.locator('summary').click();
	await tove.getByLabel('Nyt center for Tove Holm').fill(world.people!.else_.departmentName);
	await tove.getByRole('button', { name: 'Flyt', exact: true }).click();
	await expect(tove).toContainText(world.people!.else_.departmentName);
	await sigrid.getByRole('button', { name: 'Fortryd' }).click();
	await expect(tove).toContainText(world.people!.tove.departmentName);
});

test('a session ended elsewhere leaves nothing saved in the browser, and nothing unsaved is lost', async ({
	as,
	world
}) => {
	const { act, tove: person } = world.people!;
	const id = await makeCase(world, 'Andetsteds');
	const document = (await documents.ofObject(world.db.sql, id))!;
	const stored = async () =>
		plainText((await documents.content(world.db.sql, document.id)).account);
	const page = await as('tove');
	const revoke = async () => {
		const open = await sessions.list(world.db.sql, person);
		await act(async (tx) => {
			for (const session of open) await sessions.revoke(tx, person, session.id);
		});
	};
	/** While the page is being replaced there is nobody to ask. */
	const kept = () =>
		page
			.evaluate(async () => {
				const databases = (await indexedDB.databases()).map(({ name }) => name!);
				const all = [...databases, ...(await caches.keys())];
				return all.filter((name) => name.startsWith('raadslag:'));
			})
			.catch(() => ['not known']);
	const waiting = page.getByText('På denne enhed ligger ord');

	await test.step('saved: everything goes', async () => {
		await open(page, id);
		await editor(page).click();
		await page.keyboard.type('Gemt.');
		await expect(state(page)).toHaveText(SAVED, SLOW);
		await expect.poll(kept, SLOW).toHaveLength(2);
		await revoke();
		await page.waitForURL(/\/sign-in/, SOON);
		await expect.poll(kept).toEqual([]);
		await expect(page.getByRole('button', { name: 'Log ind' })).toBeVisible();
		await expect(waiting).toHaveCount(0);
	});

	await test.step('unsaved: the sign-in page says so, and the same person gets it in', async () => {
		await signInAgain(world, page);
		let held = false;
		await page.routeWebSocket(/\/sync\//, (route) => {
			const server = route.connectToServer();
			route.onMessage((message) => void (held || server.send(message)));
		});
		await open(page, id);
		held = true;
		await editor(page).click();
		await page.keyboard.press('Control+End');
		await page.keyboard.type(' Ikke gemt.');
		await expect(editor(page)).toContainText('Ikke gemt.');
		await revoke();
		await page.waitForURL(/\/sign-in/, SOON);
		await expect(waiting).toBeVisible();
		await expect
			.poll(() => page.content().catch(() => 'Tove'), 'not whose, nor which')
			.not.toMatch(/Tove|Andetsteds/);
		await expect(waiting).toBeVisible();
		await accessible(page);
		await fits(page);
		await expect.poll(kept).toHaveLength(1);
		held = false;
		expect(await stored()).toBe('Gemt.');
		await signInAgain(world, page);
		await open(page, id);
		await expect.poll(stored, SLOW).toBe('Gemt. Ikke gemt.');
	});
});

async function signInAgain(world: World, page: Page) {
	const { signIn } = await import('./story.ts');
	await signIn(world, page.context(), 'tove');
}
