import type { Page } from '@playwright/test';
import { transact } from '#lib/base/sql.server.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import * as persons from '#lib/people/persons.server.ts';
import { emailOf } from '#lib/thread/demo/people.ts';
import { accessible, expect, test, type World } from './story.ts';

/** A piece of a figure is annotated where it stands, and the note says which edition it is about. */
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
	const composer = tove.getByRole('region', { name: 'Ny anmærkning' });
	// Until the page's script is there a press says nothing.
	await expect(async () => {
		await cell.click();
		await expect(composer.locator('.on')).toBeVisible({ timeout: 1_000 });
	}).toPass();
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

/** A brief with the same figure of two editions: what was made on the older one, and on the newer. */
async function twoEditions({ db }: World) {
	const else_ = (await persons.byEmail(db.sql, emailOf('else')))!;
	const [older, newer] = await db.sql<{ id: string; forumId: string }[]>`
		select v.id, o.forum_id "forumId" from versions v join datasets d on d.id = v.dataset_id
		join objects o on o.id = d.id where d.title = 'Boligområderne' order by v.number`;
	return await transact(async (tx) => {
		const briefId = await briefs.create(tx, else_, {
			forumId: older!.forumId,
			title: 'Fravær i to udgaver',
			question: 'Hvad siger de to udgaver?'
		});
		const spec = {
			kind: 'line' as const,
			measure: 'elever-med-over-20-fravaersdage',
			where: { omraade: ['Bakkegården', 'Nørrevang'] },
			x: 'aar',
			series: 'omraade'
		};
		const made = [];
		for (const { id: versionId } of [older!, newer!])
			made.push(await figures.add(tx, else_, briefId, { versionId, title: 'Fravær', spec }));
		return { briefId, before: made[0]!, now: made[1]! };
	}, db.sql);
}

/** Presses a heading of the figure's table and shares a note on it. */
async function annotate(page: Page, figureId: string, heading: string, words: string) {
	const figure = page.locator(`#figure-${figureId}`);
	const composer = page.getByRole('region', { name: 'Ny anmærkning' });
	// Until the page's script is there a press says nothing.
	await expect(async () => {
		await figure.locator('th').getByRole('button', { name: heading }).click();
		await expect(composer.locator('.on')).toHaveText(`om ${heading}`, { timeout: 1_000 });
	}).toPass();
	await composer.getByRole('textbox', { name: 'Din anmærkning' }).fill(words);
	await composer.getByRole('button', { name: 'Del med forummet' }).click();
	const note = page.getByRole('article').filter({ hasText: words });
	await expect(note).toContainText(`om ${heading}`);
	return note;
}

test('a series and a period are annotated, and a figure of a newer edition leads to what was said of the older', async ({
	as,
	world
}) => {
	const { briefId, before, now } = await twoEditions(world);
	const page = await as('else');
	await page.goto(`/briefs/${briefId}`);
	for (const id of [before, now])
		await page.locator(`#figure-${id}`).locator('summary').first().click();

	const series = await annotate(page, before, 'Nørrevang', 'Her er skolen flyttet.');
	const period = await annotate(page, before, '2017', 'Det år var der strejke.');
	for (const [note, heading] of [
		[series, 'Nørrevang'],
		[period, '2017']
	] as const) {
		const number = await note.locator('.number').innerText();
		const mark = page
			.locator(`#figure-${before} th`)
			.filter({ hasText: heading })
			.locator('a[data-note]');
		await expect(mark).toHaveText(number);

		const later = page
			.locator(`#figure-${now} th`)
			.filter({ hasText: heading })
			.locator('a[data-note]');
		await expect(later).toHaveAccessibleName(`Anmærkning ${number} fra udgave 1: ${heading}`);
		await later.click();
		await expect(note).toBeFocused();
	}
	await accessible(page);

	const jump = series.getByRole('link', { name: 'Se tallet i udgave 1' });
	await jump.click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('udgave 1');
	const said = page.locator('td mark');
	await expect(said.first()).toBeVisible();
	const rows = page.getByRole('row').filter({ has: page.locator('mark') });
	for (const row of await rows.all()) await expect(row).toContainText('Nørrevang');
});
