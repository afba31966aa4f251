import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { milestoneStatus } from '#lib/goal/milestone.ts';
import { spark } from '#lib/goal/spark.ts';
import type { Aim, Reading } from '#lib/goal/status.ts';

const aim: Aim = {
	direction: 'down',
	baseline: { period: '2018', value: 287 },
	target: { date: '2021-12-31', value: 196 },
	tolerance: null
};
const readings: Reading[] = [260, 264, null, 271, 287].map((value, i) => ({
	period: String(2014 + i),
	value,
	status: value === null ? 's' : 'v'
}));

describe('the curve of a goal', () => {
	it('leaves a gap where a period is suppressed', () => {
		const drawn = spark(aim, readings, 310)!;
		expect(drawn.lines.map((line) => line.length)).toEqual([2, 2]);
		expect(drawn.last).toEqual({ ...drawn.baseline, period: '2018', value: 287 });
	});

	it('keeps every point inside its box', () => {
		const number = fc.double({ min: -1e9, max: 1e9, noNaN: true });
		fc.assert(
			fc.property(fc.array(number, { maxLength: 30 }), fc.option(number), (values, forecast) => {
				const series = values.map((value, i) => ({
					period: String(2000 + i),
					value,
					status: 'v' as const
				}));
				const drawn = spark(aim, series, forecast)!;
				const points = [...drawn.lines.flat(), drawn.target, drawn.baseline, drawn.forecast];
				for (const point of points) {
					if (!point) continue;
					expect(point.x).toBeGreaterThanOrEqual(0);
					expect(point.x).toBeLessThanOrEqual(drawn.width);
					expect(point.y).toBeGreaterThanOrEqual(0);
					expect(point.y).toBeLessThanOrEqual(drawn.height);
				}
			})
		);
	});
});

describe('a milestone has its own status', () => {
	const halfway = { due: '2019-12-31', targetValue: 260, reachedAt: null };
	const after = (value: number): Reading[] => [...readings, { period: '2019', value, status: 'v' }];

	it('is read from the series when it has a value of its own', () => {
		expect(milestoneStatus(halfway, aim, after(255), '2020-02-01')).toBe('reached');
		expect(milestoneStatus(halfway, aim, after(270), '2020-02-01')).toBe('missed');
		expect(milestoneStatus(halfway, aim, readings, '2020-02-01')).toBe('no_data');
	});

	it('is open until its day, then overdue, until a person says it is reached', () => {
		const agreed = { due: '2019-06-01', targetValue: null, reachedAt: null };
		expect(milestoneStatus(agreed, null, [], '2019-06-01')).toBe('open');
		expect(milestoneStatus(agreed, null, [], '2019-06-02')).toBe('overdue');
		expect(milestoneStatus({ ...agreed, reachedAt: new Date() }, null, [], '2030-01-01')).toBe(
			'reached'
		);
	});
});
