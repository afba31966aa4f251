import {
	AlignmentType,
	BorderStyle,
	Document,
	ExternalHyperlink,
	HeadingLevel,
	Packer,
	Paragraph,
	Table,
	TableCell,
	TableRow,
	TextRun,
	WidthType
} from 'docx';
import type { Line, Run } from './lines.ts';
import type { Block } from './outline.ts';

/** The outline as a Word file, with Word's own headings so that it has a table of contents to make. */
export async function docx(title: string, blocks: Block[]): Promise<Buffer> {
	const document = new Document({
		title,
		creator: 'Rådslag',
		styles: { default: { document: { run: { font: 'Georgia', size: 22 } } } },
		numbering: { config: [] },
		sections: [{ children: blocks.flatMap(set) }]
	});
	return await Packer.toBuffer(document);
}

const SANS = 'Calibri';
const SOFT = '5A5F66';
const AFTER = { after: 120 };

function set(block: Block): (Paragraph | Table)[] {
	switch (block.type) {
		case 'title':
			return [plain(block.text, { heading: HeadingLevel.TITLE, size: 40, bold: true })];
		case 'heading':
			return [
				plain(block.text, {
					heading: block.level === 2 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2,
					size: block.level === 2 ? 28 : 23,
					bold: true
				})
			];
		case 'question':
			return [plain(block.text, { italics: true, size: 25 })];
		case 'wording':
			return [plain(block.text, { bold: true, size: 25 })];
		case 'eyebrow':
		case 'small':
			return [plain(block.text, { font: SANS, size: 18, color: SOFT })];
		case 'text':
			return [plain(block.text, {})];
		case 'lines':
			return block.lines.map(line);
		case 'table':
			return [table(block), new Paragraph({ spacing: AFTER })];
	}
}

type Face = {
	heading?: (typeof HeadingLevel)[keyof typeof HeadingLevel];
	font?: string;
	size?: number;
	bold?: boolean;
	italics?: boolean;
	color?: string;
};

function plain(text: string, { heading, ...face }: Face): Paragraph {
	return new Paragraph({
		...(heading ? { heading, keepNext: true } : {}),
		spacing: AFTER,
		children: broken(text, { color: '000000', ...face })
	});
}

/** A line break stays one. */
function broken(text: string, face: object): TextRun[] {
	return text
		.split('\n')
		.map((part, i) => new TextRun({ text: part, ...face, ...(i ? { break: 1 } : {}) }));
}

function line({ kind, depth, number, runs }: Line): Paragraph {
	const mark = kind === 'number' ? [new TextRun(`${number}. `)] : [];
	return new Paragraph({
		...(kind === 'heading' ? { heading: HeadingLevel.HEADING_3 } : {}),
		...(kind === 'bullet' ? { bullet: { level: Math.min(8, depth - 1) } } : {}),
		...(kind === 'quote' || (depth > 0 && kind !== 'bullet')
			? { indent: { left: 360 * (depth || 1) } }
			: {}),
		spacing: AFTER,
		children: [...mark, ...runs.flatMap((one) => run(one, kind))]
	});
}

function run(
	{ text, bold, italic, href }: Run,
	kind: Line['kind']
): (TextRun | ExternalHyperlink)[] {
	const face = { bold: bold || kind === 'heading', italics: italic || kind === 'quote' };
	if (!href) return broken(text, face);
	return [
		new ExternalHyperlink({
			link: href,
			children: [new TextRun({ text, ...face, style: 'Hyperlink' })]
		})
	];
}

function table({ head, rows, numbers }: Block & { type: 'table' }): Table {
	const cell = (text: string, i: number, bold: boolean) =>
		new TableCell({
			margins: { top: 40, bottom: 40, left: 60, right: 60 },
			children: [
				new Paragraph({
					...(numbers[i] ? { alignment: AlignmentType.RIGHT } : {}),
					children: [new TextRun({ text, bold, font: SANS, size: 19 })]
				})
			]
		});
	const rule = { style: BorderStyle.SINGLE, size: 4, color: 'D9D4C9' };
	const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
	return new Table({
		width: { size: 100, type: WidthType.PERCENTAGE },
		borders: {
			top: rule,
			bottom: rule,
			insideHorizontal: rule,
			left: none,
			right: none,
			insideVertical: none
		},
		rows: [
			new TableRow({ tableHeader: true, children: head.map((text, i) => cell(text, i, true)) }),
			...rows.map((row) => new TableRow({ children: row.map((text, i) => cell(text, i, false)) }))
		]
	});
}
