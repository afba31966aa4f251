import { Readable } from 'node:stream';
import type { Db } from '../base/sql.server.ts';
import type { Person } from '../people/person.ts';
import * as datasets from './datasets.server.ts';
import { slug } from './recipe.ts';
import * as versions from './versions.server.ts';
import { csvPieces } from './write/csv.ts';
import { jsonstatPieces, type About } from './write/jsonstat.ts';
import { xlsxPieces } from './write/xlsx.ts';

/** A whole version as a file: what is stored, so suppressed cells have no number in it. */

export const FORMS = ['csv', 'xlsx', 'json'] as const;
export type Form = (typeof FORMS)[number];

const TYPES: Record<Form, string> = {
	csv: 'text/csv; charset=utf-8',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	json: 'application/json; charset=utf-8'
};

export type File = {
	/** The dataset's title and the version's number, in letters any machine takes. */
	name: string;
	/** The same as people write it. */
	fullName: string;
	type: string;
	body: ReadableStream<Uint8Array>;
};

/**
 * Access is judged as for reading the dataset. The file is written as it is fetched; what it cannot hold is
 * refused before it begins.
 */
export async function version(
	db: Db,
	person: Person,
	datasetId: string,
	number: number,
	form: Form
): Promise<File> {
	const found = await versions.byNumber(db, person, datasetId, number);
	const dataset = await datasets.page(db, person, datasetId);
	const cube = await versions.load(db, found.id);
	const pieces =
		form === 'csv'
			? csvPieces(cube)
			: form === 'xlsx'
				? xlsxPieces(cube)
				: jsonstatPieces(cube, aboutOf(dataset, found));
	const { title } = dataset;
	return {
		name: `${slug(title)}-${number}.${form}`,
		fullName: `${title
			.toWellFormed()
			.replace(/[\\/:*?"<>|\p{Cc}\s]+/gu, ' ')
			.trim()} ${number}.${form}`,
		type: TYPES[form],
		body: stream(pieces)
	};
}

/** Where the figures come from goes with them (D3). */
function aboutOf(dataset: datasets.DatasetPage, { number, asOf }: versions.Version): About {
	const { title, source, definition, registration, population, weaknesses } = dataset;
	const line = dataset.versions.find((one) => one.number === number);
	return {
		label: title,
		...(source ? { source } : {}),
		updated: asOf,
		note: [definition, registration, population, weaknesses].flatMap((text) => text ?? []),
		extension: {
			dataset: dataset.id,
			version: number,
			owner: `${dataset.ownerName}, ${dataset.departmentName}`,
			grade: dataset.grade,
			synthetic: dataset.synthetic,
			smallNumberLimit: line?.limit ?? null,
			...(dataset.nextUpdate ? { px: { nextUpdate: dataset.nextUpdate } } : {})
		}
	};
}

function stream(pieces: Generator<string | Uint8Array>): ReadableStream<Uint8Array> {
	const first = pieces.next();
	function* all() {
		if (!first.done) yield first.value;
		yield* pieces;
	}
	return Readable.toWeb(Readable.from(all(), { objectMode: false })) as ReadableStream<Uint8Array>;
}

/** A header that names the file in every browser: RFC 6266. */
export const disposition = ({ name, fullName }: Pick<File, 'name' | 'fullName'>): string =>
	`attachment; filename="${name}"; filename*=UTF-8''${encodeURIComponent(fullName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)}`;
