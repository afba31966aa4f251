import type { Locator, Page } from '@playwright/test';
import { transact } from '#lib/base/sql.server.ts';
import * as differing from '#lib/case/differing.server.ts';
import * as persons from '#lib/people/persons.server.ts';
import { emailOf } from '#lib/thread/demo/people.ts';
import { accessible, expect, fits, test, type World } from './story.ts';

/** A case by people who were never shown how: from figures to ready, three at once, and on a phone. */
test.use({ stage: 'demo' });

const FORUM = '/f/centerchefforum';
const MOST = 40;
const QUESTION = 'I hvilke områder er fraværet værst?';

/** One who clicks into everything, also what the keyboard could reach, and is counted. */
class Hand {
	clicks = 0;
	readonly page: Page;

	constructor(page: Page) {
		this.page = page;
	}

	async click(what: Locator) {
		await what.click();
		this.clicks++;
	}

	async write(where: Locator, words: string) {
		await this.click(where);
		await this.page.keyboard.type(words);
	}

	link = (name: string) =>
		this.click(this.page.getByRole('link', { name, exact: true }).filter({ visible: true }));
	button = (name: string) => this.click(this.page.getByRole('button', { name, exact: true }));
}

const section = (page: Page, name: string) =>
	page.locator(`#${name} .ProseMirror[contenteditable="true"]`);
const saved = (page: Page) => expect(page.locator('.saved')).toHaveText(/^Gemt/);

test(`a chief makes a case ready from the areas' figures with at most ${MOST} clicks`, async ({
	as,
	world
}) => {
	const page = await as('jonas');
	const hand = new Hand(page);
	await page.goto(FORUM);

	await test.step('from the figures to a brief with one of them', async () => {
		await hand.link('Data');
		await hand.link('Boligområderne');
		await hand.link('Skriv en databrief om tallene');
		await hand.write(page.getByLabel('Hvilket spørgsmål skal tallene svare på?'), QUESTION);
		await hand.button('Opret databrief');
		await expect(page.getByRole('combobox', { name: 'Datasæt' })).toHaveText(/Boligområderne/);
		await hand.write(
			page.getByLabel('Hvorfor er den relevant for spørgsmålet?'),
			'Den viser, hvor det er værst.'
		);
		await hand.button('Sæt figuren ind');
		await expect(page.getByRole('heading', { name: QUESTION, level: 1 })).toBeVisible();
		await hand.write(section(page, 'headline'), 'Søndermarken og Bakkegården ligger højest.');
		await saved(page);
	});

	await test.step('from the brief to a case with a recommendation and two ways to go', async () => {
		await hand.button('Udgiv nu');
		await hand.button('Gør til sag');
		await expect(page).toHaveURL(/\/cases\//);
		await hand.write(section(page, 'recommendation'), 'At vi begynder i Søndermarken.');
		await saved(page);
		for (const title of ['Begynd i Søndermarken', 'Begynd i begge']) {
			await hand.link('Tilføj en løsningsmulighed');
			await hand.write(page.getByLabel('Løsningsmulighed', { exact: true }), title);
			await hand.click(page.locator('#option-form').getByRole('button').first());
			await expect(page.getByRole('heading', { name: title })).toBeVisible();
		}
		await hand.button('Indstil »Begynd i Søndermarken«');
		await hand.button('Meld klar');
		await expect(page.getByText('Klar', { exact: true }).first()).toBeVisible();
	});

	expect(hand.clicks).toBeLessThanOrEqual(MOST);
	const [made] = await world.db.sql`
		select o.phase, (select count(*)::int from options where case_id = o.id) options,
			(select count(*)::int from evidence where case_id = o.id and figure_id is not null) figures
		from objects o where o.kind = 'case' order by o.created_at desc limit 1`;
	expect(made).toMatchObject({ phase: 'ready', options: 3, figures: 1 });
	test.info().annotations.push({ type: 'clicks', description: String(hand.clicks) });
});

test('three departments write at once, and all of it is there for each of them', async ({
	as,
	world
}) => {
	const { id } = await caseOf(world, 'jonas');
	await world.db.sql`
		insert into authors (object_id, person_id, added_by)
		select ${id}, id, id from persons where email in ('tove@lindeby.example', 'camilla@lindeby.example')
		on conflict do nothing`;
	const parts = { jonas: 'account', tove: 'risk', camilla: 'next' };
	const pages = await Promise.all(
		Object.entries(parts).map(async ([name, part]) => ({ name, part, page: await as(name) }))
	);
	for (const { page, part } of pages) {
		await page.goto(`/cases/${id}`);
		await section(page, part).waitFor();
	}
	await Promise.all(
		pages.map(async ({ name, part, page }) => {
			await section(page, part).click();
			await page.keyboard.press('Control+End');
			await page.keyboard.type(` Set fra ${name}.`);
			await saved(page);
		})
	);
	for (const { page } of pages)
		for (const [name, part] of Object.entries(parts))
			await expect(section(page, part)).toContainText(`Set fra ${name}.`);
});

test('on a phone a reader reads the one page, annotates it, and says how they read it', async ({
	as,
	world
}) => {
	const { sql } = world.db;
	const { id, briefId } = await caseOf(world, 'jonas');
	const matter = 'Hvor er fraværet værst?';
	const jonas = (await persons.byEmail(sql, emailOf('jonas')))!;
	await transact((tx) => differing.raise(tx, jonas, id, { matter, reading: 'I de to.' }), sql);
	const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
	const page = await as('camilla', phone);

	await test.step('the one page, and a word on it', async () => {
		await page.goto(`/briefs/${briefId}?view=one`);
		await fits(page);
		const words = page.locator('#messages .prose').getByText(/\S/).first();
		await words.scrollIntoViewIfNeeded();
		await words.evaluate((element) => {
			const text = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()!;
			getSelection()!.setBaseAndExtent(text, 0, text, 8);
		});
		await page.getByRole('button', { name: 'Anmærk', exact: true }).tap();
		await page.getByRole('textbox', { name: 'Din anmærkning' }).fill('Det genkender vi.');
		await page.getByRole('button', { name: 'Del med forummet' }).tap();
		await expect(page.getByText('Det genkender vi.').first()).toBeVisible();
		await accessible(page);
		await fits(page);
	});

	await test.step('a reading, given before the others’ are seen', async () => {
		await page.goto(`/cases/${id}`);
		const seen = page.locator('.unknown li').filter({ hasText: matter });
		await expect(seen).not.toContainText('I de to.');
		await seen.getByText('Sig, hvordan du læser det').tap();
		await seen.getByRole('textbox').fill('I alle otte.');
		await seen.getByRole('button', { name: 'Gem min læsning' }).tap();
		await expect(seen).toContainText('I de to.');
		await expect(seen).toContainText('I alle otte.');
		await fits(page);
	});
});

/** A case of that chief's that is still written. */
async function caseOf(world: World, name: string) {
	const [found] = await world.db.sql<{ id: string; briefId: string }[]>`
		select o.id, c.brief_id "briefId" from objects o join cases c on c.id = o.id join persons p on p.id = o.created_by
		where o.kind = 'case' and p.email = ${`${name}@lindeby.example`} and o.phase = 'on_agenda'`;
	return found!;
}
