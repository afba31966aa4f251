import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { Page } from '@playwright/test';
import { utf16, utf8, windows1252 } from '../data/bytes.ts';
import { snapshot } from '../support/snapshot.ts';
import { expect, test, type World } from './story.ts';

/** Files that are not what they should be: each gets its sentence, wherever it comes in, and leaves nothing. */

test.setTimeout(240_000);
test.use({ actionTimeout: 30_000 });

const SLOW = { timeout: 60_000 };
const MB = 1024 * 1024;
const AREAS = new Uint8Array(readFileSync('src/lib/thread/demo/figures/areas-2018.csv'));
const GOOD = utf8('Område;År;Børn\nNord;2018;120\nSyd;2018;85\n');
const wide = (cell: (at: number) => string) =>
	Array.from({ length: 200 }, (_, at) => cell(at)).join(';');

type Bad = { what: string; name?: string; bytes: Uint8Array; sentence: string };
const BAD: Bad[] = [
	{ what: 'empty', bytes: utf8(''), sentence: 'Filen er tom.' },
	{ what: 'nothing but blanks', bytes: utf8('\ufeff \r\n\r\n'), sentence: 'Filen er tom.' },
	{
		what: 'only a header',
		bytes: windows1252('Område;År;Børn\r\n'),
		sentence: 'Filen har overskrifter, men ingen rækker med tal.'
	},
	{
		what: 'a row too short',
		bytes: utf8('Område;År;Børn\nNord;2018;120\nSyd;2018\nØst;2018;85\n'),
		sentence: 'Række 3 har 2 celler, men der er 3 overskrifter. Ret rækken, og prøv igen.'
	},
	{
		what: 'a row too long',
		bytes: utf8('Område;År;Børn\nNord;2018;120\nSyd;2018;1;85\nØst;2018;85\n'),
		sentence: 'Række 3 har 4 celler, men der er 3 overskrifter. Ret rækken, og prøv igen.'
	},
	{
		what: 'an unknown encoding: DOS letters',
		bytes: Uint8Array.of(
			...utf8('Omr'),
			0x86,
			...utf8('de;B'),
			0x9b,
			...utf8('rn\nS'),
			0x91,
			59,
			57
		),
		sentence: 'Filens tegnsæt kendes ikke, eller den er ikke en tekstfil.'
	},
	{
		what: 'no text at all',
		bytes: Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 251),
		sentence: 'Filens tegnsæt kendes ikke, eller den er ikke en tekstfil.'
	},
	{
		what: '200 columns',
		bytes: utf8(`${wide((at) => `k${at}`)}\n${wide(() => '7')}\n`),
		sentence: 'Filen har 200 kolonner; højst 150 kan læses.'
	},
	{
		what: 'a ZIP called .csv',
		bytes: Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 8, 8, 8, 0),
		sentence: 'Excel-filen er beskadiget eller ikke hel. Åbn den i Excel, og gem den igen.'
	},
	{
		what: 'CPR numbers in a column',
		bytes: utf8('Område;Barn;Antal\nNord;010190-1234;1\nSyd;020291-4321;1\n'),
		sentence: 'Filen indeholder CPR-numre: det første i række 2, kolonne »Barn«.'
	},
	{
		what: 'a CPR number in a remark',
		bytes: utf8('Område;Børn;Note\nNord;120;\nSyd;85;se sag 0101901234\n'),
		sentence: 'Filen indeholder CPR-numre: det første i række 3, kolonne »Note«.'
	},
	{
		what: 'a formula',
		bytes: utf8('Område;År;Børn\nNord;2018;120\n=cmd|/C calc!A0;2018;85\n'),
		sentence: 'Cellen i række 3, kolonne »Område«, er en formel.'
	},
	{
		what: 'a formula behind @',
		bytes: utf8('Område;År;Børn\nNord;2018;@SUM(A1:A9)\n'),
		sentence: 'Cellen i række 2, kolonne »Børn«, er en formel.'
	},
	{
		what: 'cut in the middle of a row',
		bytes: AREAS.subarray(0, AREAS.lastIndexOf(59, AREAS.length / 2)),
		sentence: 'Den er nok ikke kommet helt med; hent den igen.'
	},
	{
		what: 'cut inside a letter',
		bytes: utf8('Område;År;Børn\nNord;2018;120\nØ').subarray(0, -1),
		sentence: 'Den er nok ikke kommet helt med; hent den igen.'
	},
	{
		what: 'cut inside a quoted cell',
		bytes: utf8('Område;År;Børn\nNord;2018;120\n"Syd og'),
		sentence: 'Filen slutter midt i række 3. Den er nok ikke kommet helt med; hent den igen.'
	}
];

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What the page itself sends: a line that says what to do, then the file. */
async function send(page: Page, to: 'understand' | 'import', told: unknown, bytes: Uint8Array) {
	const answer = await page.request.put(`/f/chefer/data/${to}`, {
		headers: { 'content-type': 'application/octet-stream' },
		data: Buffer.concat([utf8(`${JSON.stringify(told)}\n`), bytes])
	});
	return { status: answer.status(), body: await answer.json() };
}

