import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { snapshot } from '../support/snapshot.ts';
import { accessible, expect, fits, test, type World } from './story.ts';

/** What comes in, what is hidden, what is asked about. Bad files have a story of their own. */

const demo = (name: string) => `src/lib/thread/demo/figures/${name}`;
const csv = (name: string, text: string | Uint8Array) => ({
	name,
	mimeType: 'text/csv',
	buffer: Buffer.from(text)
});
const newFile = (page: Page) => page.goto('/f/chefer/data/new');
const choose = (page: Page) => page.locator('input[type=file]');

test('an analyst brings in the areas, and a newer file shows what changed', async ({ as }) => {
	const page = await as('else_');
	await page.goto('/f/chefer/data');
	await expect(page.getByText('Her er ingen tal endnu')).toBeVisible();
	await page.getByRole('link', { name: 'Nyt datasæt' }).first().click();
	await choose(page).setInputFiles(demo('areas-2018.csv'));
	await expect(page.getByText('540 rækker, 6 kolonner. Tegnsæt: WINDOWS-1252.')).toBeVisible();
	await expect(page.getByText('52 tal bygger på færre end 5 personer')).toBeVisible();
	await fits(page);
	await accessible(page);

	// Put right what was understood: the preview follows.
	await page
		.getByLabel('Navn på Anbragte børn, som det vises')
		.fill('Børn anbragt uden for hjemmet');
	await page.keyboard.press('Tab');
	await expect(
		page.getByRole('columnheader', { name: /Børn anbragt uden for hjemmet/ })
	).toBeVisible();
	await page.getByLabel('Titel').fill('Boligområderne');
	await page.getByLabel('Definition').fill('Ni nøgletal for tolv boligområder');
	await page.getByLabel('Opgjort pr.').fill('2018-08-01');
	await page.getByRole('button', { name: 'Gem som udgave 1' }).click();
	await expect(page.getByRole('heading', { name: 'Boligområderne' })).toBeVisible();
	await expect(page.getByRole('row', { name: /Skovbrynet/ })).toContainText('skjult');
	await accessible(page);

	await page.getByRole('link', { name: 'Hent ny udgave ind' }).click();
	await choose(page).setInputFiles(demo('areas-2018.csv'));
	await expect(page.getByRole('alert')).toContainText('allerede hentet ind som udgave 1');
	await choose(page).setInputFiles(demo('areas-2019.csv'));
	await expect(page.getByRole('row', { name: /Mølleparken, 2017/ })).toContainText('+17,1');
	await page.getByLabel('Opgjort pr.').fill('2019-08-01');
	await page.getByRole('button', { name: 'Gem som udgave 2' }).click();
	await expect(page.getByText('2 tal er ændret')).toBeVisible();
	await page.setViewportSize({ width: 360, height: 740 });
	await fits(page);
});

test('what is hidden is in no response, no log and no table', async ({ world, as }) => {
	const { sql } = world.db;
	await sql`update forums set small_number_limit = 50`;
	const page = await as('else_');
	const heard: string[] = [];
	page.on('response', async (response) => {
		const text = /javascript|css|font|image/.test(response.headers()['content-type'] ?? '')
			? ''
			: await response.text().catch(() => '');
		heard.push(text);
	});
	page.on('websocket', (socket) =>
		socket.on('framereceived', ({ payload }) => heard.push(String(payload)))
	);
	await newFile(page);
	// No count has decimals; these can be told from everything else a page holds.
	const rows =
		'Område;År;Børn\nNord;2018;123456\nSyd;2018;37,625\nØst;2018;41,375\nVest;2018;43,125\nI alt;2018;123578,125\n';
	await choose(page).setInputFiles(csv('små.csv', rows));
	await expect(page.getByText('3 tal bygger på færre end 50 personer')).toBeVisible();
	await page.getByLabel('Titel').fill('Små tal');
	await page.getByLabel('Definition').fill('Børn');
	await page.getByLabel('Opgjort pr.').fill('2018-08-01');
	await page.getByRole('button', { name: 'Gem som udgave 1' }).click();
	await expect(page.getByRole('row', { name: /^Syd skjult/ })).toContainText('skjult');
	const id = page.url().split('/').at(-1)!;
	for (const path of [
		'',
		'/__data.json',
		'/versions/1',
		'/versions/1/__data.json',
		'/versions/1/download'
	])
		heard.push(await (await page.request.get(`/data/${id}${path}`)).text());
	const cells = await sql<{ value: number }[]>`
		select c.value from cells c join versions v on v.id = c.version_id where v.dataset_id = ${id}`;
	expect(
		cells
			.map(({ value }) => value)
			.filter((value) => value !== null)
			.sort()
	).toEqual([123456, 123578.125]);
	const told = heard.concat(world.app.output()).join('\n');
	expect(told).toMatch(/123\.?456/);
	expect(told).not.toMatch(/37[.,]625|41[.,]375|43[.,]125/);
	await sql`update forums set small_number_limit = 5`;
});

test('300 MB is refused on the page before it is sent', async ({ world, as }) => {
	const page = await as('else_');
	await newFile(page);
	const before = await snapshot(world.db.sql);
	const folder = mkdtempSync(join(tmpdir(), 'huge-'));
	const file = openSync(join(folder, 'stor.csv'), 'w');
	writeSync(file, 'A;B\n1;2\n');
	ftruncateSync(file, 300 * 1024 * 1024);
	closeSync(file);
	await choose(page).setInputFiles(join(folder, 'stor.csv'));
	await expect(page.getByRole('alert').first()).toContainText('større end 64 MB');
	rmSync(folder, { recursive: true });
	expect(await snapshot(world.db.sql)).toEqual(before);
});

