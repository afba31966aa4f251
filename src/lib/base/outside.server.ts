import { lookup } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, request, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { Readable } from 'node:stream';
import { isOpen } from './address.server.ts';
import { isRefusal, refuse } from './errors.ts';

/**
 * Asks an address on the open internet, and only there: https, every address a name has is looked at, and the
 * connection goes to the one that was looked at, so that a name that answers otherwise the second time gains
 * nothing. Each redirect is judged as the first address was. No proxy, no cookie, nothing kept open.
 */

export type Asked = {
	url: string;
	method: 'GET' | 'POST';
	body: string | null;
	headers: Record<string, string>;
};

export type Answer =
	{ kind: 'unchanged' } | { kind: 'body'; body: ReadableStream<Uint8Array>; headers: Headers };

type Found = { address: string; family: number };

/** What it goes through. Only tests give another, in code: no setting of a running product can. */
export type Wires = {
	resolve: (host: string) => Promise<Found[]>;
	isOpen: (address: string) => boolean;
	/** Who is believed about who a machine is; as the system says when left out. */
	ca?: string;
};

export const INTERNET: Wires = {
	resolve: (host) => lookup(host, { all: true, verbatim: true }),
	isOpen
};

export const LIMITS = { redirects: 3, silentMs: 30_000, wholeMs: 300_000, urlLength: 2000 };

/** The address, when it may be asked at all. Where it leads is looked at when it is asked. */
export function askable(text: string, base?: string): URL {
	const url = URL.parse(text, base);
	if (!url || text.length > LIMITS.urlLength) return refuse('base.outside_address');
	if (url.protocol !== 'https:') refuse('base.outside_https');
	if (url.username || url.password) refuse('base.outside_credentials');
	url.hash = '';
	return url;
}

/**
 * Runs `take` on the answer and lets go of the connection after it, however that ends. Refuses with
 * `base.outside_…`; `seconds` in it is how long the other end asks us to wait.
 */
export async function ask<T>(
	asked: Asked,
	take: (answer: Answer) => Promise<T>,
	{ wires = INTERNET, limits = LIMITS, signal }: Options = {}
): Promise<T> {
	const whole = AbortSignal.timeout(limits.wholeMs);
	const ending = new AbortController();
	const any = AbortSignal.any([whole, ending.signal, ...(signal ? [signal] : [])]);
	try {
		const response = await follow(asked, wires, limits, any).catch(away);
		return await take(answerOf(response));
	} finally {
		ending.abort();
	}
}

/** Nobody answers, says who they are or keeps to the protocol: all of it is trouble on the way. */
function away(error: unknown): never {
	if (isRefusal(error)) throw error;
	const code = (error as { code?: unknown }).code;
	const why = typeof code === 'string' ? code : 'ETIMEDOUT';
	return refuse('base.outside_away', { status: 502, why });
}

export type Options = { wires?: Wires; limits?: typeof LIMITS; signal?: AbortSignal };

async function follow(
	asked: Asked,
	wires: Wires,
	limits: typeof LIMITS,
	signal: AbortSignal
): Promise<IncomingMessage> {
	let { method, body, headers } = asked;
	let url = askable(asked.url);
	for (let hops = 0; ; hops++) {
		const response = await send(url, { method, body, headers }, wires, limits, signal);
		const status = response.statusCode ?? 0;
		if (![301, 302, 303, 307, 308].includes(status)) return response;
		response.destroy();
		if (hops >= limits.redirects) refuse('base.outside_redirects', { status: 502 });
		const next = askable(response.headers.location ?? '', url.href);
		// What was meant for one machine is not told another.
		if (next.origin !== url.origin) headers = pick(headers, ['accept', 'content-type']);
		if (status < 307 && method === 'POST') [method, body] = ['GET', null];
		url = next;
	}
}

function pick(headers: Record<string, string>, names: string[]): Record<string, string> {
	const kept = Object.entries(headers).filter(([name]) => names.includes(name.toLowerCase()));
	return Object.fromEntries(kept);
}

async function send(
	url: URL,
	{ method, body, headers }: Omit<Asked, 'url'>,
	wires: Wires,
	limits: typeof LIMITS,
	signal: AbortSignal
): Promise<IncomingMessage> {
	const host = url.hostname.replace(/^\[|\]$/g, '');
	const pinned = await look(host, wires);
	const options: RequestOptions = {
		method,
		headers: {
			accept: '*/*',
			'user-agent': 'Raadslag',
			...headers,
			'accept-encoding': 'identity',
			...(body !== null && { 'content-length': String(Buffer.byteLength(body)) })
		},
		// An agent of its own, for one connection: no proxy from the environment, nothing shared.
		agent: new Agent({ keepAlive: false }),
		lookup: (_host, { all }, done) =>
			all
				? done(null, [pinned] as never)
				: (done as (error: null, address: string, family: number) => void)(
						null,
						pinned.address,
						pinned.family
					),
		timeout: limits.silentMs,
		ca: wires.ca,
		signal
	};
	return await new Promise((resolve, reject) => {
		const sending = request(url, options, resolve);
		sending.on('timeout', () => sending.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' })));
		sending.on('error', reject);
		sending.end(body ?? undefined);
	});
}

/** One address of the host, when every one it has is on the open internet. */
async function look(host: string, { resolve, isOpen }: Wires): Promise<Found> {
	const version = isIP(host);
	const found = version
		? [{ address: host, family: version }]
		: await resolve(host).catch(() => [] as Found[]);
	if (found.length === 0) return refuse('base.outside_unknown', { status: 502, host });
	if (!found.every(({ address }) => isOpen(address)))
		refuse('base.outside_private', { status: 422, host });
	return found[0]!;
}

function answerOf(response: IncomingMessage): Answer {
	const status = response.statusCode ?? 0;
	if (status === 304) return { kind: 'unchanged' };
	const wait = Number(response.headers['retry-after']);
	if (status !== 200)
		refuse('base.outside_answer', {
			status: 502,
			answer: String(status),
			...(wait > 0 && { seconds: wait })
		});
	const coding = response.headers['content-encoding'] ?? 'identity';
	if (coding !== 'identity') refuse('base.outside_coding', { status: 502, coding });
	const body = Readable.toWeb(response) as ReadableStream<Uint8Array>;
	const headers = new Headers();
	for (const name of ['content-length', 'content-type', 'etag', 'last-modified'] as const) {
		const value = response.headers[name];
		if (value) headers.set(name, value);
	}
	return { kind: 'body', body, headers };
}
