import { valuesOf } from './axis.ts';
import { gridOf, type FigureData } from './figure.ts';

/**
 * Small multiples: one small chart for each category of the second dimension, all on the same axis, so
 * that many developments can be read side by side where many lines could not.
 */
export type Panel = { code: string; label: string; figure: FigureData };

export function panelsOf(figure: FigureData): Panel[] {
	const { x, series, columns } = gridOf(figure);
	if (!series) return [];
	const scale = valuesOf(figure);
	return columns.flatMap((column) => {
		if (!column) return [];
		const { highlight: _, series: __, ...spec } = figure.spec;
		const picked = figure.spec.highlight?.length;
		const first = !picked || figure.spec.highlight!.includes(column.code);
		const panel: FigureData = {
			...figure,
			id: `${figure.id}-${column.code}`,
			spec: {
				...spec,
				kind: x.role === 'time' ? 'line' : 'bar',
				where: { ...spec.where, [series.key]: [column.code] }
			},
			pale: !first,
			dimensions: figure.dimensions.map((dimension) =>
				dimension.key === series.key ? { ...dimension, categories: [column] } : dimension
			),
			cells: within(figure.cells, series.key, column.code),
			scale
		};
		if (figure.earlier)
			panel.earlier = {
				...figure.earlier,
				cells: within(figure.earlier.cells, series.key, column.code)
			};
		return [{ code: column.code, label: column.label, figure: panel }];
	});
}

const within = (cells: FigureData['cells'], key: string, code: string) =>
	cells.filter(({ coordinates }) => coordinates[key] === code);
