import type { Page } from '@playwright/test';
import * as accounts from '#lib/forum/accounts.server.ts';
import { today } from '#lib/base/clock.ts';
import { transact } from '#lib/base/sql.server.ts';
import { pullSchema } from '#lib/data/pull-input.ts';
import * as pulls from '#lib/data/pulls.server.ts';
import { byEmail } from '#lib/people/persons.server.ts';
import { emailOf } from '#lib/thread/demo/people.ts';
import { accessible, expect, fits, test, type World } from './story.ts';

/** What a forum settles for everyone: who takes over from someone who leaves, and how small a number may be. */

test.use({ stage: 'demo', actionTimeout: 30_000 });

const FORUM = '/f/centerchefforum';
const waiting = (page: Page) => page.getByRole('main').getByRole('listitem');

/** Camilla has figures fetched, and answers for another system's account, beside what the demo gave her. */
async function moreInHand({ db: { sql } }: World) {
	const camilla = (await byEmail(sql, emailOf('camilla')))!;
	const [dataset] = await sql<{ id: string; forumId: string }[]>`
		select d.id, o.forum_id "forumId" from datasets d join objects o on o.id = d.id
		where d.owner_id = ${camilla.id} order by d.title limit 1`;
	const { id, forumId } = dataset!;
	await transact(async (tx) => {
		const from = { url: 'https://tal.example/tal.csv', method: 'GET', rhythm: 'daily' } as const;
		await pulls.set(tx, camilla, id, pullSchema.parse(from));
		await tx`update pulls set next_at = now() + interval '1 day'`;
		await accounts.create(tx, camilla, forumId, {
			name: 'Familiesystemet',
			expiresOn: today(),
			objects: [id]
		});
	}, sql);
	return id;
}

test('a chief leaves, and everything they had in hand is given to someone who is here', async ({
	as,
	world
}) => {
	test.setTimeout(180_000);
	const datasetId = await moreInHand(world);
	const sigrid = await as('sigrid');

	await test.step('the secretary takes her out of the forum', async () => {
		await sigrid.goto(`${FORUM}/hand-over`);
		await expect(sigrid.getByText('Intet venter på en ny ejer')).toBeVisible();
		await sigrid.goto(`${FORUM}/members`);
		await sigrid
			.getByRole('listitem')
			.filter({ hasText: 'Camilla Friis' })
			.getByRole('button', { name: 'Tag ud' })
			.click();
		await expect(sigrid.getByRole('alert')).toContainText('Camilla Friis');
		await sigrid.getByRole('alert').getByRole('link', { name: 'Skal gives videre' }).click();
		await expect(sigrid).toHaveURL(`${FORUM}/hand-over`);
	});

	const goal = waiting(sigrid).filter({ hasText: 'Mål, Camilla Friis' }).first();
	await test.step('all of it waits, each kind said in words', async () => {
		for (const words of [
			'Datasæt, Camilla Friis var ejer',
			'Hentning af tal, sat op af Camilla Friis',
			'Servicekonto, Camilla Friis svarede for den',
			'Mål, Camilla Friis havde det'
		])
			await expect(waiting(sigrid).filter({ hasText: words }).first()).toBeVisible();
		for (const width of [360, 1280]) {
			await sigrid.setViewportSize({ width, height: 900 });
			await fits(sigrid);
		}
		await accessible(sigrid);
	});

	await test.step('the goal, the dataset and the accounts say so too, and lead here', async () => {
		const title = (await goal.getByRole('link').textContent())!;
		await goal.getByRole('link').click();
		await expect(sigrid.getByRole('heading', { level: 1 })).toHaveText(title);
		await expect(sigrid.getByText('Camilla Friis er ikke længere i forummet.')).toBeVisible();
		await accessible(sigrid);
		await sigrid.goto(`/data/${datasetId}`);
		const flags = sigrid.getByRole('main').getByRole('link', { name: 'Skal gives videre' });
		await expect(flags).toHaveCount(2);
		const tove = await as('tove');
		await tove.goto(`${FORUM}/data/accounts`);
		await tove.getByRole('main').getByRole('link', { name: 'Skal gives videre' }).click();
		await expect(tove.getByText('Familiesystemet')).toBeVisible();
		await expect(tove.getByRole('button', { name: 'Giv videre' })).toHaveCount(0);
	});

	await test.step('nobody is proposed who does not know it, and a wrong one is told why', async () => {
		await sigrid.goto(`${FORUM}/hand-over`);
		const pull = waiting(sigrid).filter({ hasText: 'Hentning af tal' });
		await expect(pull.getByRole('combobox')).toHaveValue('');
		await pull.getByRole('combobox').selectOption({ label: 'Bo Kjærsgård' });
		await pull.getByRole('button', { name: 'Giv videre' }).click();
		await expect(pull).toContainText('må ikke hente tal ind her');
		await expect(pull.getByRole('combobox')).toHaveValue(/.+/);
	});

	await test.step('one by one it is given to the analyst, until nothing waits', async () => {
		for (let left = await waiting(sigrid).count(); left > 0; left--) {
			const one = waiting(sigrid).first();
			await one.getByRole('combobox').selectOption({ label: 'Else Winther' });
			await one.getByRole('button', { name: 'Giv videre' }).click();
			await expect(waiting(sigrid)).toHaveCount(left - 1);
		}
		await expect(sigrid.getByText('Intet venter på en ny ejer')).toBeVisible();
		await sigrid.goto(`/data/${datasetId}`);
		await expect(sigrid.getByRole('main')).toContainText('Else Winther');
		await expect(
			sigrid.getByRole('main').getByRole('link', { name: 'Skal gives videre' })
		).toHaveCount(0);
	});
});

