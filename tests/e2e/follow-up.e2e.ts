import type { Page } from '@playwright/test';
import { decide } from '#lib/thread/decide.server.ts';
import { callMeeting, demoFile, LINE, makeHousing, MEASURE, settled, TITLE } from './housing.ts';
import { accessible, expect, fits, test } from './story.ts';

/** What was decided meets the next year's figures, and everyone can see what it rested on. */

test.use({ actionTimeout: 30_000 });

const GOAL = 'Færre med højt fravær i Nørrevang';
const marks = (page: Page) => page.getByRole('group', { name: /fraværsdage/ }).locator('mark');

test('newer figures move the goal and flag the decision; the way back ends at the cell as it was', async ({
	as,
	world
}) => {
	test.setTimeout(240_000);
	const people = world.people!;
	const { caseId, versionId, figureId } = await makeHousing(people);
	await callMeeting(people, caseId);
	const basis = await settled(people, caseId);
	const decisionId = await people.act((tx) =>
		decide(tx, people.maja, {
			...basis,
			caseId,
			wording: 'Planen udvides til otte områder fra 2019.',
			rationale: { facts: 'Fraværet stiger.', values: '', sideConditions: '', constraints: '' },
			dissent: '',
			decider: 'director',
			method: 'chair',
			goals: [
				{
					title: GOAL,
					ownerId: people.jonas.id,
					targetDate: '2021-12-31',
					nextReview: null,
					aim: {
						measured: true,
						versionId,
						figureId,
						reading: { measure: MEASURE, where: { omraade: ['Nørrevang'] } },
						direction: 'down',
						baselinePeriod: '2018',
						targetValue: 60,
						tolerance: null,
						forecast: null
					},
					milestones: []
				}
			],
			actions: [],
			none: null
		})
	);
	const [maja, tove, else_] = [await as('maja'), await as('tove'), await as('else_')];
	const row = maja.getByRole('row').filter({ has: maja.getByRole('link', { name: GOAL }) });
	const flag = tove.getByRole('heading', { name: 'Ét tal, som beslutningen hviler på' });

	await test.step('the goal stands on the board, waiting for figures', async () => {
		await maja.goto('/f/chefer/goals');
		await expect(row).toContainText('84 → 60');
		await expect(row).toContainText('ingen nye tal');
		await expect(row).toContainText('Jonas Bruun');
		await tove.goto(`/decisions/${decisionId}`);
		await expect(tove.getByRole('link', { name: GOAL })).toBeVisible();
		await expect(flag).toHaveCount(0);
		for (const page of [maja, tove])
			await page.evaluate(() => ((window as { since?: string }).since = 'the start'));
	});

	await test.step('the analyst brings in the figures of 2019', async () => {
		await else_.goto('/f/chefer/data');
		await else_.getByRole('link', { name: 'Boligområderne' }).first().click();
		await else_.getByRole('link', { name: 'Hent ny udgave ind' }).click();
		await else_.locator('input[type="file"]').setInputFiles(demoFile('areas-2019.csv'));
		await expect(else_.getByRole('row', { name: /Mølleparken, 2017/ })).toContainText('48');
		await else_.getByLabel('Opgjort pr.').fill('2019-08-01');
		await else_.getByRole('button', { name: 'Gem som udgave 2' }).click();
		await expect(else_.getByText('2 tal er ændret')).toBeVisible();
	});

	await test.step('the board the director has open says so by itself, and the decision too', async () => {
		await expect(row).toContainText('bagud');
		await expect(row).toContainText('90 → 60');
		await expect(row).toContainText('14 højere end planlagt');
		await expect(row).toContainText('Beslutningen hviler på ét tal, der siden er revideret');
		await expect(flag).toBeVisible();
		await expect(tove.getByText('41 → 48')).toBeVisible();
		await expect(tove.getByRole('listitem').filter({ hasText: GOAL })).toContainText('bagud');
		for (const page of [maja, tove]) {
			expect(
				await page.evaluate(() => (window as { since?: string }).since),
				'not loaded anew'
			).toBe('the start');
			await accessible(page);
			await fits(page);
		}
	});

	await test.step('from the goal back to the decision, the case, the brief and its figures', async () => {
		await row.getByRole('link', { name: GOAL }).click();
		await expect(maja.getByRole('heading', { level: 1 })).toHaveText(GOAL);
		await expect(maja.getByText('bagud').first()).toBeVisible();
		await accessible(maja);
		await maja.getByRole('main').getByRole('link', { name: TITLE }).click();
		await expect(maja).toHaveURL(`/decisions/${decisionId}`);
		await maja.getByRole('link', { name: 'Sag 1' }).click();
		await expect(maja).toHaveURL(`/cases/${caseId}`);
		await expect(maja.getByText('Hviler på ét tal, der siden er revideret')).toBeVisible();
		await maja.getByRole('link', { name: /^Fra databriefen/ }).click();
		await expect(maja.getByRole('heading', { name: LINE })).toBeVisible();
		await maja.getByRole('link', { name: 'Boligområderne, udgave 1' }).click();
		await expect(maja.getByText('Dette er udgave 1. Den nyeste er udgave 2.')).toBeVisible();
		await expect(marks(maja)).toHaveText(
			['38', '41', '44', '41', '45', '78', '85', '88', '81', '84'],
			{ useInnerText: true }
		);
		await accessible(maja);
	});

	await test.step('to the one cell, as it was: the revised one, and where the goal began', async () => {
		await tove.getByRole('link', { name: /Mølleparken.*2017|2017.*Mølleparken/ }).click();
		await expect(marks(tove)).toHaveText('41');
		await expect(tove).toHaveURL(/\/versions\/1\?/);
		await tove.goBack();
		await tove.getByRole('link', { name: GOAL }).click();
		await tove.getByRole('link', { name: '84 (2018)' }).click();
		await expect(marks(tove)).toHaveText('84');
		await expect(tove).toHaveURL(/\/versions\/1\?/);
	});

	await test.step('and forward again: from the figures to the goal', async () => {
		await tove.getByRole('main').getByRole('link', { name: 'Boligområderne' }).first().click();
		const thread = tove.getByRole('navigation', { name: 'Sagens tråd' });
		await thread.getByRole('link', { name: 'Mål' }).click();
		await expect(tove.getByRole('heading', { level: 1 })).toHaveText(GOAL);
	});
});
