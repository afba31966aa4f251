import { readFileSync } from 'node:fs';
import { zipSync, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { isRefusal } from '#lib/base/errors.ts';
import { understand } from '#lib/data/formats/formats.ts';
import { gridSize } from '#lib/data/grid.ts';
import { haveReal, real } from './real.ts';
import { rows, workbook } from './xlsx-file.ts';

/**
 * Files broken in every way chance finds: each ends in a refusal with a code, or in a cube that is one.
 * `FUZZ=10000` runs that many for each format; the suite runs a few, with the seeds it always has.
 */
const RUNS = Number(process.env.FUZZ ?? 150);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

const own = (name: string) =>
	new Uint8Array(readFileSync(new URL(`../files/${name}`, import.meta.url)));
const demo = (name: string) =>
	new Uint8Array(
		readFileSync(new URL(`../../../src/lib/thread/demo/figures/${name}`, import.meta.url))
	);
const sheet = workbook({
	Tal: `${rows([['Titel'], [null, 'Børn', null], ['Område', '2018', '2019'], ['Nord', 12, 3.5], ['Syd', 7, 0]])}<mergeCells><mergeCell ref="B2:C2"/></mergeCells>`,
	Andet: rows([
		['a', 'b'],
		['x', 1]
	])
});

const FILES: Record<string, Uint8Array[]> = {
	csv: [demo('areas-2018.csv'), demo('families.csv')],
	px: [own('small.px'), own('keys.px')],
	jsonstat: [own('dataset.json'), own('bundle.json')],
	xlsx: [sheet]
};
if (haveReal) {
	FILES.csv!.push(
		real('csv/Municipality_test_pos.csv'),
		real('csv/ASFR.csv'),
		real('csv/FOLK1A.csv')
	);
	FILES.px!.push(
		real('px/BE0101F1nildotsymbols.px'),
		real('px/MultipleContentSmall.px'),
		real('px/TUX01.px')
	);
	FILES.jsonstat!.push(
		real('jsonstat/HISB3.json'),
		real('jsonstat/oecd-canada.json'),
		real('jsonstat/nama_10_gdp.json')
	);
	FILES.xlsx!.push(real('xlsx/RAS200.xlsx'), real('xlsx/deaths.xlsx'), real('xlsx/type-me.xlsx'));
}

test.each(Object.keys(FILES))(
	'%s, broken by chance, is refused or is a cube',
	(format) => {
		const random = randomFrom(SEED);
		let read = 0;
		let worst = 0;
		let most = 0;
		for (let run = 0; run < RUNS; run++) {
			const file = FILES[format]![run % FILES[format]!.length]!;
			const bytes = format === 'xlsx' ? mutateInside(file, random) : mutate(file, random);
			const began = process.cpuUsage();
			const before = process.memoryUsage().rss;
			try {
				const { cube, problems } = understand(bytes);
				if (!problems.some(({ severity }) => severity === 'stop')) read++;
				for (const [index, cells] of cube.cells.entries()) {
					const room = gridSize(cube.shape.dimensions);
					for (const [position, { value, status }] of cells) {
						const sound =
							position >= 0 &&
							position < room &&
							(status === 'v') === (value !== null) &&
							(value === null || Number.isFinite(value));
						if (!sound) throw new Error(`run ${run}: measure ${index}, place ${position}`);
					}
				}
				for (const { categories } of cube.shape.dimensions)
					if (new Set(categories.map(({ code }) => code)).size !== categories.length)
						throw new Error(`run ${run}: a category twice`);
			} catch (error) {
				if (!isRefusal(error)) throw new Error(`run ${run}, seed ${SEED}`, { cause: error });
			}
			// Time at work: a busy machine is slow without anything hanging.
			const { user, system } = process.cpuUsage(began);
			const took = (user + system) / 1000;
			const allowed = 1000 + (2000 * bytes.length) / 1e6;
			worst = Math.max(worst, took / allowed);
			most = Math.max(most, process.memoryUsage().rss - before - 4 * bytes.length);
		}
		// Some come through, or the mutations are too coarse to say anything.
		expect(read).toBeGreaterThan(0);
		expect(worst).toBeLessThan(1);
		expect(most).toBeLessThan(200e6);
		if (process.env.FUZZ)
			process.stdout.write(
				`${format}: ${RUNS} runs, ${read} read, slowest at ${(worst * 100).toFixed(0)} % of what is allowed, ${(most / 1e6).toFixed(0)} MB at most\n`
			);
	},
	3_600_000
);

type Random = () => number;
function randomFrom(seed: number): Random {
	let state = seed * 2654435761;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const SNIPPETS = [
	'"',
	';',
	',',
	'(',
	')',
	'[',
	'{',
	'}',
	']',
	'=',
	'\n',
	'\r\n',
	'\t',
	'-',
	'..',
	'1e999',
	'-1',
	'999999999',
	'null',
	':',
	'<',
	'>',
	'&',
	'DATA=',
	'\u00e6',
	'"";"',
	'KEYS("x")=VALUES;',
	'[1]',
	'{"0":1}'
];

/** One to four of: a byte changed, a piece cut out, doubled, moved, or something else put in. */
function mutate(file: Uint8Array, random: Random): Uint8Array {
	let bytes: Uint8Array = file;
	for (let times = 1 + Math.floor(random() * 4); times > 0; times--) {
		const at = Math.floor(random() * (bytes.length + 1));
		const length = Math.floor(random() ** 4 * Math.min(bytes.length, 4000)) + 1;
		const [before, piece, after] = [
			bytes.subarray(0, at),
			bytes.subarray(at, at + length),
			bytes.subarray(at + length)
		];
		const snippet = new TextEncoder().encode(SNIPPETS[Math.floor(random() * SNIPPETS.length)]!);
		switch (Math.floor(random() * 7)) {
			case 0:
				bytes = joined(before, Uint8Array.of(Math.floor(random() * 256)), bytes.subarray(at + 1));
				break;
			case 1:
				bytes = joined(before, after);
				break;
			case 2:
				bytes = joined(before, piece, piece, after);
				break;
			case 3:
				bytes = before;
				break;
			case 4:
				bytes = joined(before, snippet, bytes.subarray(at));
				break;
			case 5:
				bytes = joined(before, snippet, bytes.subarray(at + snippet.length));
				break;
			default:
				bytes = joined(
					before,
					bytes.subarray(Math.floor(random() * bytes.length), at + length),
					bytes.subarray(at)
				);
		}
	}
	return bytes;
}

/** A third of the time the packed bytes themselves; else a file inside, packed again whole. */
function mutateInside(file: Uint8Array, random: Random): Uint8Array {
	if (random() < 0.33) return mutate(file, random);
	const parts = unpacked.get(file) ?? unzipSync(file);
	unpacked.set(file, parts);
	const names = Object.keys(parts).filter((name) => /sheet|shared|styles|workbook|rels/.test(name));
	const name = names[Math.floor(random() * names.length)]!;
	return zipSync({ ...parts, [name]: mutate(parts[name]!, random) }, { level: 0 });
}

const unpacked = new Map<Uint8Array, Record<string, Uint8Array>>();

function joined(...pieces: Uint8Array[]): Uint8Array {
	return new Uint8Array(Buffer.concat(pieces));
}
