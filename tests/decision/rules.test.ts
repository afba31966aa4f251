import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cell } from '#lib/data/cube.ts';
import { change, place, revisions } from '#lib/decision/revision.ts';
import { assign, restsOn, ROLES, rolesFor, standingOf } from '#lib/decision/roles.ts';

describe('evidence has a role', () => {
	const decided = new Date('2018-10-11T12:00:00Z');

	it('can have any role before the decision, and can only support it after', () => {
		expect(rolesFor(new Date('2018-10-11T11:59:59Z'), decided)).toEqual([...ROLES]);
		expect(rolesFor(new Date('2018-10-11T12:00:01Z'), decided)).toEqual(['supports']);
		expect(rolesFor(decided, null)).toEqual([...ROLES]);
	});

	it('is never dropped: what nobody gave a role is listed as unused', () => {
		const ids = fc.uniqueArray(fc.uuid(), { maxLength: 12 });
		const given = fc.dictionary(fc.uuid(), fc.constantFrom(...ROLES));
		fc.assert(
			fc.property(ids, given, (evidence, roles) => {
				const first = evidence[0];
				const items = assign(
					evidence.map((id) => ({ id })),
					first ? { ...roles, [first]: 'made' } : roles
				);
				expect(items.map((item) => item.id)).toEqual(evidence);
				for (const item of items.slice(1)) expect(item.role).toBe(roles[item.id] ?? 'unused');
				if (first) expect(items[0]!.role).toBe('made');
			})
		);
	});

	it('is watched for revision when the decision used it', () => {
		expect(ROLES.filter(restsOn)).toEqual(['made', 'informed', 'supports']);
	});
});

it('a decision that council or an external body settles is recommended and awaits them', () => {
	expect(standingOf('council')).toBe('recommended');
	expect(standingOf('external')).toBe('recommended');
	expect(standingOf('director')).toBe('decided');
	expect(standingOf('forum')).toBe('decided');
});

describe('a value is revised', () => {
	const at = (area: string) => ({ area, year: '2017' });
	const cited = [
		{ measure: 'absence', coordinates: at('moelleparken'), value: 41 },
		{ measure: 'absence', coordinates: at('fjordparken'), value: 9 }
	];
	const newer = (value: number | null): Map<string, Cell> =>
		new Map([
			[
				place('absence', { year: '2017', area: 'moelleparken' }),
				{ value, status: value === null ? 's' : 'v' }
			],
			[place('absence', at('fjordparken')), { value: 9, status: 'v' }]
		]);

	it('when the newer version says otherwise, and only then', () => {
		expect(revisions(cited, new Map(), newer(48))).toEqual([{ ...cited[0], now: 48 }]);
		expect(revisions(cited, new Map(), newer(41))).toEqual([]);
		expect(change(41, 48)).toBeCloseTo(0.171, 3);
	});

	it('when it is no longer shown or gone', () => {
		expect(revisions(cited, new Map(), newer(null))).toEqual([{ ...cited[0], now: null }]);
		expect(revisions(cited, new Map(), new Map())).toHaveLength(2);
		expect(change(41, null)).toBeNull();
		expect(change(0, 3)).toBeNull();
	});

	it('is told once: a version that repeats it is no news, one that takes it back is', () => {
		const last = new Map([[place('absence', at('moelleparken')), 48]]);
		expect(revisions(cited, last, newer(48))).toEqual([]);
		expect(revisions(cited, last, newer(41))).toEqual([{ ...cited[0], now: 41 }]);
	});
});
