import type { Db } from '../base/sql.server.ts';
import { notAllowed } from '../base/errors.ts';
import { mayCreate } from '../forum/access.ts';
import type { Membership } from '../forum/forums.server.ts';
import { judge } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { compare, mismatch } from './compare.ts';
import type { Cube } from './cube.ts';
import { coordinatesAt, labelOf } from './grid.ts';
import type { Asking } from './import.ts';
import { isMissing } from './numbers.ts';
import { prepare, type Prepared } from './prepare.ts';
import type { Preview } from './preview.ts';
import { stop, type Problem } from './problem.ts';
import { DIMENSION_ROLES, type Recipe } from './recipe.ts';
import type { ColumnFacts } from './roles.ts';
import { limitOf, load, newest, refuseSameFile } from './versions.server.ts';

export type Previewed = Omit<Preview, 'problems'> & { problems: Problem[] };

/** Understands a file as it would be stored, and stores nothing. */
export async function preview(
	db: Db,
	person: Person,
	forum: Membership,
	file: { bytes: Uint8Array; hash: string },
	{ recipe, datasetId, exempt = false }: Asking,
	language?: string
): Promise<Previewed> {
	const { bytes, hash } = file;
	if (datasetId) await judge(db, person, 'import', datasetId);
	else if (!mayCreate(forum.role, 'dataset', forum.chair)) notAllowed();
	if (datasetId) await refuseSameFile(db, datasetId, hash);
	const before = datasetId ? await newest(db, datasetId) : null;
	const limit = datasetId ? await limitOf(db, datasetId) : exempt ? null : forum.smallNumberLimit;
	const prepared = prepare(bytes, { recipe, earlier: before?.recipe, language, limit });
	const { cube, problems } = prepared;
	const differs =
		before && problems.every(({ severity }) => severity === 'note')
			? mismatch(before.shape, cube.shape)
			: null;
	return {
		...describe(prepared),
		hash,
		problems: differs ? [...problems, stop(differs.code, differs.params)] : problems,
		changes:
			before && !differs && cube.cells.length > 0 ? compare(await load(db, before.id), cube) : null,
		number: (before?.number ?? 0) + 1
	};
}

const SHOWN = 300;

function describe({ recipe, facts, cube, questions, limit, suppressed }: Prepared) {
	const cells = cube.cells.flatMap((of) => [...of.values()]);
	return {
		recipe,
		facts: {
			...facts,
			table: facts.table && {
				...facts.table,
				columns: facts.table.columns.map((column) => shownColumn(column, recipe))
			}
		},
		shape: {
			...cube.shape,
			dimensions: cube.shape.dimensions.map((dimension) => ({
				...dimension,
				categories: dimension.categories.slice(0, SHOWN)
			}))
		},
		lines: firstLines(cube),
		counts: {
			cells: cells.length,
			missing: cells.filter(({ status }) => status === 'm').length,
			suppressed: suppressed.primary,
			guarded: suppressed.secondary,
			bySender: suppressed.bySender
		},
		limit,
		questions
	};
}

/** A column's values are shown only where they are words: a column of numbers may hold small ones. */
function shownColumn(column: ColumnFacts, recipe: Recipe) {
	const { name, filled, missing, distinct, numeric } = column;
	const role = recipe.table?.columns.find((one) => one.name === name)?.role ?? 'ignore';
	const words = DIMENSION_ROLES.includes(role) || role === 'measure_name' || role === 'unit';
	return {
		name,
		filled,
		missing,
		distinct: distinct.length,
		samples: words || numeric === 0 ? distinct.filter((cell) => !isMissing(cell)).slice(0, 4) : []
	};
}

/** The first places of the cube, and those where something is suppressed, so that it is seen. */
function firstLines(cube: Cube): Preview['lines'] {
	const first = new Set<number>();
	const hidden = new Set<number>();
	for (const cells of cube.cells)
		for (const [position, { status }] of cells) {
			if (first.size < 6) first.add(position);
			if (status === 's' && hidden.size < 4) hidden.add(position);
			if (first.size >= 6 && hidden.size >= 4) break;
		}
	return [...new Set([...first, ...hidden])]
		.sort((a, b) => a - b)
		.map((position) => {
			const at = coordinatesAt(cube.shape, position);
			return {
				categories: cube.shape.dimensions.map((dimension) =>
					labelOf(dimension, at[dimension.key]!)
				),
				cells: cube.cells.map((cells) => cells.get(position) ?? null)
			};
		});
}
