import { describe, expect, it } from 'vitest';
import type { RequestEvent } from '@sveltejs/kit';
import { refuse } from '#lib/base/errors.ts';
import { telling, type Answered } from '#lib/ui/told.server.ts';

/** How far long work has come, told while it goes on. */

const LINES = 'application/x-ndjson';
type Event = RequestEvent & { locals: App.Locals };
const event = (accept = LINES, locale: 'da' | 'en' = 'da') =>
	({
		request: new Request('http://here/import', { method: 'PUT', headers: { accept } }),
		route: { id: '/import' },
		locals: { locale } as App.Locals
	}) as unknown as Event;

/** Work that goes on when the test lets it. */
function steps() {
	let tell = (_share: number) => {};
	const { promise, resolve, reject } = Promise.withResolvers<Answered>();
	const handler = telling<Event>((_, onprogress) => {
		tell = onprogress;
		return promise;
	});
	return { handler, tell: (share: number) => tell(share), end: resolve, fail: reject };
}

const lines = (text: string) =>
	text
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));

describe('a page that takes lines', () => {
	it('hears each step as it comes, before the work has ended, and then the answer', async () => {
		const { handler, tell, end } = steps();
		const answering = handler(event());
		tell(0.25);
		const response = await answering;
		expect(response.headers.get('content-type')).toBe(LINES);
		const reader = response.body!.getReader();
		const next = async () => lines(new TextDecoder().decode((await reader.read()).value));
		expect(await next()).toEqual([{ share: 0.25 }]);
		tell(0.33333);
		expect(await next()).toEqual([{ share: 0.333 }]);
		end({ body: { id: 'x' }, status: 201 });
		expect(await next()).toEqual([{ ok: { id: 'x' } }]);
		expect((await reader.read()).done).toBe(true);
	});

	it('hears a refusal in the middle in the reader’s own words', async () => {
		for (const [locale, words] of [
			['da', /./],
			['en', /./]
		] as const) {
			const { handler, tell, fail } = steps();
			const answering = handler(event(LINES, locale));
			tell(0.5);
			const response = await answering;
			fail(await Promise.try(() => refuse('data.empty')).catch((error: unknown) => error));
			const [first, last] = lines(await response.text());
			expect(first).toEqual({ share: 0.5 });
			expect(last.error.code).toBe('data.empty');
			expect(last.error.message).toMatch(words);
		}
	});

	it('is answered plainly where the work ends before there is anything to tell', async () => {
		const { handler, end, fail } = steps();
		end({ body: { id: 'x' }, status: 201 });
		const response = await handler(event());
		expect([response.status, await response.json()]).toEqual([201, { id: 'x' }]);
		fail(new Error('too late'));
		const refusing = telling<Event>(async () => refuse('data.empty', { status: 422 }));
		const refused = await refusing(event());
		expect(refused.status).toBe(422);
		expect(refused.headers.get('content-type')).toContain('json');
	});

	it('that leaves does not stop the work', async () => {
		const { handler, tell, end } = steps();
		const answering = handler(event());
		tell(0.1);
		const response = await answering;
		await response.body!.cancel();
		expect(() => tell(0.9)).not.toThrow();
		end({ body: {}, status: 201 });
	});
});

it('whoever asks otherwise is answered when it is done, and hears no steps', async () => {
	const { handler, tell, end } = steps();
	const answering = handler(event('application/json'));
	tell(0.5);
	end({ body: { id: 'x' } });
	const response = await answering;
	expect([response.status, await response.json()]).toEqual([200, { id: 'x' }]);
});
