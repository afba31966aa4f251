import type { FigureData } from '../chart/figure.ts';
import { plainText, type Content, type Node } from '../document/content.ts';
import { SECTIONS, type Section } from './brief.ts';
import { writtenNumber } from './fields.ts';

/**
 * Which sentences of a brief speak of a dataset: what its owner is asked whether they recognise (B6). Proposed
 * only; an author chooses.
 */

/** `from` and `to` count the section's letters, as anchors do (`annotation/letters.ts`). */
export type Sentence = { section: Section; from: number; to: number; quote: string };

/** A brief's sentences in reading order. A heading is none. */
export function sentencesOf(content: Partial<Record<Section, Content>>): Sentence[] {
	return SECTIONS.flatMap((section) => {
		let letter = 0;
		return textBlocks(content[section]).flatMap(({ type, text }) =>
			split(text).flatMap((quote): Sentence[] => {
				const from = letter;
				letter += quote.replace(/\s+/gu, '').length;
				const said = quote.trim();
				return type === 'heading' || said === ''
					? []
					: [{ section, from, to: letter, quote: said }];
			})
		);
	});
}

type Spoken = Pick<FigureData, 'dimensions' | 'measure' | 'cells'>;

/** Whether a sentence names a place, a group or the measure of a figure, or says one of its numbers. */
export function speaksOf(sentence: string, { dimensions, measure, cells }: Spoken): boolean {
	const text = sentence.toLocaleLowerCase('da');
	const labels = dimensions
		.filter(({ role }) => role !== 'time')
		.flatMap(({ categories }) => categories.map(({ label }) => label));
	if ([...labels, measure.label].some((label) => names(text, label))) return true;
	const said = numbersIn(sentence);
	const shown = cells.flatMap(({ value }) =>
		value === null ? [] : [round(value, measure.decimals)]
	);
	return said.some((number) => shown.includes(number));
}

/** Numbers as they are written; years and single digits say nothing of where they are from. */
export function numbersIn(sentence: string): number[] {
	return (sentence.match(/[-−]?\d[\d.]*(?:,\d+)?/g) ?? []).flatMap((written) => {
		const number = writtenNumber(written.replace(/\.$/, ''));
		const year = /^(19|20)\d\d$/.test(written);
		return number === null || number === undefined || year || Math.abs(number) < 10 ? [] : [number];
	});
}

const round = (value: number, decimals: number) => Number(value.toFixed(decimals));

/** Too short a name is a part of other words. */
function names(text: string, label: string): boolean {
	const name = label.toLocaleLowerCase('da').trim();
	return name.length > 3 && text.includes(name);
}

function textBlocks(node: Node | undefined): { type: string; text: string }[] {
	const children = node?.content ?? [];
	if (children.length === 0) return [];
	if (children.some(({ type }) => type !== 'text' && type !== 'hardBreak'))
		return children.flatMap((child) =>
			child.type === 'paragraph' || child.type === 'heading'
				? [{ type: child.type, text: plain(child) }]
				: textBlocks(child)
		);
	return [{ type: node!.type, text: plainText(node) }];
}

/** As it is stored, white space included: letters are counted from it. */
const plain = (block: Node): string =>
	(block.content ?? [])
		.map(({ type, text }) => (type === 'hardBreak' ? '\n' : (text ?? '')))
		.join('');

const segmenter = new Intl.Segmenter('da', { granularity: 'sentence' });
/** After an abbreviation the sentence goes on. */
const ABBREVIATION = /(?:^|\s)(?:pct|ca|kr|mio|mia|fx|bl\.a|dvs|f\.eks|m\.fl|nr|stk|kl)\.\s*$/i;

function split(text: string): string[] {
	const sentences: string[] = [];
	for (const { segment } of segmenter.segment(text)) {
		if (sentences.length > 0 && ABBREVIATION.test(sentences.at(-1)!))
			sentences[sentences.length - 1] += segment;
		else sentences.push(segment);
	}
	return sentences;
}
