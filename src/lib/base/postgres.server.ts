import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { promisify } from 'node:util';
import { driver } from './driver.server.ts';
import { rename, run, settle } from './place.server.ts';
import type { Place } from './place.server.ts';

/**
 * The embedded PostgreSQL: what runs when no DATABASE_URL is given. It is its own session, so a
 * Ctrl-C that ends us leaves it standing until we have drained; it serves every command of this
 * clone and is stopped by the last of them.
 */

const USER = 'raadslag';
const PATIENCE = 60_000; // ms; a cluster recovering from a power cut takes its time

export type Embedded = {
	/** Address of the database `postgres` on it; `database.server.ts` makes others. */
	url: string;
	/** Whether it was running already. */
	joined: boolean;
	/** Stops it, unless another command of this clone still uses it. */
	stop: () => Promise<void>;
};

export async function startPostgres(options: {
	dataDir: string;
	/** Server settings on top of the defaults, such as `{ fsync: 'off' }` for tests. */
	settings?: Record<string, string>;
}): Promise<Embedded> {
	try {
		const place = await settle(resolve(options.dataDir));
		const leave = enter(place);
		try {
			const found = await joinOrStart(place, options.settings ?? {});
			return { ...found, stop: () => leave(() => stop(place)) };
		} catch (error) {
			await leave(async () => {});
			throw error;
		}
	} catch (error) {
		const reason = error instanceof Error ? error.message.trim() : String(error);
		throw new Error(`The embedded PostgreSQL did not start: ${reason}`, { cause: error });
	}
}

async function joinOrStart(place: Place, settings: Record<string, string>) {
	if (!existsSync(place.cluster)) await initialise(place);
	const deadline = Date.now() + PATIENCE;
	for (let joined = true; ;) {
		const url = await answering(place);
		if (url) return { url, joined };
		if (Date.now() > deadline) throw new Error(`it does not answer; see ${place.log}`);
		if (alive(place)) await after(50);
		else joined = !(await start(place, settings));
	}
}

/**
 * Counts this process among those that use the cluster: a file named by its pid. The one who leaves
 * when no other living process is there does `last`.
 */
function enter(place: Place): (last: () => Promise<void>) => Promise<void> {
	const users = join(place.home, 'users');
	mkdirSync(users, { recursive: true });
	const entered = join(users, `${process.pid}.${randomBytes(4).toString('hex')}`);
	writeFileSync(entered, '');
	return async (last) => {
		rmSync(entered, { force: true });
		const others = readdirSync(users).filter((name) => {
			if (running(parseInt(name))) return true;
			rmSync(join(users, name), { force: true });
			return false;
		});
		if (others.length === 0) await last();
	};
}

/**
 * Makes the cluster beside its place and moves it there when whole, password and all, so an
 * interrupted or a simultaneous start leaves no half cluster.
 */
async function initialise(place: Place): Promise<void> {
	const fresh = `${place.cluster}.${process.pid}`;
	const password = `${fresh}.password`;
	writeFileSync(password, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
	if (place.identity.uid !== undefined)
		chownSync(password, place.identity.uid, place.identity.gid ?? place.identity.uid);
	await tool(place, 'initdb', [
		`--pgdata=${fresh}`,
		`--username=${USER}`,
		`--pwfile=${password}`,
		'--auth=scram-sha-256',
		// A bare machine's locale would give SQL_ASCII and break Danish.
		'--encoding=UTF8',
		'--locale-provider=builtin',
		'--builtin-locale=C.UTF-8'
	]);
	renameSync(password, join(fresh, 'password'));
	rename(fresh, place.cluster);
}

/** False when another process was starting it at the same moment. */
async function start(place: Place, settings: Record<string, string>): Promise<boolean> {
	const chosen = {
		port: String(await freePort()),
		listen_addresses: '127.0.0.1',
		unix_socket_directories: '',
		max_connections: '200',
		...settings
	};
	const flags = Object.entries(chosen).map(([name, value]) => `-c ${name}='${value}'`);
	try {
		const wait = ['-w', '-t', String(PATIENCE / 1000)];
		await tool(place, 'pg_ctl', ['start', ...wait, '-l', place.log, '-o', flags.join(' ')]);
		return true;
	} catch (error) {
		if (alive(place)) return false;
		const { stderr } = error as { stderr?: string };
		throw new Error(`${stderr || error} See ${place.log}`, { cause: error });
	}
}

async function stop(place: Place): Promise<void> {
	if (alive(place)) await tool(place, 'pg_ctl', ['stop', '-m', 'fast', '-w']);
}

/** Its address when it takes connections. */
async function answering(place: Place): Promise<string | undefined> {
	const port = postmaster(place)?.port;
	if (!port || !alive(place)) return;
	const password = readFileSync(join(place.cluster, 'password'), 'utf8').trim();
	const url = `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`;
	const db = driver(url, { max: 1, connect_timeout: 5, onnotice: () => {} });
	try {
		await db`select 1`;
		return url;
	} catch {
		return; // starting, or on its way down
	} finally {
		await db.end({ timeout: 1 });
	}
}

/** Whether the process named in postmaster.pid runs and is PostgreSQL; a leftover file is removed. */
function alive(place: Place): boolean {
	const found = postmaster(place);
	if (!found) return false;
	if (!found.pid) return true; // being written
	if (running(found.pid) && /postgres/.test(programOf(found.pid))) return true;
	rmSync(join(place.cluster, 'postmaster.pid'), { force: true });
	return false;
}

/** A pid may have gone to another program since; slim machines have no ps, others no /proc. */
function programOf(pid: number): string {
	const file = `/proc/${pid}/comm`;
	return existsSync(file) ? readFileSync(file, 'utf8') : run('ps', ['-p', `${pid}`, '-o', 'comm=']);
}

function postmaster(place: Place): { pid: number; port: number } | undefined {
	try {
		const lines = readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8').split('\n');
		return { pid: Number(lines[0]), port: Number(lines[3]) };
	} catch {
		return;
	}
}

function running(pid: number): boolean {
	try {
		return process.kill(pid, 0);
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

async function tool(place: Place, name: string, args: string[]): Promise<void> {
	await promisify(execFile)(join(place.binaries, name), args, {
		...place.identity,
		cwd: place.home,
		env: { LC_ALL: 'C', PATH: '/usr/bin:/bin', PGDATA: place.cluster }
	});
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	await new Promise((done) => server.close(done));
	return port;
}
