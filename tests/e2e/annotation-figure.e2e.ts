import { accessible, expect, test } from './story.ts';

/** A cell of a figure is annotated where it stands, and the note says which edition it is about. */
test.use({ stage: 'demo' });

test('a cell of a figure is annotated, and shows its number there', async ({ as, world }) => {
	const [found] = await world.db.sql<{ caseId: string; figureId: string }[]>`
		select e.case_id "caseId", e.figure_id "figureId" from evidence e join figures f on f.id = e.figure_id
		join objects o on o.id = e.case_id
		where e.parked_at is null and o.phase = 'on_agenda' and f.spec->>'kind' = 'bar' limit 1`;
	const [tove, maja] = [await as('tove'), await as('maja')];
	for (const page of [tove, maja]) await page.goto(`/cases/${found!.caseId}`);
	const figure = (page: typeof tove) => page.locator(`#figure-${found!.figureId}`);

	await figure(tove).locator('summary').first().click();
	const cell = figure(tove).locator('td button').first();
	const place = (await cell.getAttribute('aria-label'))!;
	await cell.click();
	const composer = tove.getByRole('region', { name: 'Ny anmærkning' });
	const label = (await composer.locator('.on').innerText()).replace(/^om /, '');
	expect(place).toContain(label.split(' ')[0]);
	expect(label).toMatch(/ 20\d\d$/);
	await composer.getByRole('textbox', { name: 'Din anmærkning' }).fill('Er det de nye boliger?');
	await composer.getByText('spørgsmål', { exact: true }).click();
	await composer.getByRole('button', { name: 'Del med forummet' }).click();

	const note = maja.getByRole('article').filter({ hasText: 'Er det de nye boliger?' });
	await expect(note).toContainText(`om ${label}`);
	const number = await note.locator('.number').innerText();
	await figure(maja).locator('summary').first().click();
	const mark = figure(maja).locator('td a[data-note]').filter({ hasText: number });
	await mark.click();
	await expect(note).toBeFocused();
	await accessible(maja);
});
