import { describe, expect, test } from 'vitest';
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { refuse } from '#lib/base/errors.ts';
import { door, endpoint, page } from '#lib/ui/door.server.ts';

const schema = z.object({
	title: z.string().trim().min(1, 'base.required').max(20),
	tags: z.array(z.string()).optional()
});

function post(fields: [string, string | File][], locale: 'da' | 'en' = 'da', query = '?/rename') {
	const body = new FormData();
	for (const [name, value] of fields) body.append(name, value);
	const url = new URL(`http://here/cases/1${query}`);
	const request = new Request(url, { method: 'POST', body });
	return { url, request, locals: { locale } as App.Locals } as RequestEvent;
}

describe('a door', () => {
	test('gives the verb what the schema made of the form, and answers with its result', async () => {
		const open = door(schema, async (input) => input);
		const answer = await open(
			post([
				['title', '  Sag 14 '],
				['tags[]', 'a']
			])
		);
		expect(answer).toEqual({ title: 'Sag 14', tags: ['a'] });
	});

	test('says what is wrong with which field, in the reader’s language, and keeps what was typed', async () => {
		let ran = false;
		const open = door(schema, async () => (ran = true));
		const fields: [string, string | File][] = [
			['title', ' '],
			['note', 'kept'],
			['password', 'secret'],
			['newPassword', 'secret'],
			['file', new File(['x'], 'x.csv')]
		];
		expect(await open(post(fields))).toMatchObject({
			status: 400,
			data: {
				error: { code: 'base.required', message: 'Feltet skal udfyldes.', field: 'title' },
				typed: { title: ' ', note: 'kept' },
				action: 'rename'
			}
		});
		const english = JSON.stringify(await open(post(fields, 'en')));
		expect(english).toContain('This field must be filled in.');
		expect(english).not.toContain('secret');
		expect(ran).toBe(false);
	});

	test('turns a schema’s own words into a sentence', async () => {
		const answer = await door(schema, async () => {})(post([['title', 'x'.repeat(21)]]));
		expect(answer).toMatchObject({ data: { error: { code: 'base.invalid', field: 'title' } } });
		expect(JSON.stringify(answer)).not.toContain('Too big');
	});

	test('turns a refusal into a failure with its status and sentence filled in', async () => {
		const open = door(schema, async () =>
			refuse('people.wait', { status: 429, seconds: 1200, field: 'title' })
		);
		expect(await open(post([['title', 'Sag']], 'da', ''))).toMatchObject({
			status: 429,
			data: {
				error: {
					code: 'people.wait',
					message: expect.stringContaining('1.200'),
					field: 'title'
				},
				action: 'default'
			}
		});
	});

	test('lets redirects and unexpected errors through', async () => {
		const away = door(schema, async () => redirect(303, '/cases/2'));
		await expect(away(post([['title', 'Sag']]))).rejects.toMatchObject({ status: 303 });
		const broken = door(schema, async () => {
			throw new TypeError('unexpected');
		});
		await expect(broken(post([['title', 'Sag']]))).rejects.toThrow(TypeError);
	});
});

describe('what is refused', () => {
	const event = { locals: { locale: 'en' } as App.Locals };
	const refused = async () => refuse('base.not_found', { status: 404 });

	test('in a load is the error page with its status', async () => {
		await expect(page(refused)(event)).rejects.toMatchObject({
			status: 404,
			body: { code: 'base.not_found', message: expect.stringContaining('no such page') }
		});
	});

	test('in an endpoint is JSON with its status', async () => {
		const response = await endpoint(refused)(event);
		expect(response.status).toBe(404);
		expect(await response.json()).toMatchObject({ error: { code: 'base.not_found' } });
	});
});