test('the chair raises the limit: the page says what follows, stricter editions come, and old figures say so', async ({
	as,
	world
}) => {
	test.setTimeout(180_000);
	const { sql } = world.db;
	const [before] = await sql<{ id: string; number: number; briefId: string }[]>`
		select d.id, max(v.number)::int number,
			(select f.brief_id from figures f join versions x on x.id = f.version_id join objects o on o.id = f.brief_id
				where x.dataset_id = d.id and f.removed_at is null and o.phase = 'published' limit 1) "briefId"
		from datasets d join versions v on v.dataset_id = d.id where d.title = 'Boligområderne' group by d.id`;
	const { id, number, briefId } = before!;
	const maja = await as('maja');
	const observer = await as('ove');
	await observer.goto(`${FORUM}/charter`);
	await expect(observer.getByText('færre end 5 personer')).toBeVisible();
	await expect(observer.getByLabel('Grænse for små tal')).toHaveCount(0);

	await test.step('a limit out of reach is told, and what was typed stands', async () => {
		await maja.goto(`${FORUM}/charter`);
		const limit = maja.getByLabel('Grænse for små tal');
		const form = maja.locator('form').filter({ has: limit });
		// The page's script takes the value over, and with it what is selected: not in the middle of a fill.
		await expect(limit).not.toHaveAttribute('value');
		await limit.evaluate((field: HTMLInputElement) => (field.form!.noValidate = true));
		await limit.fill('500');
		await form.getByRole('button', { name: 'Gem' }).click();
		await expect(maja.getByText('et helt tal fra 3 til 50')).toBeVisible();
		await expect(limit).toHaveValue('500');
		await limit.fill('10');
		await form.getByRole('button', { name: 'Gem' }).click();
		await expect(maja.getByRole('alert')).toContainText('Grænsen er hævet fra 5 til 10');
		await accessible(maja);
		await fits(maja);
	});

	await test.step('the dataset has a stricter edition, made of the one before', async () => {
		await maja.getByRole('link', { name: 'Se datasættene' }).click();
		await maja.getByRole('main').getByRole('link', { name: 'Boligområderne' }).first().click();
		await maja.waitForURL(`**/data/${id}`);
		// It comes while one looks: the page is not loaded again by hand.
		await expect(
			maja.getByText(`Lavet af udgave ${number} med en strengere grænse: tal under 10 personer`)
		).toBeVisible();
		await expect(observer.getByText('færre end 10 personer')).toBeVisible();
	});

	await test.step('a figure of the edition before stands, and says that there is a newer', async () => {
		await maja.goto(`/briefs/${briefId}`);
		await expect(
			maja.getByText(`Udgave ${number + 1} er kommet; figuren viser stadig`).first()
		).toBeVisible();
		await maja.goto(`/data/${id}/versions/${number}`);
		await expect(maja.getByText(`Den nyeste er udgave ${number + 1}`)).toBeVisible();
	});
});
