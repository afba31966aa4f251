import { readFileSync } from 'node:fs';
import type { Page, Response } from '@playwright/test';
import { expect, fits, test, type World } from './story.ts';

/** An analyst makes a brief of a file, and what is too small to show is nowhere to be found. */

test.setTimeout(240_000);
test.use({ actionTimeout: 30_000 });

const SLOW = { timeout: 60_000 };
const QUESTION = 'Hvilke områder har brug for boligplanen?';
const ABSENCE = 'Elever med over 20 fraværsdage';
const PLACED = 'Anbragte børn';
const LIMIT = 5;
const YEAR = '2018';

type Row = { area: string; year: string; measure: string; unit: string; value: string };

/** The demo's file, read here by other means than the product's. */
const SOURCE = new TextDecoder('windows-1252').decode(
	readFileSync('src/lib/thread/demo/figures/areas-2018.csv')
);
const ROWS: Row[] = SOURCE.trim()
	.split(/\r?\n/)
	.slice(1)
	.map((line) => {
		const [area, year, measure, unit, value] = line.split(';') as string[];
		return { area, year, measure, unit, value } as Row;
	});
const isSmall = ({ unit, value }: Row) =>
	unit === 'antal' && Number(value) > 0 && Number(value) < LIMIT;
const SMALL = ROWS.filter(isSmall);
const smallIn = (measure: string, year?: string) =>
	SMALL.filter((row) => row.measure === measure && (!year || row.year === year));

/** Everything the server says to a page: bodies and frames, from now on. */
function overhear(page: Page) {
	const bodies: Promise<string>[] = [];
	const keep = async (response: Response) => {
		const type = response.headers()['content-type'] ?? '';
		if (/javascript|css|font|image/.test(type)) return '';
		return await response.text().catch(() => '');
	};
	page.on('response', (response) => bodies.push(keep(response)));
	page.on('websocket', (socket) =>
		socket.on('framereceived', ({ payload }) => bodies.push(Promise.resolve(String(payload))))
	);
	return async () => await Promise.all(bodies);
}

