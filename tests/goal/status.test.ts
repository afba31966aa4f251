import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Aim, expectedAt, judge, lead, type Reading, toleranceOf } from '#lib/goal/status.ts';

const absence: Aim = {
	direction: 'down',
	baseline: { period: '2018', value: 287 },
	target: { date: '2021-12-31', value: 196 },
	tolerance: 5
};
const value = (period: string, number: number): Reading => ({ period, value: number, status: 'v' });

describe('a status is computed', () => {
	it('says nothing before figures newer than the baseline have come', () => {
		const verdict = judge(absence, [value('2017', 300), value('2018', 287)]);
		expect(verdict).toMatchObject({ status: 'no_data', reason: 'only_baseline', value: 287 });
	});

	it.each([
		['behind', 287],
		['on_course', 258],
		['ahead', 240],
		['reached', 196],
		['reached', 150]
	])('is %s at %d after the first of three years', (status, number) => {
		expect(judge(absence, [value('2018', 287), value('2019', number)]).status).toBe(status);
	});

	it('is missed when the target date is settled and the target not met', () => {
		expect(judge(absence, [value('2021', 197)])).toMatchObject({
			status: 'missed',
			expected: 196
		});
	});

	it('stays settled by the reading at the target date, whatever comes after', () => {
		expect(judge(absence, [value('2021', 190), value('2022', 290)]).status).toBe('reached');
		expect(judge(absence, [value('2021', 250), value('2022', 150)]).status).toBe('missed');
	});

	it.each([
		['s', 'suppressed'],
		['m', 'missing']
	] as const)('is no data when the newest cell is %s, and says why', (status, reason) => {
		const readings: Reading[] = [value('2019', 200), { period: '2020', value: null, status }];
		expect(judge(absence, readings)).toMatchObject({ status: 'no_data', reason, value: null });
	});

	it('is no data when the series is gone, or its periods cannot be read', () => {
		expect(judge(absence, []).reason).toBe('gone');
		expect(judge(absence, [value('senest', 1)]).reason).toBe('unreadable_period');
	});
});

const aims: fc.Arbitrary<Aim> = fc
	.record({
		direction: fc.constantFrom('up' as const, 'down' as const),
		from: fc.integer({ min: 0, max: 1000 }),
		way: fc.integer({ min: 1, max: 500 }),
		year: fc.integer({ min: 2000, max: 2030 }),
		years: fc.integer({ min: 2, max: 10 }),
		tolerance: fc.option(fc.integer({ min: 0, max: 50 }))
	})
	.map(({ direction, from, way, year, years, tolerance }) => ({
		direction,
		baseline: { period: String(year), value: from },
		target: { date: `${year + years}-12-31`, value: direction === 'up' ? from + way : from - way },
		tolerance
	}));

describe('for any goal', () => {
	it('the path begins at the baseline and ends at the target', () => {
		fc.assert(
			fc.property(aims, (aim) => {
				const year = Number(aim.baseline.period);
				expect(expectedAt(aim, `${year + 1}-01-01`)).toBe(aim.baseline.value);
				expect(expectedAt(aim, aim.target.date)).toBe(aim.target.value);
				expect(expectedAt(aim, `${year + 50}-01-01`)).toBe(aim.target.value);
			})
		);
	});

	const RANK = { missed: 0, behind: 0, no_data: 0, on_course: 1, ahead: 2, reached: 3 };

	it('a better value never gives a worse status', () => {
		fc.assert(
			fc.property(aims, fc.integer({ min: -600, max: 1600 }), fc.nat(300), (aim, number, step) => {
				const period = String(Number(aim.baseline.period) + 1);
				const better = aim.direction === 'up' ? number + step : number - step;
				const [low, high] = [number, better].map((v) => judge(aim, [value(period, v)]).status);
				expect(RANK[high!]).toBeGreaterThanOrEqual(RANK[low!]);
			})
		);
	});

	it('turning every number round turns the direction and nothing else', () => {
		const turned = (aim: Aim): Aim => ({
			...aim,
			direction: aim.direction === 'up' ? 'down' : 'up',
			baseline: { ...aim.baseline, value: -aim.baseline.value },
			target: { ...aim.target, value: -aim.target.value }
		});
		fc.assert(
			fc.property(aims, fc.integer({ min: -600, max: 1600 }), fc.nat(12), (aim, number, years) => {
				const period = String(Number(aim.baseline.period) + years);
				const one = judge(aim, [value(period, number)]);
				const other = judge(turned(aim), [value(period, -number)]);
				expect(other.status).toBe(one.status);
			})
		);
	});

	it('on course means within the tolerance, on either side', () => {
		fc.assert(
			fc.property(aims, fc.integer({ min: -600, max: 1600 }), (aim, number) => {
				const period = String(Number(aim.baseline.period) + 1);
				const { status, expected } = judge(aim, [value(period, number)]);
				const by = lead(aim.direction, number, expected!);
				if (status === 'on_course')
					expect(Math.abs(by)).toBeLessThanOrEqual(toleranceOf(aim) + 1e-6);
				if (status === 'behind') expect(by).toBeLessThan(0);
				if (status === 'ahead') expect(by).toBeGreaterThan(0);
			})
		);
	});

	it('history before the baseline and the order of readings change nothing', () => {
		fc.assert(
			fc.property(aims, fc.integer({ min: 0, max: 999 }), fc.integer(), (aim, number, seed) => {
				const year = Number(aim.baseline.period);
				const since = [value(String(year), 5), value(String(year + 1), number)];
				const history = [value(String(year - 1), seed), value(String(year - 2), -seed)];
				expect(judge(aim, [...history, ...since].reverse())).toEqual(judge(aim, since));
			})
		);
	});
});
