import { gzipSync } from 'node:zlib';
import { chromium as playwright } from '@playwright/test';
import { transact, type Sql } from '#lib/base/sql.server.ts';
import * as persons from '#lib/people/persons.server.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import { emailOf } from '#lib/thread/demo/people.ts';
import { startApp } from '../support/app.ts';
import { chromium } from '../support/browser.ts';
import { answersPerSecond, median } from './load.ts';

/** A brief's page with six figures beside the same without, in turn in one run; and the script it brings. */

const ROUNDS = 5;
const REQUESTS = 40;

export async function measureBrief(sql: Sql, databaseUrl: string): Promise<string[][]> {
	const [brief] = await sql<{ id: string }[]>`
		select f.brief_id id from figures f join objects o on o.id = f.brief_id
		where f.removed_at is null and o.phase = 'published' group by 1 order by count(*) desc limit 1`;
	const id = brief!.id;
	const show = async (count: number) => {
		await sql`update figures set removed_at = now() where brief_id = ${id}`;
		await sql`
			update figures set removed_at = null where id in
				(select id from figures where brief_id = ${id} order by created_at limit ${count})`;
	};
	const [held] = await sql<
		{ n: number }[]
	>`select count(*)::int n from figures where brief_id = ${id}`;
	for (let more = held!.n; more < 6; more++)
		await sql`
			insert into figures (brief_id, version_id, position, title, why, spec, created_by)
			select brief_id, version_id, ${100 + more}, title, why, spec, created_by
			from figures where brief_id = ${id} order by created_at limit 1`;
	const app = await startApp(databaseUrl, { LOG_LEVEL: 'warn' });
	try {
		const person = (await persons.byEmail(sql, emailOf('maja')))!;
		const { token } = await transact((tx) => sessions.open(tx, person, 'bench'), sql);
		const headers = { cookie: `${sessions.COOKIE}=${token}` };
		const url = `${app.url}/briefs/${id}`;
		const rounds: { without: number; withSix: number }[] = [];
		for (let round = 0; round <= ROUNDS; round++) {
			await show(0);
			const without =
				1000 / (await answersPerSecond(url, { requests: REQUESTS, connections: 1, headers }));
			await show(6);
			const withSix =
				1000 / (await answersPerSecond(url, { requests: REQUESTS, connections: 1, headers }));
			if (round > 0) rounds.push({ without, withSix });
		}
		const script = (await scriptOf(url, token)) / 1000;
		const ratio = median(rounds.map(({ withSix, without }) => withSix / without));
		return [
			['a brief', 'six figures, ms', 'none, ms', 'ratio', 'wanted', 'script, kB gzip', 'wanted'],
			[
				'its page, rendered by the server',
				median(rounds.map(({ withSix }) => withSix)).toFixed(1),
				median(rounds.map(({ without }) => without)).toFixed(1),
				ratio.toFixed(2),
				limited(ratio, 3, '≤ 3'),
				script.toFixed(0),
				limited(script, 180, '≤ 180')
			]
		];
	} finally {
		await app.stop();
	}
}

/** Bytes of script, compressed, that a browser fetches before anything on the page is touched. */
async function scriptOf(url: string, token: string): Promise<number> {
	const browser = await playwright.launch(chromium());
	try {
		const context = await browser.newContext();
		await context.addCookies([{ name: sessions.COOKIE, value: token, url }]);
		const page = await context.newPage();
		const scripts: Promise<Buffer>[] = [];
		page.on('response', (response) => {
			const type = response.headers()['content-type'] ?? '';
			if (/javascript/.test(type)) scripts.push(response.body());
		});
		await page.goto(url, { waitUntil: 'networkidle' });
		const bodies = await Promise.all(scripts);
		return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
	} finally {
		await browser.close();
	}
}

const limited = (value: number, most: number, said: string) =>
	`${said} (${value <= most ? 'holds' : 'BROKEN'})`;
