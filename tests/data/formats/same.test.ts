import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { understand } from '#lib/data/formats/formats.ts';
import { cellAt, sizes } from './real.ts';

/** One small table in each format: outside the formats nobody can tell which it came in. */
const FILES = ['table.csv', 'table.xlsx', 'table.px', 'table.json'];

test.each(FILES)('the small table is the same cube from %s', async (name) => {
	const { cube } = understand(new Uint8Array(await readFile(`tests/data/files/${name}`)));
	expect(sizes(cube)).toEqual([2, 2]);
	expect(cube.shape.dimensions.map(({ label, role }) => [label, role])).toEqual([
		['Område', 'area'],
		['År', 'time']
	]);
	expect(cube.shape.measures.map(({ label }) => label)).toEqual(['Børn', 'Snit']);
	const at = (...words: string[]) => cellAt(cube, ...words).value;
	expect(at('Nord', '2018', 'Børn')).toBe(2807);
	expect(at('Nord', '2019', 'Snit')).toBe(5.25);
	expect(at('Syd', '2018', 'Børn'), 'nought is a number').toBe(0);
	expect(at('Syd', '2018', 'Snit'), 'what is not told is absent').toBeNull();
	expect(at('Syd', '2019', 'Børn')).toBe(12);
});
