import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare, differences } from '#lib/data/compare.ts';
import type { Dimension } from '#lib/data/cube.ts';
import { understand } from '#lib/data/formats/formats.ts';
import { codeIn, comparedBy, currentCode, renamed, renamesOf } from '#lib/data/mapping.ts';
import { utf8 } from './bytes.ts';

const cube = (csv: string) => understand(utf8(csv)).cube;
const area = (...codes: string[]): Dimension => ({
	key: 'omraade',
	label: 'Område',
	role: 'area',
	categories: codes.map((code) => ({ code, label: code }))
});
const says = (...pairs: [string, string][]) =>
	renamesOf(pairs.map(([old, now]) => ({ dimension: 'omraade', old, new: now })));

describe('a renamed category', () => {
	it('is followed through a chain, whichever end is asked for', () => {
		const renames = says(['Nord', 'Nordbyen'], ['Nordbyen', 'Havnen']);
		expect(currentCode(renames, 'omraade', 'Nord')).toBe('Havnen');
		expect(codeIn(renames, area('Nord', 'Syd'), 'Havnen')).toBe('Nord');
		expect(codeIn(renames, area('Havnen'), 'Nord')).toBe('Havnen');
		expect(codeIn(renames, area('Nordbyen'), 'Havnen')).toBe('Nordbyen');
		expect(codeIn(renames, area('Syd'), 'Nord')).toBeNull();
		expect(currentCode(renames, 'andet', 'Nord'), 'in its own dimension only').toBe('Nord');
	});

	it('is its own where a version has both', () => {
		const renames = says(['Nord', 'Havnen']);
		expect(comparedBy(renames, area('Nord', 'Havnen'))).toEqual(['Nord', 'Havnen']);
		expect(codeIn(renames, area('Nord', 'Havnen'), 'Nord')).toBe('Nord');
	});

	it('never makes two categories one, whatever is said', () => {
		const codes = fc.constantFrom('a', 'b', 'c', 'd', 'e');
		fc.assert(
			fc.property(
				fc.array(fc.tuple(codes, codes)),
				fc.uniqueArray(codes, { minLength: 1 }),
				(pairs, present) => {
					const renames = says(...pairs);
					const compared = comparedBy(renames, area(...present));
					// A code that is there may be what another is called now; then that one keeps its own.
					const own = present.filter((code, place) => compared[place] === code);
					expect(new Set(compared).size).toBe(compared.length);
					for (const code of own) expect(codeIn(renames, area(...present), code)).toBe(code);
				}
			)
		);
	});

	it('is called what it is called now in the next import, with its new label', () => {
		const shape = renamed(
			cube('Område;År;Børn\nNord;2019;12\nSyd;2019;9\n').shape,
			says(['Nord', 'Havnen']),
			{
				dimensions: [{ ...area(), categories: [{ code: 'Havnen', label: 'Havnen (før Nord)' }] }],
				measures: []
			}
		);
		expect(shape.dimensions.find(({ key }) => key === 'omraade')!.categories).toEqual([
			{ code: 'Havnen', label: 'Havnen (før Nord)' },
			{ code: 'Syd', label: 'Syd' }
		]);
	});
});

describe('versions compared', () => {
	const before = cube('Område;År;Børn\nNord;2018;12\nSyd;2018;9\n');
	const after = cube('Område;År;Børn\nSyd;2018;9\nHavnen;2018;15\nHavnen;2019;16\n');

	it('without the mapping: one is lost and one is new', () => {
		const { dimensions, revisedCount, lostCells, newCells } = compare(before, after);
		expect(dimensions.find(({ key }) => key === 'omraade')).toMatchObject({
			added: [{ code: 'Havnen' }],
			lost: [{ code: 'Nord' }]
		});
		expect([revisedCount, lostCells, newCells]).toEqual([0, 1, 2]);
	});

	it('with it: the same area, revised', () => {
		const changes = compare(before, after, says(['Nord', 'Havnen']));
		expect(changes.dimensions.map(({ key }) => key)).toEqual(['aar']);
		expect(changes.revised).toMatchObject([
			{ coordinates: { omraade: 'Havnen', aar: '2018' }, old: 12, new: 15, percent: 25 }
		]);
		expect([changes.lostCells, changes.newCells]).toEqual([0, 1]);
	});

	it('are paged: what is kept is a window, what is counted is all', () => {
		const rows = (by: number) =>
			`Område;Børn\n${Array.from({ length: 30 }, (_, at) => `O${at};${100 + at * by}`).join('\n')}\n`;
		const [one, two] = [cube(rows(1)), cube(rows(2))];
		const all = [...differences(one, two)];
		expect(all).toHaveLength(29);
		const page = compare(one, two, undefined, { from: 10, most: 5 });
		expect(page.revisedCount).toBe(29);
		expect(page.revised.map(({ coordinates }) => coordinates)).toEqual(
			all.slice(10, 15).map(({ coordinates }) => coordinates)
		);
		expect(compare(one, two, undefined, { measure: 'andet' }).revisedCount).toBe(0);
	});
});
