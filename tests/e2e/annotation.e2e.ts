import type { Page } from '@playwright/test';
import * as cases from '#lib/case/cases.server.ts';
import { accessible, expect, fits, test } from './story.ts';

/** A third annotates while two write around it; the words go; the note is put back. */

const PASSAGE = 'det er steget i fem af de ti områder udenfor';
const ACCOUNT = `Fraværet er ikke, hvor planen er. I de to områder er det faldet siden 2015, mens ${PASSAGE}, mest i Mølleparken og Nørrevang.\n\nSkoledistriktet blev lagt om i 2017.`;

/** Selects words of the account as a person would who drags over them, and sees them selected. */
async function select(page: Page, words: string, length = words.length) {
	await expect(async () => {
		const selected = await page.evaluate(
			async ([words, length]) => {
				const walker = document.createTreeWalker(
					document.querySelector('#account')!,
					NodeFilter.SHOW_TEXT
				);
				for (let text = walker.nextNode(); text; text = walker.nextNode()) {
					const at = text.textContent!.indexOf(words);
					if (at < 0) continue;
					text.parentElement!.closest<HTMLElement>('[contenteditable="true"]')?.focus();
					getSelection()!.setBaseAndExtent(text, at, text, at + length);
				}
				// What others write meanwhile may move the selection before the editor has taken it in.
				for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
				const selection = getSelection()!;
				if (length > 0) return selection.toString();
				const after = document.createRange();
				after.setStart(selection.anchorNode!, selection.anchorOffset);
				after.setEndAfter(document.querySelector('#account')!);
				return selection.isCollapsed ? after.toString().slice(0, words.length) : 'something else';
			},
			[words, length] as const
		);
		expect(selected).toBe(words);
	}).toPass();
}
const marked = (page: Page) => page.locator('#account mark.note');
/** Another's caret may stand in the words: then they are marked in pieces. */
const onWords = (page: Page, words: string) =>
	expect.poll(async () => (await marked(page).allTextContents()).join('')).toBe(words);
const editor = (page: Page) => page.locator('#account .ProseMirror[contenteditable="true"]');

/** Puts the caret before some words, as a click there would. */
const caretBefore = (page: Page, words: string) => select(page, words, 0);

test('a note holds while others write around it, becomes an orphan, and is put back', async ({
	as,
	world
}) => {
	const { people } = world;
	const caseId = await people!.act((tx) =>
		cases.create(tx, people!.jonas, {
			forumId: people!.forumId,
			title: 'Fra to til otte områder',
			question: 'Hvilke områder skal planen dække?',
			kind: 'decision'
		})
	);
	const [jonas, else_, tove] = [await as('jonas'), await as('else_'), await as('tove')];
	for (const page of [jonas, else_, tove]) {
		await page.goto(`/cases/${caseId}`);
		await editor(page).waitFor();
	}

	await editor(jonas).click();
	for (const [i, block] of ACCOUNT.split('\n\n').entries()) {
		if (i > 0) await jonas.keyboard.press('Enter');
		await jonas.keyboard.insertText(block);
	}
	await expect(editor(tove)).toContainText('Skoledistriktet blev lagt om');

	await test.step('Tove annotates a passage with the keyboard', async () => {
		await select(tove, 'det er steget');
		await expect(tove.getByRole('button', { name: 'Anmærk', exact: true })).toBeVisible();
		// Quick fingers: the key comes before the page has been told that more words are selected.
		await tove.evaluate((length) => {
			const selection = getSelection()!;
			selection.extend(selection.focusNode!, selection.anchorOffset + length);
			const key = { code: 'KeyM', key: 'm', ctrlKey: true, altKey: true, bubbles: true };
			document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', key));
		}, PASSAGE.length);
		await tove
			.getByRole('textbox', { name: 'Din anmærkning' })
			.fill('Det steg kun i tre af de fem.');
		await tove.getByText('anden læsning', { exact: true }).click();
		await tove.getByRole('button', { name: 'Del med forummet' }).click();
		for (const page of [tove, jonas, else_]) {
			await onWords(page, PASSAGE);
			const note = page.getByRole('article', { name: 'anden læsning fra Tove Holm' });
			await expect(note).toContainText('Det steg kun i tre af de fem.');
			await expect(note).toContainText('Center for Dagtilbud og Skole');
		}
		await accessible(tove);
		await fits(tove);
	});

	await test.step('it stays on its words while two others write, split and make a heading', async () => {
		await Promise.all([
			caretBefore(jonas, 'I de to').then(() => jonas.keyboard.type('Kort sagt: ')),
			caretBefore(else_, 'Skoledistriktet').then(() => else_.keyboard.type('Husk: '))
		]);
		await caretBefore(jonas, 'mens');
		await jonas.keyboard.press('Enter');
		for (const page of [tove, jonas, else_]) {
			await expect(editor(page)).toContainText('Husk: ');
			await expect(editor(page).locator('> *')).toHaveCount(3);
			await onWords(page, PASSAGE);
		}
		await caretBefore(else_, 'det er steget');
		await else_.keyboard.press('Control+Alt+Digit2');
		for (const page of [tove, jonas, else_]) {
			await expect(editor(page).locator('h2')).toContainText('mens');
			await onWords(page, PASSAGE);
		}
	});

	await test.step('Jonas replies; Tove hears of it at once', async () => {
		const note = jonas.getByRole('article', { name: 'anden læsning fra Tove Holm' });
		await note.locator('summary', { hasText: 'Svar' }).click();
		await note.getByRole('textbox', { name: 'Dit svar' }).fill('Enig. Skal vi vise intervallet?');
		await note.getByRole('button', { name: 'Svar', exact: true }).click();
		await expect(tove.getByText('Enig. Skal vi vise intervallet?')).toBeVisible();
	});

	await test.step('the passage goes: everyone sees an orphan, and its author puts it back', async () => {
		await select(jonas, PASSAGE);
		// Offered once the editor knows what is selected.
		await expect(jonas.getByRole('button', { name: 'Anmærk', exact: true })).toBeVisible();
		await jonas.keyboard.press('Delete');
		for (const page of [tove, jonas, else_]) {
			await expect(marked(page)).toHaveCount(0);
			await expect(page.getByRole('region', { name: 'Ordene er væk' })).toContainText(PASSAGE);
		}
		await expect(jonas.getByRole('button', { name: 'Sæt på nye ord' })).toHaveCount(0);
		await tove.getByRole('button', { name: 'Sæt på nye ord' }).click();
		await select(tove, 'mest i Mølleparken');
		await tove.getByRole('button', { name: 'Sæt den her' }).click();
		for (const page of [tove, jonas, else_]) {
			await onWords(page, 'mest i Mølleparken');
			await expect(page.getByText('Ordene er væk')).toHaveCount(0);
		}
	});

	await test.step('it is resolved, and found again among the resolved', async () => {
		await jonas.getByRole('button', { name: 'Afslut' }).click();
		await expect(marked(else_)).toHaveCount(0);
	});
});