/** From the file to a brief with two figures, by the pages. */
async function makeBrief(page: Page, name: string, file: string) {
	await page.goto('/f/chefer/data/new');
	await page
		.locator('input[type=file]')
		.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(file, 'latin1') });
	await expect(page.getByRole('heading', { name: 'Sådan er filen forstået' })).toBeVisible(SLOW);
	await expect(page.getByText(/^540 rækker, 6 kolonner\. Tegnsæt: WINDOWS-1252\./)).toBeVisible();
	await expect(page.getByLabel('Hvad er kolonnen Område?')).toHaveValue('area');
	await expect(page.getByLabel('Hvad er kolonnen År?')).toHaveValue('time');
	await expect(page.getByLabel('Hvad er kolonnen Nøgletal?')).toHaveValue('measure_name');
	await expect(page.getByLabel('Hvad er kolonnen Værdi?')).toHaveValue('value');
	await expect(
		page.getByText(`${SMALL.length} tal bygger på færre end ${LIMIT} personer.`)
	).toBeVisible();
	const title = `Boligområderne, ${name}`;
	await page.getByLabel('Opgjort pr.').fill('2018-08-01');
	await page.getByLabel('Titel', { exact: true }).fill(title);
	await page.getByLabel('Definition', { exact: true }).fill('Ni nøgletal for tolv boligområder');
	await page.getByText('Mere om tallene').click();
	await page.getByLabel('Kilde', { exact: true }).fill('Skoler og jobcenter');
	await page.getByLabel('Tallene er konstruerede').check();
	await page.getByRole('button', { name: 'Gem som udgave 1' }).click();
	await expect(page.getByRole('heading', { name: title })).toBeVisible(SLOW);
	await expect(page.getByRole('row', { name: /^Skovbrynet/ })).toContainText('skjult');
	const datasetId = page.url().split('/').at(-1)!;

	await page.goto('/f/chefer/briefs');
	await page.getByRole('link', { name: 'Ny databrief' }).first().click();
	await page.getByLabel('Hvilket spørgsmål skal tallene svare på?').fill(QUESTION);
	await page.getByRole('button', { name: 'Opret databrief' }).click();
	await expect(page.getByRole('heading', { level: 1, name: QUESTION })).toBeVisible(SLOW);
	const briefId = page.url().split('/').at(-1)!;

	const preview = page.locator('figure');
	await page.getByRole('link', { name: 'Tilføj figur' }).click();
	await page.getByLabel('Datasæt', { exact: true }).selectOption({ label: `${title} (udgave 1)` });
	await expect(page.getByText(`Figuren viser udgave 1 af »${title}«`)).toBeVisible(SLOW);
	await page.getByLabel('Hvad måles?').selectOption({ label: `${ABSENCE} (antal)` });
	await expect(preview).toContainText(ABSENCE, SLOW);
	await page.getByRole('radio', { name: 'Søjler', exact: true }).check();
	await expect(page).toHaveURL(/kind=bar/, SLOW);
	await page.getByLabel('Langs aksen').selectOption({ label: 'Område' });
	await expect(page).toHaveURL(/[?&]x=omraade/, SLOW);
	await page.getByLabel('Opdelt på').selectOption({ label: 'Ingen opdeling' });
	await expect(preview.locator('.reads')).toHaveText(`${ABSENCE}, antal · ${YEAR}`, SLOW);
	await save(page, 'Fravær i områderne', 'Planen skal begynde, hvor fraværet er størst.');

	await page.getByRole('link', { name: 'Tilføj figur' }).click();
	await page.getByLabel('Datasæt', { exact: true }).selectOption({ label: `${title} (udgave 1)` });
	await expect(page.getByText(`Figuren viser udgave 1 af »${title}«`)).toBeVisible(SLOW);
	await page.getByLabel('Hvad måles?').selectOption({ label: `${PLACED} (antal)` });
	await expect(preview).toContainText(PLACED, SLOW);
	await page.getByRole('radio', { name: 'Tabel' }).check();
	await expect(page).toHaveURL(/kind=table/, SLOW);
	await page.getByLabel('Rækker').selectOption({ label: 'Område' });
	await expect(page).toHaveURL(/[?&]x=omraade/, SLOW);
	await page.getByLabel('Kolonner').selectOption({ label: 'År' });
	await expect(preview.getByRole('columnheader', { name: YEAR })).toBeVisible(SLOW);
	await save(page, 'Anbringelser i områderne', 'Anbringelser er det dyreste og det sværeste.');
	await expect(page.locator('figure')).toHaveCount(2);
	return { datasetId, briefId };
}

async function save(page: Page, title: string, why: string) {
	await page.getByLabel('Figurens titel').fill(title);
	await page.getByLabel('Hvorfor er den relevant for spørgsmålet?').fill(why);
	// Leaving the field looks again; what is stored is what is shown.
	await page.keyboard.press('Tab');
	await expect(page.locator('figure')).toContainText(why, SLOW);
	await page.getByRole('button', { name: 'Sæt figuren ind' }).click();
	await expect(page.getByRole('heading', { level: 1, name: QUESTION })).toBeVisible(SLOW);
	await expect(page.locator('figure', { hasText: title })).toContainText(why);
}

/** All there is to fetch of the two, as whoever asks for it by address would get it. */
async function fetchAll(page: Page, datasetId: string, briefId: string) {
	const answers: Record<string, string> = {};
	const data = [`/data/${datasetId}`, `/data/${datasetId}/versions/1`, `/briefs/${briefId}`];
	for (const path of [...data.flatMap((path) => [path, `${path}/__data.json`])])
		answers[path] = await (await page.request.get(path)).text();
	const measures = [...new Set(SMALL.map(({ measure }) => measure))];
	for (const label of measures) {
		const key = label.toLowerCase().replaceAll('æ', 'ae').replaceAll('ø', 'oe');
		const path = `/data/${datasetId}/__data.json?measure=${key.replace(/[^a-z0-9]+/g, '-')}`;
		answers[path] = await (await page.request.get(path)).text();
	}
	const csv = `/data/${datasetId}/versions/1/download`;
	answers[csv] = await (await page.request.get(csv)).text();
	return { answers, csv: answers[csv], brief: answers[`/briefs/${briefId}/__data.json`]! };
}

