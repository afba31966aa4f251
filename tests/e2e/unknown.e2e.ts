import type { Page } from '@playwright/test';
import * as cases from '#lib/case/cases.server.ts';
import { accessible, expect, fits, test } from './story.ts';

/** What is missing is asked for and found under one's work; what is read differently waits for the meeting. */

const SOON = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
const row = (page: Page, text: string) => page.locator('.unknown li').filter({ hasText: text });

test('a chief asks for a fact, a colleague finds it under their work and answers, and the asker sees it at once', async ({
	as,
	world
}) => {
	const { act, jonas, forumId } = world.people!;
	const caseId = await act((tx) =>
		cases.create(tx, jonas, { forumId, title: 'Flere områder?', question: 'Hvilke?' })
	);
	const asker = await as('jonas');
	const knower = await as('tove', { viewport: { width: 360, height: 720 } });

	await test.step('nothing waits, and the page says so', async () => {
		await knower.goto('/work');
		await expect(knower.getByText('Intet venter på dig.')).toBeVisible();
		await accessible(knower);
	});
	await test.step('a fact without a question is refused, and what was chosen stays', async () => {
		await asker.goto(`/cases/${caseId}`);
		await asker.getByText('Der mangler et faktum').click();
		await asker.getByLabel('Hvem spørger vi?').selectOption({ label: 'Tove Holm' });
		await asker.getByLabel('Svar senest').fill(SOON);
		await asker.getByLabel('Hvad mangler vi at vide?').fill(' ');
		await asker.getByRole('button', { name: 'Spørg', exact: true }).click();
		await expect(asker.getByText('Skriv, hvad der mangler at blive afklaret.')).toBeVisible();
		await expect(asker.getByLabel('Svar senest')).toHaveValue(SOON);
		await expect(asker.getByLabel('Hvem spørger vi?').locator('option:checked')).toHaveText(
			'Tove Holm'
		);
	});
	await test.step('asked', async () => {
		await asker.getByLabel('Hvad mangler vi at vide?').fill('Hvor mange børn bor der?');
		await asker.getByRole('button', { name: 'Spørg', exact: true }).click();
		await expect(row(asker, 'Hvor mange børn bor der?')).toContainText('Venter på Tove Holm');
		await accessible(asker);
	});
	await test.step('found under one’s work, and answered on a phone', async () => {
		await knower.reload();
		await expect(knower.getByRole('heading', { name: 'De næste syv dage' })).toBeVisible();
		await fits(knower);
		await knower.getByRole('link', { name: 'Hvor mange børn bor der?' }).click();
		const asked = row(knower, 'Hvor mange børn bor der?');
		await expect(asked).toBeInViewport();
		await asked.getByText('Svar', { exact: true }).click();
		await asked.getByRole('textbox').fill('1.204 i 2025, oplyst af skolerne.');
		await asked.getByRole('button', { name: 'Giv svaret' }).click();
		await expect(asked).toContainText('Tove Holm svarede');
		await fits(knower);
		await accessible(knower);
	});
	await test.step('the asker sees it without reloading, and nothing waits any more', async () => {
		await expect(row(asker, '1.204 i 2025, oplyst af skolerne.')).toBeVisible();
		await knower.goto('/work');
		await expect(knower.getByText('Intet venter på dig.')).toBeVisible();
	});
	await shoot(asker, 'unknown');
});

test('two read a figure differently: each says so before they see the other', async ({
	as,
	world
}) => {
	const { act, jonas, forumId } = world.people!;
	const caseId = await act((tx) =>
		cases.create(tx, jonas, { forumId, title: 'Stigningen', question: 'Hvad betyder den?' })
	);
	const one = await as('jonas');
	const other = await as('tove');
	await one.goto(`/cases/${caseId}`);
	await other.goto(`/cases/${caseId}`);
	await one.getByText('Vi læser det forskelligt').click();
	await one.getByLabel('Hvad læses forskelligt?').fill('Stigningen i 2025');
	await one.getByLabel('Sådan læser jeg det').fill('Den er tilfældig.');
	await one.getByRole('button', { name: 'Tag det med til mødet' }).click();
	await expect(row(one, 'Stigningen i 2025')).toContainText('Den er tilfældig.');

	const seen = row(other, 'Stigningen i 2025');
	await expect(seen).toContainText('1 har sagt, hvordan de læser det.');
	await expect(other.locator('body')).not.toContainText('Den er tilfældig.');
	expect(await other.content(), 'nor is it in what the page was sent').not.toContain('tilfældig');
	await seen.getByText('Sig, hvordan du læser det').click();
	await seen.getByRole('textbox').fill('Den er en tendens.');
	await seen.getByRole('button', { name: 'Gem min læsning' }).click();
	await expect(seen).toContainText('Den er tilfældig.');
	await expect(row(one, 'Den er en tendens.')).toBeVisible();
	await shoot(other, 'differing');

	await row(one, 'Stigningen i 2025').getByText('Sig det på en anden måde').click();
	await row(one, 'Stigningen i 2025').getByRole('button', { name: 'Talt igennem' }).click();
	await one.getByText('Talt igennem: 1').click();
	await expect(row(one, 'Stigningen i 2025')).toContainText('Den er en tendens.');
	await one.getByRole('button', { name: /Åbn igen/ }).click();
	await expect(row(other, 'Stigningen i 2025')).toBeVisible();
	await accessible(other);
});

