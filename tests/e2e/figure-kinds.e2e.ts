import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { accessible, expect, fits, test, type World } from './story.ts';

/** Every kind of figure is made in the editor, read with the keyboard, and annotated where it stands. */
test.use({ stage: 'demo' });
test.setTimeout(240_000);

const SLOW = { timeout: 60_000 };

async function areasId({ db }: World): Promise<string> {
	const [row] = await db.sql<
		{ id: string }[]
	>`select id from datasets where title = 'Boligområderne'`;
	return row!.id;
}

async function draft(page: Page, question: string): Promise<string> {
	await page.goto('/f/centerchefforum/briefs/new');
	await page.getByLabel('Hvilket spørgsmål skal tallene svare på?').fill(question);
	await page.getByRole('button', { name: 'Opret databrief' }).click();
	await expect(page.getByRole('heading', { level: 1, name: question })).toBeVisible(SLOW);
	return new URL(page.url()).pathname;
}

test('the editor proposes a map for areas with outlines, and shows every kind before it is stored', async ({
	as,
	world
}) => {
	const page = await as('else');
	const brief = await draft(page, 'Hvordan ser figurerne ud?');
	await page.goto(`${brief}/figures/new?dataset=${await areasId(world)}`);
	const preview = page.locator('figure');
	await expect(page.getByRole('radio', { name: 'Kort' })).toBeChecked();
	await expect(preview.locator('path[data-area]')).toHaveCount(12);

	const shows: [string, string, string][] = [
		['Stablede søjler', 'stacked', '.legend'],
		['Mod de andre', 'range', '.legend'],
		['Små figurer', 'panels', 'h4'],
		['Stort tal', 'number', '.number'],
		['Tabel', 'table', 'table'],
		['Søjler', 'bar', 'svg'],
		['Linje', 'line', 'svg']
	];
	for (const [name, kind, part] of shows) {
		await page.getByRole('radio', { name, exact: true }).check();
		await expect(page).toHaveURL(new RegExp(`kind=${kind}`), SLOW);
		await expect(preview.locator(part).first()).toBeVisible(SLOW);
		await expect(page.getByRole('radio', { name, exact: true })).toBeChecked();
		await accessible(page);
	}

	await page.getByText('Mållinje').click();
	await page.getByLabel('Mål', { exact: true }).fill('mange');
	await page.keyboard.press('Tab');
	await expect(page.getByText('Målet er ikke et tal.')).toBeVisible(SLOW);
	await page.getByLabel('Mål', { exact: true }).fill('100');
	await page.keyboard.press('Tab');
	await expect(preview.getByRole('img').first()).toHaveAccessibleName(/Målet er 100/, SLOW);

	await page.setViewportSize({ width: 360, height: 800 });
	await fits(page);
});

test('without script the editor is a form, and its figures are there', async ({ as, world }) => {
	const page = await as('else', { javaScriptEnabled: false });
	const brief = await (async () => {
		const scripted = await as('else');
		return await draft(scripted, 'Virker det uden script?');
	})();
	await page.goto(`${brief}/figures/new?dataset=${await areasId(world)}`);
	await page.getByRole('radio', { name: 'Mod de andre' }).check();
	await page.getByRole('button', { name: 'Opdatér visningen' }).click();
	await expect(page.locator('figure .legend')).toContainText('Den midterste halvdel');
	await page.getByRole('button', { name: 'Sæt figuren ind' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toContainText('Virker det uden script?');
	await expect(page.locator('figure svg').first()).toBeVisible();
});

test('an area of a map is reached with the keyboard and annotated, and its mark leads to the note', async ({
	as,
	world
}) => {
	const [found] = await world.db.sql<{ briefId: string; figureId: string }[]>`
		select brief_id "briefId", id "figureId" from figures where spec->>'kind' = 'map' limit 1`;
	const page = await as('tove');
	await page.goto(`/briefs/${found!.briefId}`);
	const figure = page.locator(`#figure-${found!.figureId}`);
	const reader = figure.getByRole('button', { name: 'Læs figuren punkt for punkt' });
	const said = figure.getByRole('status');
	await reader.focus();
	await expect(said).toHaveText(/: (\d+|få personer)/);
	const first = await said.innerText();
	await page.keyboard.press('ArrowDown');
	await expect(said).not.toHaveText(first);
	await expect(reader).toBeFocused();
	const place = (await said.innerText()).split(':')[0]!;
	await page.keyboard.press('Enter');

	const composer = page.getByRole('region', { name: 'Ny anmærkning' });
	await expect(composer.locator('.on')).toContainText(place);
	await composer.getByRole('textbox', { name: 'Din anmærkning' }).fill('Hvad sker der her?');
	await composer.getByRole('button', { name: 'Del med forummet' }).click();
	const note = page.getByRole('article').filter({ hasText: 'Hvad sker der her?' });
	await expect(note).toContainText(`om ${place}`);
	await expect(note).toContainText('Skrevet til udgave 1');
	const jump = note.getByRole('link', { name: 'Se tallet i udgave 1' });
	await expect(jump).toHaveAttribute('href', /versions\/1\?/);

	const mark = figure.locator('.map a[data-note]');
	await mark.click();
	await expect(note).toBeFocused();
	await accessible(page);

	const out = await page.request.get(`/briefs/${found!.briefId}/annotations`);
	expect(out.headers()['content-type']).toContain('application/ld+json');
	const { first: items } = (await out.json()) as {
		first: { items: { body: { value: string } }[] };
	};
	expect(items.items.map(({ body }) => body.value)).toContain('Hvad sker der her?');
});

test('a figure is seen and read on a phone', async ({ as, world }) => {
	const [found] = await world.db.sql<{ briefId: string }[]>`
		select brief_id "briefId" from figures where spec->>'kind' = 'map' limit 1`;
	const page = await as('ove', { viewport: { width: 360, height: 780 }, hasTouch: true });
	await page.goto(`/briefs/${found!.briefId}`);
	await fits(page);
	const map = page.locator('.map');
	// Until the page's script is there a press says nothing.
	await expect(async () => {
		await map.locator('path.value').first().tap();
		await expect(map.locator('.tip').first()).toBeVisible({ timeout: 1_000 });
	}).toPass();
});

test('the fullest brief brings little script, also to its chair', async ({ as, world }) => {
	const [found] = await world.db.sql<{ briefId: string }[]>`
		select f.brief_id "briefId" from figures f join objects o on o.id = f.brief_id
		where f.removed_at is null and o.phase = 'published' group by 1 order by count(*) desc limit 1`;
	const page = await as('maja');
	const bodies: Promise<Buffer>[] = [];
	page.on('response', (response) => {
		if (/javascript/.test(response.headers()['content-type'] ?? '')) bodies.push(response.body());
	});
	await page.goto(`/briefs/${found!.briefId}`, { waitUntil: 'networkidle' });
	const sizes = (await Promise.all(bodies)).map((body) => gzipSync(body).length);
	expect(sizes.length).toBeGreaterThan(10);
	expect(
		sizes.reduce((sum, size) => sum + size, 0),
		'bytes, gzipped'
	).toBeLessThan(180_000);
});
