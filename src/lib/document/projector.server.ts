import { log } from '#lib/base/log.server.ts';
import { listen } from '#lib/base/notify.server.ts';
import type { Sql, Tx } from '#lib/base/sql.server.ts';
import { behind, project, Unreadable } from './projection.server.ts';
import { Away } from './sync/away.server.ts';

export type ProjectorOptions = {
	/** How long nobody has written before a text is read, in ms. */
	quiet?: number;
	/** While people write on, a text is read this often. */
	latest?: number;
	/** How often to look without having been told. */
	everyMs?: number;
	/** Told of a text that cannot be read, which is tried again, later and later; '' is the database away. */
	failed?: (documentId: string, error: unknown) => void;
};

const BATCH = 200;
const FIRST_WAIT = 30_000;
const LONGEST_WAIT = 3_600_000;
const LOCK = 7263842; // any number: two nodes that wake at the same moment do not both read a text

type Written = { first: number; last: number };

/**
 * Keeps projections up to their logs: woken by what is written, once writing rests, and by a look at what
 * is behind. Any number of them may run. `stop` waits for the text in hand.
 */
export async function startProjector(
	sql: Sql,
	options: ProjectorOptions = {}
): Promise<{ stop(): Promise<void> }> {
	const { quiet = 2_000, latest = 15_000, everyMs = 60_000, failed = report } = options;
	const written = new Map<string, Written>();
	const poisoned = new Map<string, { until: number; wait: number }>();
	const thread = new Away();
	let running: Promise<void> | undefined;
	let stopped = false;
	let looked = 0;
	let troubled = false;

	const note = (id: string, now = Date.now()) => {
		const known = written.get(id);
		if (known) known.last = now;
		else written.set(id, { first: now, last: now });
	};

	async function look(): Promise<void> {
		looked = Date.now();
		const ids = await behind(sql, [...poisoned.keys(), ...written.keys()], BATCH);
		for (const id of ids) note(id);
		if (ids.length === BATCH) looked = 0; // there is more
	}

	async function one(id: string): Promise<void> {
		try {
			await claimed(sql, id, thread);
			poisoned.delete(id);
			troubled = false;
		} catch (error) {
			if (!(error instanceof Unreadable)) throw error;
			const wait = Math.min((poisoned.get(id)?.wait ?? FIRST_WAIT / 2) * 2, LONGEST_WAIT);
			poisoned.set(id, { until: Date.now() + wait, wait });
			failed(id, error.cause);
		}
	}

	async function work(): Promise<void> {
		const now = Date.now();
		for (const [id, { until }] of poisoned) if (until <= now) note(id, now - quiet);
		if (now - looked >= everyMs) await look();
		for (const [id, { first, last }] of [...written]) {
			if (stopped) return;
			if (now - last < quiet && now - first < latest) continue;
			written.delete(id);
			if ((poisoned.get(id)?.until ?? 0) > now) continue;
			await one(id).catch((error: unknown) => {
				note(id);
				throw error;
			});
		}
	}

	const tick = () => {
		if (running || stopped) return;
		running = work()
			.catch((error: unknown) => {
				if (!troubled && !stopped) failed('', error); // said once; what waits goes on waiting
				troubled = true;
			})
			.then(() => (running = undefined));
	};

	const heard = await listen(
		sql,
		(message) => {
			if (message.type === 'update' || message.type === 'document_closed') note(message.document);
		},
		() => (looked = 0) // notes may have been missed
	);
	const timer = setInterval(tick, Math.min(500, quiet));
	timer.unref();
	tick();
	return {
		async stop() {
			stopped = true;
			clearInterval(timer);
			await heard.stop();
			await running;
			await thread.stop();
		}
	};
}

/** Projects what is behind now, and returns when nothing is: for a command that fills a forum, and tests. */
export async function projectAll(sql: Sql): Promise<void> {
	for (const id of await behind(sql, [], 1_000_000)) await project(sql, id);
}

/** Unless another node is at it; then that one does it. */
async function claimed(sql: Sql, id: string, away: Away): Promise<void> {
	await sql.begin(async (tx) => {
		const [turn] = await tx<{ mine: boolean }[]>`
			select pg_try_advisory_xact_lock(${LOCK}, hashtext(${id})) mine`;
		if (turn!.mine) await project(tx as Tx, id, away);
	});
}

/** The kind of error alone: its message may quote the text. */
const report = (documentId: string, error: unknown) =>
	log.error(
		{ document: documentId || undefined, why: error instanceof Error ? error.name : typeof error },
		'a text could not be projected'
	);
