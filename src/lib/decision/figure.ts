import type { Coupled, Side } from '../chart/coupled.ts';
import type { FigureData } from '../chart/figure.ts';
import type { Citation } from '../data/citation.ts';
import type { Measure } from '../data/cube.ts';
import type { FrozenCitation, FrozenCoupling, FrozenFigure } from './record.ts';

/** A figure into a record, and out of it again. */

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
		...(figure.derived ? { derived: figure.derived } : {}),
		...(figure.indicator ? { indicator: figure.indicator } : {}),
		...(figure.algorithm ? { algorithm: figure.algorithm } : {}),
		...(figure.coupled ? { coupled: thawedCoupling(figure.coupled) } : {}),
		breaks: figure.breaks,
		citation: thawedCitation(citation)
	};
}

function thawedCoupling({ sides, ...rest }: FrozenCoupling): Coupled {
	const [first, second] = sides.map(({ citation, ...side }): Side => ({
		...side,
		citation: thawedCitation(citation)
	}));
	return { ...rest, newer: null, sides: [first!, second!] };
}

const thawedCitation = (citation: FrozenCitation): Citation => ({
	datasetId: citation.datasetId,
	title: citation.title,
	versionId: citation.versionId,
	number: citation.number,
	asOf: citation.asOf,
	ownerName: citation.owner,
	departmentName: citation.department,
	source: citation.source,
	registration: citation.registration,
	grade: citation.grade as Citation['grade'],
	synthetic: citation.synthetic,
	limit: citation.limit,
	nextUpdate: null,
	stale: false,
	newest: null
});

/** The same, with what is known today of the data it rests on: its next update is due, a newer version came. */
export function thawedToday(figure: FrozenFigure, today: Citation | undefined): FigureData {
	const { citation, ...rest } = thawed(figure);
	if (!today) return { ...rest, citation };
	const { nextUpdate, stale, newest } = today;
	return { ...rest, citation: { ...citation, nextUpdate, stale, newest } };
}

/** Named fields: what the chart's own types grow later must not slip into a record. */
export function frozenFigure(figure: FigureData): FrozenFigure {
	const { citation, measure, derived, indicator, algorithm, coupled } = figure;
	return {
		id: figure.id,
		title: figure.title,
		why: figure.why,
		kind: figure.spec.kind,
		spec: figure.spec,
		...(figure.map ? { map: figure.map } : {}),
		x: figure.spec.x,
		series: figure.spec.series ?? null,
		...(derived ? { derived } : {}),
		...(indicator ? { indicator } : {}),
		...(algorithm ? { algorithm } : {}),
		...(coupled ? { coupled: frozenCoupling(coupled) } : {}),
		measure: frozenMeasure(measure),
		dimensions: figure.dimensions.map(({ key, label, role, categories }) => ({
			key,
			label,
			role,
			categories: categories.map(({ code, label }) => ({ code, label }))
		})),
		cells: figure.cells.map(({ coordinates, value, status }) => ({ coordinates, value, status })),
		breaks: figure.breaks.map(({ period, reason }) => ({ period, reason })),
		citation: frozenCitation(citation)
	};
}

const frozenMeasure = ({ key, label, unit, decimals, countsPeople, additive }: Measure) => ({
	key,
	label,
	unit,
	decimals,
	countsPeople,
	additive
});

const frozenCoupling = ({ id, sides, agreed, limit, hidden }: Coupled): FrozenCoupling => ({
	id,
	agreed,
	limit,
	hidden,
	sides: sides.map(({ measure, citation, keys, held, heldIn }) => ({
		measure: frozenMeasure(measure),
		citation: frozenCitation(citation),
		keys,
		held,
		heldIn
	}))
});

const frozenCitation = (citation: Citation): FrozenCitation => ({
	datasetId: citation.datasetId,
	title: citation.title,
	versionId: citation.versionId,
	number: citation.number,
	asOf: citation.asOf,
	owner: citation.ownerName,
	department: citation.departmentName,
	source: citation.source,
	registration: citation.registration,
	grade: citation.grade,
	synthetic: citation.synthetic,
	limit: citation.limit
});
