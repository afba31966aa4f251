import { Readable } from 'node:stream';
import type { Db } from '../base/sql.server.ts';
import type { Person } from '../people/person.ts';
import * as datasets from './datasets.server.ts';
import { slug } from './recipe.ts';
import * as versions from './versions.server.ts';
import { csvPieces } from './write/csv.ts';
import { jsonstatPieces } from './write/jsonstat.ts';
import { xlsxPieces } from './write/xlsx.ts';

/** A whole version as a file: what is stored, so suppressed cells have no number in it. */

export const FORMS = ['csv', 'xlsx', 'json'] as const;
export type Form = (typeof FORMS)[number];

const TYPES: Record<Form, string> = {
	csv: 'text/csv; charset=utf-8',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	json: 'application/json; charset=utf-8'
};

export type File = { name: string; type: string; body: ReadableStream<Uint8Array> };

/** Access is judged as for reading the dataset. */
export async function version(
	db: Db,
	person: Person,
	datasetId: string,
	number: number,
	form: Form
): Promise<File> {
	const { id, asOf } = await versions.byNumber(db, person, datasetId, number);
	const { title, source } = await datasets.page(db, person, datasetId);
	const cube = await versions.load(db, id);
	const pieces =
		form === 'csv'
			? csvPieces(cube)
			: form === 'xlsx'
				? xlsxPieces(cube)
				: jsonstatPieces(cube, { label: title, ...(source ? { source } : {}), updated: asOf });
	return {
		name: `${slug(title)}-${number}.${form}`,
		type: TYPES[form],
		body: Readable.toWeb(Readable.from(pieces, { objectMode: false })) as ReadableStream<Uint8Array>
	};
}
