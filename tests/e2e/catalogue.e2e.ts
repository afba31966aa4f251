import { accessible, expect, fits, test } from './story.ts';

/** Finding figures, reading what they mean and where they come from, and saying beforehand what one believes. */
test.use({ stage: 'demo' });

test('a chief finds an indicator by a Danish word and reads what its colours say', async ({
	as
}) => {
	const page = await as('tove');
	await page.goto('/f/centerchefforum/data');
	await page.getByRole('searchbox').fill('karaktererne');
	await page.getByRole('button', { name: 'Søg' }).click();
	await page.getByRole('link', { name: /^Karaktersnit 9. klasse/ }).click();
	await expect(page.getByText('Farven siger, om der skal handles')).toBeVisible();
	await expect(
		page.getByRole('heading', { name: 'Karaktersnit 9. klasse over tid' })
	).toBeVisible();
	const warning = 'Pas på: det skal handle om »Alle elever i 9. klasse«';
	await expect(page.getByText(warning)).toHaveCount(1);
	await expect(page.getByRole('figure').getByText(warning)).toBeVisible();
	await expect(page.getByRole('columnheader', { name: /fraværsdage/ })).toBeVisible();
	await expect(page.getByRole('row', { name: /Handl nu/ }).first()).toBeVisible();
	await page.getByRole('link', { name: 'Varedeklaration' }).click();
	await expect(page.getByText('SHA-256')).toBeVisible();
	await expect(page.getByText('Alle elever i 9. klasse')).toBeVisible();
	await expect(page.getByRole('link', { name: /Spørg/ })).toHaveAttribute('href', /^mailto:/);
	await accessible(page);
	await page.setViewportSize({ width: 360, height: 740 });
	await fits(page);

	await test.step('a word of the forum’s is explained where it stands', async () => {
		await page.goto('/f/centerchefforum/data');
		await page.getByRole('searchbox').fill('fraværsdage');
		await page.getByRole('button', { name: 'Søg' }).click();
		await page
			.getByRole('link', { name: /^Elever med over 20 fraværsdage/ })
			.first()
			.click();
		const title = page.getByRole('heading', { level: 1 });
		await title.getByRole('link', { name: 'fraværsdage' }).click();
		await expect(page.getByRole('status').filter({ hasText: 'fraværsdage' })).toBeVisible();
		await expect(page).toHaveURL(/\/indicators\//);
	});
});

test('what was believed beforehand stands beside what the figures say, and new beliefs are written down', async ({
	world,
	as
}) => {
	const [row] = await world.db.sql<{ id: string; measure: string }[]>`
		select dataset_id id, measure from hypotheses`;
	const page = await as('tove');
	await page.goto(`/data/${row!.id}/indicators/${row!.measure}`);
	await expect(page.getByText(/Tallene går (ikke )?med hypotesen/)).toBeVisible();
	await expect(page.getByText('siger ikke, hvad der har fået dem til det')).toBeVisible();
	expect(await page.locator('body').innerText()).not.toMatch(/årsag|skyldes/i);
	await page.getByText('Skriv en hypotese').click();
	await page.getByLabel('Hypotese', { exact: true }).fill('Hvis vi går videre, falder det igen');
	await page.getByLabel('Det skal vise sig i').fill('2018');
	await page.getByRole('button', { name: 'Skriv den ned' }).click();
	await expect(page.getByText('Der er allerede tal for den periode')).toBeVisible();
	await expect(page.getByLabel('Hypotese', { exact: true })).toHaveValue(
		'Hvis vi går videre, falder det igen'
	);
	await page.getByLabel('Det skal vise sig i').fill('2020');
	await page.getByRole('button', { name: 'Skriv den ned' }).click();
	await expect(page.getByText('For tidligt at sige')).toBeVisible();
	await accessible(page);

	const observer = await as('ove');
	await observer.goto(`/data/${row!.id}/indicators/${row!.measure}`);
	await expect(observer.getByText('For tidligt at sige')).toBeVisible();
	await expect(observer.getByText('Skriv en hypotese')).toBeHidden();
	await expect(observer.getByRole('link', { name: 'Beskriv nøgletallet' })).toBeHidden();
});

test('from a figure in a brief one click leads to its card, without JavaScript', async ({
	world,
	as
}) => {
	const [row] = await world.db.sql<{ id: string }[]>`
		select f.brief_id id from figures f join objects o on o.id = f.brief_id
		where f.removed_at is null and o.phase = 'published' limit 1`;
	const page = await as('maja', { javaScriptEnabled: false });
	await page.goto(`/briefs/${row!.id}`);
	await page.getByRole('link', { name: 'Hvor tallene kommer fra' }).first().click();
	await expect(page.locator('.eyebrow')).toHaveText('Varedeklaration');
	await expect(page.getByText('SHA-256')).toBeVisible();
	await page.goto('/f/centerchefforum/data?grade=validated&sort=indicator');
	await expect(page.getByRole('heading', { name: 'Nøgletal' })).toBeVisible();
});

test('an analyst sets up where figures are fetched from; a private address is not reached', async ({
	world,
	as
}) => {
	const [row] = await world.db.sql<{ id: string }[]>`
		select dataset_id id from hypotheses`;
	const page = await as('else');
	await page.goto(`/data/${row!.id}/pull`);
	await page.getByText('Danmarks Statistik, Statistikbanken').click();
	await page.getByLabel('Tabel', { exact: true }).fill('FOLK1A');
	await page.getByLabel('Variabler').first().fill('OMRÅDE = 461\nTid = *');
	await page.getByRole('button', { name: 'Udfyld nedenfor' }).first().click();
	await expect(page.getByLabel('Adresse', { exact: true })).toHaveValue(
		'https://api.statbank.dk/v1/data'
	);
	await expect(page.getByLabel('Forespørgsel, når der sendes en')).toHaveValue(/"FOLK1A"/);
	await page.getByLabel('Headere').fill('Authorization: hemmelig');
	await page.getByRole('button', { name: 'Hent herfra' }).click();
	await expect(page.getByText('Adgangskoder og tokens kan ikke stå her')).toBeVisible();
	await page.getByLabel('Headere').fill('');
	await page.getByLabel('Adresse', { exact: true }).fill('https://127.0.0.1/tal.csv');
	await page.getByRole('button', { name: 'Hent herfra' }).click();
	await expect(page.getByText('ligger på et internt netværk')).toBeVisible({ timeout: 20_000 });
	await expect(page.getByText('Afvist: et menneske skal se på det')).toBeVisible();
	await page.getByRole('link', { name: 'Ret, hvad der hentes' }).click();
	await page.getByRole('button', { name: 'Hold op med at hente' }).click();
	await expect(page.getByText('Tallene hentes ind i hånden')).toBeVisible();
});
