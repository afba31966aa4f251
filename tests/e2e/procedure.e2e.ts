import type { Page } from '@playwright/test';
import * as cases from '#lib/case/cases.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import { opened } from '#lib/meeting/reading.server.ts';
import { accessible, expect, fits, test } from './story.ts';

/** A case on its way to the forum: sent back with comments on passages, changed, approved, sent out, read. */

const TEXT = 'Vi indstiller otte områder. Udgiften holdes inden for rammen i fire år.';

const editor = (page: Page) => page.locator('#recommendation .ProseMirror[contenteditable="true"]');

/** Selects words of the recommendation as a person would who drags over them. */
async function select(page: Page, words: string) {
	await editor(page).waitFor();
	await expect(async () => {
		const selected = await page.evaluate(async (words) => {
			const walker = document.createTreeWalker(
				document.querySelector('#recommendation')!,
				NodeFilter.SHOW_TEXT
			);
			for (let text = walker.nextNode(); text; text = walker.nextNode()) {
				const at = text.textContent!.indexOf(words);
				if (at < 0) continue;
				text.parentElement!.closest<HTMLElement>('[contenteditable="true"]')?.focus();
				getSelection()!.setBaseAndExtent(text, at, text, at + words.length);
			}
			for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
			return getSelection()!.toString();
		}, words);
		expect(selected).toBe(words);
	}).toPass();
}

async function comment(page: Page, words: string, body: string) {
	await select(page, words);
	await expect(page.getByRole('button', { name: 'Anmærk', exact: true })).toBeVisible();
	await page.keyboard.press('Control+Alt+KeyM');
	await page.getByRole('textbox', { name: 'Din anmærkning' }).fill(body);
	await page.getByRole('button', { name: 'Del med forummet' }).click();
	await expect(page.locator('article.note').filter({ hasText: body })).toBeVisible();
}