test('evidence is appraised by each before they see the other, put first, and set aside with a reason', async ({
	as,
	world
}) => {
	const { act, jonas, forumId } = world.people!;
	const caseId = await act((tx) =>
		cases.create(tx, jonas, { forumId, title: 'Grundlaget', question: 'Holder det?' })
	);
	const one = await as('jonas');
	const other = await as('tove');
	await one.goto(`/cases/${caseId}`);
	await other.goto(`/cases/${caseId}`);
	const item = (page: Page) =>
		page.locator('article[id^=evidence]').filter({ hasText: 'Rapport om fravær' });
	const appraise = async (page: Page, level: string, reason: string) => {
		await item(page).getByText('Vurdér', { exact: true }).click();
		await item(page).getByLabel('Troværdighed').selectOption({ label: level });
		await item(page).getByLabel('Hvorfor?').fill(reason);
		await item(page).getByRole('button', { name: 'Giv vurderingen' }).click();
	};
	await one.getByText('Tilføj grundlag').first().click();
	await one.getByLabel('Skriv, hvad det er').fill('Rapport om fravær, 10.1000/182');
	await expect(one.getByText('Link: https://doi.org/10.1000/182')).toBeVisible();
	await one.locator('input[type=file]').setInputFiles({
		name: 'fravær.pdf',
		mimeType: 'application/pdf',
		buffer: Buffer.from('%PDF-1.7 fravær')
	});
	await one.getByText('Mere om det').click();
	await one.getByLabel('Afsender').fill('Et institut, betalt af leverandøren');
	await one.getByRole('button', { name: 'Tilføj grundlag' }).click();
	await expect(item(one)).toBeVisible();
	await expect(item(other)).toContainText('Afsender: Et institut, betalt af leverandøren');
	await expect(item(other)).toContainText('Ikke vurderet endnu.');
	const file = item(other).getByRole('link', { name: /Hent fravær.pdf/ });
	const [saved] = await Promise.all([other.waitForEvent('download'), file.click()]);
	expect(saved.suggestedFilename()).toBe('fravær.pdf');

	await appraise(one, 'lav', 'Leverandøren har betalt.');
	await expect(item(one)).toContainText('Troværdighed: lav 1');
	await expect(item(other)).toContainText('1 har vurderet det.');
	expect(await other.content()).not.toContain('Leverandøren har betalt.');
	await appraise(other, 'høj', 'Metoden er åben.');
	await expect(item(other)).toContainText('Troværdighed: høj 1, lav 1');
	await item(other).getByText('Troværdighed: høj 1, lav 1').click();
	await expect(item(other).getByText('Leverandøren har betalt.')).toBeVisible();
	await accessible(other);
	await shoot(other, 'appraised', 'article[id^=evidence]');

	await item(one)
		.getByLabel(/Rapport om fravær/)
		.first()
		.click();
	await one.getByRole('button', { name: 'Det vejer tungest', exact: true }).click();
	const heaviest = other.getByRole('list', { name: 'Vejer tungest' });
	await expect(heaviest.getByRole('link', { name: 'Rapport om fravær' })).toBeVisible();
	await item(one)
		.getByLabel(/Rapport om fravær/)
		.first()
		.click();
	await one.getByLabel('Hvorfor lægges det til side?').fill('Der er kommet en nyere.');
	await one.getByRole('button', { name: /Læg .* til side/ }).click();
	await expect(heaviest).toHaveCount(0);
	await other
		.getByText(/til side/)
		.first()
		.click();
	await expect(other.getByText('Der er kommet en nyere.')).toBeVisible();
});

/** For a look with one's own eyes. */
async function shoot(page: Page, name: string, what = '.unknown') {
	if (!process.env.SHOTS) return;
	for (const colorScheme of ['light', 'dark'] as const)
		for (const width of [360, 1280]) {
			await page.emulateMedia({ colorScheme });
			await page.setViewportSize({ width, height: 900 });
			await page.locator(what).first().scrollIntoViewIfNeeded();
			await page.screenshot({ path: `${process.env.SHOTS}/${name}-${width}-${colorScheme}.png` });
		}
}