test('300 MB sent past the page is refused before it is read', async ({ world, as }) => {
	const page = await as('else_');
	const before = await snapshot(world.db.sql);
	const cookies = await page.context().cookies();
	const answer = await put(world, cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
	expect(answer.status).toBe(413);
	expect(answer.text).toContain('data.too_large');
	expect(await snapshot(world.db.sql)).toEqual(before);
});

/** Says that 300 MB will come, and sends the first line. */
function put(world: World, cookie: string): Promise<{ status: number; text: string }> {
	return new Promise((resolve, reject) => {
		const sending = request(
			`${world.app.url}/f/chefer/data/understand`,
			{
				method: 'PUT',
				headers: {
					cookie,
					'content-type': 'application/octet-stream',
					'content-length': 300 * 1024 * 1024
				}
			},
			(response) => {
				let text = '';
				response.on('data', (chunk) => (text += chunk));
				response.on('end', () => {
					resolve({ status: response.statusCode!, text });
					sending.destroy();
				});
			}
		);
		sending.on('error', reject);
		sending.write('{}\n');
	});
}

test('a column of names is asked about, and the answer is kept', async ({ world, as }) => {
	const page = await as('else_');
	await newFile(page);
	await choose(page).setInputFiles(csv('leder.csv', 'Navn;Timer\nMette Krogh;120\nLars Dahl;90\n'));
	await expect(page.getByText('Kolonnen »Navn« ligner personnavne')).toBeVisible();
	const store = page.getByRole('button', { name: 'Gem som udgave 1' });
	await expect(store).toBeDisabled();
	await page.getByLabel(/Jeg bekræfter/).check();
	await page.getByLabel('Titel').fill('Timer');
	await page.getByLabel('Definition').fill('Timer pr. hus, opkaldt efter personer');
	await page.getByLabel('Opgjort pr.').fill('2018-08-01');
	await store.click();
	await expect(page.getByRole('heading', { name: 'Timer' })).toBeVisible();
	const [version] = await world.db.sql`
		select v.confirmations from versions v join datasets d on d.id = v.dataset_id where d.title = 'Timer'`;
	expect(version!.confirmations).toMatchObject([{ column: 'Navn', kind: 'names' }]);
});

test('what a file says of itself is proposed, marked as the file’s, and gives way to what one types', async ({
	as
}) => {
	const page = await as('else_');
	await newFile(page);
	const px = (title: string) => ({
		name: 'tal.px',
		mimeType: 'text/plain',
		buffer: Buffer.from(
			`CHARSET="ANSI";\nCODEPAGE="utf-8";\nTITLE="${title}";\nCONTENTS="Udgifter";\nUNITS="mio. kr.";\n` +
				'SOURCE="Statistikken";\nLAST-UPDATED="20230210 09:00";\nNEXT-UPDATE="20240209 09:00";\n' +
				'STUB="område";\nHEADING="tid";\nVALUES("område")="Nord","Syd";\nVALUES("tid")="2022","2023";\n' +
				'DATA=\n11 12\n13 14;\n'
		)
	});
	await choose(page).setInputFiles(px('Udgifter efter område og tid'));
	await expect(page.getByText('10. feb. 2023')).toBeVisible();
	await expect(page.getByText('9. feb. 2024')).toBeVisible();
	const title = page.getByLabel('Titel');
	await expect(title).toHaveValue('Udgifter efter område og tid');
	await expect(title).toHaveAccessibleDescription('Fra filen');
	await expect(page.getByLabel('Kilde')).toHaveValue('Statistikken');
	await expect(page.getByLabel('Næste opdatering')).toHaveValue('2024-02-09');
	await expect(page.getByLabel('Opgjort pr.')).toHaveValue('2023-02-10');
	await expect(page.getByLabel('Opgjort pr.')).toHaveAccessibleDescription(/sidst er opdateret/);
	await accessible(page);
	await fits(page);

	await title.fill('Kommunens udgifter');
	await expect(title).not.toHaveAccessibleDescription('Fra filen');
	await page.getByLabel('Definition').fill('Regnskabstal, løbende priser');
	// Another file: what was typed stands, what the first file proposed goes with it.
	await page.getByRole('button', { name: 'Vælg en anden fil' }).click();
	await choose(page).setInputFiles(px('Noget andet'));
	await expect(title).toHaveValue('Kommunens udgifter');
	await expect(page.getByLabel('Definition')).toHaveValue('Regnskabstal, løbende priser');
	await page.getByLabel('Opgjort pr.').fill('2023-12-31');
	await page.getByRole('button', { name: 'Gem som udgave 1' }).click();
	await expect(page.getByRole('heading', { name: 'Kommunens udgifter' })).toBeVisible();
	await expect(page.getByText('Statistikken').first()).toBeVisible();

	await test.step('the next file says when the next figures come, and the dataset believes it', async () => {
		await page.getByRole('link', { name: 'Hent ny udgave ind' }).click();
		const next = px('Udgifter');
		next.buffer = Buffer.from(
			String(next.buffer).replace('20240209 09:00', '20991231 09:00').replace('11 12', '11 22')
		);
		await choose(page).setInputFiles(next);
		await expect(page.getByLabel('Næste opdatering')).toHaveValue('2099-12-31');
		await page.getByLabel('Opgjort pr.').fill('2024-12-31');
		await page.getByRole('button', { name: 'Gem som udgave 2' }).click();
		await expect(page.getByText('31. dec. 2099').first()).toBeVisible();
	});
});