test('a director sends a case back with two comments, it returns, is approved, sent out and read', async ({
	as,
	world
}) => {
	test.slow();
	const people = world.people!;
	const { forumId, act } = people;
	const make = (title: string, kind: 'decision' | 'sparring') =>
		act((tx) =>
			cases.create(tx, people.jonas, {
				forumId,
				title,
				kind,
				question: 'Hvilke områder skal planen dække?',
				recommendation: TEXT
			})
		);
	const caseId = await make('Fra to til otte områder', 'decision');
	await make('Hvordan siger vi det?', 'sparring');
	const [sigrid, jonas, maja, tove] = [
		await as('sigrid'),
		await as('jonas'),
		await as('maja'),
		await as('tove')
	];

	await test.step('the secretary writes down what the forum has agreed', async () => {
		await sigrid.goto('/f/chefer/charter');
		await sigrid.getByLabel('Hverdage før mødet, hvor sager afleveres').fill('5');
		await sigrid
			.getByLabel('Godkendelse ved den ansvarlige direktør')
			.selectOption({ label: 'En sag uden godkendelse kan ikke sættes på dagsordenen' });
		await sigrid.getByRole('button', { name: 'Gem' }).click();
		await expect(sigrid.getByText('Forretningsordenen er gemt.')).toBeVisible();
		await accessible(sigrid);
		await fits(sigrid);
	});
	const meetingId = await act((tx) =>
		meetings.create(tx, people.sigrid, {
			forumId,
			title: 'Ordinært møde',
			startsAt: new Date(Date.now() + 60 * 86_400_000),
			place: ''
		})
	);

	await test.step('the chief asks for approval; the director finds it among what waits', async () => {
		await jonas.goto(`/cases/${caseId}`);
		await expect(jonas.getByText(/^Afleveres senest/)).toBeVisible();
		await jonas.getByRole('button', { name: 'Bed om godkendelse' }).click();
		await expect(jonas.getByText('Maja Krog er bedt om at godkende')).toBeVisible();
		await maja.goto('/work');
		await expect(maja.getByText('Godkend sag')).toBeVisible();
		await maja.getByRole('link', { name: 'Fra to til otte områder' }).click();
	});

	await test.step('the director comments on two passages and sends it back with them', async () => {
		await comment(maja, 'otte områder', 'Hvorfor ikke fem?');
		await comment(maja, 'inden for rammen', 'Hvilken ramme?');
		await maja.getByText('Send tilbage …').click();
		await expect(maja.getByRole('checkbox', { checked: true })).toHaveCount(2);
		await accessible(maja);
		await maja.getByLabel('Bemærkning til hele sagen').fill('To ting skal være på plads.');
		await maja.getByRole('button', { name: 'Send tilbage med bemærkningerne' }).click();
		await expect(maja.getByText('Sendt tilbage af Maja Krog')).toBeVisible();
	});

	await test.step('the chief finds them, changes the text, and it returns', async () => {
		await jonas.goto('/work');
		await jonas.getByRole('link', { name: 'Fra to til otte områder' }).click();
		const approval = jonas.getByRole('region', { name: 'Godkendelse' });
		await expect(approval).toContainText('To ting skal være på plads.');
		await expect(approval).toContainText('2 af 2 er ikke løst endnu');
		await approval.getByRole('link', { name: 'Hvilken ramme?' }).click();
		await expect(
			jonas.locator('article.note').filter({ hasText: 'Hvilken ramme?' })
		).toBeInViewport();
		await select(jonas, 'rammen');
		await jonas.keyboard.insertText('rammen for boligplanen');
		await expect(editor(maja)).toContainText('for boligplanen');
		await approval.getByRole('button', { name: 'Bed om godkendelse igen' }).click();
		await expect(approval.getByText('Maja Krog er bedt om at godkende')).toBeVisible();
		await accessible(jonas);
		await fits(jonas);
	});

	await test.step('the director sees what changed since, and approves', async () => {
		const approval = maja.getByRole('region', { name: 'Godkendelse' });
		await expect(approval.getByText('1 ændring, siden sagen blev sendt tilbage')).toBeVisible();
		await approval.getByText('1 ændring, siden sagen blev sendt tilbage').click();
		await expect(approval.locator('ins')).toContainText('for boligplanen');
		await approval.getByRole('button', { name: 'Godkend', exact: true }).click();
		await expect(approval.getByText('Godkendt af Maja Krog').first()).toBeVisible();
	});

	const titles = () => sigrid.locator('.agenda ol .title').allTextContents();
	await test.step('the secretary puts cases on, drags one to the top, and moves it back by keyboard', async () => {
		await sigrid.goto(`/meetings/${meetingId}`);
		for (const title of ['Fra to til otte områder', 'Hvordan siger vi det?']) {
			const choice = sigrid.getByRole('combobox', { name: 'Sag', exact: true });
			const found = choice.locator('option', { hasText: title });
			await choice.selectOption((await found.getAttribute('value'))!);
			await sigrid.getByRole('button', { name: 'Sæt på dagsordenen' }).click();
			await expect(sigrid.locator('.agenda ol .title', { hasText: title })).toBeVisible();
		}
		const grips = sigrid.locator('[data-grip]');
		const [from, to] = [await grips.nth(1).boundingBox(), await grips.nth(0).boundingBox()];
		await sigrid.mouse.move(from!.x + 5, from!.y + 5);
		await sigrid.mouse.down();
		await sigrid.mouse.move(to!.x + 5, to!.y - 20, { steps: 5 });
		const stored = sigrid.waitForResponse((answer) => answer.request().method() === 'POST');
		await sigrid.mouse.up();
		await expect.poll(titles).toEqual(['Hvordan siger vi det?', 'Fra to til otte områder']);
		await stored;
		await sigrid.reload();
		expect(await titles()).toEqual(['Hvordan siger vi det?', 'Fra to til otte områder']);
		await sigrid.getByRole('button', { name: 'Flyt Hvordan siger vi det? ned' }).focus();
		await sigrid.keyboard.press('Enter');
		await expect.poll(titles).toEqual(['Fra to til otte områder', 'Hvordan siger vi det?']);
		await accessible(sigrid);
		await fits(sigrid);
		await sigrid.getByRole('button', { name: 'Send dagsordenen ud' }).click();
		await expect(sigrid.locator('.agenda ol > li').first()).toContainText('Udsendt');
	});

	await test.step('a member sees what is left to read, and it is less when one has read', async () => {
		await tove.goto(`/meetings/${meetingId}`);
		await expect(tove.getByText('Du mangler at åbne 2 af 2 udsendte sager.')).toBeVisible();
		await tove.getByRole('link', { name: 'Fra to til otte områder' }).click();
		await expect(tove.getByRole('heading', { level: 1 })).toHaveText('Fra to til otte områder');
		await expect(async () => {
			await tove.goto(`/meetings/${meetingId}`);
			await expect(tove.getByText('Du mangler at åbne 1 af 2')).toBeVisible({ timeout: 1000 });
		}).toPass();
		await expect(tove.getByText(/andre har åbnet/)).toHaveCount(0);
	});

	await test.step('the chair sees preparedness, of nobody in particular', async () => {
		await maja.goto(`/meetings/${meetingId}`);
		await expect(maja.getByText('færre end 3 andre har åbnet den')).toHaveCount(2);
		for (const one of [people.jonas, people.else_, people.sigrid])
			await act((tx) => opened(tx, one, caseId));
		await maja.reload();
		await expect(maja.getByText('alle eller næsten alle 4 andre har åbnet den')).toHaveCount(1);
	});
});
