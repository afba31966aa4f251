import { redirect, type Handle, type HandleServerError, type RequestEvent } from '@sveltejs/kit';
import { sequence } from '@sveltejs/kit/hooks';
import { refuse } from '#lib/base/errors.ts';
import { log } from '#lib/base/log.server.ts';
import { sql, transact } from '#lib/base/sql.server.ts';
import * as persons from '#lib/people/persons.server.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import { explain } from '#lib/ui/explain.server.ts';
import { askedLocale, speaking } from '#lib/ui/locale.server.ts';

/** Probes are answered by the server itself; what little reaches Kit goes through untouched. */
const PROBES = new Set(['/healthz', '/readyz']);
const OPEN = new Set(['/sign-in', '/setup', '/language', ...PROBES]);
/** Where other systems come in: each call shows its token, and no cookie counts. */
const CALLS = '/api/v1/';

const identify: Handle = async ({ event, resolve }) => {
	const { locals, request, cookies } = event;
	locals.db = sql();
	locals.transact = (work) => transact(work, locals.db);
	const token = cookies.get(sessions.COOKIE);
	const known = PROBES.has(event.url.pathname) ? null : await sessions.recognise(locals.db, token);
	locals.visitor = known?.person ?? null;
	locals.sessionId = known?.sessionId ?? null;
	locals.seen = known?.seen ?? null;
	Object.defineProperty(locals, 'person', {
		get: () => locals.visitor ?? refuse('base.sign_in_first', { status: 401 })
	});
	if (token && !known) cookies.delete(sessions.COOKIE, { path: '/' });
	locals.locale = known?.person.locale ?? askedLocale(request);
	return await speaking(locals.locale, () =>
		resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lang%', locals.locale),
			preload: ({ type, path }) =>
				type === 'js' || type === 'css' || (type === 'font' && /latin-wght-normal/.test(path))
		})
	);
};

const gate: Handle = async ({ event, resolve }) => {
	const { pathname, search } = event.url;
	// event.route.id is null for what does not exist: a visitor learns that only after signing in.
	if (!event.locals.visitor && !OPEN.has(pathname) && !pathname.startsWith(CALLS)) {
		if (!(await settled(event.locals.db))) redirect(303, '/setup');
		if (event.request.method !== 'GET' && event.request.method !== 'HEAD') return turnedAway(event);
		const next = pathname === '/' ? '' : `?next=${encodeURIComponent(pathname + search)}`;
		redirect(303, `/sign-in${next}`);
	}
	return await resolve(event);
};

const secure: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	const { headers } = response;
	headers.set('x-content-type-options', 'nosniff');
	headers.set('referrer-policy', 'same-origin');
	headers.set('x-frame-options', 'DENY');
	headers.set('cross-origin-opener-policy', 'same-origin');
	headers.set('cross-origin-resource-policy', 'same-origin');
	headers.set('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=()');
	if (event.url.protocol === 'https:') headers.set('strict-transport-security', 'max-age=31536000');
	// What one person saw is not left in a shared machine's cache.
	if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store');
	return response;
};

export const handle = sequence(secure, identify, gate);

export const handleError: HandleServerError = ({ error, event, status, message }) => {
	if (status === 404)
		return { code: 'base.not_found', message: said('base.not_found', event.locals).message };
	const reference = crypto.randomUUID().slice(0, 8);
	log.error(
		{ reference, route: event.route.id, method: event.request.method, err: error },
		message
	);
	return { ...said('base.unexpected', event.locals), reference };
};

function said(code: string, locals: App.Locals, params: Record<string, string> = {}) {
	return { code, message: explain(code, params, locals.locale ?? 'da') };
}

/** A post without a session: a form keeps what was typed and says why, an endpoint gets JSON. */
function turnedAway({ request, locals }: RequestEvent): Response {
	const error = said('base.sign_in_first', locals);
	if (!request.headers.has('x-sveltekit-action')) return Response.json({ error }, { status: 401 });
	// What Kit's `enhance` reads: devalue's flat form of { error: { code, message } }.
	const data = JSON.stringify([{ error: 1 }, { code: 2, message: 3 }, error.code, error.message]);
	return Response.json({ type: 'failure', status: 401, data });
}

let anyone = false;

/** Whether there is a first person. Once there is, there always is. */
async function settled(db: App.Locals['db']): Promise<boolean> {
	return (anyone ||= await persons.any(db));
}
