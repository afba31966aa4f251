import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cube, CubeShape } from '#lib/data/cube.ts';
import { understand } from '#lib/data/formats/formats.ts';
import { emptyLike, positionOf } from '#lib/data/grid.ts';
import { Marks } from '#lib/data/marks.ts';
import { mergeCategories } from '#lib/data/merge.ts';
import type { Recipe } from '#lib/data/recipe.ts';
import { isLong } from '#lib/data/signs.ts';
import { signWord } from '#lib/data/sign-words.ts';
import { areas, years } from '../chart/figures.ts';
import { jsonstat } from './marked.ts';

describe('where categories become one', () => {
	const shape: CubeShape = {
		dimensions: [areas('Nord', 'Syd', 'Øst', 'Vest'), years(2017, 2018)],
		measures: [true, false].map((additive, index) => ({
			key: `m${index}`,
			label: `m${index}`,
			unit: '',
			decimals: 0,
			countsPeople: false,
			additive
		})),
		marks: { e: 'anslået af kommunen', p: 'foreløbigt tal', r: '' }
	};
	const from = ['syd', 'øst', 'vest'];
	const mark = fc.constantFrom(undefined, 'e', 'p', 'r', '..');
	const cell = fc.record({ value: fc.option(fc.integer({ min: 0, max: 9 })), mark });
	const anyCube = fc.array(cell, { minLength: 16, maxLength: 16 }).map((all): Cube => {
		const cube = { ...emptyLike(shape), marks: shape.measures.map(() => new Marks(8)) };
		for (const [at, { value, mark }] of all.entries()) {
			const [measure, position] = [at >> 3, at & 7];
			cube.cells[measure]!.set(position, { value, status: value === null ? 'm' : 'v' });
			if (mark) cube.marks[measure]!.set(position, mark);
		}
		return cube;
	});

	it('what is not merged keeps its mark, and a sum carries those of the numbers it is made of, no other', () => {
		fc.assert(
			fc.property(anyCube, (cube) => {
				const {
					shape: now,
					cells,
					marks
				} = mergeCategories(cube, 'omraade', { into: 'Resten', from });
				const codes = now.dimensions[0]!.categories.map(({ code }) => code);
				expect(codes).toEqual(['nord', 'Resten']);
				for (const [measure, of] of cells.entries())
					for (const year of [0, 1]) {
						const was = (area: number) => cube.marks![measure]!.get(area * 2 + year);
						expect(marks?.[measure]?.get(year)).toBe(was(0));
						const status = of.statusAt(2 + year);
						const parts = [1, 2, 3].filter(
							(area) => cube.cells[measure]!.statusAt(area * 2 + year) === status
						);
						const said = [...new Set(parts.flatMap((area) => was(area) ?? []))].sort().join(' ');
						expect(marks?.[measure]?.get(2 + year) ?? '').toBe(measure === 0 ? said : '');
					}
			}),
			{ numRuns: Number(process.env.MARK_RUNS ?? 200) }
		);
	});

	it('marks that came together are told together, in the file’s words or ours', () => {
		const cube: Cube = { ...emptyLike(shape), marks: [new Marks(8), undefined] };
		for (const position of [2, 4, 6]) cube.cells[0]!.setValue(position, 10);
		cube.marks![0]!.set(2, 'p');
		cube.marks![0]!.set(4, 'e');
		const merged = mergeCategories(cube, 'omraade', { into: 'Resten', from });
		expect(merged.marks![0]!.get(2)).toBe('e p');
		expect(merged.shape.marks!['e p']).toBe('anslået af kommunen; foreløbigt tal');
		expect(signWord('e p', '', 'da')).toBe('skønnet; foreløbigt tal');
		expect(isLong('e p')).toBe(false);
		expect(isLong('meget usikkert')).toBe(true);
	});

	it('a suppressed sum has no mark', () => {
		const cube: Cube = { ...emptyLike(shape), marks: [new Marks(8), undefined] };
		cube.cells[0]!.setValue(2, 10);
		cube.cells[0]!.setStatus(4, 's');
		for (const position of [2, 4]) cube.marks![0]!.set(position, 'e');
		const merged = mergeCategories(cube, 'omraade', { into: 'Resten', from });
		expect(merged.cells[0]!.statusAt(2)).toBe('s');
		expect(merged.marks?.[0]?.get(2)).toBeUndefined();
	});

	it('is so in a file that is imported with a merge', () => {
		const bytes = jsonstat([12, 24, 30, 3, 40, 20, 82, 47], { 1: 'e', 3: 'p', 5: 'e' });
		const { recipe } = understand(bytes);
		const merges = [
			{ column: 'omraade', into: 'Syd og Øst', from: ['Syd', 'Øst'], reason: 'få', lost: 'delt' }
		];
		const { cube } = understand(bytes, { told: { ...recipe, merges } as Recipe });
		const at = positionOf(cube.shape, { omraade: 'Syd og Øst', aar: '2018' })!;
		expect(cube.cells[0]!.get(at)).toEqual({ value: 23, status: 'v' });
		expect(cube.marks![0]!.get(at)).toBe('e p');
	});
});