type FigureCell = { coordinates: Record<string, string>; value: number | null; status: string };

/** Every cell anywhere in a page's data. */
function cellsIn(json: string): FigureCell[] {
	const found: FigureCell[] = [];
	const walk = (value: unknown) => {
		if (Array.isArray(value)) return value.forEach(walk);
		if (value === null || typeof value !== 'object') return;
		if ('coordinates' in value && 'status' in value) found.push(value as FigureCell);
		else Object.values(value).forEach(walk);
	};
	const { nodes } = JSON.parse(json) as { nodes: ({ data?: unknown[] } | null)[] };
	for (const node of nodes) if (node?.data) walk(revived(node.data));
	return found;
}

/** Kit's page data: one flat list, in which objects and arrays hold places in the list. */
function revived(flat: unknown[], at = 0): unknown {
	const value = flat[at]; // below 0: undefined and its like
	if (Array.isArray(value))
		return typeof value[0] === 'string' ? value : value.map((place) => revived(flat, place));
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, place]) => [key, revived(flat, place as number)])
	);
}

/** Each table of the database as text, one row a line. */
async function everything({ db: { sql } }: World): Promise<string> {
	const tables = await sql<{ name: string }[]>`
		select table_name name from information_schema.tables
		where table_schema = 'public' and table_type = 'BASE TABLE'`;
	const texts = await Promise.all(
		tables.map(async ({ name }) => {
			const rows = await sql<{ text: string }[]>`select r::text "text" from ${sql(name)} r`;
			return rows.map(({ text }) => text).join('\n');
		})
	);
	return texts.join('\n');
}