/** A dataset with one version, and what to say to give it another. */
async function dataset({ people }: World, page: Page) {
	const seen = await send(page, 'understand', {}, GOOD);
	const saying = {
		recipe: seen.body.recipe as unknown,
		fileName: 'børn.csv',
		asOf: '2018-08-01',
		confirmations: []
	};
	const stored = await send(
		page,
		'import',
		{
			...saying,
			description: { title: 'Børn', definition: 'Børn i området', ownerId: people!.else_.id },
			hash: hashOf(GOOD)
		},
		GOOD
	);
	expect(stored).toMatchObject({ status: 201, body: { number: 1 } });
	return { datasetId: stored.body.id as string, saying };
}

async function choose(page: Page, name: string, bytes: Uint8Array) {
	await page
		.locator('input[type=file]')
		.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(bytes) });
}

test('each bad file gets its sentence on both pages and at the endpoint, and nothing is stored', async ({
	as,
	world
}) => {
	const page = await as('else_');
	const { datasetId, saying } = await dataset(world, page);
	const before = await snapshot(world.db.sql);

	for (const path of ['/f/chefer/data/new', `/data/${datasetId}/import`]) {
		await page.goto(path);
		for (const { what, bytes, sentence, name = 'tal.csv' } of BAD) {
			await choose(page, name, bytes);
			const alert = page.getByRole('alert').filter({ hasText: sentence });
			await expect(alert.first(), `${what}, on ${path}`).toBeVisible(SLOW);
			await expect(page.getByRole('button', { name: /^Gem som udgave/ })).toHaveCount(0);
		}
	}
	// Someone who leaves the look at it out, and sends it to be stored at once.
	for (const { what, bytes, sentence } of BAD)
		for (const to of [{ datasetId }, { description: { title: 'x', definition: 'x' } }]) {
			const description = to.description && { ...to.description, ownerId: world.people!.else_.id };
			const told = { ...saying, ...to, description, hash: hashOf(bytes) };
			const { status, body } = await send(page, 'import', told, bytes);
			expect([400, 413, 422], what).toContain(status);
			expect(body.error.message, what).toContain(sentence);
		}
	expect(await snapshot(world.db.sql)).toEqual(before);
	expect(world.app.output(), 'a bad file is nothing unexpected').not.toMatch(
		/"level":(50|60)|Error/
	);
});

test('the same file twice, and a CPR number in its name, are turned away', async ({
	as,
	world
}) => {
	const page = await as('else_');
	const { datasetId, saying } = await dataset(world, page);
	const before = await snapshot(world.db.sql);

	await page.goto(`/data/${datasetId}/import`);
	await choose(page, 'samme.csv', GOOD);
	const sentence =
		'Filen er allerede hentet ind som udgave 1, opgjort 1. aug. 2018. Vælg den nye fil.';
	await expect(page.getByRole('alert')).toHaveText(`samme.csv: ${sentence}`, SLOW);
	const told = { ...saying, datasetId, hash: hashOf(GOOD) };
	const again = await send(page, 'import', told, GOOD);
	expect(again.status).toBe(409);
	expect(again.body.error.message).toBe(sentence);

	const other = utf8('Område;År;Børn\nNord;2018;121\nSyd;2018;85\n');
	const named = { ...told, fileName: '010190-1234.csv', hash: hashOf(other) };
	const refused = await send(page, 'import', named, other);
	expect(refused.body.error.message).toContain('Filens navn indeholder et CPR-nummer.');
	// Not the file that was looked at.
	const swapped = await send(page, 'import', told, other);
	expect(swapped.body.error.message).toContain('Filen er ikke den, der blev vist.');
	expect(await snapshot(world.db.sql)).toEqual(before);
});

