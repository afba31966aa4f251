import { strToU8, Zip, ZipDeflate } from 'fflate';
import { refuse } from '../../base/errors.ts';
import type { Cube } from '../cube.ts';
import { strides } from '../grid.ts';
import { columnsOf, signAt } from './columns.ts';

/**
 * A cube as an Excel workbook of one sheet: a column for each dimension and measure, a row for each place
 * that has a cell. Numbers are numbers; a suppressed cell is empty, a missing one `..`; the source's signs stand in a column beside. Texts are stored as
 * texts, which no spreadsheet runs.
 */
export function* xlsxPieces(cube: Cube): Generator<Uint8Array> {
	const ready: Uint8Array[] = [];
	const zip = new Zip((error, piece) => {
		if (error) throw error;
		ready.push(piece);
	});
	const begin = (name: string) => {
		const file = new ZipDeflate(name, { level: 6 });
		zip.add(file);
		return file;
	};
	for (const [name, text] of Object.entries(PARTS)) begin(name).push(strToU8(text), true);
	const sheet = begin('xl/worksheets/sheet1.xml');
	for (const text of sheetText(cube)) {
		sheet.push(strToU8(text));
		yield* ready.splice(0);
	}
	sheet.push(new Uint8Array(), true);
	zip.end();
	yield* ready.splice(0);
}

/** A sheet has no more rows, whoever writes it. */
const MAX_ROWS = 1_048_576;

function* sheetText(cube: Cube): Generator<string> {
	const { shape, cells } = cube;
	const columns = columnsOf(cube);
	const positions = [...new Set(cells.flatMap((one) => [...one.keys()]))].sort((a, b) => a - b);
	if (positions.length + 1 > MAX_ROWS) refuse('data.too_many_rows', { limit: MAX_ROWS - 1 });
	const steps = strides(shape.dimensions);
	const heading = [
		...shape.dimensions.map(({ label }) => label),
		...columns.map(({ heading }) => heading)
	];
	yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetData><row>${heading.map(textCell).join('')}</row>`;
	let rows = '';
	for (const position of positions) {
		const labels = shape.dimensions.map(({ categories }, axis) =>
			textCell(categories[Math.floor(position / steps[axis]!) % categories.length]!.label)
		);
		const figures = columns.map(({ measure, signs }) => {
			const one = cells[measure]!;
			if (signs) {
				const sign = signAt(cube, measure, position);
				return sign ? textCell(sign) : '<c/>';
			}
			const value = one.valueAt(position);
			if (value !== null) return `<c><v>${value}</v></c>`;
			return one.statusAt(position) === 's' ? '<c/>' : textCell('..');
		});
		rows += `<row>${labels.join('')}${figures.join('')}</row>`;
		if (rows.length > 60_000) {
			yield rows;
			rows = '';
		}
	}
	yield `${rows}</sheetData></worksheet>`;
}

const textCell = (text: string) =>
	`<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;

const escaped = (text: string) =>
	text
		// Control characters are not allowed in XML, however they are written.
		// eslint-disable-next-line no-control-regex
		.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
		.replace(/_x(?=[\dA-Fa-f]{4}_)/g, '_x005F_x')
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.slice(0, 32_767);

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const PARTS = {
	'[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
	'_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>`,
	'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`
};
