import { Readable } from 'node:stream';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { receive } from '#lib/data/spool.server.ts';
import { hashOf } from '#lib/data/versions.server.ts';
import { utf8 } from './bytes.ts';
import { refused } from './place.ts';

const put = (body: BodyInit | ReadableStream, headers: Record<string, string> = {}) =>
	new Request('http://localhost/x', {
		method: 'PUT',
		body,
		headers,
		duplex: 'half'
	} as RequestInit);

const spooled = () => readdirSync(tmpdir()).filter((name) => name.startsWith('raadslag-upload-'));

describe('an upload', () => {
	it('is a line that says what to do, then the bytes, however they are cut up', async () => {
		const file = utf8('Område;Børn\nSøndermarken;12\n');
		const whole = [...utf8('{"datasetId":"x"}\n'), ...file];
		for (const size of [1, 3, 7, 1000]) {
			const chunks = Array.from({ length: Math.ceil(whole.length / size) }, (_, index) =>
				Uint8Array.from(whole.slice(index * size, (index + 1) * size))
			);
			const upload = await receive(put(Readable.toWeb(Readable.from(chunks)) as ReadableStream));
			expect(upload.told).toEqual({ datasetId: 'x' });
			expect(upload.bytes).toEqual(file);
			expect(upload.hash).toBe(hashOf(file));
		}
		expect(spooled()).toEqual([]);
	});

	it('of 300 MB is refused by what it says of itself, before a byte is read', async () => {
		let read = 0;
		const body = new ReadableStream(
			{ pull: (to) => (read++, to.enqueue(new Uint8Array(1024))) },
			{ highWaterMark: 0 }
		);
		const answer = await refused(
			receive(put(body, { 'content-length': String(300 * 1024 * 1024) }))
		);
		expect(answer).toMatchObject({ code: 'data.too_large', status: 413 });
		expect(read).toBe(0);
	});

	it('of 300 MB that does not say so is refused where the limit is', async () => {
		let sent = 0;
		const chunk = new Uint8Array(1024 * 1024);
		const body = new ReadableStream({
			pull: (to) => {
				if (sent === 0) to.enqueue(utf8('{}\n'));
				sent++;
				if (sent > 300) to.close();
				else to.enqueue(chunk);
			}
		});
		expect((await refused(receive(put(body)))).code).toBe('data.too_large');
		expect(sent).toBeLessThan(70);
		expect(spooled()).toEqual([]);
	});

	it('that breaks off leaves nothing', async () => {
		const body = new ReadableStream({
			start: (to) => to.enqueue(utf8('{}\nOmråde;')),
			pull: (to) => to.error(new Error('the line went'))
		});
		await expect(receive(put(body))).rejects.toThrow('the line went');
		expect(spooled()).toEqual([]);
	});
});
