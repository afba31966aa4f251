import { refuse } from '../../base/errors.ts';
import { Package } from './xlsx-zip.ts';
import { scan } from './xml.ts';

/** What an XLSX holds: its sheets by name, and what they share: texts, formats, the date system. */

export type Workbook = {
	/** Those a person sees, in their order. */
	sheets: { name: string; path: string }[];
	/** Serial dates count from 1904 instead of 1900. */
	from1904: boolean;
	texts: string[];
	/** By style number: how a number with it is a date, if it is. */
	dates: (DateForm | null)[];
	package: Package;
};

/** How much of a date a format shows. */
export type DateForm = 'year' | 'month' | 'day' | 'time';

/** Refuses a ZIP that is no workbook: `data.is_zip`. */
export function openWorkbook(bytes: Uint8Array): Workbook {
	const files = new Package(bytes);
	const root = relations(files, '', '_rels/.rels').find(({ type }) => type === 'officeDocument');
	const path = root?.target ?? 'xl/workbook.xml';
	const book = files.text(path);
	if (book === null) return refuse('data.is_zip');
	const folder = path.slice(0, path.lastIndexOf('/') + 1);
	const file = path.slice(folder.length);
	const parts = relations(files, folder, `${folder}_rels/${file}.rels`);
	const sheets: { name: string; id: string; hidden: boolean }[] = [];
	let from1904 = false;
	scan(book, {
		open(name, attribute) {
			if (name === 'workbookPr') from1904 ||= /^(1|true)$/.test(attribute('date1904') ?? '');
			if (name === 'sheet' && sheets.length < 1000)
				sheets.push({
					name: attribute('name') ?? '',
					id: relationOf(attribute),
					hidden: /hidden/i.test(attribute('state') ?? '')
				});
		}
	});
	const shared = parts.find(({ type }) => type === 'sharedStrings')?.target;
	const styles = parts.find(({ type }) => type === 'styles')?.target;
	return {
		sheets: sheets.flatMap(({ name, id, hidden }) => {
			const part = parts.find((one) => one.id === id && one.type === 'worksheet');
			return part && !hidden ? [{ name, path: part.target }] : [];
		}),
		from1904,
		texts: readTexts(shared ? files.text(shared) : null),
		dates: readDates(styles ? files.text(styles) : null),
		package: files
	};
}

/** `r:id`, whatever the prefix; a sheet has an `sheetId` of its own beside it. */
const relationOf = (attribute: (name: string) => string | undefined) => attribute('id') ?? '';

type Relation = { id: string; type: string; target: string };

function relations(files: Package, folder: string, path: string): Relation[] {
	const found: Relation[] = [];
	const text = files.text(path);
	if (text === null) return found;
	scan(text, {
		open(name, attribute) {
			if (name !== 'Relationship' || found.length >= 5000) return;
			const target = attribute('Target') ?? '';
			found.push({
				id: attribute('Id') ?? '',
				type: (attribute('Type') ?? '').split('/').at(-1)!,
				target: target.startsWith('/') ? target.slice(1) : resolve(folder + target)
			});
		}
	});
	return found;
}

function resolve(path: string): string {
	const parts: string[] = [];
	for (const part of path.split('/'))
		if (part === '..') parts.pop();
		else if (part !== '.') parts.push(part);
	return parts.join('/');
}

const MAX_TEXTS = 2_000_000;

function readTexts(xml: string | null): string[] {
	const texts: string[] = [];
	if (xml === null) return texts;
	const reader = new TextReader();
	scan(xml, {
		open(name) {
			if (name === 'si') reader.begin();
			reader.open(name);
		},
		close(name) {
			reader.close(name);
			if (name !== 'si') return;
			if (texts.push(reader.text) > MAX_TEXTS) refuse('data.xlsx_too_large', { limit: 48 });
		},
		text: (text) => reader.take(text)
	});
	return texts;
}

/** The text of `<si>` or `<is>`: one `<t>` or several runs; how it is pronounced (`rPh`) is left out. */
export class TextReader {
	text = '';
	#inText = false;
	#aside = 0;

	begin(): void {
		this.text = '';
		this.#inText = false;
		this.#aside = 0;
	}
	open(name: string): void {
		if (name === 'rPh') this.#aside++;
		if (name === 't') this.#inText = true;
	}
	close(name: string): void {
		if (name === 'rPh') this.#aside--;
		if (name === 't') this.#inText = false;
	}
	take(text: string): void {
		if (this.#inText && this.#aside === 0)
			this.text += text.replace(/_x([\dA-F]{4})_/gi, (_, hex) =>
				String.fromCharCode(parseInt(hex, 16))
			);
	}
}

/** Formats every program knows without being told. */
const BUILT_IN: Record<number, DateForm> = { 17: 'month', 22: 'time' };
for (const day of [14, 15, 16, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58])
	BUILT_IN[day] = 'day';

function readDates(xml: string | null): (DateForm | null)[] {
	const dates: (DateForm | null)[] = [];
	const own = new Map<number, DateForm | null>();
	let inCells = false;
	if (xml === null) return dates;
	scan(xml, {
		open(name, attribute) {
			if (name === 'numFmt')
				own.set(Number(attribute('numFmtId')), dateForm(attribute('formatCode') ?? ''));
			if (name === 'cellXfs') inCells = true;
			if (name === 'xf' && inCells && dates.length < 100_000) {
				const format = Number(attribute('numFmtId') ?? 0);
				dates.push(own.has(format) ? own.get(format)! : (BUILT_IN[format] ?? null));
			}
		},
		close(name) {
			if (name === 'cellXfs') inCells = false;
		}
	});
	return dates;
}

/** What of a date a format code shows; null when it shows a number. */
export function dateForm(code: string): DateForm | null {
	const plain = (code.split(';')[0] ?? '')
		.replace(/"[^"]*"|\\.|_.|\*./g, '')
		.replace(/\[[^\]]*\]/g, '')
		.toLowerCase();
	if (/general|standard|[0#?@]/.test(plain.replace(/\.0+/g, ''))) return null;
	if (/d|å/.test(plain)) return /h/.test(plain) ? 'time' : 'day';
	if (/y/.test(plain)) return /m/.test(plain) ? 'month' : 'year';
	return null;
}
