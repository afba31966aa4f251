import type { Db } from '#lib/base/sql.server.ts';
import { breaksOf } from '#lib/data/breaks.server.ts';
import { slice } from '#lib/data/cells.server.ts';
import { citations } from '#lib/data/citation.server.ts';
import type { Comparison } from '#lib/data/comparison.server.ts';
import type { Revision } from '#lib/data/compare.ts';
import { labelOf } from '#lib/data/grid.ts';
import { m } from '#paraglide/messages.js';
import { along, editionsFigure } from './editions.ts';
import type { FigureData } from './figure.ts';

/** The place of one revised cell, as both versions have it. The caller has judged the reader. */
export async function editions(
	db: Db,
	{ from, to, shape }: Comparison,
	{ measure, coordinates }: Revision
): Promise<FigureData | null> {
	const x = along(shape);
	if (!x) return null;
	const where = Object.fromEntries(
		Object.entries(coordinates).flatMap(([key, code]) => (key === x.key ? [] : [[key, [code]]]))
	);
	const [cited, ...cells] = await Promise.all([
		citations(db, [to.id]),
		...[from, to].map(({ id }) => slice(db, id, measure, where))
	]);
	const citation = cited.get(to.id)!;
	const place = shape.dimensions
		.filter(({ key }) => key !== x.key)
		.map((dimension) => labelOf(dimension, coordinates[dimension.key]!));
	const label = shape.measures.find(({ key }) => key === measure)?.label ?? measure;
	return editionsFigure({
		shape,
		measure,
		coordinates,
		editions: [from, to].map(({ number }, index) => ({
			number,
			label: m.data_edition({ number }),
			cells: cells[index]!
		})),
		citation,
		words: {
			title: [label, ...place].join(', '),
			why: m.data_compare_why({ from: from.number, to: to.number }),
			edition: m.data_edition_word()
		},
		breaks: (await breaksOf(db, [citation.datasetId])).filter((one) => one.measure === measure)
	});
}
