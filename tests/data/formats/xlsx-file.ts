import { strToU8, zipSync } from 'fflate';

/** A workbook of our own, written by hand: sheets as XML rows. */
export function workbook(
	sheets: Record<string, string>,
	{ texts = [] as string[], styles = '', date1904 = false, prefix = '' } = {}
): Uint8Array {
	const x = prefix ? `${prefix}:` : '';
	const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
	const xmlns = `xmlns${prefix ? `:${prefix}` : ''}="${main}"`;
	const rel = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
	const names = Object.keys(sheets);
	const list = names.map(
		(name, at) => `<${x}sheet name="${name}" sheetId="${at + 1}" r:id="r${at + 1}"/>`
	);
	const parts: Record<string, string> = {
		'_rels/.rels': `<Relationships><Relationship Id="a" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		'xl/workbook.xml': `<?xml version="1.0"?><${x}workbook ${xmlns} xmlns:r="${rel}"><${x}workbookPr${date1904 ? ' date1904="1"' : ''}/><${x}sheets>${list.join('')}</${x}sheets></${x}workbook>`,
		'xl/_rels/workbook.xml.rels': `<Relationships>${names
			.map(
				(_, at) =>
					`<Relationship Id="r${at + 1}" Type="${rel}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`
			)
			.join(
				''
			)}<Relationship Id="s" Type="${rel}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="y" Type="${rel}/styles" Target="/xl/styles.xml"/></Relationships>`,
		'xl/sharedStrings.xml': `<sst>${texts.map((text) => `<si>${text}</si>`).join('')}</sst>`,
		'xl/styles.xml': `<styleSheet>${styles}</styleSheet>`
	};
	for (const [at, name] of names.entries())
		parts[`xl/worksheets/sheet${at + 1}.xml`] =
			`<${x}worksheet ${xmlns}>${sheets[name]}</${x}worksheet>`;
	return zipSync(
		Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))
	);
}

/** Rows of cells: numbers, texts, null for none, or XML of one's own. */
export function rows(cells: (number | string | null)[][], from = 1, x = ''): string {
	const written = cells.map((line, index) => {
		const row = from + index;
		const filled = line.map((cell, column) => {
			const at = `${String.fromCharCode(65 + column)}${row}`;
			if (cell === null) return '';
			if (typeof cell === 'number') return `<${x}c r="${at}"><${x}v>${cell}</${x}v></${x}c>`;
			if (cell.startsWith('<')) return cell.replace('<c', `<c r="${at}"`);
			return `<${x}c r="${at}" t="inlineStr"><${x}is><${x}t>${cell}</${x}t></${x}is></${x}c>`;
		});
		return `<${x}row r="${row}">${filled.join('')}</${x}row>`;
	});
	return `<${x}sheetData>${written.join('')}</${x}sheetData>`;
}
