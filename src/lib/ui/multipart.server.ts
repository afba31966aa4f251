import type { RequestEvent } from '@sveltejs/kit';

/** So much of a form is read to find its words. */
const BEGINNING = 64 * 1024;
/** And so much is let pass after that before the line is cut. */
const MOST_DRAINED = 64 * 1024 * 1024;

/**
 * The texts at the beginning of a form whose file is too large to be read. What stands after the file, and
 * the file itself, are not looked at; a form that cannot be understood has no texts.
 */
export async function wordsOf(request: Request): Promise<FormData> {
	const words = new FormData();
	const type = request.headers.get('content-type') ?? '';
	const [, boundary] = /boundary="?([^";]+)/.exec(type) ?? [];
	const reader = request.body?.getReader();
	if (!boundary || !reader) return words;
	const chunks: Uint8Array<ArrayBuffer>[] = [];
	for (let size = 0; size < BEGINNING;) {
		const { value } = await reader.read();
		if (!value) break;
		chunks.push(value as Uint8Array<ArrayBuffer>);
		size += value.length;
	}
	// The rest is let go of as it comes: a browser hears an answer only when it has sent what it has.
	void drain(reader);
	const cut = new Response(new Blob([...chunks, `\r\n--${boundary}--\r\n`]), {
		headers: { 'content-type': type }
	});
	const read = await cut.formData().catch(() => new FormData());
	for (const [name, value] of read) if (typeof value === 'string') words.append(name, value);
	return words;
}

/**
 * A form with a file: `within` where its body is at most so large, else `beyond`, which is given only the words before
 * the file, so that they stand in the form again. `most` in bytes of the file; the words have their own room.
 */
export const bounded =
	<Event extends RequestEvent, Answer>(
		most: number,
		within: (event: Event) => Answer,
		beyond: (event: Event) => Answer
	) =>
	async (event: Event): Promise<Awaited<Answer>> => {
		const length = Number(event.request.headers.get('content-length') ?? Infinity);
		if (length <= most + BEGINNING) return await within(event);
		const request = new Request(event.url, { method: 'POST', body: await wordsOf(event.request) });
		return await beyond(Object.create(event, { request: { value: request } }) as Event);
	};

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
	try {
		for (let left = MOST_DRAINED; left > 0;) {
			const { value } = await reader.read();
			if (!value) return;
			left -= value.length;
		}
		await reader.cancel();
	} catch {
		// gone already
	}
}
