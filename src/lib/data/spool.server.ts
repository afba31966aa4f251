import { createHash } from 'node:crypto';
import { mkdtemp, open, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuse } from '../base/errors.ts';
import { MAX_BYTES } from './encoding.ts';

/**
 * Takes an upload in: one line of JSON that says what to do, then the file. It waits in a local
 * temporary file whose name is gone before the first byte is written, so nothing of it remains, however
 * this ends. The database never sees it.
 */

export type Upload = { told: unknown; bytes: Uint8Array; hash: string };

const MOST_TOLD = 1024 * 1024;
const NAME = 'raadslag-upload-';

/**
 * At start: what a process left that was killed between making the file and taking its name away, or
 * on a system where an open file keeps its name.
 */
export async function sweep(): Promise<void> {
	for (const folder of await readdir(tmpdir())) {
		const pid = folder.startsWith(NAME) ? Number(/^\d+/.exec(folder.slice(NAME.length))) : 0;
		if (pid > 0 && !lives(pid))
			await rm(join(tmpdir(), folder), { recursive: true, force: true }).catch(() => {});
	}
}

function lives(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM'; // another's
	}
}

/** Refuses early what says it is too large, and as soon as it turns out to be. */
export async function receive(request: Request): Promise<Upload> {
	const length = Number(request.headers.get('content-length') ?? 0);
	if (length > MAX_BYTES + MOST_TOLD) tooLarge();
	if (!request.body) return refuse('data.empty');
	const folder = await mkdtemp(join(tmpdir(), `${NAME}${process.pid}-`));
	const path = join(folder, 'upload');
	const file = await open(path, 'wx+', 0o600);
	// Read by hand: `for await` cancels what it leaves, which cuts the line before the refusal is sent.
	const reader = request.body.getReader();
	try {
		await rm(folder, { recursive: true });
		const hash = createHash('sha256');
		let told: Uint8Array | null = null;
		let head: Uint8Array[] = [];
		let size = 0;
		for (let part = await reader.read(); !part.done; part = await reader.read()) {
			const chunk = part.value;
			let rest = chunk;
			if (told === null) {
				const end = chunk.indexOf(0x0a);
				head.push(end === -1 ? chunk : chunk.subarray(0, end));
				if (head.reduce((sum, part) => sum + part.length, 0) > MOST_TOLD) refuse('base.invalid');
				if (end === -1) continue;
				told = Buffer.concat(head);
				head = [];
				rest = chunk.subarray(end + 1);
			}
			size += rest.length;
			if (size > MAX_BYTES) tooLarge();
			hash.update(rest);
			await file.write(rest);
		}
		const bytes = new Uint8Array(size);
		for (let at = 0; at < size;) {
			const { bytesRead } = await file.read(bytes, at, size - at, at);
			if (bytesRead === 0) throw new Error('the spooled upload is shorter than what was written');
			at += bytesRead;
		}
		return { told: parse(told), bytes, hash: hash.digest('hex') };
	} finally {
		await file.close();
		await rm(folder, { recursive: true, force: true });
	}
}

function tooLarge(): never {
	return refuse('data.too_large', { status: 413, limit: MAX_BYTES / 1024 / 1024 });
}

function parse(told: Uint8Array | null): unknown {
	try {
		return JSON.parse(new TextDecoder().decode(told ?? new Uint8Array()));
	} catch {
		return refuse('base.invalid');
	}
}
