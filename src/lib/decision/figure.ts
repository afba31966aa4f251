import type { FigureData } from '../chart/figure.ts';
import type { Citation } from '../data/citation.ts';
import type { FrozenFigure } from './record.ts';

/** A frozen figure as the chart draws it. What a record does not keep (is it stale now?) says nothing. */
export function thawed(figure: FrozenFigure): FigureData {
	const { citation, measure } = figure;
	return {
		id: figure.id,
		title: figure.title,
		why: figure.why,
		spec: figure.spec ?? {
			kind: figure.kind as FigureData['spec']['kind'],
			measure: measure.key,
			where: Object.fromEntries(
				figure.dimensions.map(({ key, categories }) => [key, categories.map(({ code }) => code)])
			),
			x: figure.x,
			...(figure.series ? { series: figure.series } : {})
		},
		dimensions: figure.dimensions.map((dimension) => ({
			...dimension,
			role: dimension.role as FigureData['dimensions'][number]['role']
		})),
		measure,
		cells: figure.cells,
		...(figure.map ? { map: figure.map } : {}),
		breaks: figure.breaks,
		citation: {
			datasetId: citation.datasetId,
			title: citation.title,
			versionId: citation.versionId,
			number: citation.number,
			asOf: citation.asOf,
			ownerName: citation.owner,
			departmentName: citation.department,
			source: citation.source,
			registration: citation.registration,
			grade: citation.grade as FigureData['citation']['grade'],
			synthetic: citation.synthetic,
			limit: citation.limit,
			nextUpdate: null,
			stale: false,
			newest: null
		}
	};
}

/** The same, with what is known today of the data it rests on: its next update is due, a newer version came. */
export function thawedToday(figure: FrozenFigure, today: Citation | undefined): FigureData {
	const { citation, ...rest } = thawed(figure);
	if (!today) return { ...rest, citation };
	const { nextUpdate, stale, newest } = today;
	return { ...rest, citation: { ...citation, nextUpdate, stale, newest } };
}
