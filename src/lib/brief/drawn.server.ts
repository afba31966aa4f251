import { notFound } from '../base/errors.ts';
import type { Db } from '../base/sql.server.ts';
import type { FigureCell, FigureData, FigureSpec } from '../chart/figure.ts';
import { mapOf } from '../chart/maps.ts';
import { breaksOf } from '../data/breaks.server.ts';
import * as cells from '../data/cells.server.ts';
import { citations } from '../data/citation.server.ts';
import { signsOf } from '../data/signs.ts';
import * as outlines from '../data/outlines.server.ts';
import * as versions from '../data/versions.server.ts';
import { proposal, specProblem } from './figure.ts';

/** What a figure shows: its pinned version's cells, where they come from, and what a map is drawn on. */

export type StoredFigure = {
	id: string;
	title: string;
	why: string;
	spec: FigureSpec;
	firstPage: boolean;
	versionId: string;
};

/**
 * Figures with their cells and citations, in the order asked for; also ones since taken out of the
 * brief, because a case may rest on them. The caller has judged the reader of what they stand in.
 */
export async function data(db: Db, figureIds: string[]): Promise<FigureData[]> {
	if (figureIds.length === 0) return [];
	const rows = await db<StoredFigure[]>`
		select id, title, why, spec, first_page "firstPage", version_id "versionId"
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
		rows.map(({ versionId, spec: { measure, where } }) => ({ versionId, measure, where }))
	);
	const drawn = await Promise.all(
		rows.map(async (row, nth): Promise<FigureData> => {
			const citation = cited.get(row.versionId)!;
			return {
				id: row.id,
				title: row.title,
				why: row.why,
				citation,
				breaks: marked.filter(
					(one) => one.datasetId === citation.datasetId && one.measure === row.spec.measure
				),
				...(await drawnFrom(db, row.versionId, row.spec, read[nth]))
			};
		})
	);
	return figureIds.flatMap((id) => drawn.find((figure) => figure.id === id) ?? []);
}

/** What a spec shows of a version: for a stored figure, and to look at one before it is. `read`: its cells, where they are here. */
export async function drawnFrom(
	db: Db,
	versionId: string,
	spec: FigureSpec,
	read?: cells.PlacedCell[]
): Promise<Pick<FigureData, 'spec' | 'dimensions' | 'measure' | 'cells' | 'signs' | 'map'>> {
	const shape = await versions.shape(db, versionId);
	const dimensions = shape.dimensions.map((dimension) => ({
		...dimension,
		categories: dimension.categories.filter(
			({ code }) => !spec.where[dimension.key] || spec.where[dimension.key]!.includes(code)
		)
	}));
	const shown = read ?? (await cells.slice(db, versionId, spec.measure, spec.where));
	return {
		spec,
		dimensions,
		measure: shape.measures.find(({ key }) => key === spec.measure)!,
		cells: shown,
		...signsOf(shape, shown),
		...(spec.kind === 'map' ? await mapped(db, versionId, spec, dimensions) : {})
	};
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
	words: { title: string; why: string }
): Promise<FigureData> {
	const citation = (await citations(db, [versionId])).get(versionId) ?? notFound();
	const breaks = await breaksOf(db, [citation.datasetId]);
	return {
		id: 'preview',
		...words,
		citation,
		breaks: breaks.filter(({ measure }) => measure === spec.measure),
		...(await drawnFrom(db, versionId, spec))
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
	const shape = await versions.shape(db, versionId);
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
	const said: FigureCell[] = await cells.slice(db, versions.before.id, spec.measure, spec.where);
	return { ...figure, earlier: { number: versions.before.number, cells: said } };
}
