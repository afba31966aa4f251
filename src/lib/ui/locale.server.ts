import { AsyncLocalStorage } from 'node:async_hooks';
import { extractLocaleFromRequestWithStrategies, overwriteGetLocale } from '#paraglide/runtime.js';
import type { Locale } from '#lib/base/format.ts';

/** The language of one request: the person's own, else the cookie, else what the browser asks, else Danish. */

const current = new AsyncLocalStorage<Locale>();
overwriteGetLocale(() => current.getStore() ?? 'da');

/** The language asked for by a request, before it is known who asks. */
export function askedLocale(request: Request): Locale {
	return extractLocaleFromRequestWithStrategies(
		request,
		['cookie', 'preferredLanguage', 'baseLocale'],
		request.url
	);
}

/** Runs `work` with every message in that language, however many others are served at once. */
export function speaking<T>(locale: Locale, work: () => T): T {
	return current.run(locale, work);
}
