import { describe, expect, it } from 'vitest';
import { labelOf, mentionsIn, pointsInto, typedMention } from '#lib/annotation/note.ts';
import { anchorSchema } from '#lib/annotation/input.ts';
import { shape } from './place.ts';

const members = [{ name: 'Else' }, { name: 'Else Winther' }, { name: 'Jonas Bruun' }];

describe('a mention', () => {
	it('is a member’s whole name after @, the longest that fits', () => {
		expect(mentionsIn('Spørg @Else Winther, hun ved det', members)).toEqual([
			{ name: 'Else Winther' }
		]);
		expect(mentionsIn('@else og @Jonas Bruun!', members).map((m) => m.name)).toEqual([
			'Jonas Bruun',
			'Else'
		]);
		expect(mentionsIn('@Elsebeth og Jonas Bruun', members)).toEqual([]);
	});
	it('is offered while it is being typed', () => {
		expect(typedMention('Spørg @El', 9)).toEqual({ at: 6, typed: 'El' });
		expect(typedMention('@', 1)).toEqual({ at: 0, typed: '' });
		expect(typedMention('post@el', 7)).toBeNull();
		expect(typedMention('ingen', 5)).toBeNull();
	});
});

describe('a target in a figure', () => {
	const target = (kind: 'cell' | 'series' | 'period', coordinates: Record<string, string>) => ({
		kind,
		measure: 'elever',
		coordinates
	});
	it('is named by its categories, time last', () => {
		expect(labelOf(target('cell', { aar: '2018', omraade: 'N' }), shape)).toBe('Nørrevang 2018');
		expect(labelOf(target('series', { omraade: 'S' }), shape)).toBe('Skovbrynet');
		expect(labelOf(target('period', { aar: '2017' }), shape)).toBe('2017');
		expect(labelOf(target('series', {}), shape)).toBe('Elever');
	});
	it('must be something the version has', () => {
		expect(pointsInto(target('cell', { aar: '2018', omraade: 'N' }), shape)).toBe(true);
		expect(pointsInto(target('cell', {}), shape)).toBe(false);
		expect(pointsInto(target('cell', { aar: '1999' }), shape)).toBe(false);
		expect(pointsInto(target('cell', { køn: 'K' }), shape)).toBe(false);
		expect(pointsInto(target('series', {}), shape)).toBe(true);
		expect(pointsInto(target('period', { aar: '2018' }), shape)).toBe(true);
		expect(pointsInto(target('period', { omraade: 'N' }), shape)).toBe(false);
	});
});

describe('an anchor from a page', () => {
	it('must hold words and positions', () => {
		const anchor = {
			section: 'account',
			start: 'AAAA',
			end: 'AAAA',
			quote: 'ord',
			prefix: '',
			suffix: ''
		};
		expect(anchorSchema.safeParse(anchor).success).toBe(true);
		expect(anchorSchema.safeParse({ ...anchor, quote: ' \n' }).success).toBe(false);
		expect(anchorSchema.safeParse({ ...anchor, start: '' }).success).toBe(false);
		expect(anchorSchema.safeParse({ ...anchor, start: '<b>' }).success).toBe(false);
		expect(anchorSchema.safeParse({ ...anchor, quote: 'x'.repeat(5000) }).success).toBe(false);
	});
});
