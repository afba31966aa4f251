import { expect, test } from './story.ts';

/**
 * The README's pictures, taken from the demo as it is. `PICTURES=on npm test -- e2e pictures` puts
 * them where the README finds them; every other run only proves that they can be taken.
 */
test.use({ stage: 'demo' });

const FOLDER = process.env.PICTURES === 'on' ? 'tests/e2e/pictures' : 'test-results/pictures';

test('the case, the board and the wall are there to be pictured', async ({ world, as }) => {
	const { sql } = world.db;
	const page = await as('maja', { locale: 'en-GB', viewport: { width: 1440, height: 1400 } });
	const [kase] = await sql<{ id: string }[]>`
		select id from objects where kind = 'case' and phase = 'on_agenda' order by created_at limit 1`;
	await page.goto(`/cases/${kase!.id}`);
	await expect(page.locator('article h1')).toBeVisible();
	await expect(page.locator('#account mark').first()).toBeVisible();
	await expect(page.getByText('Saved', { exact: false }).first()).toBeVisible();
	await page.screenshot({ path: `${FOLDER}/case.png` });

	await page.setViewportSize({ width: 1440, height: 1100 });
	await page.goto('/f/centerchefforum/goals');
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	await page.screenshot({ path: `${FOLDER}/board.png` });

	const [meeting] = await sql<{ id: string }[]>`
		select id from objects where kind = 'meeting' and phase = 'circulated'`;
	await page.goto(`/meetings/${meeting!.id}`);
	await page.getByRole('button', { name: 'Open the meeting' }).click();
	await page
		.getByRole('button', { name: /^Take everyone to/ })
		.first()
		.click();
	await expect(page.locator('li[aria-current="step"]')).toBeVisible(); // leaving at once would take it back
	await page.setViewportSize({ width: 1600, height: 900 });
	await page.goto(`/meetings/${meeting!.id}/wall`);
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Fra to til otte');
	await page.screenshot({ path: `${FOLDER}/wall.png` });
});
