import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import {
	colourOf,
	LEAST_PEERS,
	mismatched,
	wantedOf,
	type SaidInput
} from '#lib/data/indicator.ts';
import { indicatorSchema } from '#lib/data/indicator-input.ts';
import { hypothesisSchema, verdictOn } from '#lib/data/hypothesis.ts';

const said = (over: SaidInput = {}) => indicatorSchema.parse(over);
const problem = (over: SaidInput) => indicatorSchema.safeParse(over).error?.issues[0]?.message;

describe('what is said of an indicator', () => {
	it('may all be left out, and then shows as missing', () => {
		expect(wantedOf(said())).toEqual(['why', 'direction', 'population', 'counts', 'demandedBy']);
		expect(wantedOf(said({ why: 'Fravær', direction: 'down' }))).not.toContain('why');
	});

	it('takes numbers as people write them', () => {
		const { greenAt, redAt } = said({
			direction: 'up',
			meaning: 'act',
			greenAt: '85,5',
			redAt: '-1.5'
		});
		expect([greenAt, redAt]).toEqual([85.5, -1.5]);
		expect(problem({ greenAt: 'mange' })).toBe('data.cut_off_number');
	});

	test.each([
		[{ meaning: 'relative' }, 'data.colour_direction'],
		[{ direction: 'up', meaning: 'act' }, 'data.colour_cut_offs'],
		[{ direction: 'up', meaning: 'act', greenAt: '9' }, 'data.colour_cut_offs'],
		[{ direction: 'up', greenAt: '9', redAt: '5' }, 'data.colour_meaning'],
		[{ direction: 'up', meaning: 'act', greenAt: '5', redAt: '9' }, 'data.colour_order'],
		[{ direction: 'down', meaning: 'act', greenAt: '9', redAt: '5' }, 'data.colour_order']
	] as [SaidInput, string][])(
		'gives no colour that does not say what it means: %o',
		(over, code) => {
			expect(problem(over)).toBe(code);
		}
	);

	it('warns when it is taken over others than those it is meant to be about', () => {
		const about = (population: string, denominator: string) =>
			mismatched(said({ population, denominator }));
		expect(about('Alle elever', 'Elever, der har svaret')).toBe(true);
		expect(about('Alle elever.', 'alle  ELEVER')).toBe(false);
		expect(about('Alle elever', '')).toBe(false);
	});
});

describe('a colour', () => {
	const act = said({ direction: 'down', meaning: 'act', greenAt: '5', redAt: '10' });
	const relative = said({ direction: 'up', meaning: 'relative' });

	it('of fixed limits is the same whatever the others have', () => {
		expect([4, 5, 7, 9.9, 10, 12].map((value) => colourOf(value, act, [])?.says)).toEqual([
			'good',
			'good',
			'watch',
			'watch',
			'act',
			'act'
		]);
	});

	it('of how it stands beside the others says so, and only where there are others', () => {
		const peers = [1, 2, 3, 4, 5, 6, 7, 8];
		expect(peers.map((value) => colourOf(value, relative, peers)?.says)).toEqual([
			'worst',
			'worst',
			'middle',
			'middle',
			'middle',
			'middle',
			'best',
			'best'
		]);
		expect(colourOf(1, relative, peers.slice(0, LEAST_PEERS - 1))).toBeNull();
		expect(colourOf(3, relative, [3, 3, 3, 3, 3])?.says).toBe('middle');
	});

	it('is not there without a value, a direction or a meaning', () => {
		expect(colourOf(null, act, [])).toBeNull();
		expect(colourOf(3, said({ direction: 'up' }), [1, 2, 3, 4])).toBeNull();
	});

	it('is the other way round when the direction is, and better is never worse', () => {
		const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 4, maxLength: 30 });
		const order = ['worst', 'middle', 'best'];
		const rank = (value: number, peers: number[], direction: 'up' | 'down') =>
			order.indexOf(colourOf(value, said({ direction, meaning: 'relative' }), peers)!.says);
		fc.assert(
			fc.property(values, (peers) => {
				const sorted = [...peers].sort((a, b) => a - b);
				const up = sorted.map((value) => rank(value, peers, 'up'));
				expect(up).toEqual([...up].sort((a, b) => a - b));
				const mirrored = peers.map((value) => -value);
				for (const value of peers)
					expect(rank(value, peers, 'up')).toBe(rank(-value, mirrored, 'down'));
				expect(up.filter((place) => place === 2).length).toBeLessThanOrEqual(peers.length / 2);
			})
		);
	});
});

