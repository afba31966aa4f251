import type { Page } from '@playwright/test';
import * as cases from '#lib/case/cases.server.ts';
import { plainText } from '#lib/document/content.ts';
import * as documents from '#lib/document/documents.server.ts';
import { eventually } from '../support/eventually.ts';
import { cable } from './cable.ts';
import { expect, test, type World } from './story.ts';

/** Two chiefs write the account at once; one closes the laptop's lid; "saved" is never said too early. */

test.setTimeout(240_000);
test.use({ actionTimeout: 30_000 });

const SLOW = { timeout: 60_000 };
const editor = (page: Page) => page.locator('#account .ProseMirror[contenteditable="true"]');
const state = (page: Page) => page.locator('.saved');
const caretOf = (page: Page, name: string) =>
	page.locator('#account .others-caret', { hasText: name });

/** A case open in front of both, its account empty. */
async function open(world: World, title: string, pages: Page[]) {
	const { act, jonas, forumId } = world.people!;
	const caseId = await act((tx) =>
		cases.create(tx, jonas, { forumId, title, question: 'Hvad er sket?', kind: 'decision' })
	);
	for (const page of pages) {
		await page.goto(`/cases/${caseId}`);
		await editor(page).waitFor(SLOW);
		await expect(state(page)).toHaveText(/^Gemt/, SLOW);
	}
	const document = (await documents.ofObject(world.db.sql, caseId))!;
	/** The account as the database has it: the sum of `document_updates`. */
	const stored = async () =>
		plainText((await documents.content(world.db.sql, document.id)).account);
	return { documentId: document.id, stored };
}

/** Every word the page says of what one wrote, from now on, as it is put there. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
	const said = await page.evaluateHandle(() => {
		const said: string[] = [];
		const shown = document.querySelector('.saved [aria-hidden]')!;
		new MutationObserver(() => said.push(shown.textContent!.trim())).observe(shown, {
			characterData: true,
			childList: true,
			subtree: true
		});
		return said;
	});
	return () => said.jsonValue();
}
const SAVED = /^Gemt/;

test('two write the account at once, and one who lost the network comes back with everything', async ({
	as,
	world
}) => {
	const wire = await cable();
	const [jonas, tove] = [await as('jonas', { proxy: wire.proxy }), await as('tove')];
	const { stored } = await open(world, 'Fra to til otte områder', [jonas, tove]);
	const both = [jonas, tove];

	await test.step('each sees the other there, and where they write', async () => {
		await expect(jonas.getByRole('list', { name: 'Har teksten åben' })).toContainText(/Tove|TH/);
		await editor(jonas).click();
		await jonas.keyboard.type('Fraværet falder. ');
		await jonas.keyboard.press('Enter');
		await jonas.keyboard.type('Skolerne melder om andet. ');
		await expect(editor(tove).locator('p')).toHaveCount(2, SLOW);
		await editor(tove).locator('p').first().click();
		await tove.keyboard.press('End');
		await expect(caretOf(tove, 'Jonas Bruun')).toBeVisible();
		await expect(caretOf(jonas, 'Tove Holm')).toBeVisible();
	});

	await test.step('they write at once, each in a paragraph, then both in the same', async () => {
		await Promise.all([
			jonas.keyboard.type('Det gælder Nørrevang mest.'),
			tove.keyboard.type('Det gælder alle tre år.')
		]);
		for (const page of both) {
			await expect(editor(page).locator('p').nth(0), 'Tove’s').toContainText(
				'Det gælder alle tre år.',
				SLOW
			);
			await expect(editor(page).locator('p').nth(1), 'Jonas’').toContainText(
				'Det gælder Nørrevang mest.',
				SLOW
			);
		}
		await editor(tove).locator('p').nth(1).click();
		await tove.keyboard.press('Home');
		await Promise.all([jonas.keyboard.type(' Sidst i 2018.'), tove.keyboard.type('Men bemærk: ')]);
		for (const page of both)
			await expect(editor(page).locator('p').nth(1)).toHaveText(
				/Men bemærk: .*Skolerne melder om andet\. Det gælder Nørrevang mest\. Sidst i 2018\./,
				SLOW
			);
	});

	await test.step('Jonas closes the lid, writes on, and is told where it is', async () => {
		const said = await listen(jonas);
		await wire.pull(jonas.context());
		await expect(state(jonas)).toHaveText(
			/Ingen forbindelse – det, du skriver, ligger på denne enhed/,
			SLOW
		);
		await jonas.keyboard.type(' Skrevet i toget.');
		await expect(editor(jonas)).toContainText('Skrevet i toget.');
		// Meanwhile the other writes on, without him.
		await tove.keyboard.type('(fra mødet) ');
		await expect(state(tove)).toHaveText(SAVED, SLOW);
		await expect.poll(stored, SLOW).toContain('(fra mødet)');
		expect(await stored(), 'what was written in the train is on the device only').not.toContain(
			'toget'
		);
		await expect(editor(jonas)).not.toContainText('(fra mødet)');
		await expect(state(jonas)).toHaveText(/ligger på denne enhed/);
		expect((await said()).filter((words) => SAVED.test(words))).toEqual([]);
	});

	await test.step('he comes back: both have everything, and so does the database', async () => {
		await wire.plug(jonas.context());
		for (const page of both) {
			await expect(editor(page)).toContainText('Skrevet i toget.', SLOW);
			await expect(editor(page)).toContainText('(fra mødet)', SLOW);
			await expect(state(page)).toHaveText(SAVED, SLOW);
		}
		const text = await stored();
		expect(text).toBe(
			'Fraværet falder. Det gælder alle tre år.\n\n' +
				'Men bemærk: (fra mødet) Skolerne melder om andet. Det gælder Nørrevang mest. Sidst i 2018. Skrevet i toget.'
		);
		for (const page of both) expect(await written(page)).toBe(text);
	});
});

/** The account as it stands in the page, without carets. */
async function written(page: Page): Promise<string> {
	return await editor(page).evaluate((root) => {
		const copy = root.cloneNode(true) as HTMLElement;
		for (const caret of copy.querySelectorAll('.others-caret')) caret.remove();
		const paragraphs = [...copy.querySelectorAll('p')].map((p) => p.textContent);
		return paragraphs.join('\n\n').replaceAll('\u2060', '').trim();
	});
}