test('300 MB that does not say its size is refused on the way, and the server stays small', async ({
	as,
	world
}) => {
	const page = await as('else_');
	await dataset(world, page);
	const before = await snapshot(world.db.sql);
	const peak = peakOf(world.app.pid);
	const cookies = await page.context().cookies();
	const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
	for (const to of ['understand', 'import']) {
		const answer = await pour(`${world.app.url}/f/chefer/data/${to}`, cookie, 300 * MB);
		expect(answer.status).toBe(413);
		expect(answer.text).toContain('Filen er større end 64 MB.');
		expect(answer.sent).toBeLessThan(150 * MB);
	}
	expect(peakOf(world.app.pid) - peak).toBeLessThan(200 * MB);
	expect(await snapshot(world.db.sql)).toEqual(before);
	expect((await page.request.get('/f/chefer/data')).status()).toBe(200);
});

/** The most memory the process has had, in bytes; 0 where it cannot be asked. */
function peakOf(pid: number): number {
	const file = `/proc/${pid}/status`;
	const found = existsSync(file) && /VmHWM:\s*(\d+) kB/.exec(readFileSync(file, 'utf8'));
	return found ? Number(found[1]) * 1024 : 0;
}

/** Sends rows until the server answers or `size` is reached. */
function pour(url: string, cookie: string, size: number) {
	return new Promise<{ status: number; text: string; sent: number }>((resolve, reject) => {
		const rows = Buffer.from('Nord;2018;120\n'.repeat(70_000));
		let sent = 0;
		let answered = false;
		const sending = request(
			url,
			{ method: 'PUT', headers: { cookie, 'content-type': 'application/octet-stream' } },
			(response) => {
				answered = true;
				let text = '';
				response.on('data', (chunk) => (text += chunk));
				response.on('end', () => {
					resolve({ status: response.statusCode!, text, sent });
					sending.destroy();
				});
			}
		);
		sending.on('error', (error) => !answered && reject(error));
		const more = () => {
			while (!answered && sent < size) {
				sent += rows.length;
				if (!sending.write(rows)) return void sending.once('drain', more);
			}
			if (!answered) sending.end();
		};
		sending.write('{}\nOmråde;År;Børn\n');
		more();
	});
}

test('UTF-16 simply imports', async ({ as, world }) => {
	const page = await as('else_');
	const areas = new TextDecoder('windows-1252').decode(AREAS);
	for (const [order, mark] of [
		['le', true],
		['be', true],
		['le', false]
	] as const) {
		await page.goto('/f/chefer/data/new');
		await choose(page, 'områder.csv', utf16(areas, order, mark));
		await expect(
			page.getByText(`540 rækker, 6 kolonner. Tegnsæt: UTF-16${order.toUpperCase()}.`)
		).toBeVisible(SLOW);
	}
	await page.getByLabel('Titel', { exact: true }).fill('Boligområderne i UTF-16');
	await page.getByLabel('Definition', { exact: true }).fill('Ni nøgletal for tolv boligområder');
	await page.getByLabel('Opgjort pr.').fill('2018-08-01');
	await page.getByRole('button', { name: 'Gem som udgave 1' }).click();
	await expect(page.getByRole('heading', { name: 'Boligområderne i UTF-16' })).toBeVisible(SLOW);
	await expect(page.getByRole('row', { name: /^Nørrevang/ })).toBeVisible();
	const [version] = await world.db.sql<{ encoding: string; cells: number }[]>`
		select v.recipe->'reading'->>'encoding' encoding, (select count(*)::int from cells where version_id = v.id) cells
		from versions v join datasets d on d.id = v.dataset_id where d.title = 'Boligområderne i UTF-16'`;
	expect(version).toEqual({ encoding: 'utf-16le', cells: 600 });
});
