import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordsOf } from '#lib/ui/multipart.server.ts';

const form = (fields: [string, string][], bytes: number) => {
	const body = new FormData();
	for (const [name, value] of fields) body.append(name, value);
	body.append('file', new File([new Uint8Array(bytes)], 'stor.geojson'));
	return new Request('http://localhost/x', { method: 'POST', body });
};
const words = async (request: Request) => [...(await wordsOf(request))];

describe('a form whose file is too large', () => {
	it('still tells what was typed before the file, whatever it was', async () => {
		const name = fc.stringMatching(/^[a-z]{1,8}$/);
		await fc.assert(
			fc.asyncProperty(
				fc.array(fc.tuple(name, fc.string({ maxLength: 200, unit: 'grapheme' })), { maxLength: 5 }),
				async (fields) => {
					// A form is sent with CRLF.
					const sent = fields.map(([key, text]) => [key, text.replace(/\r\n|\r|\n/g, '\r\n')]);
					expect(await words(form(fields, 300_000))).toEqual(sent);
				}
			),
			{ numRuns: 40 }
		);
	});

	it('that cannot be understood has no words, and nothing fails', async () => {
		const odd = (body: BodyInit | null, type: string) =>
			new Request('http://localhost/x', {
				method: 'POST',
				body,
				headers: { 'content-type': type }
			});
		expect(await words(odd('hej', 'text/plain'))).toEqual([]);
		expect(await words(odd('hej', 'multipart/form-data; boundary=x'))).toEqual([]);
		expect(await words(odd(null, 'multipart/form-data; boundary=x'))).toEqual([]);
	});
});