test('an analyst makes a brief with two figures; the small areas are told in words', async ({
	as,
	world
}) => {
	const page = await as('else_');
	const { datasetId, briefId } = await makeBrief(page, 'areas-2018.csv', SOURCE);

	await test.step('the page says in words what is not shown', async () => {
		const hidden = smallIn(ABSENCE, YEAR).map(({ area }) => area);
		expect(hidden).toContain('Skovbrynet');
		const bars = page.locator('figure', { hasText: 'Fravær i områderne' });
		const words = `${hidden.length} tal er ikke vist, fordi de bygger på få personer.`;
		await expect(bars.getByRole('img').first()).toHaveAccessibleName(new RegExp(words));
		await expect(bars).toContainText(`Tal, der bygger på færre end ${LIMIT} personer, vises ikke.`);
		await bars.getByText('Tabel', { exact: true }).click();
		for (const { area, value } of ROWS.filter((r) => r.measure === ABSENCE && r.year === YEAR))
			await expect(bars.getByRole('row', { name: new RegExp(`^${area}|${area}`) })).toContainText(
				hidden.includes(area) ? 'få personer · ikke vist' : value
			);
		const table = page.locator('figure', { hasText: 'Anbringelser i områderne' });
		await expect(table.getByRole('cell', { name: /få personer · ikke vist/ })).toHaveCount(
			smallIn(PLACED).length
		);
		await fits(page);
	});

	const { csv, brief } = await fetchAll(page, datasetId, briefId);
	await test.step('page data has a cell for each, and no number in it', async () => {
		const cells = cellsIn(brief);
		const bars = ROWS.filter((row) => row.measure === ABSENCE && row.year === YEAR);
		const table = ROWS.filter((row) => row.measure === PLACED);
		expect(cells).toHaveLength(bars.length + table.length);
		const told = cells.filter(({ status }) => status === 's');
		expect(told).toHaveLength(smallIn(ABSENCE, YEAR).length + smallIn(PLACED).length);
		for (const cell of told) expect(cell.value).toBe(null);
		expect(cells.filter(({ value }) => value !== null && value > 0 && value < LIMIT)).toEqual([]);
	});

	await test.step('the download leaves them empty', async () => {
		const [heading, ...lines] = csv!
			.replace('\ufeff', '')
			.trim()
			.split('\r\n')
			.map((line) => line.split(';'));
		for (const row of ROWS) {
			const column = heading!.findIndex((name) => name.startsWith(row.measure));
			const line = lines.find((cells) => cells.includes(row.area) && cells.includes(row.year))!;
			if (isSmall(row)) expect(line[column], `${row.measure}, ${row.area}`).toBe('');
			else if (row.unit === 'antal') expect(line[column]).toBe(row.value.replace('.', ''));
		}
	});

	await test.step('so does the database', async () => {
		const [counts] = await world.db.sql<{ hidden: number; numbers: number; small: number }[]>`
			select count(*) filter (where c.status = 's')::int hidden,
				count(*) filter (where c.status = 's' and c.value is not null)::int numbers,
				count(*) filter (where c.value > 0 and c.value < ${LIMIT}
					and v.shape->'measures'->c.measure->>'countsPeople' = 'true')::int small
			from cells c join versions v on v.id = c.version_id where v.dataset_id = ${datasetId}`;
		expect(counts).toEqual({ hidden: SMALL.length, numbers: 0, small: 0 });
	});
	await test.step('an answer that comes while one writes leaves what was written', async () => {
		await page.goto(`/briefs/${briefId}/figures/new`);
		const title = page.getByLabel('Figurens titel');
		await expect(title).not.toHaveValue('');
		let release = () => {};
		const held = new Promise<void>((resolve) => (release = resolve));
		const asked = page.waitForRequest(/__data\.json.*kind=table/);
		await page.route(/__data\.json.*kind=table/, async (route) => {
			await held;
			await route.continue();
		});
		await page.getByRole('radio', { name: 'Tabel' }).check();
		await asked;
		await title.fill('Mit eget ord');
		release();
		await expect(page.locator('figure').getByRole('columnheader').first()).toBeVisible(SLOW);
		await expect(title).toHaveValue('Mit eget ord');
	});
});

test('the small numbers are in no response, no frame, no log and no table', async ({
	as,
	world
}) => {
	// The same file, but each small number can be told from every other: 3 → 2,800147.
	const marks: string[] = [];
	const file = SOURCE.replace(/;antal;([1-4]);/g, (_, small: string) => {
		const mark = `8${String(marks.length).padStart(3, '0')}47`;
		marks.push(`${Number(small) - 1},${mark}`);
		return `;antal;${marks.at(-1)};`;
	});
	expect(marks).toHaveLength(SMALL.length);

	const page = await as('else_');
	const heard = overhear(page);
	const { datasetId, briefId } = await makeBrief(page, 'områder-mærket.csv', file);
	const { answers } = await fetchAll(page, datasetId, briefId);
	const reader = await as('maja');
	const told = overhear(reader);
	await reader.goto(`/data/${datasetId}`);
	await expect(reader.getByRole('row', { name: /^Skovbrynet/ })).toContainText('skjult');

	const places = {
		responses: [...(await heard()), ...(await told()), ...Object.values(answers)].join('\n'),
		log: world.app.output(),
		tables: await everything(world)
	};
	// What is looked through does hold the rest.
	for (const place of [places.responses, places.tables]) expect(place).toContain('Bakkegården');
	expect(places.responses).toMatch(/"?status"?:"s"|få personer · ikke vist/);
	for (const [place, text] of Object.entries(places))
		for (const mark of marks)
			for (const form of [mark, mark.replace(',', '.')])
				for (const written of [form, Buffer.from(form).toString('hex')])
					expect(text.includes(written), `${written} is in the ${place}`).toBe(false);
});
