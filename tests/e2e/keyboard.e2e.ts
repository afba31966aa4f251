import type { Page } from '@playwright/test';
import * as cases from '#lib/case/cases.server.ts';
import * as glossary from '#lib/forum/glossary.server.ts';
import { focused, press, tabInto, tabTo } from './keys.ts';
import { accessible, expect, fits, test } from './story.ts';

/**
 * Everything by keyboard, once: a case is found and read, a passage annotated, answered and resolved, a
 * version kept, compared and brought back. Nothing in this file touches a mouse: only keys.
 */

test('a case is read, annotated, answered, resolved, and its history gone through, by keyboard alone', async ({
	as,
	world
}) => {
	test.setTimeout(120_000);
	const people = world.people!;
	const TITLE = 'Fra to til otte områder';
	const caseId = await people.act(async (tx) => {
		await glossary.propose(tx, people.sigrid, 'chefer', {
			word: 'fravær',
			forms: ['fraværet'],
			definition: 'Dage uden fremmøde, lovligt eller ulovligt.'
		});
		return await cases.create(tx, people.jonas, {
			forumId: people.forumId,
			title: TITLE,
			question: 'Hvilke områder skal planen dække?',
			kind: 'decision',
			recommendation: 'Planen udvides til otte områder, fordi fraværet stiger uden for de to.'
		});
	});
	const [tove, jonas] = [await as('tove'), await as('jonas')];
	const editor = (page: Page) =>
		page.locator('#recommendation .ProseMirror[contenteditable="true"]');

	await test.step('Tove finds the case and comes to its text past the frame', async () => {
		await tove.goto('/f/chefer');
		await press(tove, 'Sager');
		await expect(tove).toHaveURL(/\/cases$/);
		await press(tove, TITLE);
		await editor(tove).waitFor();
		await press(tove, 'Gå til indholdet');
		await expect(tove.locator('main')).toBeFocused();
		await tabTo(tove, 'Indstilling');
		await tabInto(tove, editor(tove));
		await expect(editor(tove)).toBeFocused();
	});

	await test.step('a marked word says what the forum means by it', async () => {
		await tove.keyboard.press('Control+Home');
		const at = 'Planen udvides til otte områder, fordi fra'.length;
		for (let i = 0; i < at; i++) await tove.keyboard.press('ArrowRight');
		await tove.keyboard.press('Control+Alt+KeyB');
		await expect(tove.getByText('Dage uden fremmøde')).toBeVisible();
		await tove.keyboard.press('Escape');
		await expect(tove.getByText('Dage uden fremmøde')).toHaveCount(0);
	});

	await test.step('she selects words and annotates them', async () => {
		await tabInto(tove, editor(tove));
		await tove.keyboard.press('Control+Home');
		await tove.keyboard.press('Control+Shift+ArrowRight');
		await tove.keyboard.press('Control+Shift+ArrowRight');
		await expect(tove.getByRole('button', { name: 'Anmærk', exact: true })).toBeVisible();
		await tove.keyboard.press('Control+Alt+KeyM');
		await expect(focused(tove)).toHaveAttribute('name', 'body');
		await tove.keyboard.type('Hvorfor netop otte, @Jon');
		await expect(tove.getByRole('listbox').getByText('Jonas Bruun')).toBeVisible();
		await tove.keyboard.press('Enter');
		await tove.keyboard.type('?');
		await tove.keyboard.press('Tab');
		await tove.keyboard.press('ArrowDown');
		await press(tove, 'Del med forummet');
		await expect(tove.locator('#recommendation mark.note')).toHaveText(/^Planen udvides/);
	});

	await test.step('Jonas is told on his page, goes to the note, to its words and back, and answers', async () => {
		await jonas.goto('/work');
		await press(jonas, /Hvorfor netop otte/);
		const note = jonas.getByRole('article', { name: /fra Tove Holm/ });
		await expect(note).toBeVisible();
		await editor(jonas).waitFor();
		await jonas.keyboard.press('Control+Alt+KeyJ');
		await expect(note).toBeFocused();
		await accessible(jonas);
		await fits(jonas);
		await jonas.keyboard.press('KeyG');
		await expect(editor(jonas)).toBeFocused();
		await jonas.keyboard.press('Control+Alt+KeyG');
		await expect(note).toBeFocused();
		await press(jonas, 'Svar');
		await expect(focused(jonas)).toHaveAttribute('name', 'body');
		await jonas.keyboard.type('Fordi de otte har stigende fravær.');
		await jonas.keyboard.press('Control+Enter');
		await expect(tove.getByText('Fordi de otte har stigende fravær.')).toBeVisible();
	});

	await test.step('Tove resolves it', async () => {
		await tove.keyboard.press('Control+Alt+KeyJ');
		await expect(tove.getByRole('article', { name: /fra Tove Holm/ })).toBeFocused();
		await press(tove, 'Afslut');
		// It stays before him who has it in hand, and says so.
		await expect(jonas.getByText('Afsluttet af Tove Holm')).toBeVisible();
	});

	await test.step('she keeps a version, writes, compares, and brings it back while Jonas has the text open', async () => {
		await tove.goto(`/cases/${caseId}`);
		await editor(tove).waitFor();
		await press(tove, 'Historik');
		await expect(tove.getByRole('heading', { level: 1, name: 'Historik' })).toBeVisible();
		await tabTo(tove, 'Gem en udgave af teksten');
		await tove.keyboard.type('Før høringen');
		await tove.keyboard.press('Enter');
		await expect(tove.getByRole('rowheader', { name: /Før høringen/ })).toBeVisible();

		await tabInto(jonas, editor(jonas));
		await jonas.keyboard.press('Control+End');
		await jonas.keyboard.type(' Det koster mere.');
		await expect(jonas.getByText(/^Gemt/).first()).toBeVisible();

		await press(tove, 'Sammenlign');
		await expect(tove.locator('ins')).toContainText('Det koster mere.');
		await accessible(tove);
		await press(tove, 'Hent »Indstilling« frem igen, som det stod før');
		await expect(tove.getByText('hentet frem som en ny rettelse')).toBeVisible();
		await expect(editor(jonas)).not.toContainText('Det koster mere.');
		await press(tove, 'Fortryd');
		await expect(editor(jonas)).toContainText('Det koster mere.');
	});
});

