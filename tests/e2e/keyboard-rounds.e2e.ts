import type { Page } from '@playwright/test';
import { today } from '#lib/base/clock.ts';
import * as backlog from '#lib/case/backlog.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { focused, press, tabInto, tabTo } from './keys.ts';
import { accessible, expect, test } from './story.ts';

/** What a case goes through besides a meeting, by keyboard alone; when a button is gone, one's place is not. */

function firstOfNextMonth(): string {
	const [year, month] = today().split('-').map(Number) as [number, number];
	return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

test('a case is sent back, approved and decided in writing, and a budget proposal held against its frame, by keyboard alone', async ({
	as,
	world
}) => {
	test.setTimeout(120_000);
	const { act, forumId, jonas: chief, maja: director, sigrid: secretary } = world.people!;
	const make = (title: string, kind: 'decision' | 'budget') =>
		act((tx) =>
			cases.create(tx, chief, {
				...{ forumId, title, kind, question: 'Skal vi?', recommendation: 'At vi udvider.' }
			})
		);
	await act((tx) =>
		forums.setCharter(tx, director, forumId, {
			approval: 'required',
			writtenProcedure: 'one_stops'
		})
	);
	const [caseId, budgetId] = [
		await make('Åbent om aftenen', 'decision'),
		await make('To mere', 'budget')
	];
	const people = { jonas: await as('jonas'), maja: await as('maja'), tove: await as('tove') };
	const { jonas, maja } = people;
	const approval = (page: Page) => page.getByRole('region', { name: 'Godkendelse' });
	const written = (page: Page) => page.getByRole('region', { name: 'Skriftlig behandling' });

	await test.step('approval is asked for; the director annotates a passage and sends the case back with it', async () => {
		await Promise.all([jonas, maja].map((page) => page.goto(`/cases/${caseId}`)));
		await press(jonas, 'Bed om godkendelse');
		await expect(approval(jonas)).toContainText('Maja Krog er bedt om at godkende');
		await expect(approval(jonas)).toBeFocused();
		await expect(approval(maja)).toContainText('Maja Krog er bedt om at godkende');
		await tabInto(maja, maja.locator('#recommendation .ProseMirror[contenteditable="true"]'));
		await maja.keyboard.press('Control+Shift+End');
		await maja.keyboard.press('Control+Alt+KeyM');
		await expect(focused(maja)).toHaveAttribute('name', 'body');
		await maja.keyboard.type('Hvor meget?');
		await press(maja, 'Del med forummet');
		await press(maja, /Send tilbage …/, { back: true });
		await tabTo(maja, 'Bemærkning til hele sagen');
		await maja.keyboard.type('Skriv omfanget.');
		await press(maja, 'Send tilbage med bemærkningerne');
		await expect(approval(maja)).toContainText('Sendt tilbage af Maja Krog');
		await expect(approval(maja)).toBeFocused();
	});

	await test.step('the chief goes from the comment to its words, asks again, and it is approved', async () => {
		await press(jonas, 'Hvor meget?');
		await expect(jonas.getByRole('article', { name: /fra Maja Krog/ })).toBeInViewport();
		await press(jonas, 'Bed om godkendelse igen', { back: true });
		await press(maja, /^Godkend$/);
		await expect(approval(maja)).toContainText('Godkendt af Maja Krog');
		await expect(approval(maja)).toBeFocused();
	});

	await test.step('it is sent round, answered by all, and decided', async () => {
		await press(maja, /Skriftlig behandling …/);
		await tabTo(maja, 'Svar senest');
		// A day whose number is its month's reads the same in every language's field.
		const [year, month] = firstOfNextMonth().split('-');
		await maja.keyboard.type(`${month}${month}${year}`);
		await press(maja, 'Send til skriftlig behandling');
		await expect(written(maja)).toContainText('0 af 3 har svaret');
		for (const page of Object.values(people)) {
			if (page === maja) {
				// From below one comes to the last of the answers, and from it around to the first.
				await tabTo(page, 'Ønsker sagen på et møde', { back: true });
				await page.keyboard.press('ArrowDown');
			} else {
				await page.goto('/work');
				await press(page, 'Åbent om aftenen');
				await tabTo(page, /^Enig$/);
				await page.keyboard.press('Space');
			}
			await press(page, /^Svar$/);
			await expect(focused(page)).toHaveText('Ret svaret');
		}
		await press(maja, 'Beslut sagen');
		await tabTo(maja, 'Vi fortsætter som nu');
		await maja.keyboard.press('Space');
		await tabTo(maja, 'Beslutningens ordlyd');
		await maja.keyboard.type('Vi holder åbent.');
		await tabTo(maja, 'Et mål');
		await maja.keyboard.press('ArrowLeft');
		await press(maja, /^Beslut$/);
		await expect(maja.locator('#decision')).toContainText('Vi holder åbent.');
		await expect(written(maja)).toContainText('Sagen er afgjort ved skriftlig behandling.');
	});

	await test.step('an amount is proposed and a consequence told; the round shows it against the frame', async () => {
		await jonas.goto(`/cases/${budgetId}`);
		await press(jonas, 'Sæt beløb og år');
		await tabTo(jonas, /^Beløb/);
		await jonas.keyboard.type('1.250.000');
		await tabTo(jonas, 'Fra hvilket år?');
		await jonas.keyboard.type('2030');
		await press(jonas, /^Gem$/);
		await expect(jonas.locator('.proposed')).toContainText('Udvidelse');
		await expect(focused(jonas)).toHaveText('Ret beløb og år');
		await press(jonas, 'Budgetrunde', { back: true });
		await expect(jonas.getByRole('region', { name: 'Forslag' })).toContainText('To mere');

		const sigrid = await as('sigrid');
		await sigrid.goto('/f/chefer/budget?year=2030');
		await press(sigrid, 'Sæt en ramme');
		await tabTo(sigrid, /^Center$/);
		await sigrid.keyboard.type('Center for Social');
		await tabTo(sigrid, /^Ramme$/);
		await sigrid.keyboard.type('1.000.000');
		await press(sigrid, /^Gem$/);
		await expect(sigrid.getByRole('row', { name: /Social og Handicap/ })).toContainText(
			'over rammen'
		);
		await accessible(sigrid);
	});

	await test.step('the proposed cases are put in order, and the place in the list is kept', async () => {
		for (const title of ['Biblioteket', 'Svømmehallen'])
			await act((tx) =>
				backlog.propose(tx, secretary, forumId, { title, why: '', departments: [] })
			);
		const sigrid = await as('sigrid');
		await sigrid.goto('/f/chefer/backlog');
		await press(sigrid, 'Flyt Svømmehallen op');
		await expect(sigrid.getByRole('heading', { level: 3 })).toHaveText([
			'Svømmehallen',
			'Biblioteket'
		]);
		await expect(focused(sigrid)).toHaveAccessibleName('Flyt Svømmehallen op');
	});
});
