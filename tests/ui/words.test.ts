import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import settings from '../../src/project.inlang/settings.json' with { type: 'json' };

type Words = Record<string, unknown>;
const LOCALES = ['da', 'en'] as const;
const folder = (locale: string) => join('src/messages', locale);
const chapters = (await readdir(folder('da'))).sort();

async function words(locale: string, file: string): Promise<Words> {
	const { $schema: _, ...rest } = JSON.parse(await readFile(join(folder(locale), file), 'utf8'));
	return rest;
}

/** Names in braces, sorted; a message with variants is looked at as its text. */
const placeholders = (message: unknown) =>
	[...new Set(JSON.stringify(message).match(/\{[a-zA-Z_]\w*\}/g) ?? [])].sort();

async function sources(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((path) => !path.includes('paraglide'));
}

describe.each(chapters)('%s', (file) => {
	test('says the same things in Danish and English', async () => {
		const [da, en] = await Promise.all(LOCALES.map((locale) => words(locale, file)));
		expect(Object.keys(en!).sort()).toEqual(Object.keys(da!).sort());
		for (const key of Object.keys(da!))
			expect(placeholders(en![key]), key).toEqual(placeholders(da![key]));
	});

	test('leaves nothing unsaid and names its keys after its chapter', async () => {
		const named = new RegExp(`^(error_)?${file.replace('.json', '')}_`);
		const odd: string[] = [];
		for (const locale of LOCALES)
			for (const [key, message] of Object.entries(await words(locale, file)))
				if (!named.test(key) || /^("\s*"|null)$/.test(JSON.stringify(message)))
					odd.push(`${locale} ${key}`);
		expect(odd).toEqual([]);
	});
});

test('every file of words is one the compiler reads', () => {
	const patterns = settings['plugin.inlang.messageFormat'].pathPattern;
	expect(patterns.map((pattern) => pattern.split('/').at(-1)).sort()).toEqual(chapters);
});

test('every refusal has its sentence', async () => {
	const da = Object.assign({}, ...(await Promise.all(chapters.map((file) => words('da', file)))));
	const missing: string[] = [];
	for (const path of await sources('src')) {
		const text = await readFile(path, 'utf8');
		// refuse('data.no_rows' … and codes given to zod or kept in lists: 'chapter.snake_case'.
		for (const [, code] of text.matchAll(/\brefuse\(\s*'([a-z]+\.[a-z0-9_]+)'/g))
			if (!(`error_${code!.replaceAll('.', '_')}` in da)) missing.push(`${code} (${path})`);
		for (const [, code] of text.matchAll(
			/\.(?:min|max|regex|email|uuid|refine|length)\([^()]*(?:\([^()]*\)[^()]*)*'([a-z]+\.[a-z0-9_]+)'/g
		))
			if (!(`error_${code!.replaceAll('.', '_')}` in da)) missing.push(`${code} (${path})`);
	}
	expect([...new Set(missing)].sort()).toEqual([]);
});

test('every word a page says is written down', async () => {
	const da = Object.assign({}, ...(await Promise.all(chapters.map((file) => words('da', file)))));
	const missing: string[] = [];
	for (const path of await sources('src')) {
		const text = await readFile(path, 'utf8');
		if (!text.includes('#paraglide/messages.js')) continue;
		// A word that is not there stops the whole page when it is said.
		for (const [, key] of text.matchAll(/\bm\.([a-z]+_\w+)\b/g))
			if (!(key! in da)) missing.push(`${key} (${path})`);
	}
	expect(missing).toEqual([]);
});
