import { readFileSync } from 'node:fs';
import { accessible, expect, fits, test } from './story.ts';

/** A brief that several make: written in two departments, read by peers, asked of the one who owns the figures, published, printed. */
test.use({ stage: 'demo' });

const WORD = readFileSync('tests/document/word.html', 'utf8');

test('a section is written by a colleague, a peer and an owner answer, and the forum gets one page', async ({
	as
}) => {
	const author = await as('jonas');
	await author.goto('/f/centerchefforum/briefs');
	await author.getByRole('link', { name: 'Hvor stiger fraværet hurtigst?' }).click();
	const colleague = await as('camilla', { viewport: { width: 360, height: 720 } });

	await test.step('the section is found under one’s work, pasted from Word without its clutter, and given back', async () => {
		await colleague.goto('/work');
		await colleague.getByRole('link', { name: 'Konsekvenser' }).click();
		const section = colleague.locator('#consequences');
		const editor = section.getByRole('textbox', { name: 'Konsekvenser' });
		await expect(editor).toBeVisible();
		await editor.click();
		await editor.evaluate((element, html) => {
			const clipboardData = new DataTransfer();
			clipboardData.setData('text/html', html);
			element.dispatchEvent(
				new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
			);
		}, WORD);
		await expect(editor.locator('h2')).toHaveText('Hvad vi ved');
		await expect(editor.locator('h3')).toHaveText('Hvad vi foreslår');
		await expect(editor.locator('strong')).toHaveText('steget');
		await expect(editor.locator('em')).toHaveText('Bakkegården');
		await expect(editor.getByRole('link')).toHaveAttribute('href', 'https://example.org/notat');
		await expect(editor.locator(':scope > ul > li')).toHaveCount(2);
		await expect(editor.locator('ul ul > li')).toHaveText('op til seks uger');
		await expect(editor.locator(':scope > ol > li')).toHaveText(['Besøg først', 'Skriv bagefter']);
		await expect(editor.locator(':scope > p').last()).toHaveText('Tak for hjælpen.');
		const text = await editor.innerText();
		for (const clutter of ['·', 'Skal det med?', 'JB1', 'alert', 'Calibri', 'Notat om'])
			expect(text).not.toContain(clutter);
		await expect(editor.locator('[style], [class*="Mso"]')).toHaveCount(0);
		await expect(author.locator('#consequences')).toContainText('Skriv bagefter');
		await colleague.getByRole('button', { name: 'Giv tilbage som færdigt' }).click();
		await expect(section).toContainText('gav det tilbage');
		await expect(author.locator('#consequences')).toContainText('gav det tilbage');
		await fits(colleague);
		await accessible(colleague);
	});

	await test.step('a peer finds it under their work and has nothing more to add', async () => {
		const peer = await as('maja');
		await peer.goto('/work');
		await peer.getByRole('link', { name: 'Hvor stiger fraværet hurtigst?' }).click();
		await peer.getByRole('button', { name: 'Jeg har ikke mere at tilføje' }).click();
		await expect(peer.getByRole('button', { name: 'Jeg har ikke mere at tilføje' })).toBeHidden();
		await expect(author.getByText(/Maja Krog.*har ikke mere at tilføje/)).toBeVisible();
		await expect(peer.getByRole('button', { name: 'Udgiv nu' })).toBeHidden();
	});

	await test.step('the owner cannot say no without a why; with one it stands at the sentence', async () => {
		const owner = await as('else');
		await owner.goto('/work');
		await owner.getByRole('link', { name: 'I Østerled er det steget fra 102 til 121.' }).click();
		const asked = owner
			.locator('li')
			.filter({ hasText: 'Kan du genkende dette?' })
			.filter({ hasText: 'I Østerled er det steget' });
		await asked.getByText('Nej, for …').click();
		await asked.getByRole('button', { name: 'Svar nej' }).click();
		await expect(asked.getByText('Et nej skal have et hvorfor')).toBeVisible();
		await asked.getByLabel('Hvorfor ikke?').fill('To skoler er talt med for første gang.');
		await asked.getByRole('button', { name: 'Svar nej' }).click();
		await expect(owner.locator('#messages')).toContainText('To skoler er talt med');
		await expect(author.locator('#messages')).toContainText('To skoler er talt med');
		const mark = author.locator('#messages .note-number').last();
		await expect(mark).toHaveText('≠');
		await mark.click();
		await expect(
			author.locator('li:focus').filter({ hasText: 'To skoler er talt med' })
		).toBeVisible();
	});

	await test.step('nobody’s no stops it, and what prints is the one page', async () => {
		await author.getByRole('button', { name: 'Udgiv nu' }).click();
		await expect(author.getByText(/Udgivet .* af Jonas Bruun/)).toBeVisible();
		const reader = await as('ove');
		await reader.goto(author.url());
		await expect(reader.locator('#story')).toBeVisible();
		await reader.emulateMedia({ media: 'print' });
		await expect(reader.locator('#messages')).toBeVisible();
		for (const behind of ['#story', '#consequences', '#life', '#left_out'])
			await expect(reader.locator(behind)).toBeHidden();
		await reader.emulateMedia({ media: 'screen' });
		await reader.getByRole('link', { name: 'Én side' }).click();
		await expect(reader.locator('#story')).toHaveCount(0);
		await expect(reader.locator('#headline')).toBeVisible();
	});
});

test('what a forum orders is begun by the practitioner in one action, and one sees the pool as one’s own centre', async ({
	as
}) => {
	const practitioner = await as('tove');
	await practitioner.goto('/work');
	await practitioner
		.getByRole('link', { name: 'Hvorfor stiger fraværet i Bakkegården og Østerled?' })
		.click();
	await practitioner.getByRole('button', { name: /^Begynd databriefen/ }).click();
	await expect(
		practitioner.getByRole('heading', { level: 1, name: 'Fravær uden for boligplanen' })
	).toBeVisible();
	await expect(practitioner.getByText(/Bestilt af Birgit Aagaard/)).toBeVisible();
	await practitioner
		.getByLabel('Hvilket mål eller hvilken strategi tjener den?')
		.fill('Boligplanen');
	await practitioner.getByRole('button', { name: 'Gem' }).first().click();
	await expect(practitioner.getByText('Tjener: Boligplanen')).toBeVisible();
	await accessible(practitioner);

	await practitioner.goto('/f/centerchefforum/briefs');
	await practitioner.getByRole('link', { name: 'Udviklingspuljen: hovedtal eller behov?' }).click();
	await practitioner
		.getByLabel('Som ét center ser den')
		.selectOption('Center for Dagtilbud og Skole');
	await expect(practitioner.getByText(/Set fra Center for Dagtilbud og Skole/)).toBeVisible();
	await expect(practitioner).toHaveURL(/lens=Center/);
	await expect(practitioner.locator('#figures figure')).toHaveCount(2);
	await fits(practitioner);
});
