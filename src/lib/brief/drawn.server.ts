import { notFound } from '../base/errors.ts';
import type { Db } from '../base/sql.server.ts';
import type { FigureCell, FigureData, FigureSpec } from '../chart/figure.ts';
import { coupledFigure } from '../chart/coupled.server.ts';
import { mapOf } from '../chart/maps.ts';
import { meantBy } from '../chart/meant.server.ts';
import { breaksOf, type Break } from '../data/breaks.server.ts';
import * as cells from '../data/cells.server.ts';
import { citations } from '../data/citation.server.ts';
import type { Coordinates, Measure } from '../data/cube.ts';
import { restsOn } from '../data/derive.ts';
import { shapeFor, type DerivedMeasure } from '../data/formulas.server.ts';
import { codeIn } from '../data/mapping.ts';
import { renames } from '../data/mappings.server.ts';
import { signsOf } from '../data/signs.ts';
import * as outlines from '../data/outlines.server.ts';
import type { Place } from './brief.ts';
import { proposal, specProblem } from './figure.ts';

/** What a figure shows: its pinned version's cells, where they come from, and what a map is drawn on. */

export type StoredFigure = {
	id: string;
	title: string;
	why: string;
	spec: FigureSpec;
	firstPage: boolean;
	section: Place | null;
	algorithm: string | null;
	versionId: string;
	/** It shows two datasets side by side; `versionId` is then the first's. */
	couplingId: string | null;
};

/**
 * Figures with their cells and citations, in the order asked for; also ones since taken out of the
 * brief, because a case may rest on them. The caller has judged the reader of what they stand in.
 */
export async function data(db: Db, figureIds: string[]): Promise<FigureData[]> {
	if (figureIds.length === 0) return [];
	const rows = await db<StoredFigure[]>`
		select id, title, why, spec, first_page "firstPage", section, algorithm, version_id "versionId",
			coupling_id "couplingId"
		from figures where id = any(${figureIds})`;
	const cited = await citations(
		db,
		rows.map((row) => row.versionId)
	);
	const marked = await breaksOf(
		db,
		[...cited.values()].map((citation) => citation.datasetId)
	);
	const read = await cells.slices(
		db,
		// What shows two datasets side by side is read where it is guarded.
		rows.map(({ versionId, couplingId, spec: { measure, where } }) => ({
			versionId,
			measure: couplingId ? '' : measure,
			where
		}))
	);
	const drawn = await Promise.all(
		rows.map(async (row, nth): Promise<FigureData> => {
			const { id, title, why, algorithm, couplingId } = row;
			if (couplingId)
				return {
					...(await coupledFigure(db, couplingId, row.spec, { id, title, why })),
					algorithm
				};
			const citation = cited.get(row.versionId)!;
			const drawn = await drawnFrom(db, row.versionId, row.spec, read[nth]);
			return {
				id,
				title,
				why,
				algorithm,
				citation,
				breaks: breaksFor(marked, citation.datasetId, drawn.measure),
				...(await meantBy(db, citation, drawn)),
				...drawn
			};
		})
	);
	return figureIds.flatMap((id) => drawn.find((figure) => figure.id === id) ?? []);
}

type Drawn = Pick<
	FigureData,
	'spec' | 'dimensions' | 'measure' | 'cells' | 'signs' | 'map' | 'derived'
>;

/** The breaks of a measure, or of what it is worked out from. */
const breaksFor = (all: Break[], datasetId: string, measure: Measure) =>
	all.filter((one) => one.datasetId === datasetId && restsOn(measure).includes(one.measure));

