/// <reference types="@sveltejs/kit" />
/// <reference no-default-lib="true" />
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/**
 * Opens the pages one writes in without a network. The server says with `x-kept-for` which pages those are
 * and whose; their last HTML is kept, and what they are made of. Nothing else is: no other page, no data,
 * nothing of shared editing. What the text itself needs is in the local copies (document/copies.ts).
 */
import { build } from '$service-worker';
import { forget, pagesOf } from '#lib/document/copies.ts';
import { m } from '#paraglide/messages.js';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const PARTS = 'raadslag-parts';
const DOCUMENT = /^\/(cases|briefs)\/[0-9a-f-]{36}$/;
const MOST = 20;
const parts = new Set(build);

worker.addEventListener('install', () => void worker.skipWaiting());
worker.addEventListener('activate', (event) => event.waitUntil(begin()));
worker.addEventListener('message', (event) => {
	const { keep, parts } = event.data as { keep: string; parts: string[] };
	event.waitUntil(Promise.allSettled([fetchPage(keep), ...parts.map(part)]));
});
worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const { origin, pathname } = new URL(request.url);
	if (origin !== location.origin) return;
	if (request.method === 'POST' && pathname === '/sign-out') event.waitUntil(forget());
	if (request.method !== 'GET') return;
	if (parts.has(pathname)) event.respondWith(part(pathname));
	else if (request.mode === 'navigate') event.respondWith(navigate(event, pathname));
});

/** A newer build: the old one's parts go, and pages made of them are fetched anew. */
async function begin(): Promise<void> {
	await worker.registration.navigationPreload?.enable();
	await worker.clients.claim();
	const cache = await caches.open(PARTS);
	const old = (await cache.keys()).filter(({ url }) => !parts.has(new URL(url).pathname));
	if (old.length === 0) return;
	await Promise.allSettled((await kept()).map(({ path }) => fetchPage(path)));
	await Promise.all(old.map((request) => cache.delete(request)));
}

/** What a page is made of never changes under its name. */
async function part(path: string): Promise<Response> {
	const cache = await caches.open(PARTS);
	const found = await cache.match(path);
	if (found || !parts.has(path)) return found ?? Response.error();
	const response = await fetch(path);
	if (response.ok) await cache.put(path, response.clone());
	return response;
}

async function navigate(event: FetchEvent, path: string): Promise<Response> {
	let response: Response;
	try {
		response = ((await event.preloadResponse) as Response) ?? (await fetch(event.request));
	} catch {
		return (await kept()).find((page) => page.path === path)?.response ?? (await alone());
	}
	if (DOCUMENT.test(path)) event.waitUntil(consider(path, response.clone()));
	return response;
}

async function fetchPage(path: string): Promise<void> {
	if (!DOCUMENT.test(path)) return;
	await consider(path, await fetch(path, { headers: { accept: 'text/html' }, redirect: 'manual' }));
}

/** Kept when the server says so; gone when it says otherwise: not found, not allowed, settled, signed out. */
async function consider(path: string, response: Response): Promise<void> {
	if (response.status >= 500) return;
	const person = response.ok ? response.headers.get('x-kept-for') : null;
	for (const { cache, name } of await kept())
		if (!person || name !== pagesOf(person)) await cache.delete(path);
	if (!person) return;
	const cache = await caches.open(pagesOf(person));
	await cache.delete(path); // the newest is last
	await cache.put(path, response);
	const all = await cache.keys();
	for (const request of all.slice(0, Math.max(0, all.length - MOST))) await cache.delete(request);
}

async function kept() {
	const names = (await caches.keys()).filter((name) => name.startsWith(pagesOf('')));
	const pages = names.map(async (name) => {
		const cache = await caches.open(name);
		return await Promise.all(
			(await cache.keys()).map(async (request) => {
				const response = (await cache.match(request))!;
				return { name, cache, path: new URL(request.url).pathname, response };
			})
		);
	});
	return (await Promise.all(pages)).flat();
}

/** Any other page: says so, and what can be opened instead. */
async function alone(): Promise<Response> {
	const texts = await Promise.all(
		(await kept()).map(async ({ path, response }) => ({ path, html: await response.text() }))
	);
	const spoken = /<html lang="(\w+)"/.exec(texts.at(-1)?.html ?? '')?.[1] ?? navigator.language;
	const locale = spoken.startsWith('en') ? 'en' : 'da';
	const links = texts.reverse().map(({ path, html }) => {
		const title = /<title>([^<]*?)(?: · [^<·]*)?<\/title>/.exec(html)?.[1] ?? path;
		return `<li><a href="${path}">${title}</a></li>`;
	});
	const words = links.length > 0 ? m.document_offline_page : m.document_offline_none;
	const title = m.document_offline_title({}, { locale });
	const body = `<!doctype html><html lang="${locale}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · Rådslag</title>
<style>:root{color-scheme:light dark;font:400 106.25%/1.5 system-ui,sans-serif;
background:light-dark(#fcfbf8,#16181a);color:light-dark(#1c1e21,#ecebe7)}
body{max-width:38rem;margin:0 auto;padding:12vh 1.5rem 3rem}h1{font:600 1.85rem/1.15 Georgia,serif}
ul{list-style:none;padding:0}li{padding:.75rem 0;border-top:1px solid light-dark(#e4dfd4,#32363a)}
a{color:light-dark(#1d4f6e,#84b9d9);font:600 1.05rem/1.35 Georgia,serif}</style>
<main><h1>${title}</h1><p>${words({}, { locale })}</p><ul>${links.join('')}</ul>
<p><a href="">${m.document_offline_retry({}, { locale })}</a></p></main></html>`;
	const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'";
	const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
	return new Response(body, { status: 503, headers });
}
