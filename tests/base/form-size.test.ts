import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mayBeRead } from '../../src/bin/parts/form-size.ts';

const post = (url: string, bytes: number) =>
	mayBeRead({ method: 'POST', url, headers: { 'content-length': String(bytes) } });
const MB = 1024 * 1024;

test('a form of more than 2 MB is read only where its action judges the size itself', () => {
	expect(post('/cases/x?/head', 2 * MB)).toBe(true);
	expect(post('/cases/x?/head', 2 * MB + 1)).toBe(false);
	expect(post('/cases/x?/addEvidence&/head', 3 * MB)).toBe(false);
	expect(post('/cases/x/y?/addEvidence', 3 * MB)).toBe(false);
	expect(mayBeRead({ method: 'PUT', url: '/x', headers: {} })).toBe(true);
	expect(
		mayBeRead({ method: 'POST', url: '/x', headers: { 'transfer-encoding': 'chunked' } })
	).toBe(false);
});

test('every action that judges the size of its file is let through to do so', async () => {
	const files = await readdir('src/routes', { recursive: true, withFileTypes: true });
	const found: string[] = [];
	for (const file of files) {
		if (!file.name.endsWith('.server.ts')) continue;
		const path = join(file.parentPath, file.name);
		const text = await readFile(path, 'utf8');
		for (const [, name, other] of text.matchAll(
			/(\w+)(?:: Actions\[string\] =|:) bounded\(|import \{ (wordsOf) \}/g
		))
			found.push(other ? `${path} bring` : `${path} ${name}`);
	}
	expect(found).toHaveLength(3);
	for (const one of found) {
		const [path, name] = one.split(' ');
		const page = path!
			.replace(/^src\/routes/, '')
			.replace(/\/[^/]*$/, '')
			.replaceAll(/\[[^\]]+\]/g, 'x');
		expect(post(`${page}?/${name}`, 10 * MB), one).toBe(true);
	}
});
