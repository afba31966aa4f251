import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { transact, type Sql } from '#lib/base/sql.server.ts';
import * as persons from '#lib/people/persons.server.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import { emailOf } from '#lib/thread/demo/people.ts';
import { startApp } from '../support/app.ts';
import { eventually } from '../support/eventually.ts';
import { answersPerSecond, median } from './load.ts';

/** Pages of the demo beside a bare SvelteKit page, in turn in one run: answers per second, and the ratio. */

const ROUNDS = 5;
const REQUESTS = 60;

export async function measurePages(sql: Sql, databaseUrl: string): Promise<string[][]> {
	const bare = await startBare();
	const app = await startApp(databaseUrl, { LOG_LEVEL: 'warn' });
	try {
		const person = (await persons.byEmail(sql, emailOf('maja')))!;
		const { token } = await transact((tx) => sessions.open(tx, person, 'bench'), sql);
		const headers = { cookie: `${sessions.COOKIE}=${token}` };
		const [kase] = await sql<
			{ id: string }[]
		>`select id from objects where kind = 'case' and phase = 'on_agenda'`;
		const pages = {
			'a case with its figures and notes': `/cases/${kase!.id}`,
			"the directors' board": '/f/centerchefforum/goals',
			'the list of cases': '/f/centerchefforum/cases'
		};
		const rows: string[][] = [['page', 'answers/s', 'bare page/s', 'ratio']];
		for (const [name, path] of Object.entries(pages)) {
			const rounds: { ours: number; bare: number }[] = [];
			for (let i = 0; i <= ROUNDS; i++) {
				const ours = await answersPerSecond(app.url + path, { requests: REQUESTS, headers });
				const beside = await answersPerSecond(bare.url, { requests: REQUESTS });
				if (i > 0) rounds.push({ ours, bare: beside }); // the first one warms both
			}
			rows.push([
				name,
				median(rounds.map((r) => r.ours)).toFixed(0),
				median(rounds.map((r) => r.bare)).toFixed(0),
				median(rounds.map((r) => r.ours / r.bare)).toFixed(3)
			]);
		}
		return rows;
	} finally {
		await app.stop();
		await bare.stop();
	}
}

/** Builds the bare project beside our packages and serves it on a free port. */
async function startBare(): Promise<{ url: string; stop: () => Promise<void> }> {
	const folder = resolve('.data/bench/bare');
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	cpSync('tests/bench/bare', folder, { recursive: true });
	const vite = resolve('node_modules/vite/bin/vite.js');
	const built = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'error'], {
		cwd: folder,
		encoding: 'utf8'
	});
	if (built.status !== 0) throw new Error(`the bare page could not be built: ${built.stderr}`);
	const port = await freePort();
	const child = spawn(process.execPath, [join(folder, 'build/index.js')], {
		env: { ...process.env, PORT: String(port), HOST: '127.0.0.1' },
		stdio: 'ignore'
	});
	const url = `http://127.0.0.1:${port}`;
	await eventually(async () => (await fetch(url).catch(() => null))?.ok, {
		what: 'the bare page answers'
	});
	return {
		url,
		stop: async () => {
			const gone = once(child, 'exit');
			child.kill('SIGTERM');
			await gone;
		}
	};
}

async function freePort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as { port: number };
	server.close();
	await once(server, 'close');
	return port;
}
