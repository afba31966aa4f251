import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** When a file was last changed, in ms; 0 when it is not there. */
export async function changed(path: string): Promise<number> {
	return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
}

/** When anything in these files and folders was last changed. `but` leaves out what is generated. */
export async function newest(paths: string[], but = ''): Promise<number> {
	const inside = await Promise.all(
		paths.map((path) => readdir(path, { recursive: true, withFileTypes: true }).catch(() => []))
	);
	const found = inside
		.flat()
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((path) => !but || !path.startsWith(but));
	// A folder's own time is not asked: it moves when something generated is made in it.
	return Math.max(...(await Promise.all([...paths, ...found].map(changedFile))));
}

async function changedFile(path: string): Promise<number> {
	const found = await stat(path).catch(() => undefined);
	return found?.isFile() ? found.mtimeMs : 0;
}
