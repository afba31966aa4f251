import { expect, it, test } from 'vitest';
import { understand } from '#lib/data/formats/formats.ts';
import { suppress } from '#lib/data/suppress.ts';
import { csvPieces } from '#lib/data/write/csv.ts';
import { jsonstatPieces } from '#lib/data/write/jsonstat.ts';
import { xlsxPieces } from '#lib/data/write/xlsx.ts';
import { utf8 } from '../bytes.ts';
import { cellAt } from './real.ts';

const file = utf8(
	'Område;År;Børn;Snit (point)\nNord & Syd;2018;12;5,5\nØst <ny>;2018;3;..\n"Vest ""x"";";2019;0;7,25\nNord & Syd;2019;14;6\n'
);
const cube = () => suppress(understand(file).cube, 5).cube;
const bytes = (pieces: Iterable<string | Uint8Array>) =>
	Buffer.concat([...pieces].map((piece) => Buffer.from(piece)));

test.each([
	['CSV', csvPieces],
	['Excel', xlsxPieces],
	['JSON-stat', jsonstatPieces]
])('a version downloaded as %s is read again as it was', (_, write) => {
	const once = cube();
	const again = understand(bytes(write(once))).cube;
	expect(
		again.shape.dimensions.map(({ categories }) => categories.map(({ label }) => label))
	).toEqual(once.shape.dimensions.map(({ categories }) => categories.map(({ label }) => label)));
	for (const at of [
		['Nord & Syd', '2018', 'Børn'],
		['Nord & Syd', '2019', 'Børn'],
		['Øst <ny>', '2018', 'Børn'],
		['Vest "x";', '2019', 'Snit'],
		['Øst <ny>', '2018', 'Snit']
	])
		expect(cellAt(again, ...at).value).toBe(cellAt(once, ...at).value);
	expect(cellAt(again, 'Øst <ny>', '2018', 'Børn').value).toBeNull();
});

it('a suppressed cell has no number and a status that says so', () => {
	const json = JSON.parse(bytes(jsonstatPieces(cube())).toString());
	const place = json.status;
	expect(Object.values(place)).toContain('s');
	for (const [at, status] of Object.entries(place))
		if (status === 's') expect(json.value[Number(at)]).toBeNull();
	expect(json.value).not.toContain(3);
});

it('what a spreadsheet would run is defused', () => {
	const formula = { ...cube() };
	formula.shape = structuredClone(formula.shape);
	formula.shape.dimensions[0]!.categories[0]!.label = "=cmd|' /C calc'!A0";
	expect(bytes(csvPieces(formula)).toString()).toContain(`'=cmd|' /C calc'!A0`);
	const again = understand(bytes(xlsxPieces(formula)));
	expect(again.cube.shape.dimensions[0]!.categories[0]!.label).toBe("=cmd|' /C calc'!A0");
});
