/** Sends a file from the browser: one line of JSON, then the file's bytes, with progress. */

export type Answer<T> = { ok: T } | { error: { code: string; message: string } } | { lost: true };

export type Sending<T> = { answer: Promise<Answer<T>>; stop: () => void };

/** `onprogress` is told how much is sent, then how far the work on it has come, each from 0 to 1. */
export function send<T>(
	url: string,
	told: unknown,
	file: File,
	onprogress: (sent: number, done: number | undefined) => void
): Sending<T> {
	const request = new XMLHttpRequest();
	const answer = new Promise<Answer<T>>((resolve) => {
		request.open('PUT', url);
		request.setRequestHeader('content-type', 'application/octet-stream');
		request.setRequestHeader('accept', 'application/x-ndjson');
		request.upload.onprogress = ({ loaded, total }) =>
			onprogress(total > 0 ? loaded / total : 0, undefined);
		request.onprogress = () => {
			const { share } = last<{ share?: number }>(request.responseText) ?? {};
			if (share !== undefined) onprogress(1, share);
		};
		request.onload = () => {
			const said = last<Said<T>>(request.responseText);
			if (!said) return resolve({ lost: true });
			if (said.error) return resolve({ error: said.error });
			if (request.status >= 300 || said.share !== undefined) return resolve({ lost: true });
			const lines = request.getResponseHeader('content-type')?.includes('ndjson');
			resolve({ ok: (lines ? said.ok : said) as T });
		};
		request.onerror = request.onabort = request.ontimeout = () => resolve({ lost: true });
		request.send(new Blob([`${JSON.stringify(told)}\n`, file]));
	});
	return { answer, stop: () => request.abort() };
}

type Said<T> = { ok?: T; error?: { code: string; message: string }; share?: number };

/** The last whole line of those that have come; plain answers have one and no line break. */
function last<T>(text: string): T | undefined {
	const lines = text.split('\n');
	const line = lines.at(-1) || lines.at(-2);
	try {
		return line ? (JSON.parse(line) as T) : undefined;
	} catch {
		return undefined;
	}
}
