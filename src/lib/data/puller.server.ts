import { today } from '../base/clock.ts';
import { isRefusal, refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import { log } from '../base/log.server.ts';
import { listen } from '../base/notify.server.ts';
import { ask, INTERNET, type Answer, type Wires } from '../base/outside.server.ts';
import { transact, type Sql, type Tx } from '../base/sql.server.ts';
import { judge } from '../forum/objects.server.ts';
import { find } from '../people/persons.server.ts';
import type { Person } from '../people/person.ts';
import { nameIn, nextAt, passes, type Outcome, type Rhythm } from './pull.ts';
import { receiveBody, take } from './push.server.ts';
import { keepable } from './push.ts';
import { newest } from './versions.server.ts';

/**
 * Fetches what is due. A pull is found by query and held for a while by whoever has it in hand, so several
 * workers share them and one that died lets go. What comes of it is written in one transaction with the version
 * and only by who still holds it: done twice, it does nothing twice.
 */

const HELD = '10 minutes'; // longer than an address is given to answer: base/outside.server.ts

export type PullerOptions = { wires?: Wires; everyMs?: number };

export async function startPuller(
	sql: Sql,
	{ wires = INTERNET, everyMs = 30_000 }: PullerOptions = {}
): Promise<{ stop(): Promise<void> }> {
	const ending = new AbortController();
	let running: Promise<void> | null = null;
	let again = false;
	const work = async () => {
		do {
			again = false;
			while (!ending.signal.aborted && (await pullNext(sql, { wires, signal: ending.signal })));
		} while (again && !ending.signal.aborted);
	};
	const wake = () => {
		again = true;
		if (running || ending.signal.aborted) return;
		running = work()
			// A database that is away is asked again at the next turn.
			.catch((error: unknown) => log.error({ why: String(error) }, 'pulls could not be looked for'))
			.finally(() => (running = null));
	};
	// Somebody who sets a pull, or asks for it now, writes an event: that is the note.
	const heard = await listen(sql, (note) => void (note.type === 'outbox' && wake()), wake);
	const timer = setInterval(wake, everyMs);
	timer.unref();
	return {
		async stop() {
			ending.abort();
			clearInterval(timer);
			await heard.stop();
			await running;
		}
	};
}

type Held = {
	datasetId: string;
	forumId: string;
	url: string;
	method: 'GET' | 'POST';
	body: string | null;
	headers: Record<string, string>;
	rhythm: Rhythm;
	setBy: string;
	failures: number;
	etag: string | null;
	lastModified: string | null;
	until: Date;
};

type Came = {
	outcome: Outcome;
	code?: string;
	params?: Record<string, string | number>;
	version?: number;
	headers?: Headers;
};

/** Fetches the one that has been due longest. False when none is. */
export async function pullNext(
	sql: Sql,
	{ wires = INTERNET, signal }: { wires?: Wires; signal?: AbortSignal } = {}
): Promise<boolean> {
	const [held] = await sql<Held[]>`
		update pulls u set held_until = date_trunc('milliseconds', clock_timestamp()) + ${HELD}::interval
		from objects o
		where o.id = u.dataset_id and u.dataset_id = (
			select dataset_id from pulls
			where paused_at is null and next_at <= clock_timestamp()
				and (held_until is null or held_until < clock_timestamp())
			order by next_at limit 1 for update skip locked)
		returning u.dataset_id "datasetId", o.forum_id "forumId", u.url, u.method, u.body, u.headers, u.rhythm,
			u.set_by "setBy", u.failures, u.etag, u.last_modified "lastModified", u.held_until until`;
	if (!held) return false;
	try {
		await fetchOne(sql, held, wires, signal);
	} catch (error) {
		if (signal?.aborted) {
			await sql`
				update pulls set held_until = null
				where dataset_id = ${held.datasetId} and held_until = ${held.until}`;
			return false;
		}
		if (!(error instanceof LetGo)) await refused(sql, held, error);
	}
	return true;
}

async function fetchOne(
	sql: Sql,
	held: Held,
	wires: Wires,
	signal: AbortSignal | undefined
): Promise<void> {
	const person = await asked(sql, held);
	const { url, method, body, headers, etag, lastModified } = held;
	const said = {
		...headers,
		...(method === 'GET' && etag && { 'if-none-match': etag }),
		...(method === 'GET' && lastModified && { 'if-modified-since': lastModified })
	};
	await ask({ url, method, body, headers: said }, (answer) => keep(sql, held, person, answer), {
		wires,
		signal
	});
}

/** In whose name it is fetched, if they still may. */
async function asked(sql: Sql, { setBy, datasetId }: Held): Promise<Person> {
	try {
		const person = await find(sql, setBy);
		await judge(sql, person, 'import', datasetId);
		return person;
	} catch (error) {
		if (!isRefusal(error)) throw error;
		return refuse('data.pull_unanswered', { status: 403 });
	}
}

async function keep(sql: Sql, held: Held, person: Person, answer: Answer): Promise<void> {
	if (answer.kind === 'unchanged')
		return void (await transact((tx) => settle(tx, held, { outcome: 'unchanged' }), sql));
	const upload = await receiveBody(answer.body, answer.headers);
	await transact(async (tx) => {
		const before = await newest(tx, held.datasetId);
		const days = [dayOf(answer.headers.get('last-modified')), today(), before?.asOf];
		const asOf = days.find((day) => day && (!before || day >= before.asOf))!;
		const { answer: made } = await take(tx, person, held.datasetId, {
			...upload,
			fileName: nameIn(held.url),
			asOf
		});
		await settle(tx, held, {
			outcome: made.unchanged ? 'unchanged' : 'stored',
			version: made.version.number,
			headers: answer.headers
		});
	}, sql);
}

/** The day the other end says the file is of; null when it says none, or one that has not been. */
function dayOf(lastModified: string | null): string | null {
	const at = Date.parse(lastModified ?? '');
	return Number.isNaN(at) || at > Date.now() ? null : today(new Date(at));
}

/** What is not a refusal is our own trouble: told in the log, and tried again. */
async function refused(sql: Sql, held: Held, error: unknown): Promise<void> {
	if (!isRefusal(error)) {
		const why = error instanceof Error ? error.message : String(error);
		log.error({ dataset: held.datasetId, why }, 'a pull broke down');
	}
	const { code, params } = isRefusal(error) ? error : { code: 'base.unexpected', params: {} };
	const passing = !isRefusal(error) || passes(code, params);
	await transact(async (tx) => {
		const before = await newest(tx, held.datasetId);
		const known = before?.shape.dimensions.map(({ label }) => label) ?? [];
		const own = code.startsWith('data.') ? keepable(params, known) : params;
		await settle(tx, held, { outcome: passing ? 'failed' : 'refused', code, params: own });
	}, sql).catch((error: unknown) => {
		if (!(error instanceof LetGo)) throw error;
	});
}

/** Writes what came of it, if it is still ours to write; else everything of this try is undone. */
async function settle(tx: Tx, held: Held, came: Came): Promise<void> {
	const { outcome, code = null, params = null, version = null, headers } = came;
	const failures = outcome === 'failed' ? held.failures + 1 : 0;
	const seconds = Number(params?.seconds ?? 0);
	const next = nextAt(new Date(), held.rhythm, { outcome, failures, seconds });
	const written = await tx`
		update pulls set held_until = null, next_at = ${next}, failures = ${failures},
			last_at = clock_timestamp(), last_outcome = ${outcome}, last_code = ${code},
			last_params = ${params && tx.json(params as never)},
			last_version_id = coalesce((select id from versions
				where dataset_id = ${held.datasetId} and number = ${version}), last_version_id)
			${headers ? tx`, etag = ${headers.get('etag')}, last_modified = ${headers.get('last-modified')}` : tx``}
		where dataset_id = ${held.datasetId} and held_until = ${held.until} returning dataset_id`;
	if (written.length === 0) throw new LetGo();
	await record(tx, {
		person: null,
		verb: `dataset.pull_${outcome}`,
		kind: 'dataset',
		object: held.datasetId,
		forum: held.forumId,
		detail: { dataset: held.datasetId, ...(code && { code }), ...(version && { number: version }) }
	});
}

/** Set anew, ended, or taken over by another worker in the meantime. */
class LetGo extends Error {}
