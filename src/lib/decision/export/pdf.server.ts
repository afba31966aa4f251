import PDFDocument from 'pdfkit';
import type { Line } from './lines.ts';
import type { Block } from './outline.ts';

/**
 * The outline as a PDF on A4. Uses the fonts every reader has, whose letters are those of WinAnsi:
 * Danish whole, and what lies outside is written with its nearest sign.
 */
export async function pdf(title: string, blocks: Block[], locale: 'da' | 'en'): Promise<Buffer> {
	const doc = new PDFDocument({
		size: 'A4',
		margins: { top: 64, bottom: 64, left: 68, right: 68 },
		bufferPages: true,
		lang: locale,
		tagged: true,
		displayTitle: true,
		pdfVersion: '1.5',
		info: { Title: title, Creator: 'Rådslag', Producer: 'Rådslag' }
	});
	const chunks: Buffer[] = [];
	const done = new Promise<Buffer>((resolve, reject) => {
		doc.on('data', (chunk: Buffer) => chunks.push(chunk));
		doc.on('end', () => resolve(Buffer.concat(chunks)));
		doc.on('error', reject);
	});
	for (const block of blocks) set(doc, block);
	number(doc);
	doc.end();
	return await done;
}

const SERIF = 'Times-Roman';
const BOLD = 'Times-Bold';
const ITALIC = 'Times-Italic';
const SANS = 'Helvetica';
const SANS_BOLD = 'Helvetica-Bold';
const INK = '#1c1e21';
const SOFT = '#5a5f66';
const RULE = '#d9d4c9';

type Doc = InstanceType<typeof PDFDocument>;

function set(doc: Doc, block: Block): void {
	switch (block.type) {
		case 'eyebrow':
			return write(doc, block.text, SANS, 9, SOFT, 6);
		case 'title':
			return write(doc, block.text, BOLD, 22, INK, 8);
		case 'question':
			return write(doc, block.text, ITALIC, 13, INK, 10);
		case 'wording':
			return write(doc, block.text, BOLD, 13, INK, 6);
		case 'heading':
			room(doc, 60);
			doc.moveDown(block.level === 2 ? 0.8 : 0.4);
			return write(
				doc,
				block.text,
				block.level === 2 ? BOLD : SANS_BOLD,
				block.level === 2 ? 15 : 10.5,
				INK,
				4
			);
		case 'small':
			return write(doc, block.text, SANS, 8.5, SOFT, 4);
		case 'text':
			return write(doc, block.text, SERIF, 11, INK, 4);
		case 'lines':
			return block.lines.forEach((line) => prose(doc, line));
		case 'table':
			return table(doc, block);
	}
}

function write(doc: Doc, text: string, font: string, size: number, ink: string, after: number) {
	doc
		.font(font)
		.fontSize(size)
		.fillColor(ink)
		.text(winAnsi(text), left(doc), doc.y, {
			width: width(doc),
			lineGap: size * 0.18
		});
	doc.y += after;
}

function prose(doc: Doc, { kind, depth, number, runs }: Line): void {
	const indent = kind === 'quote' ? 18 : depth * 16;
	const mark = kind === 'bullet' ? '•' : kind === 'number' ? `${number}.` : '';
	room(doc, 16);
	const y = doc.y;
	if (mark)
		doc
			.font(SERIF)
			.fontSize(11)
			.fillColor(INK)
			.text(mark, left(doc) + indent - 14, y, { lineBreak: false });
	doc.x = left(doc) + indent;
	doc.y = y;
	const written = runs.filter(({ text }) => text);
	written.forEach(({ text, bold, italic, href }, i) => {
		const font = bold || kind === 'heading' ? BOLD : italic || kind === 'quote' ? ITALIC : SERIF;
		doc
			.font(font)
			.fontSize(11)
			.fillColor(href ? '#1d4f6e' : INK)
			.text(winAnsi(text), {
				width: width(doc) - indent,
				lineGap: 2,
				continued: i < written.length - 1,
				link: href ?? null,
				underline: Boolean(href)
			} as PDFKit.Mixins.TextOptions);
	});
	doc.y += 5;
	doc.x = left(doc);
}

function table(doc: Doc, { head, rows, numbers }: Block & { type: 'table' }): void {
	const widths = share(width(doc), [head, ...rows]);
	const starts = widths.map((_, i) => left(doc) + widths.slice(0, i).reduce((a, b) => a + b, 0));
	const row = (texts: string[], font: string) => {
		doc.font(font).fontSize(9).fillColor(INK);
		const heights = texts.map((text, i) =>
			doc.heightOfString(winAnsi(text) || ' ', { width: widths[i]! - 8 })
		);
		const height = Math.max(...heights) + 6;
		room(doc, height);
		const y = doc.y;
		texts.forEach((text, i) => {
			doc.text(winAnsi(text), starts[i]!, y + 3, {
				width: widths[i]! - 8,
				align: numbers[i] ? 'right' : 'left'
			});
		});
		doc
			.moveTo(left(doc), y + height)
			.lineTo(left(doc) + width(doc), y + height)
			.lineWidth(0.5)
			.strokeColor(RULE)
			.stroke();
		doc.x = left(doc);
		doc.y = y + height;
	};
	row(head, SANS_BOLD);
	for (const texts of rows) row(texts, SANS);
	doc.y += 8;
}

/** Columns by their longest text, none so narrow that a date breaks. */
function share(whole: number, rows: string[][]): number[] {
	const longest = rows[0]!.map((_, i) =>
		Math.min(40, Math.max(9, ...rows.map((row) => row[i]!.length)))
	);
	const sum = longest.reduce((a, b) => a + b, 0);
	return longest.map((length) => (length / sum) * whole);
}

/** A new page when less than this much is left: a heading never stands alone at the foot. */
function room(doc: Doc, height: number): void {
	if (doc.y + height > doc.page.height - doc.page.margins.bottom) doc.addPage();
}

function number(doc: Doc): void {
	const { start, count } = doc.bufferedPageRange();
	for (let i = start; i < start + count; i++) {
		doc.switchToPage(i);
		// Below the margin, where text would otherwise start a page of its own.
		doc.page.margins.bottom = 0;
		doc
			.font(SANS)
			.fontSize(8)
			.fillColor(SOFT)
			.text(`${i + 1} / ${count}`, left(doc), doc.page.height - 40, {
				width: width(doc),
				align: 'right',
				lineBreak: false
			});
	}
}

const left = (doc: Doc) => doc.page.margins.left;
const width = (doc: Doc) => doc.page.width - doc.page.margins.left - doc.page.margins.right;

const NEAREST: Record<string, string> = {
	'−': '-',
	'→': '->',
	'≥': '>=',
	'≤': '<=',
	'\u202f': ' '
};
/** What the fonts have: Latin-1, and what Windows-1252 puts between. */
const OUTSIDE = /[^\n\u0020-\u007e\u00a0-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/gu;

function winAnsi(text: string): string {
	return text.normalize('NFC').replace(OUTSIDE, (sign) => NEAREST[sign] ?? '?');
}
