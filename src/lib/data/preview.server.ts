import type { Db } from '../base/sql.server.ts';
import { notAllowed } from '../base/errors.ts';
import { mayCreate } from '../forum/access.ts';
import type { Membership } from '../forum/forums.server.ts';
import { judge } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import type { CubeShape } from './cube.ts';
import type { Asking } from './import.ts';
import { NO_RENAMES } from './mapping.ts';
import { renames } from './mappings.server.ts';
import { notesOn } from './notes.ts';
import { isMissing } from './numbers.ts';
import type { Preview } from './preview.ts';
import { stop, type Problem } from './problem.ts';
import { publishedBefore } from './published.server.ts';
import type { Outcome } from './reader.ts';
import { read, type OnProgress, type Reading } from './reading.server.ts';
import { DIMENSION_ROLES, type Recipe } from './recipe.ts';
import type { ColumnFacts } from './roles.ts';
import { kept, limitOf, newest, ownerOf, refuseSameFile } from './versions.server.ts';

export type Previewed = Omit<Preview, 'problems'> & { problems: Problem[] };

/** Understands a file as it would be stored, and stores nothing. */
export async function preview(
	db: Db,
	person: Person,
	forum: Membership,
	file: { bytes: Uint8Array; hash: string },
	{ recipe, datasetId, exempt = false }: Asking,
	language?: string,
	onprogress?: OnProgress
): Promise<Previewed> {
	const { bytes, hash } = file;
	if (datasetId) await judge(db, person, 'import', datasetId);
	else if (!mayCreate(forum.role, 'dataset', forum.chair)) notAllowed();
	if (datasetId) await refuseSameFile(db, datasetId, hash);
	const before = datasetId ? await newest(db, datasetId) : null;
	const limit = datasetId ? await limitOf(db, datasetId) : exempt ? null : forum.smallNumberLimit;
	const said = datasetId ? await renames(db, datasetId) : NO_RENAMES;
	const asked = {
		recipe,
		earlier: before?.recipe,
		language,
		limit,
		known: { renames: said, newest: before?.shape },
		before: before && { ...(await kept(db, before.id)), renames: said }
	};
	const whose = {
		datasetId: datasetId ?? null,
		ownerId: datasetId ? await ownerOf(db, datasetId) : person.id,
		kept
	};
	const published = (shape: CubeShape) => publishedBefore(db, whose, shape);
	return await read({ bytes, asked, published }, show, onprogress);

	async function show({ outcome }: Reading): Promise<Previewed> {
		const { differs, changes } = outcome;
		const stops = outcome.problems.filter(({ severity }) => severity === 'stop');
		const problems: Problem[] = [...stops, ...notesOn(outcome)];
		return {
			...describe(outcome),
			hash,
			problems: differs ? [...problems, stop(differs.code, differs.params)] : problems,
			changes,
			number: (before?.number ?? 0) + 1
		};
	}
}

const SHOWN = 300;

function describe(outcome: Outcome) {
	const { recipe, facts, shape, lines, questions, limit, suppressed } = outcome;
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
			...shape,
			dimensions: shape.dimensions.map((dimension) => ({
				...dimension,
				categories: dimension.categories.slice(0, SHOWN)
			}))
		},
		lines,
		counts: {
			cells: outcome.cells,
			missing: outcome.missing,
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
