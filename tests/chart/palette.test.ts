import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = ['chart/chart.css', 'ui/tokens.css']
	.map((path) => readFileSync(new URL(`../../src/lib/${path}`, import.meta.url), 'utf8'))
	.join('\n');
const colours = new Map(
	[...css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\)/g)].map(
		([, name, light, dark]) => [name!, { light: light!, dark: dark! }] as const
	)
);
const SERIES = ['accent', 'c2', 'c3', 'c4', 'c5', 'c6'];

test.each(['light', 'dark'] as const)(
	'names in a series’ colour can be read, and pale bars seen, in %s',
	(scheme) => {
		const paper = colours.get('paper')![scheme];
		for (const name of SERIES)
			expect(contrast(colours.get(name)![scheme], paper), name).toBeGreaterThanOrEqual(4.5);
		expect(contrast(colours.get('pale')![scheme], paper), 'pale').toBeGreaterThanOrEqual(3);
	}
);

test.each(['light', 'dark'] as const)(
	'series stay apart for those who do not see red and green alike, in %s',
	(scheme) => {
		for (const matrix of [PROTAN, DEUTAN]) {
			const seen = SERIES.map((name) => lab(apply(matrix, linear(colours.get(name)![scheme]))));
			for (const [i, one] of seen.entries())
				for (const other of seen.slice(i + 1))
					expect(Math.hypot(...one.map((v, k) => v - other[k]!))).toBeGreaterThan(0.09);
		}
	}
);

test.each(['light', 'dark'] as const)(
	'the classes of a map grow steadily apart from paper, also for the colour-blind, in %s',
	(scheme) => {
		const scale = ['m1', 'm2', 'm3', 'm4', 'm5'];
		for (const matrix of [PROTAN, DEUTAN]) {
			const seen = scale.map((name) => lab(apply(matrix, linear(colours.get(name)![scheme])))[0]!);
			const paper = lab(apply(matrix, linear(colours.get('paper')![scheme])))[0]!;
			const away = seen.map((light) => Math.abs(light - paper));
			for (const [i, far] of away.entries()) expect(far - (away[i - 1] ?? 0)).toBeGreaterThan(0.06);
		}
	}
);

type Three = [number, number, number];

function linear(hex: string): Three {
	const parts = [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
	return parts.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)) as Three;
}

function contrast(one: string, other: string): number {
	const light = ([r, g, b]: Three) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
	const [a, b] = [light(linear(one)), light(linear(other))];
	return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Viénot, Brettel & Mollon (1999), on linear RGB. */
const PROTAN: Three[] = [
	[0.11238, 0.88762, 0],
	[0.11238, 0.88762, 0],
	[0.00401, -0.00401, 1]
];
const DEUTAN: Three[] = [
	[0.29275, 0.70725, 0],
	[0.29275, 0.70725, 0],
	[-0.02234, 0.02234, 1]
];

const apply = (matrix: Three[], colour: Three) =>
	matrix.map((row) => row.reduce((sum, v, i) => sum + v * colour[i]!, 0)) as Three;

/** OKLab: distances about as large as they look. */
function lab([r, g, b]: Three): Three {
	const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
	return [
		0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
		1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
		0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
	];
}
