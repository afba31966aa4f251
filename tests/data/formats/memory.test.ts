import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { zipSync } from 'fflate';
import { afterAll, expect, test } from 'vitest';
import { utf8 } from '../bytes.ts';
import { rows, workbook } from './xlsx-file.ts';

/** Large files of each format take no more than four times their size and 200 MB. `LARGE=60` for as many megabytes. */
const MEGABYTES = Number(process.env.LARGE ?? 3);

const folder = await mkdtemp(join(tmpdir(), 'raadslag-test-'));
afterAll(() => rm(folder, { recursive: true }));

/** How many cells fill it, at so many bytes each. */
const cells = (bytes: number) => Math.floor((MEGABYTES * 2 ** 20) / bytes / 100) * 100;
const value = (at: number) => (at * 7919) % 99_991;
const list = <T>(count: number, of: (at: number) => T) =>
	Array.from({ length: count }, (_, at) => of(at));

const FILES: Record<string, () => Uint8Array> = {
	csv: () =>
		utf8(
			`Område;År;Børn\n${list(cells(23), (at) => `Område ${at % 5000};${1900 + Math.floor(at / 5000)};${value(at)}`).join('\n')}\n`
		),
	jsonstat: () => {
		const count = Math.min(9_000_000, cells(6));
		return utf8(
			JSON.stringify({
				version: '2.0',
				class: 'dataset',
				id: ['a', 't'],
				size: [count / 100, 100],
				role: { time: ['t'] },
				dimension: {
					a: { category: { index: list(count / 100, (at) => `a${at}`) } },
					t: { category: { index: list(100, (at) => `${1900 + at}`) } }
				},
				value: list(count, value)
			})
		);
	},
	px: () => {
		const count = Math.min(9_000_000, cells(6));
		return utf8(
			[
				'CHARSET="ANSI";\nCODEPAGE="utf-8";\nAXIS-VERSION="2013";\nMATRIX="x";\nSUBJECT-CODE="x";\nSUBJECT-AREA="x";\nTITLE="x";\nCONTENTS="Antal";\nUNITS="antal";\nDECIMALS=0;\nSTUB="a";\nHEADING="t";',
				`VALUES("a")=${list(count / 100, (at) => `"a${at}"`).join(',\n')};`,
				`VALUES("t")=${list(100, (at) => `"${1900 + at}"`).join(',\n')};`,
				`DATA=\n${list(count / 100, (row) => list(100, (at) => value(row * 100 + at)).join(' ')).join('\n')};\n`
			].join('\n')
		);
	},
	xlsx: () => {
		// Stored as it is, so that its size says what is in it.
		const lines = list(cells(110), (at) => at).map((at) => [
			`Område ${at % 5000}`,
			String(1900 + Math.floor(at / 5000)),
			value(at)
		]);
		return workbook({ Tal: rows([['Område', 'År', 'Børn'], ...(lines as never[])]) });
	},
	'packed xlsx': () =>
		zipSync({ 'xl/nothing.bin': [new Uint8Array(MEGABYTES * 2 ** 20), { level: 9 }] as never })
};

test.each(Object.keys(FILES))(
	'%s',
	async (format) => {
		const path = join(folder, format.replace(' ', '-'));
		await writeFile(path, FILES[format]!());
		const child = fork(fileURLToPath(new URL('./large.ts', import.meta.url)), [], {
			env: { ...process.env, NODE_OPTIONS: '' },
			execArgv: ['--disable-warning=ExperimentalWarning'],
			stdio: ['ignore', 'inherit', 'pipe', 'ipc']
		});
		child.send({ path });
		const [told] = (await Promise.race([
			once(child, 'message'),
			once(child, 'exit').then(() => [null])
		])) as [{ most: number; cells: number; size: number } | null];
		if (format === 'packed xlsx') return expect(told).toBeNull(); // refused: there is no workbook in it
		const { most, cells: read, size } = told!;
		if (process.env.LARGE)
			process.stdout.write(
				`${format}: ${(size / 2 ** 20).toFixed(0)} MB, ${read} cells, ${(most / 2 ** 20).toFixed(0)} MB at most\n`
			);
		expect(read).toBeGreaterThan(10_000);
		expect(most).toBeLessThan(4 * size + 200 * 2 ** 20);
	},
	300_000
);
