/** Sends a file from the browser: one line of JSON, then the file's bytes, with progress. */

export type Answer<T> = { ok: T } | { error: { code: string; message: string } } | { lost: true };

export type Sending<T> = { answer: Promise<Answer<T>>; stop: () => void };

export function send<T>(
	url: string,
	told: unknown,
	file: File,
	onprogress: (share: number) => void
): Sending<T> {
	const request = new XMLHttpRequest();
	const answer = new Promise<Answer<T>>((resolve) => {
		request.open('PUT', url);
		request.responseType = 'json';
		request.setRequestHeader('content-type', 'application/octet-stream');
		request.upload.onprogress = ({ loaded, total }) => onprogress(total > 0 ? loaded / total : 0);
		request.onload = () => {
			const said = request.response as T & { error?: { code: string; message: string } };
			if (request.status < 300 && said) resolve({ ok: said });
			else resolve(said?.error ? { error: said.error } : { lost: true });
		};
		request.onerror = request.onabort = request.ontimeout = () => resolve({ lost: true });
		request.send(new Blob([`${JSON.stringify(told)}\n`, file]));
	});
	return { answer, stop: () => request.abort() };
}
