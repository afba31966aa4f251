import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** The street (README): data walks it from left to right, and a chapter imports only what stands to its left. */
const STREET = 'base people forum data document annotation brief case meeting decision goal thread'
	.split(' ')
	.map((name, place) => [name, place] as const);
const PLACE = new Map<string, number>(STREET);

/** Beside the street: `ui` knows no chapter but words and access; `chart` reads data's types. */
const BESIDE: Record<string, string[]> = {
	ui: ['base', 'ui'],
	chart: ['base', 'data', 'chart', 'ui']
};
/** Chapters whose components may use what stands beside. */
const CHART_FROM = PLACE.get('brief')!;

type File = { path: string; chapter: string | undefined; text: string; imports: Import[] };
type Import = { from: string; typeOnly: boolean };

const files = await read('src');
const inLib = files.filter((file) => file.chapter);

test('the street has files to judge', () => {
	expect(inLib.length).toBeGreaterThan(50);
	const known = [...PLACE.keys(), ...Object.keys(BESIDE)];
	expect(
		[...new Set(inLib.map((file) => file.chapter))].filter((c) => !known.includes(c!))
	).toEqual([]);
});

test('a chapter imports only from its left', () => {
	const wrong = inLib.flatMap((file) =>
		file.imports
			.map((one) => chapterOf(resolved(file.path, one.from)))
			.filter((to) => to && to !== file.chapter && !mayReach(file.chapter!, to))
			.map((to) => `${file.path} reaches ${to}`)
	);
	expect(wrong).toEqual([]);
});

test('a route never touches sql: it asks a verb', () => {
	const doors = files.filter(({ path }) => path.startsWith('src/routes/'));
	const wrong = doors.filter(
		({ imports, text }) =>
			imports.some(
				({ from, typeOnly }) =>
					!typeOnly && (from === 'postgres' || /base\/sql\.server\.ts$/.test(from))
			) || /\b(db|tx|sql)(<[^>]*>)?`/.test(text)
	);
	expect(wrong.map((file) => file.path)).toEqual([]);
});

test('one file knows lucia, one mounts charts', () => {
	const lucia = files.filter(({ imports }) => imports.some(({ from }) => /^@?lucia/.test(from)));
	const mounts = files.filter(({ text }) => /\becharts\.init\(|\binit\(.*renderer/.test(text));
	expect(lucia.map((file) => file.path).length).toBeLessThanOrEqual(1);
	expect(mounts.map((file) => file.path).length).toBeLessThanOrEqual(2); // on the page, and as SVG on the server
});

test('what imports the server carries the ending that keeps it from the browser', () => {
	const wrong = inLib
		.filter(({ path }) => !/\.server\.ts$/.test(path))
		.filter(({ imports }) =>
			imports.some(
				({ from, typeOnly }) =>
					!typeOnly && (/^(node:|ws$|postgres$|pino$)/.test(from) || from.endsWith('.server.ts'))
			)
		);
	expect(wrong.map((file) => file.path)).toEqual([]);
});

test('no page brings the library that parses what comes from outside: that is done at the server’s door', () => {
	const known = new Map(files.map((file) => [file.path, file]));
	const parses = ({ imports }: File) =>
		imports.some(({ from, typeOnly }) => from === 'zod' && !typeOnly);
	const brought = new Map<string, string>();
	const follow = (path: string, by: string) => {
		const file = known.get(path);
		if (!file || brought.has(path)) return;
		brought.set(path, by);
		for (const { from, typeOnly } of file.imports)
			if (!typeOnly && !from.endsWith('.server.ts')) follow(resolved(path, from), path);
	};
	for (const { path } of files)
		if (/^src\/routes\/.*\.svelte$|^src\/hooks\.client/.test(path)) follow(path, 'a page');
	expect(brought.size).toBeGreaterThan(200);
	const wrong = [...brought].filter(([path]) => parses(known.get(path)!));
	expect(wrong.map(([path, by]) => `${path}, by ${by}`)).toEqual([]);
});

test("Kit's own modules stay in routes, hooks and components, so that processes and tests can run the rest", () => {
	const wrong = files
		.filter(
			({ path }) => !/^src\/(routes\/|hooks\.)|\.svelte$/.test(path) && !path.endsWith('.d.ts')
		)
		.filter(({ imports }) => imports.some(({ from }) => /^\$(app|env)\//.test(from)));
	const lib = files.filter(({ imports }) => imports.some(({ from }) => /^\$lib(\/|$)/.test(from)));
	expect([...wrong, ...lib].map((file) => file.path)).toEqual([]);
});

test('configuration is read in one place', () => {
	const wrong = files.filter(
		({ path, text }) =>
			/\bprocess\.env\b/.test(text) && !/^src\/bin\/|base\/(config|log)\.server\.ts$/.test(path)
	);
	expect(wrong.map((file) => file.path)).toEqual([]);
});

test('a file stays short enough to read: 300 lines', () => {
	const long = files
		.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
		.filter(({ lines }) => lines > 300);
	expect(long).toEqual([]);
});

function mayReach(from: string, to: string): boolean {
	if (BESIDE[from]) return BESIDE[from].includes(to);
	if (to === 'ui') return true;
	if (to === 'chart') return PLACE.get(from)! >= CHART_FROM;
	return PLACE.get(to)! < PLACE.get(from)!;
}

async function read(folder: string): Promise<File[]> {
	const names = await readdir(folder, { recursive: true });
	const paths = names
		.map((name) => join(folder, name))
		.filter((path) => /\.(ts|js|svelte)$/.test(path) && !path.startsWith('src/paraglide'));
	return await Promise.all(
		paths.map(async (path) => {
			const text = await readFile(path, 'utf8');
			return { path, chapter: chapterOf(path), text, imports: importsIn(text) };
		})
	);
}

function importsIn(text: string): Import[] {
	const statements =
		/^\s*(?:import|export)\s+(type\s)?(?:[^'"();]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;
	return [...text.matchAll(statements)].map(([, type, from, dynamic]) => ({
		from: from ?? dynamic ?? '',
		typeOnly: Boolean(type)
	}));
}

function chapterOf(path: string): string | undefined {
	return /^src\/lib\/([^/]+)\//.exec(path)?.[1];
}

function resolved(path: string, from: string): string {
	if (from.startsWith('#lib/')) return `src/lib/${from.slice(5)}`;
	return from.startsWith('.') ? join(path, '..', from) : from;
}
