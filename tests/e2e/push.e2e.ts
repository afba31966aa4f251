import { connect } from 'node:net';
import { once } from 'node:events';
import { calls, HEADED } from '#lib/data/push.ts';
import { eventually } from '../support/eventually.ts';
import { accessible, expect, fits, test, type World } from './story.ts';

/** Another system sends figures: the page that lets it in, and the lines on that page, over the network. */

const CSV = 'Område;År;Sager\nNord;2018;120\nSyd;2018;90\n';

async function dataset(world: World): Promise<string> {
	const people = world.people!;
	const { create } = await import('#lib/data/datasets.server.ts');
	return await people.act((tx) =>
		create(tx, people.else_, { forumId: people.forumId, title: 'Sager', definition: 'Sager i alt' })
	);
}

test('a system is let in on a page, pushes by the lines shown there, and is shut out again', async ({
	world,
	as
}) => {
	const id = await dataset(world);
	const page = await as('else_');
	await page.goto('/f/chefer/data/accounts');
	await expect(page.getByText('Ingen andre systemer sender tal hertil')).toBeVisible();
	await page.getByLabel('Systemets navn').fill('Sagssystemet');
	await page.getByRole('button', { name: 'Opret konto' }).click();
	await expect(page.getByRole('alert')).toContainText('mindst ét datasæt');
	await expect(page.getByLabel('Systemets navn')).toHaveValue('Sagssystemet');
	await page.getByLabel('Sager').check();
	await page.getByRole('button', { name: 'Opret konto' }).click();
	const token = (await page.locator('code.token').textContent())!;
	await accessible(page);
	await page.setViewportSize({ width: 360, height: 740 });
	await fits(page);
	await page.reload();
	expect(await page.content()).not.toContain(token);
	await expect(page.getByText('Aldrig brugt')).toBeVisible();

	const lines = calls(world.app.url, id);
	for (const line of [lines.send, lines.list])
		await expect(page.locator('pre', { hasText: line })).toBeVisible();
	const url = `${world.app.url}/api/v1/datasets/${id}/versions`;
	const authorization = `Bearer ${token}`;
	expect(lines.send).toContain(`"${url}?as_of=2026-01-31"`);
	const headers = { authorization, 'idempotency-key': '2026-01' };
	const send = () =>
		fetch(`${url}?as_of=2026-01-31`, { method: 'PUT', headers, body: Buffer.from(CSV) });
	const first = await send();
	expect(first.status).toBe(201);
	const told = await first.text();
	expect(JSON.parse(told)).toMatchObject({
		version: { number: 1, asOf: '2026-01-31' },
		page: `${world.app.url}/data/${id}`
	});
	expect(await (await send()).text()).toBe(told);
	// However a tool names what it sends: it is a file.
	for (const type of ['text/csv', 'text/plain', 'application/x-www-form-urlencoded']) {
		const named = { ...headers, 'content-type': type };
		const again = await fetch(`${url}?as_of=2026-01-31`, {
			method: 'PUT',
			headers: named,
			body: CSV
		});
		expect([type, await again.text()]).toEqual([type, told]);
	}
	const headed = await fetch(url, {
		method: 'PUT',
		headers: { authorization, 'content-type': HEADED },
		body: `${JSON.stringify({ asOf: '2026-01-31', fileName: 'tal.csv' })}\n${CSV}`
	});
	expect([headed.status, (await headed.json()).unchanged]).toEqual([200, true]);
	const list = await fetch(url, { headers: { authorization } });
	expect((await list.json()).versions).toMatchObject([{ number: 1, asOf: '2026-01-31' }]);

	await page.goto(`/data/${id}`);
	await expect(page.getByText('Sagssystemet').first()).toBeVisible();
	await page.goto('/f/chefer/data/accounts');
	await expect(page.getByText('Sidst brugt')).toBeVisible();
	await page.getByRole('button', { name: 'Spær Sagssystemet' }).click();
	await expect(page.getByText('Spærret')).toBeVisible();
	const after = await send();
	expect(after.status).toBe(401);
	expect(after.headers.get('content-type')).toBe('application/problem+json');
	expect(await after.json()).toMatchObject({ code: 'forum.token_revoked', status: 401 });
	expect(world.app.output()).not.toContain(token);
});

test('what is refused says why, and where a person answers; a cookie counts for nothing', async ({
	world,
	as
}) => {
	const id = await dataset(world);
	const { people } = world;
	const { create } = await import('#lib/forum/accounts.server.ts');
	const { token } = await people!.act((tx) =>
		create(tx, people!.else_, people!.forumId, {
			name: 'Navnesystemet',
			expiresOn: '2027-01-01',
			objects: [id]
		})
	);
	const url = `${world.app.url}/api/v1/datasets/${id}/versions?as_of=2018-08-01`;
	const send = (body: string, headers: Record<string, string>) =>
		fetch(url, { method: 'PUT', body: Buffer.from(body), headers });
	const authorization = `Bearer ${token}`;
	const names = await send('Navn;År;Timer\nMette Krogh;2018;120\nLars Dahl;2018;90\n', {
		authorization,
		'accept-language': 'en'
	});
	expect(names.status).toBe(422);
	expect(await names.json()).toMatchObject({
		code: 'data.confirm_names',
		detail: expect.stringContaining('looks like persons’ names'),
		answer_at: `${world.app.url}/data/${id}/import`
	});
	const page = await as('else_');
	const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`);
	const signedIn = await send(CSV, { cookie: cookie.join('; ') });
	expect((await signedIn.json()).code).toBe('forum.token_missing');
	expect(signedIn.status).toBe(401);

	// Half a file: said to be longer than it is, and cut.
	const { port } = new URL(world.app.url);
	const socket = connect(Number(port), '127.0.0.1');
	await once(socket, 'connect');
	socket.write(
		`PUT ${new URL(url).pathname}?as_of=2018-08-01 HTTP/1.1\r\nhost: localhost:${port}\r\nauthorization: ${authorization}\r\ncontent-length: 5000\r\n\r\n${CSV}`
	);
	const used = () =>
		world.db.sql<{ at: Date | null }[]>`
			select last_used_at at from service_accounts a join persons p on p.id = a.id where p.name = 'Navnesystemet'`;
	const last = (await used())[0]!.at!.getTime();
	await eventually(async () => (await used())[0]!.at!.getTime() > last);
	socket.destroy();
	await once(socket, 'close');
	expect((await send(CSV, { authorization })).status).toBe(201); // it goes on as if nothing had been
	const versions = await world.db.sql`select 1 from versions where dataset_id = ${id}`;
	expect(versions).toHaveLength(1);

	// What could be stored and should still be known is told with it, in the language asked for.
	const told = await send(`${CSV}Syd;2019;91\n`, { authorization, 'accept-language': 'en' });
	expect([told.status, (await told.json()).warnings]).toEqual([
		201,
		[{ code: 'data.holes', detail: expect.stringContaining('no row in the file') }]
	]);
	await page.goto(`/data/${id}`);
	await expect(page.locator('.notes')).toContainText('har ingen række i filen');
});
