import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { databaseAt } from '#lib/base/database.server.ts';
import { migrate } from '#lib/base/migrate.server.ts';
import { startPostgres, type Embedded } from '#lib/base/postgres.server.ts';
import { transact, type Sql } from '#lib/base/sql.server.ts';
import type { Role } from '#lib/forum/access.ts';
import type { Person } from '#lib/people/person.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import { driver } from '#lib/base/driver.server.ts';
import { eventually } from '../../support/eventually.ts';
import { startSyncNode, warmSyncNode, type SyncNode } from '../../support/sync-node.ts';
import { FAULTS } from './faults.ts';

/**
 * What chaos is made on: a Postgres of its own, which does not forget at a kill (only processes die here,
 * so fsync may be off), two sync nodes in processes of their own, and people with sessions.
 */
export class Bed {
	readonly url: string;
	readonly sql: Sql;
	readonly forumId: string;
	readonly people: { person: Person; token: string; reads: boolean }[];
	/** null while one is dead or starting. */
	readonly nodes: (SyncNode | null)[] = [null, null];
	/** Nodes that died without being told to. */
	readonly deaths: string[] = [];
	#dataDir: string;
	#settings: Record<string, string>;
	#started: Embedded[];
	#starting: Promise<unknown>[] = [];
	#spared = new Set<SyncNode>();
	#warm: (typeof startSyncNode)[] = [];

	private constructor(given: {
		url: string;
		sql: Sql;
		forumId: string;
		people: Bed['people'];
		dataDir: string;
		settings: Record<string, string>;
		started: Embedded;
	}) {
		this.url = given.url;
		this.sql = given.sql;
		this.forumId = given.forumId;
		this.people = given.people;
		this.#dataDir = given.dataDir;
		this.#settings = given.settings;
		this.#started = [given.started];
	}

	static async make(): Promise<Bed> {
		const dataDir = ownFolder();
		// Nodes know one address, so Postgres comes back where it was.
		const settings = {
			port: String(await freePort()),
			fsync: 'off',
			synchronous_commit: 'on',
			full_page_writes: 'off'
		};
		const started = await startPostgres({ dataDir, settings });
		settings.port = new URL(started.url).port; // one that a run left behind has its own
		const url = databaseAt(started.url, 'chaos');
		const server = operator(started.url);
		await server`alter system reset all`; // a run that was cut off may have left it read-only
		await server`select pg_reload_conf()`;
		await server`drop database if exists chaos with (force)`;
		await server`create database chaos template template0`;
		await server.end();
		const sql = operator(url);
		await migrate(sql);
		await sql.unsafe(FAULTS);
		const { forumId, people } = await cast(sql);
		const bed = new Bed({ url, sql, forumId, people, dataDir, settings, started });
		await bed.heal();
		return bed;
	}

	/** A document of a case of its own. */
	async document(title: string): Promise<string> {
		return await transact(async (tx) => {
			const { person } = this.people[0]!;
			const [object] = await tx<{ id: string }[]>`
				insert into objects (kind, forum_id, title, phase, created_by)
				values ('case', ${this.forumId}, ${title}, 'on_agenda', ${person.id}) returning id`;
			return await documents.create(tx, person, object!.id, {
				account: 'Første afsnit.',
				risk: ''
			});
		}, this.sql);
	}

	/** Ends a node and begins to start another in its place. */
	async endNode(index: number, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
		const node = this.nodes[index];
		if (!node) return;
		this.nodes[index] = null;
		this.#spared.add(node);
		const gone = node.kill(signal);
		if (signal === 'SIGKILL') await gone;
		this.#start(index, gone);
	}

