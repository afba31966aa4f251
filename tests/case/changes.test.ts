import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changes, type Circulated } from '#lib/case/changes.ts';
import { wordDiff } from '#lib/document/difference.ts';

const text = (...paragraphs: string[]) => ({
	type: 'doc',
	content: paragraphs.map((t) => ({
		type: 'paragraph',
		content: t ? [{ type: 'text', text: t }] : []
	}))
});
const option = (id: string, title: string, amount: number | null = null) => ({
	id,
	title,
	statusQuo: false,
	recommended: false,
	amount,
	horizon: '',
	funding: '',
	likelihood: null
});
const sent: Circulated = {
	content: {
		recommendation: text('Planen udvides til otte områder.'),
		account: text('Fraværet stiger.')
	},
	options: [option('five', 'Fem områder', 4_400_000), option('eight', 'Otte områder', 6_000_000)],
	evidence: [{ id: 'e1', kind: 'figure', title: 'Fravær', stance: 'supports', parked: false }]
};

describe('changes since circulation', () => {
	test('the same case has none', () => {
		expect(changes(sent, structuredClone(sent)).count).toBe(0);
	});
	test('a bold word is the same words', () => {
		const now = structuredClone(sent);
		now.content.account = {
			type: 'doc',
			content: [
				{
					type: 'paragraph',
					content: [
						{ type: 'text', text: 'Fraværet ' },
						{ type: 'text', text: 'stiger.' }
					]
				}
			]
		};
		expect(changes(sent, now).count).toBe(0);
	});
	test('one word is told as one word', () => {
		const now = {
			...sent,
			content: { ...sent.content, recommendation: text('Planen udvides til fem områder.') }
		};
		expect(changes(sent, now).sections).toEqual([
			{
				section: 'recommendation',
				segments: [
					{ change: 'same', text: 'Planen udvides til ' },
					{ change: 'removed', text: 'otte' },
					{ change: 'added', text: 'fem' },
					{ change: 'same', text: ' områder.' }
				]
			}
		]);
	});
	test('a new section, an emptied one and an option’s prose all show, in reading order', () => {
		const now = {
			...sent,
			content: {
				risk: text('Rekruttering.'),
				account: text(''),
				'option:five': text('Når 71 pct.'),
				recommendation: sent.content.recommendation!
			}
		};
		expect(changes(sent, now).sections.map(({ section }) => section)).toEqual([
			'account',
			'option:five',
			'risk'
		]);
	});
	test('options: added, withdrawn, and which fields of one changed', () => {
		const now = {
			...sent,
			options: [option('five', 'Fem områder', 4_600_000), option('ten', 'Ti områder')]
		};
		expect(changes(sent, now).options).toEqual([
			{
				id: 'five',
				title: 'Fem områder',
				change: 'changed',
				fields: [{ field: 'amount', before: 4_400_000, after: 4_600_000 }],
				said: []
			},
			{ id: 'ten', title: 'Ti områder', change: 'added', fields: [], said: [] },
			{ id: 'eight', title: 'Otte områder', change: 'withdrawn', fields: [], said: [] }
		]);
	});
	test('a withdrawn option is told once, not again by its words', () => {
		const before = { ...sent, content: { ...sent.content, 'option:eight': text('Når 88 pct.') } };
		const now = { ...sent, options: [sent.options[0]!] };
		expect(changes(before, now)).toMatchObject({ sections: [], count: 1 });
	});
	test('evidence: added, parked, turned', () => {
		const [e1] = sent.evidence;
		const e2 = {
			id: 'e2',
			kind: 'practice',
			title: 'Skolelederne',
			stance: 'contradicts',
			parked: false
		};
		expect(changes(sent, { ...sent, evidence: [{ ...e1!, parked: true }, e2] }).evidence).toEqual([
			{ id: 'e1', title: 'Fravær', change: 'parked' },
			{ id: 'e2', title: 'Skolelederne', change: 'added' }
		]);
		expect(
			changes(sent, { ...sent, evidence: [{ ...e1!, stance: 'neutral' }] }).evidence[0]!.change
		).toBe('stance');
	});
});

describe('the word difference', () => {
	const prose = fc
		.array(fc.constantFrom('fravær', 'stiger', 'i', 'otte', 'områder', ',', '.', '\n'), {
			maxLength: 60
		})
		.map((w) => w.join(' '));

	test('tells both texts exactly: same and removed is before, same and added is now', () => {
		fc.assert(
			fc.property(prose, prose, (before, now) => {
				const segments = wordDiff(before, now);
				const without = (change: string) =>
					segments
						.filter((s) => s.change !== change)
						.map((s) => s.text)
						.join('');
				expect(without('added')).toBe(before);
				expect(without('removed')).toBe(now);
			})
		);
	});
	test('a long text rewritten from end to end is told whole', () => {
		const before = Array.from({ length: 9000 }, (_, i) => `a${i}`).join(' ');
		const now = Array.from({ length: 9000 }, (_, i) => `b${i}`).join(' ');
		expect(wordDiff(before, now).map(({ change }) => change)).toEqual(['removed', 'added']);
	});
});
