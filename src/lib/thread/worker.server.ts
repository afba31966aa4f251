import type { EventRow } from '../base/events.server.ts';
import { log } from '../base/log.server.ts';
import { listen } from '../base/notify.server.ts';
import type { Sql, Tx } from '../base/sql.server.ts';
import { type Reaction, reactions } from './reactions.server.ts';

export type Failure = { event: EventRow; reaction: string; error: unknown };

export type WorkerOptions = {
	/** How often to look without being woken: for what was put off, and for a lost connection. */
	everyMs?: number;
	/** Told of every failure; the event stays and is tried again. */
	failed?: (failure: Failure) => void;
	handlers?: typeof reactions;
};

/**
 * Drains `event_outbox`: each event in a transaction of its own, each of its reactions in a savepoint, so
 * what succeeded stays and what failed is tried again, later and later. Several workers share the work
 * by `skip locked`. `stop` waits for the event in hand.
 */
export async function startWorker(
	sql: Sql,
	options: WorkerOptions = {}
): Promise<{ stop(): Promise<void> }> {
	let stopped = false;
	let again = false;
	let running: Promise<void> | null = null;

	const work = async () => {
		do {
			again = false;
			while (!stopped && (await drainOne(sql, options)));
		} while (again && !stopped);
	};
	const wake = () => {
		again = true;
		if (running || stopped) return;
		running = work()
			.catch(away)
			.finally(() => {
				running = null;
				if (again && !stopped) setImmediate(wake);
			});
	};
	// A database that is away is tried again at the next tick; it must not bring the process down.
	const away = (error: unknown) => {
		again = false;
		if (!stopped) (options.failed ?? report)({ event: NO_EVENT, reaction: 'worker', error });
	};

	const heard = await listen(
		sql,
		(note) => {
			if (note.type === 'outbox') wake();
		},
		wake
	);
	const timer = setInterval(wake, options.everyMs ?? 15_000);
	timer.unref();
	return {
		async stop() {
			stopped = true;
			clearInterval(timer);
			await heard.stop();
			await running;
		}
	};
}

/** Runs what waits now, and returns when nothing is due. For tests and for a command that fills a forum. */
export async function drain(sql: Sql, options: WorkerOptions = {}): Promise<void> {
	while (await drainOne(sql, options));
}

/** One event, or all that nobody reacts to. False when nothing is due. */
async function drainOne(sql: Sql, { handlers = reactions, failed = report }: WorkerOptions) {
	const verbs = Object.keys(handlers);
	return (await sql.begin(async (tx) => {
		await tx`
			delete from event_outbox where event_id in (
				select b.event_id from event_outbox b join events e on e.id = b.event_id
				where e.verb <> all(${verbs}) limit 1000 for update of b skip locked)`;
		const [event] = await tx<(EventRow & { attempts: number })[]>`
			select e.id::float8, e.at, e.person_id "personId", e.verb, e.object_kind kind,
				e.object_id "objectId", e.forum_id "forumId", e.detail, b.attempts
			from event_outbox b join events e on e.id = b.event_id
			where b.not_before <= clock_timestamp() and e.verb = any(${verbs})
			order by b.event_id limit 1 for update of b skip locked`;
		if (!event) return false;
		const errors = await run(tx as Tx, event, handlers[event.verb]!, failed);
		if (errors.length === 0) await tx`delete from event_outbox where event_id = ${event.id}`;
		else await putOff(tx as Tx, event, errors);
		return true;
	})) as boolean;
}

async function run(
	tx: Tx,
	event: EventRow,
	handlers: Record<string, Reaction>,
	failed: (failure: Failure) => void
): Promise<string[]> {
	const errors: string[] = [];
	for (const [reaction, verb] of Object.entries(handlers)) {
		try {
			await tx.savepoint((inner) => verb(inner as Tx, event));
		} catch (error) {
			errors.push(`${reaction}: ${wordsOf(error)}`);
			failed({ event, reaction, error });
		}
	}
	return errors;
}

/** 1, 2, 4 … seconds, up to an hour. */
async function putOff(tx: Tx, event: EventRow & { attempts: number }, errors: string[]) {
	const seconds = Math.min(3600, 2 ** event.attempts);
	await tx`
		update event_outbox set attempts = attempts + 1, last_error = ${errors.join('\n').slice(0, 2000)},
			not_before = clock_timestamp() + ${seconds} * interval '1 second'
		where event_id = ${event.id}`;
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The message alone: a database error carries the row it failed on. */
const report = ({ event, reaction, error }: Failure) =>
	log.error(
		{ event: event.id, verb: event.verb, reaction, why: wordsOf(error) },
		'a reaction failed'
	);

const NO_EVENT: EventRow = {
	id: 0,
	at: new Date(0),
	personId: null,
	verb: '',
	kind: null,
	objectId: null,
	forumId: null,
	detail: {}
};
