import { daysBetween } from '../base/clock.ts';
import { dated, type Reading } from './status.ts';

/**
 * The straight line through the values so far, carried on to a day: what to expect if nothing is
 * done (F4). Null with fewer than three values, which no line should be drawn through.
 */
export function trendAt(readings: Reading[], day: string): number | null {
	const points = dated(readings).flatMap(({ end, value }) =>
		value === null ? [] : [{ x: daysBetween(day, end), y: value }]
	);
	if (points.length < 3) return null;
	const meanX = mean(points.map((point) => point.x));
	const meanY = mean(points.map((point) => point.y));
	const spread = points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
	if (spread === 0) return null;
	const slope = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / spread;
	return meanY - slope * meanX;
}

function mean(numbers: number[]): number {
	return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