/** What a spec shows of a version: for a stored figure, and to look at one before it is. `read`: its cells, where they are here. */
export async function drawnFrom(
	db: Db,
	versionId: string,
	spec: FigureSpec,
	read?: cells.PlacedCell[]
): Promise<Drawn> {
	const shape = await shapeFor(db, versionId, spec.measure);
	const dimensions = shape.dimensions.map((dimension) => ({
		...dimension,
		categories: dimension.categories.filter(
			({ code }) => !spec.where[dimension.key] || spec.where[dimension.key]!.includes(code)
		)
	}));
	const measure = shape.measures.find(({ key }) => key === spec.measure)!;
	const shown = read ?? (await cells.slice(db, versionId, spec.measure, spec.where));
	return {
		spec,
		dimensions,
		measure,
		...worked(measure, shape.measures),
		cells: shown,
		...signsOf(shape, shown),
		...(spec.kind === 'map' ? await mapped(db, versionId, spec, dimensions) : {})
	};
}

/** How a derived measure came about, with the names of its parts. */
function worked(measure: Measure, all: Measure[]): Pick<FigureData, 'derived'> {
	if (!('formula' in measure)) return {};
	const { formula, reason, ended } = measure as DerivedMeasure;
	const of = all.filter(({ key }) => restsOn(measure).includes(key));
	return { derived: { formula, of: of.map(({ key, label }) => ({ key, label })), reason, ended } };
}

/** The outlines a map is drawn on, with the category of each. */
async function mapped(
	db: Db,
	versionId: string,
	spec: FigureSpec,
	dimensions: FigureData['dimensions']
): Promise<Pick<FigureData, 'map'>> {
	const outline = (await outlines.byIds(db, [spec.outline ?? ''])).get(spec.outline ?? '');
	const areas = dimensions.find(({ key }) => key === spec.x);
	if (!outline || !areas) return {};
	return { map: mapOf(outline, areas.categories, await outlines.partsOf(db, versionId)) };
}

/** A figure that is not stored: how it would look. The caller has judged the reader of the dataset. */
export async function preview(
	db: Db,
	versionId: string,
	spec: FigureSpec,
	words: { title: string; why: string; algorithm?: string | null }
): Promise<FigureData> {
	const citation = (await citations(db, [versionId])).get(versionId) ?? notFound();
	const breaks = await breaksOf(db, [citation.datasetId]);
	const drawn = await drawnFrom(db, versionId, spec);
	return {
		id: 'preview',
		...words,
		citation,
		breaks: breaksFor(breaks, citation.datasetId, drawn.measure),
		...(await meantBy(db, citation, drawn)),
		...drawn
	};
}

/**
 * A measure over time, as lines or one small figure each; null where there is no time or too much to tell apart.
 * The caller has judged the reader of the dataset.
 */
export async function overTime(
	db: Db,
	versionId: string,
	measure: string,
	words: { title: string; why: string }
): Promise<FigureData | null> {
	const shape = await shapeFor(db, versionId, measure);
	if (!shape.dimensions.some(({ role }) => role === 'time')) return null;
	const many = shape.dimensions.some(
		({ role, categories }) => role !== 'time' && categories.length > 8
	);
	const spec = proposal(shape, measure, many ? 'panels' : 'line');
	return specProblem(spec, shape) ? null : await preview(db, versionId, spec, words);
}

/**
 * A figure of one edition beside what an edition before it said of the same cells: for comparing any two.
 * The caller has judged the reader of the dataset.
 */
export async function compared(
	db: Db,
	versions: { before: { id: string; number: number }; after: { id: string } },
	spec: FigureSpec,
	words: { title: string; why: string }
): Promise<FigureData> {
	const figure = await preview(db, versions.after.id, spec, words);
	const said = await cells.slice(db, versions.before.id, spec.measure, spec.where);
	// What the earlier edition calls otherwise is the same place: told under the later one's code.
	const known = await renames(db, figure.citation.datasetId);
	const now = said.map((cell): FigureCell => ({ ...cell, coordinates: inLater(cell.coordinates) }));
	return { ...figure, earlier: { number: versions.before.number, cells: now } };

	function inLater(coordinates: Coordinates): Coordinates {
		return Object.fromEntries(
			Object.entries(coordinates).map(([key, code]) => {
				const dimension = figure.dimensions.find((one) => one.key === key);
				return [key, (dimension && codeIn(known, dimension, code)) ?? code];
			})
		);
	}
}