test('a private note is in nothing another person is sent; shared, it is unread until it is had in hand', async ({
	as,
	world
}) => {
	const { people } = world;
	const caseId = await people!.act((tx) =>
		cases.create(tx, people!.jonas, {
			forumId: people!.forumId,
			title: 'Udviklingspuljen',
			question: 'Hvem får mest?',
			kind: 'decision'
		})
	);
	const [tove, jonas] = [await as('tove'), await as('jonas')];
	await tove.goto(`/cases/${caseId}`);
	await editor(tove).click();
	await tove.keyboard.insertText('Puljen deles efter antal børn.');
	await select(tove, 'efter antal børn');
	await tove.getByRole('button', { name: 'Anmærk', exact: true }).click();
	await tove.getByRole('textbox', { name: 'Din anmærkning' }).fill('Det rammer de små skoler.');
	await tove.getByRole('button', { name: 'Gem kun til mig' }).click();
	await expect(tove.getByText('Kun synlig for dig')).toBeVisible();

	const page = await jonas.request.get(`/cases/${caseId}`);
	expect(await page.text()).not.toContain('de små skoler');
	await tove.getByRole('button', { name: 'Del med forummet' }).click();
	await expect(tove.getByText('Kun synlig for dig')).toHaveCount(0);
	await jonas.goto(`/cases/${caseId}`);
	await expect(
		jonas.getByRole('paragraph').filter({ hasText: 'Det rammer de små skoler.' })
	).toBeVisible();
	// Written by the server, so also there for who has no JavaScript.
	expect(await (await jonas.request.get(`/cases/${caseId}`)).text()).toContain('de små skoler');

	await select(tove, 'Puljen');
	await tove.getByRole('button', { name: 'Anmærk', exact: true }).click();
	await tove.getByRole('textbox', { name: 'Din anmærkning' }).fill('Hvilken af dem?');
	await tove.getByRole('button', { name: 'Del med forummet' }).click();
	const unread = jonas.locator('option', { hasText: 'Ulæste' });
	await expect(unread).toHaveText('Ulæste (2)');
	await jonas.getByText('Hvilken af dem?').click();
	await expect(unread, 'one had in hand counts no more').toHaveText('Ulæste (1)');
});

test('an answer that comes late takes neither the caret nor the words one has selected since', async ({
	as,
	world
}) => {
	const { people } = world;
	const caseId = await people!.act((tx) =>
		cases.create(tx, people!.jonas, {
			forumId: people!.forumId,
			title: 'Sent svar',
			question: 'Hvad nu?',
			kind: 'decision'
		})
	);
	const jonas = await as('jonas');
	await jonas.goto(`/cases/${caseId}`);
	await editor(jonas).click();
	await jonas.keyboard.insertText('Puljen deles efter antal børn.');
	await select(jonas, 'efter antal børn');
	await jonas.getByRole('button', { name: 'Anmærk', exact: true }).click();
	await jonas.getByRole('textbox', { name: 'Din anmærkning' }).fill('Skal den det?');
	let answer = () => {};
	const held = new Promise<void>((go) => (answer = go));
	await jonas.route(
		(url) => url.search.startsWith('?/annotate'),
		async (route) => {
			const response = await route.fetch();
			await held;
			await route.fulfill({ response });
		}
	);
	await jonas.getByRole('button', { name: 'Del med forummet' }).click();
	await expect(marked(jonas)).toHaveCount(1); // told over the live channel
	const composer = jonas.getByRole('textbox', { name: 'Din anmærkning' });
	await expect(composer, 'not answered yet').toHaveCount(1);
	await select(jonas, 'Puljen');
	answer();
	await expect(composer).toHaveCount(0);
	// What Kit does to the focus and the selection it does within two turns.
	await jonas.evaluate(() => new Promise((done) => setTimeout(() => setTimeout(done))));
	await jonas.keyboard.type('Beløbet');
	await expect(editor(jonas)).toHaveText(/^Beløbet deles efter/);
});