test('"saved" is said when the text is on disk, and not before', async ({ as, world }) => {
	const [jonas, tove] = [await as('jonas'), await as('tove')];
	const { documentId, stored } = await open(world, 'Udviklingspuljen', [jonas, tove]);
	const { sql } = world.db;
	const updates = async () => {
		const [row] = await sql<{ count: number }[]>`
			select count(*)::int from document_updates where document_id = ${documentId}`;
		return row!.count;
	};
	const before = await updates();
	const said = await listen(jonas);

	let release = () => {};
	const held = new Promise<void>((resolve) => (release = resolve));
	let locked = () => {};
	const holding = new Promise<void>((resolve) => (locked = resolve));
	const lock = sql.begin(async (tx) => {
		await tx`select from documents where id = ${documentId} for update`;
		locked();
		await held;
	});
	await Promise.race([holding, lock]);
	try {
		await editor(jonas).click();
		await jonas.keyboard.type('Puljen deles efter antal børn.');
		await expect(editor(jonas)).toContainText('Puljen deles efter antal børn.');
		// The server has it, and waits for the row.
		await eventually(
			async () => {
				const rows = await sql`
					select from pg_stat_activity
					where datname = current_database() and wait_event_type = 'Lock' and query ~ 'document_'`;
				return rows.length > 0;
			},
			{ within: 60_000, what: 'the server waits for the document’s row' }
		);
		// The page says so in words, and goes on counting.
		await expect(state(jonas)).toHaveText(/Ikke gemt i \d+ s/, SLOW);
		const counted = (await said()).length;
		await expect.poll(async () => (await said()).length, SLOW).toBeGreaterThan(counted + 1);
		await jonas.keyboard.type(' Det er nyt.');
		await expect(editor(jonas)).toContainText('Det er nyt.');
		expect((await said()).filter((words) => SAVED.test(words))).toEqual([]);
		expect((await said()).some((words) => /^Ikke gemt i/.test(words))).toBe(true);
		// Log first: what is not on disk is not told on either.
		await expect(editor(tove)).not.toContainText('Puljen');
		expect(await updates()).toBe(before);
	} finally {
		release();
		await lock;
	}

	await expect(state(jonas)).toHaveText(SAVED, SLOW);
	expect(await stored()).toBe('Puljen deles efter antal børn. Det er nyt.');
	await expect(editor(tove)).toContainText('Puljen deles efter antal børn. Det er nyt.', SLOW);
	expect(await updates()).toBeGreaterThan(before);
});
