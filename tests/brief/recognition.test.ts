import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numbersIn, sentencesOf, speaksOf } from '#lib/brief/recognition.ts';
import { rowsOf, throughLens } from '#lib/brief/view.ts';
import { fromPlainText, plainText } from '#lib/document/content.ts';

describe('a brief’s sentences', () => {
	test('are found section by section, in letters, headings left out and abbreviations kept whole', () => {
		const messages = {
			type: 'doc',
			content: [
				{ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Kort sagt' }] },
				{
					type: 'bulletList',
					content: [
						{
							type: 'listItem',
							content: [
								{
									type: 'paragraph',
									content: [
										{ type: 'text', text: 'Fonden betaler ' },
										{ type: 'text', text: '75 pct.', marks: [{ type: 'bold' }] },
										{ type: 'text', text: ' Resten er vores. Nu.' }
									]
								}
							]
						}
					]
				}
			]
		};
		const found = sentencesOf({ headline: fromPlainText('Fraværet stiger.'), messages });
		expect(found.map(({ section, quote }) => [section, quote])).toEqual([
			['headline', 'Fraværet stiger.'],
			['messages', 'Fonden betaler 75 pct. Resten er vores.'],
			['messages', 'Nu.']
		]);
		expect(found[1]).toMatchObject({ from: 8, to: 41 });
	});

	test('cover every letter once and in order, whatever is written', () => {
		fc.assert(
			fc.property(fc.array(fc.string({ maxLength: 60 }), { maxLength: 5 }), (paragraphs) => {
				const content = fromPlainText(paragraphs.join('\n\n'));
				const found = sentencesOf({ story: content });
				const letters = plainText(content).replace(/\s+/gu, '');
				for (const { from, to, quote } of found)
					expect(letters.slice(from, to)).toBe(quote.replace(/\s+/gu, ''));
				expect(found.map(({ quote }) => quote.replace(/\s+/gu, '')).join('')).toBe(letters);
			})
		);
	});
});

const figure = {
	spec: { kind: 'bar' as const, measure: 'fravaer', where: {}, x: 'omraade' },
	dimensions: [
		{
			key: 'omraade',
			label: 'Område',
			role: 'area' as const,
			categories: [
				{ code: 'n', label: 'Nørrevang' },
				{ code: 'j', label: 'Center for Jobindsats' }
			]
		},
		{
			key: 'aar',
			label: 'År',
			role: 'time' as const,
			categories: [{ code: '2018', label: '2018' }]
		}
	],
	measure: {
		key: 'fravaer',
		label: 'Elever med fravær',
		unit: '',
		decimals: 1,
		additive: true
	} as never,
	cells: [
		{ coordinates: { omraade: 'n', aar: '2018' }, value: 84.04 },
		{ coordinates: { omraade: 'j', aar: '2018' }, value: null, status: 's' }
	] as never
};

describe('what a sentence speaks of', () => {
	test.each([
		['I Nørrevang er det uændret.', true],
		['Elever med fravær fylder mere.', true],
		['Tallet er 84 i år.', true],
		['Tallet er 84,0 i år.', true],
		['I 2018 gik det godt.', false],
		['Vi har 9 skoler og 85 klasser.', false],
		['Noget helt andet.', false]
	])('%s: %s', (sentence, speaks) => {
		expect(speaksOf(sentence, figure)).toBe(speaks);
	});

	test('numbers are read as they are written; years and single digits say nothing', () => {
		expect(numbersIn('1.204 elever, 12,5 pct., −40, i 2019, 7 af dem.')).toEqual([1204, 12.5, -40]);
	});
});

describe('a department’s lens', () => {
	test('finds its rows with or without "Center for", and highlights them only', () => {
		expect(rowsOf(figure, 'Jobindsats')).toEqual(['j']);
		expect(rowsOf(figure, 'Center for Jobindsats')).toEqual(['j']);
		expect(rowsOf(figure, 'Job')).toEqual([]);
		expect(throughLens(figure, 'Jobindsats')?.spec).toMatchObject({
			highlight: ['j'],
			x: 'omraade'
		});
		expect(throughLens(figure, 'Kultur')).toBeNull();
		expect(figure.spec).not.toHaveProperty('highlight');
	});
});
