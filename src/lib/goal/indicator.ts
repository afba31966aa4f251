import type { FigureData } from '../chart/figure.ts';
import type { Series } from '../data/cube.ts';

/** What a goal may read, offered from the figures a case rests on: each series, and their sum where that means something. */

export type Indicator = {
	/** `<figure>:<number>`; the same figure always gives the same keys. */
	key: string;
	/** null: read from a dataset without a figure. */
	figureId: string | null;
	versionId: string;
	figureTitle: string;
	/** Labels that tell it from the figure's other series; empty when it has only one. */
	what: string[];
	/** Several categories added up. */
	sum: boolean;
	reading: Series;
	unit: string;
	decimals: number;
	/** Periods that have a value, oldest first as the figure has them. */
	periods: { code: string; label: string }[];
	newest: { period: string; value: number } | null;
};

/** What is offered from: a figure, a frozen figure, or a dataset's newest version taken as one. */
export type Source = Pick<
	FigureData,
	'id' | 'title' | 'measure' | 'dimensions' | 'cells' | 'coupled'
> & {
	citation: { versionId: string };
};

/** None when there is no time in it. */
export function indicatorsOf(figure: Source, { pinned = true } = {}): Indicator[] {
	const time = figure.dimensions.find(({ role }) => role === 'time');
	// Two datasets side by side are no one thing to be aimed at.
	if (!time || figure.coupled) return [];
	const others = figure.dimensions.filter(({ key }) => key !== time.key);
	const singles = product(
		others.map(({ key, categories }) => categories.map(({ code }) => [key, [code]]))
	);
	const all = others.map(({ key, categories }) => [key, categories.map(({ code }) => code)]);
	const wheres = singles.map((pairs) => Object.fromEntries(pairs) as Series['where']);
	if (figure.measure.additive && singles.length > 1) wheres.push(Object.fromEntries(all));
	return wheres.map((where, number) => {
		const points = time.categories.flatMap(({ code, label }) => {
			const value = valueAt(figure, { ...where, [time.key]: [code] });
			return value === null ? [] : [{ code, label, value }];
		});
		const last = points.at(-1);
		return {
			key: `${figure.id}:${number}`,
			figureId: pinned ? figure.id : null,
			versionId: figure.citation.versionId,
			figureTitle: figure.title,
			what: others.flatMap(({ key, categories }) =>
				categories.length > 1 && where[key]!.length === 1
					? [categories.find(({ code }) => code === where[key]![0])!.label]
					: []
			),
			sum: Object.values(where).some((codes) => codes.length > 1),
			reading: { measure: figure.measure.key, where },
			unit: figure.measure.unit,
			decimals: figure.measure.decimals,
			periods: points.map(({ code, label }) => ({ code, label })),
			newest: last ? { period: last.code, value: last.value } : null
		};
	});
}

/** The sum over a series' cells at one period; null when any of them has no value. */
function valueAt(figure: Source, where: Series['where']): number | null {
	const cells = figure.cells.filter(({ coordinates }) =>
		Object.entries(where).every(([key, codes]) => codes.includes(coordinates[key]!))
	);
	const expected = Object.values(where).reduce((count, codes) => count * codes.length, 1);
	if (cells.length < expected || cells.some(({ value }) => value === null)) return null;
	return cells.reduce((sum, { value }) => sum + value!, 0);
}

type Pair = (string | string[])[];

function product(axes: Pair[][]): Pair[][] {
	return axes.reduce<Pair[][]>(
		(rows, axis) => rows.flatMap((row) => axis.map((pair) => [...row, pair])),
		[[]]
	);
}