describe('what figures say of a hypothesis', () => {
	const points = (...values: (number | null)[]) =>
		values.map((value, at) => ({
			period: String(2016 + at),
			label: String(2016 + at),
			value,
			status: value === null ? ('s' as const) : ('v' as const)
		}));
	const falls = { direction: 'down', least: 2, fromPeriod: '2016', byPeriod: '2018' } as const;
	const outlook = (values: (number | null)[], over = {}, breaks: string[] = []) =>
		verdictOn({ ...falls, ...over }, points(...values), breaks).outlook;

	it('is that it is too early until the period has come', () => {
		expect(verdictOn(falls, points(10, 9), [])).toEqual({
			outlook: 'too_early',
			from: 10,
			now: { period: '2017', label: '2017', value: 9 },
			change: -1
		});
		expect(outlook([10])).toBe('too_early');
	});

	it('is whether it moved that way, by as much', () => {
		expect(outlook([10, 9, 8])).toBe('supported');
		expect(outlook([10, 9, 8.1])).toBe('not_supported');
		expect(outlook([10, 9, 12])).toBe('not_supported');
		expect(outlook([10, 9, 9.9], { least: null })).toBe('supported');
		expect(outlook([10, 9, 10], { least: null })).toBe('not_supported');
		expect(outlook([0.1, 0, 0.3], { direction: 'up', least: 0.2 })).toBe('supported');
		expect(outlook([10, 9, 8, 20])).toBe('supported'); // what comes later is another matter
	});

	it('is nothing where a figure is missing or hidden, or the series broke on the way', () => {
		expect(outlook([10, 9, null])).toBe('no_figures');
		expect(outlook([10, 9, null, 8])).toBe('no_figures');
		expect(outlook([null, 9, 8])).toBe('no_figures');
		expect(outlook([10, 9, 8], {}, ['2017'])).toBe('broken');
		expect(outlook([10, 9, 8], {}, ['2018'])).toBe('broken');
		expect(outlook([10, 9, 8], {}, ['2016'])).toBe('supported');
		expect(outlook([10, 9, 8, 7], {}, ['2019'])).toBe('supported');
		expect(outlook([10, 9], {}, ['2017'])).toBe('broken');
	});

	it('reads quarters and months in their order, and takes what a form sends', () => {
		const quarters = ['2018K1', '2018K4', '2019K1'].map((period, at) => ({
			period,
			label: period,
			value: 10 - 3 * at,
			status: 'v' as const
		}));
		expect(
			verdictOn({ ...falls, fromPeriod: '2018K1', byPeriod: '2019K1' }, quarters, []).outlook
		).toBe('supported');
		expect(
			hypothesisSchema.parse({
				statement: ' Hvis ',
				direction: 'down',
				least: '1,5',
				fromPeriod: '2016',
				byPeriod: '2018',
				places: ['omr%3Dåde=a%26b']
			})
		).toMatchObject({ statement: 'Hvis', least: 1.5, places: { 'omr=åde': 'a&b' } });
		expect(
			hypothesisSchema.safeParse({
				statement: 'x',
				direction: 'up',
				least: '0',
				fromPeriod: '1',
				byPeriod: '2'
			}).success
		).toBe(false);
	});
});