test('a case is made, given evidence and a way to go, and reported ready, by keyboard alone', async ({
	as
}) => {
	const TITLE = 'Ny legeplads i Nørrevang';
	const jonas = await as('jonas');

	await test.step('from the list of cases to a case with a recommendation', async () => {
		await jonas.goto('/f/chefer/cases');
		await press(jonas, 'Ny sag');
		await tabInto(jonas, jonas.locator('[name="title"]'));
		await jonas.keyboard.type(TITLE);
		await jonas.keyboard.press('Tab');
		await jonas.keyboard.type('Skal vi anlægge den i 2019?');
		await jonas.keyboard.press('Tab');
		await jonas.keyboard.type('At vi anlægger den.');
		await press(jonas, 'Opret sagen');
		await expect(jonas.getByRole('heading', { name: TITLE, level: 1 })).toBeVisible();
		await expect(jonas.locator('#recommendation .ProseMirror')).toHaveText('At vi anlægger den.');
	});

	await test.step('what it rests on', async () => {
		await press(jonas, 'Tilføj grundlag');
		await tabInto(jonas, jonas.locator('form[action="?/addEvidence"] [name="title"]'));
		await jonas.keyboard.type('Børnenes egne tegninger');
		await press(jonas, 'Tilføj grundlag');
		await expect(jonas.getByText('Børnenes egne tegninger').first()).toBeVisible();
	});

	await test.step('a way to go, which is recommended', async () => {
		await press(jonas, 'Tilføj en løsningsmulighed');
		await tabInto(jonas, jonas.locator('#option-form [name="title"]'));
		await jonas.keyboard.type('En naturlegeplads');
		await press(jonas, /^Gem$/);
		await expect(jonas.getByRole('heading', { name: 'En naturlegeplads' })).toBeVisible();
		await press(jonas, 'Indstil »En naturlegeplads«');
		await expect(jonas.getByText('Indstilles', { exact: true }).first()).toBeVisible();
	});

	await test.step('it is reported ready', async () => {
		await press(jonas, 'Meld klar', { back: true });
		await expect(jonas.getByText('Klar', { exact: true }).first()).toBeVisible();
	});
});
