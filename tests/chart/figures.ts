import type { CellStatus, Dimension } from '#lib/data/cube.ts';
import type { Citation } from '#lib/data/citation.ts';
import type { FigureData, FigureSpec } from '#lib/chart/figure.ts';

export const citation: Citation = {
	datasetId: 'd',
	title: 'Fraværsregistret',
	versionId: 'v2',
	number: 2,
	asOf: '2018-08-01',
	ownerName: 'Else Winther',
	departmentName: 'Skole',
	source: null,
	registration: null,
	grade: 'provisional',
	synthetic: true,
	nextUpdate: null,
	stale: false,
	newest: null,
	limit: 5
};

export const areas = (...names: string[]): Dimension => ({
	key: 'omraade',
	label: 'Område',
	role: 'area',
	categories: names.map((label) => ({ code: label.toLowerCase(), label }))
});
export const years = (...years: number[]): Dimension => ({
	key: 'aar',
	label: 'År',
	role: 'time',
	categories: years.map((year) => ({ code: String(year), label: String(year) }))
});

/** 's' and 'm' are a suppressed and a missing cell. Values in the order of the dimensions. */
export function figure(
	spec: Partial<FigureSpec>,
	dimensions: Dimension[],
	values: (number | 's' | 'm')[],
	more: Partial<FigureData> = {}
): FigureData {
	const places = dimensions.reduce<Record<string, string>[]>(
		(all, { key, categories }) =>
			all.flatMap((place) => categories.map(({ code }) => ({ ...place, [key]: code }))),
		[{}]
	);
	return {
		id: 'f',
		title: 'Elever med over 20 fraværsdage',
		why: 'Planen skal nå dem',
		spec: { kind: 'bar', measure: 'elever', where: {}, x: dimensions[0]?.key ?? 'x', ...spec },
		dimensions,
		measure: {
			key: 'elever',
			label: 'Elever med over 20 fraværsdage',
			unit: 'antal',
			decimals: 0,
			countsPeople: true,
			additive: true
		},
		cells: places.map((coordinates, i) => {
			const value = values[i] ?? 'm';
			return typeof value === 'number'
				? { coordinates, value, status: 'v' as CellStatus }
				: { coordinates, value: null, status: value as CellStatus };
		}),
		citation,
		breaks: [],
		...more
	};
}
