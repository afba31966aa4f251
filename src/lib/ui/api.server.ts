import { isHttpError, isRedirect } from '@sveltejs/kit';
import { isRefusal, type Refusal } from '#lib/base/errors.ts';
import { log } from '#lib/base/log.server.ts';
import { explain } from './explain.server.ts';

/**
 * A door for other systems. What a verb refuses becomes `application/problem+json` (RFC 9457) with our code and
 * its sentence; `more` adds what helps, such as where a person answers. Never a page, whatever is asked for.
 */
export function api<Event extends { locals: App.Locals }>(
	handle: (event: Event) => Promise<Response>,
	more: (refusal: Refusal, event: Event) => Record<string, string> = () => ({})
) {
	return async (event: Event): Promise<Response> => {
		const { locale } = event.locals;
		try {
			return await handle(event);
		} catch (e) {
			if (isRedirect(e) || isHttpError(e)) throw e;
			if (!isRefusal(e)) {
				const reference = crypto.randomUUID().slice(0, 8);
				log.error({ reference, err: e }, 'a call could not be answered');
				const detail = explain('base.unexpected', {}, locale);
				return problem(500, { code: 'base.unexpected', detail, reference });
			}
			const headers: Record<string, string> = {};
			if (e.status === 401) headers['www-authenticate'] = 'Bearer realm="raadslag"';
			if (typeof e.params.seconds === 'number') headers['retry-after'] = String(e.params.seconds);
			const detail = explain(e.code, e.params, locale);
			return problem(e.status, { code: e.code, detail, ...more(e, event) }, headers);
		}
	};
}

function problem(
	status: number,
	said: Record<string, string>,
	headers: Record<string, string> = {}
): Response {
	const { code, detail, ...rest } = said;
	const body = { type: `urn:raadslag:${code}`, title: detail, status, code, detail, ...rest };
	return new Response(JSON.stringify(body), {
		status,
		headers: { 'content-type': 'application/problem+json', ...headers }
	});
}
