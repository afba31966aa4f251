import * as datasets from '#lib/data/datasets.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { readFile } from 'node:fs/promises';
import { accessible, expect, fits, test, type World } from './story.ts';

/** A forum brings the outlines of its own areas, and its figures are drawn on them. */

const demoFile = (name: string) => `src/lib/thread/demo/figures/${name}`;
const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/geo+json', buffer });

async function areas({ people }: World, title: string): Promise<string> {
	const { act, else_, forumId } = people!;
	const bytes = await readFile(demoFile('areas-2018.csv'));
	return await act(async (tx) => {
		const id = await datasets.create(tx, else_, {
			forumId,
			title,
			definition: 'Ni nøgletal for tolv boligområder'
		});
		await versions.store(tx, else_, id, { bytes, fileName: 'areas.csv', asOf: '2018-08-01' });
		return id;
	});
}

test('outlines are brought, found by their names, and the map is in the editor at once', async ({
	as,
	world
}) => {
	const id = await areas(world, 'Boligområderne');
	const page = await as('else_');
	await page.goto(`/data/${id}`);
	await page.getByRole('link', { name: 'Kort over områderne' }).click();
	await expect(page.getByText('Intet kort passer til datasættets områder')).toBeVisible();
	const bring = page.getByRole('button', { name: 'Læg kortet ind' });
	await page.getByLabel('Hvad viser kortet?').fill('Boligområder');
	await page.getByLabel('Kilde og rettigheder').fill('Konstrueret');
	const typed = async () => {
		await expect(page.getByLabel('Hvad viser kortet?')).toHaveValue('Boligområder');
		await expect(page.getByLabel('Kilde og rettigheder')).toHaveValue('Konstrueret');
	};

	const whole = await readFile(demoFile('areas.geojson'));
	const wrong: [string, Buffer, string][] = [
		['halv.geojson', whole.subarray(0, whole.length - 40), 'kan ikke læses som JSON'],
		['andet.json', Buffer.from('{"type":"FeatureCollection"}'), 'ikke en samling af områder'],
		['stor.geojson', Buffer.alloc(3_100_000, ' '), 'Filen er over 3 MB']
	];
	for (const [name, buffer, sentence] of wrong) {
		await page.getByLabel('Fil', { exact: true }).setInputFiles(file(name, buffer));
		await bring.click();
		await expect(page.getByText(sentence)).toBeVisible();
		await typed();
	}
	await accessible(page);

	// As large as a file may be: it gets through, and is read in a thread.
	const filled = Buffer.concat([whole, Buffer.alloc(2_900_000 - whole.length, ' ')]);
	await page.getByLabel('Fil', { exact: true }).setInputFiles(file('areas.geojson', filled));
	await bring.click();
	await expect(page.getByText('Kortet er lagt ind. 12 områder fandt deres plads')).toBeVisible();
	await expect(page.getByText('Filen er over 3 MB')).toHaveCount(0);
	await accessible(page);
	await page.setViewportSize({ width: 360, height: 740 });
	await fits(page);
	await page.setViewportSize({ width: 1280, height: 900 });

	await page.goto('/f/chefer/briefs/new');
	await page.getByLabel('Hvilket spørgsmål skal tallene svare på?').fill('Hvor er det?');
	await page.getByRole('button', { name: 'Opret databrief' }).click();
	await expect(page.getByRole('heading', { level: 1, name: 'Hvor er det?' })).toBeVisible();
	await page.goto(`${new URL(page.url()).pathname}/figures/new?dataset=${id}`);
	await expect(page.getByRole('radio', { name: 'Kort' })).toBeChecked();
	await expect(page.locator('figure path[data-area]')).toHaveCount(12);
	await expect(page.locator('figure')).toContainText('Konstrueret');
});

test('without script too, what was typed stands when the file is too large', async ({
	as,
	world
}) => {
	const id = await areas(world, 'Områderne igen');
	const page = await as('else_', { javaScriptEnabled: false });
	await page.goto(`/data/${id}/map`);
	await page.getByLabel('Hvad viser kortet?').fill('Boligområder');
	await page.getByLabel('Kilde og rettigheder').fill('Konstrueret, frit');
	await page
		.getByLabel('Fil', { exact: true })
		.setInputFiles(file('stor.geojson', Buffer.alloc(9_000_000, ' ')));
	await page.getByRole('button', { name: 'Læg kortet ind' }).click();
	await expect(page.getByText('Filen er over 3 MB')).toBeVisible();
	await expect(page.getByLabel('Hvad viser kortet?')).toHaveValue('Boligområder');
	await expect(page.getByLabel('Kilde og rettigheder')).toHaveValue('Konstrueret, frit');
});
