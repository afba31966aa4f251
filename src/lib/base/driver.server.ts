import { registerHooks } from 'node:module';

/**
 * The Postgres driver, mended while it is loaded. postgres 3.4.9 does not outlive the death of its server:
 * a pool slot that lost its connection with bytes unsent never sends again, a transaction that loses its
 * connection ends the process with an exception nobody can catch, and what is left of it may run inside
 * another's transaction. All of it is known there (porsager/postgres 1208, 1209, 1215, 1216) and in no
 * release. A driver that reads otherwise is left as it is; the test of this file then says so.
 */

/** By file: what it says, and what it must say. */
export const MENDS: Record<string, [from: string, to: string][]> = {
	'postgres/src/connection.js': [
		[
			// Without a socket the query is told so, instead of the process.
			`    const x = socket.write(chunk, fn)
    nextWriteTimer !== null && clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    return x`,
			`    nextWriteTimer !== null && clearImmediate(nextWriteTimer)
    const bytes = chunk
    chunk = nextWriteTimer = null
    if (socket === null) {
      error(Errors.connection('CONNECTION_CLOSED', options, socket))
      query = null
      return true
    }
    return socket.write(bytes, fn)`
		],
		[
			`    clearImmediate(nextWriteTimer)
    if (socket) {`,
			`    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    if (socket) {`
		],
		[
			`    clearImmediate(nextWriteTimer)
    socket.removeListener('data', data)`,
			`    clearImmediate(nextWriteTimer)
    chunk = nextWriteTimer = null
    socket.removeListener('data', data)`
		],
		[
			// Also after a reset nothing is left waiting for an answer, and no old error for the next query.
			`    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))`,
			`    ;(query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))
    query = results = errorResponse = null
    result = new Result()`
		],
		[
			// Its query fails with the connection, and nobody waits for it.
			`        return fetchArrayTypes()`,
			`        return fetchArrayTypes().catch(() => {})`
		]
	],
	'postgres/src/index.js': [
		[
			`        new Promise((_, reject) => connection.onclose = reject)
      ])
    } catch (error) {`,
			`        new Promise((_, reject) => connection.onclose = error => reject(lost = error))
      ])
    } catch (error) {`
		],
		[
			`      , prepare = null

    try {`,
			`      , prepare = null
      , lost = null

    try {`
		],
		[
			// What is left of a transaction must not run on its connection's next life.
			`        q.catch(e => uncaughtError || (uncaughtError = e))
        c.queue === full`,
			`        q.catch(e => uncaughtError || (uncaughtError = e))
        lost ? q.reject(lost) : c.queue === full`
		]
	]
};

export function mend(url: string, source: string): string {
	const file = Object.keys(MENDS).find((name) => url.endsWith(`/${name}`));
	if (!file) return source;
	const fits = MENDS[file]!.every(([from]) => source.split(from).length === 2);
	return fits
		? MENDS[file]!.reduce((text, [from, to]) => text.replace(from, () => to), source)
		: source;
}

const hooks = registerHooks({
	load(url, context, next) {
		const loaded = next(url, context);
		if (loaded.format !== 'module' || !url.includes('/postgres/src/')) return loaded;
		return { ...loaded, source: mend(url, String(loaded.source)) };
	}
});

/** Everything that talks to Postgres imports it from here. */
export const { default: driver } = await import('postgres');
hooks.deregister();
