import { daysBetween } from '../base/clock.ts';
import { endOf } from './period.ts';
import { type Aim, dated, type Reading } from './status.ts';

/** A goal's curve as geometry: values so far, the path, the forecast and the target. */

export type Point = { x: number; y: number };

/** A point that is a reading, with what it says. */
export type Reached = Point & { period: string; value: number };

export type Spark = {
	width: number;
	height: number;
	/** One line for each unbroken run of values: a missing or suppressed period is a gap. */
	lines: Reached[][];
	last: Reached | null;
	baseline: Point;
	target: Point;
	forecast: Point | null;
	/** Milestones with a value of their own, in the order given. */
	marks: Point[];
};

export type Box = { width: number; height: number; pad: number };

const SMALL: Box = { width: 160, height: 38, pad: 5 };

export function spark(
	aim: Aim,
	readings: Reading[],
	forecast: number | null,
	box: Box = SMALL,
	milestones: { due: string; value: number }[] = []
): Spark | null {
	const start = endOf(aim.baseline.period);
	if (!start) return null;
	const points = dated(readings);
	const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
	const days = [...points.map(({ end }) => end), start, aim.target.date].sort();
	const scale = scales(days, [
		...values,
		aim.baseline.value,
		aim.target.value,
		...milestones.map(({ value }) => value),
		...(forecast === null ? [] : [forecast])
	]);
	const at = (day: string, value: number) => scale(box, day, value);
	const lines = runs(points).map((run) =>
		run.map(({ end, period, value }) => ({ ...at(end, value), period, value }))
	);
	return {
		width: box.width,
		height: box.height,
		lines,
		last: lines.at(-1)?.at(-1) ?? null,
		baseline: at(start, aim.baseline.value),
		target: at(aim.target.date, aim.target.value),
		forecast: forecast === null ? null : at(aim.target.date, forecast),
		marks: milestones.map(({ due, value }) => at(due, value))
	};
}

/** An SVG `points` attribute. */
export function polyline(points: Point[]): string {
	return points.map(({ x, y }) => `${x},${y}`).join(' ');
}

function scales(days: string[], values: number[]) {
	const first = days[0]!;
	const wide = Math.max(1, daysBetween(first, days.at(-1)!));
	const low = Math.min(...values);
	const high = Math.max(...values) - low || 1;
	return (box: Box, day: string, value: number): Point => ({
		x: tenth(box.pad + (daysBetween(first, day) / wide) * (box.width - 2 * box.pad)),
		y: tenth(box.height - box.pad - ((value - low) / high) * (box.height - 2 * box.pad))
	});
}

type Said = { period: string; end: string; value: number };

function runs(points: { period: string; end: string; value: number | null }[]): Said[][] {
	const all: Said[][] = [[]];
	for (const { period, end, value } of points) {
		if (value === null) all.push([]);
		else all.at(-1)!.push({ period, end, value });
	}
	return all.filter((run) => run.length);
}

function tenth(number: number): number {
	return Math.round(number * 10) / 10;
}
