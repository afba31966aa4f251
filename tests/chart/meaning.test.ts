import { describe, expect, it } from 'vitest';
import { colourAt, meaning, mismatch } from '#lib/chart/meaning.ts';
import type { FigureData } from '#lib/chart/figure.ts';
import { areas, figure, years } from './figures.ts';

/** What a figure's indicator says beyond its numbers, in words. */

type Indicator = NonNullable<FigureData['indicator']>;
const NOTHING: Indicator = {
	direction: null,
	meaning: null,
	greenAt: null,
	redAt: null,
	threshold: null,
	mismatch: null
};
const of = (indicator: Partial<Indicator> | null) =>
	figure({ kind: 'line', x: 'aar' }, [areas('Nord'), years(2017, 2018)], [12, 14], {
		...(indicator ? { indicator: { ...NOTHING, ...indicator } } : {})
	});

describe('the words of an indicator', () => {
	it('are none where nothing is said', () => {
		expect(meaning(of(null), 'da')).toEqual([]);
		expect(meaning(of({}), 'en')).toEqual([]);
		expect(mismatch(of({}), 'da')).toBeNull();
		expect(mismatch(of(null), 'da')).toBeNull();
	});

	it.each(['da', 'en'] as const)('say which way is good, in %s', (locale) => {
		const [up] = meaning(of({ direction: 'up' }), locale);
		const [down] = meaning(of({ direction: 'down' }), locale);
		expect(up).not.toBe(down);
		expect(meaning(of({ direction: 'up' }), locale)).toHaveLength(1);
	});

	it('say where to act only where the cut-offs are for acting, and both are there', () => {
		const cut = { meaning: 'act', greenAt: 10.5, redAt: 20 } as const;
		const [words] = meaning(of(cut), 'da');
		expect(words).toContain('10,5');
		expect(words).toContain('20');
		expect(meaning(of({ ...cut, meaning: 'relative' }), 'da')).toEqual([]);
		expect(meaning(of({ ...cut, redAt: null }), 'da')).toEqual([]);
	});

	it('name the count that stands beside a mean', () => {
		const threshold = { label: 'Over 20 dage', decimals: 0, cells: [] };
		expect(meaning(of({ threshold }), 'da').join()).toContain('Over 20 dage');
	});

	it('warn of a denominator of others than it is about, with the reason where one is given', () => {
		const wrong = { population: 'børn 6–16', denominator: 'alle indbyggere', reason: null };
		const plain = mismatch(of({ mismatch: wrong }), 'da')!;
		expect(plain).toContain('børn 6–16');
		expect(plain).toContain('alle indbyggere');
		const told = mismatch(of({ mismatch: { ...wrong, reason: 'Aldre findes ikke.' } }), 'da');
		expect(told).toBe(`${plain} Aldre findes ikke.`);
	});

	it('colour a number only by cut-offs for acting: relative ones need the others beside it', () => {
		const cut = { meaning: 'act', direction: 'down', greenAt: 10, redAt: 20 } as const;
		const at = (value: number | null, more: Partial<Indicator> = cut) =>
			colourAt(of(more), { coordinates: {}, value, status: value === null ? 's' : 'v' })?.tone ??
			null;
		expect([at(5), at(15), at(25), at(null)]).toEqual(['green', 'amber', 'red', null]);
		expect(at(25, { ...cut, meaning: 'relative' })).toBeNull();
		expect(colourAt(of(null), { coordinates: {}, value: 5, status: 'v' })).toBeNull();
	});
});