	/** Ends Postgres with no time for a last word, and begins to start it again. */
	async killPostgres(): Promise<void> {
		const pid = Number(
			readFileSync(join(await this.#cluster(), 'postmaster.pid'), 'utf8').split('\n')[0]
		);
		process.kill(pid, 'SIGKILL');
		this.#starting.push(this.#restart());
	}

	/** One of its backends dies: the others are ended, and it recovers by itself. */
	async crashBackend(): Promise<void> {
		const [row] = await this.sql<{ pid: number }[]>`
			select pid from pg_stat_activity
			where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
			limit 1`;
		if (row) process.kill(row.pid, 'SIGKILL');
	}

	/** Every connection of the nodes ends, perhaps between a commit and its answer. */
	async cutPostgres(): Promise<void> {
		await this.sql`select pg_terminate_backend(pid) from pg_stat_activity
			where datname = current_database() and pid <> pg_backend_pid()`;
	}

	async readOnly(on: boolean): Promise<void> {
		await this.sql.unsafe(
			on
				? 'alter system set default_transaction_read_only = on'
				: 'alter system reset default_transaction_read_only'
		);
		await this.sql`select pg_reload_conf()`;
	}

	/** Postgres and both nodes are there again. */
	async heal(): Promise<void> {
		while (this.#starting.length > 0) await Promise.all(this.#starting.splice(0));
		await eventually(() => this.sql`select 1`, { within: 20_000, what: 'Postgres answers' });
		for (const index of this.nodes.keys()) if (!this.nodes[index]) this.#start(index);
		while (this.#starting.length > 0) await Promise.all(this.#starting.splice(0));
	}

	/** What the nodes said and what Postgres is doing, for whoever has to find out why. */
	async said(): Promise<string> {
		const activity = await this.sql<{ line: string }[]>`
			select concat_ws(' ', pid, state, wait_event, now() - query_start, left(query, 100)) line
			from pg_stat_activity where datname = current_database()`.catch(() => []);
		const nodes = this.nodes.map((node, index) => `node ${index}: ${node?.output().slice(-3_000)}`);
		return [...nodes, ...activity.map(({ line }) => line)].join('\n');
	}

	async end(): Promise<void> {
		await this.heal();
		for (const node of this.nodes) {
			if (node) this.#spared.add(node);
			await node?.stop();
		}
		await this.sql.end({ timeout: 1 });
		for (const started of this.#started) await started.stop();
	}

	#start(index: number, after: Promise<void> = Promise.resolve()): void {
		const start = async () => {
			await after;
			const node = await this.#spare();
			this.nodes[index] = node;
			void node.exited.then(() => {
				if (this.nodes[index] === node) this.nodes[index] = null;
				if (!this.#spared.has(node)) this.deaths.push(node.output());
			});
		};
		// One that meets Postgres dead ends at once; whoever runs it starts it again.
		this.#starting.push(
			eventually(() => start().then(() => true), { within: 20_000, what: 'a node starts' })
		);
	}

	/** One that was loaded beforehand: what dies is soon replaced. */
	async #spare(): Promise<SyncNode> {
		const warm = this.#warm.shift() ?? warmSyncNode();
		this.#warm.push(warmSyncNode());
		return await warm(this.url);
	}

	async #restart(): Promise<void> {
		const options = { dataDir: this.#dataDir, settings: this.#settings };
		// Its children may outlive it by a moment and hold the shared memory.
		const started = await eventually(() => startPostgres(options), {
			within: 20_000
		});
		this.#started.push(started);
	}

	#place: string | undefined;
	async #cluster(): Promise<string> {
		if (!this.#place) {
			const [row] = await this.sql<
				{ place: string }[]
			>`select current_setting('data_directory') place`;
			this.#place = row!.place;
		}
		return this.#place;
	}
}

async function cast(sql: Sql): Promise<{ forumId: string; people: Bed['people'] }> {
	return await transact(async (tx) => {
		const [department] = await tx<{ id: string }[]>`
			insert into departments (name) values ('Skole') returning id`;
		const [forum] = await tx<{ id: string }[]>`
			insert into forums (slug, name) values ('ledelse', 'Ledelse') returning id`;
		const people: Bed['people'] = [];
		for (const name of ['Jonas', 'Tove', 'Maja', 'Else', 'Sigrid', 'Ove']) {
			const role: Role = name === 'Ove' ? 'observer' : 'chief';
			const email = `${name.toLowerCase()}@example.dk`;
			const [row] = await tx<{ id: string }[]>`
				insert into persons (name, email, password_hash, department_id)
				values (${name}, ${email}, 'x', ${department!.id}) returning id`;
			const person: Person = {
				id: row!.id,
				name,
				email,
				departmentId: department!.id,
				departmentName: 'Skole',
				title: '',
				locale: 'da'
			};
			await tx`insert into members (forum_id, person_id, role)
				values (${forum!.id}, ${person.id}, ${role})`;
			const { token } = await sessions.open(tx, person, 'chaos');
			people.push({ person, token, reads: role === 'observer' });
		}
		return { forumId: forum!.id, people };
	}, sql);
}

/** The operator's own connection: it writes also where the database is read-only for everyone else. */
function operator(url: string): Sql {
	return driver(url, {
		max: 6,
		onnotice: () => {},
		backoff: () => 0.1,
		connection: { default_transaction_read_only: 'off' as never }
	}) as unknown as Sql;
}

/** A folder that no other living run uses: a nightly run and a test may go at once. */
function ownFolder(): string {
	for (let number = 0; ; number++) {
		const folder = `.data/chaos/${number}`;
		mkdirSync(folder, { recursive: true });
		const owner = join(folder, 'owner');
		try {
			process.kill(Number(readFileSync(owner, 'utf8')) || 2 ** 30, 0);
			continue;
		} catch {
			writeFileSync(owner, String(process.pid));
			return folder;
		}
	}
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const { port } = server.address() as AddressInfo;
	await new Promise((done) => server.close(done));
	return port;
}
