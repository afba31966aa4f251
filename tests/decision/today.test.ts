import { expect, test } from 'vitest';
import type { Citation } from '#lib/data/citation.ts';
import { frozenFigure, thawed, thawedToday } from '#lib/decision/figure.ts';
import type { FrozenFigure } from '#lib/decision/record.ts';

const frozen = {
	id: 'f',
	title: 'Elever',
	why: '',
	kind: 'table',
	x: 'aar',
	measure: { key: 'm', label: 'Elever', unit: '', decimals: 0, countsPeople: true, additive: true },
	dimensions: [],
	cells: [],
	breaks: [],
	citation: { datasetId: 'd', versionId: 'v', title: 'Skoler', number: 1, asOf: '2018-08-01' }
} as unknown as FrozenFigure;

test('a frozen figure stays as it was, and says that its data is late and has a newer version', () => {
	const today = {
		nextUpdate: '2019-08-01',
		stale: true,
		newest: { versionId: 'w', number: 2 },
		title: 'Et nyt navn'
	} as Citation;
	const was = thawed(frozen);
	expect(was.citation).toMatchObject({ stale: false, newest: null });
	expect(thawedToday(frozen, undefined)).toEqual(was);
	const { citation, ...rest } = thawedToday(frozen, today);
	expect({ ...rest, citation: was.citation }).toEqual(was);
	expect(citation).toEqual({
		...was.citation,
		nextUpdate: '2019-08-01',
		stale: true,
		newest: { versionId: 'w', number: 2 }
	});
});

test('that its numbers are an algorithm’s result goes into the record with a figure, and out with it', () => {
	const drawn = { ...thawed(frozen), algorithm: 'Risikomodel 2' };
	const kept = frozenFigure(drawn);
	expect(kept.algorithm).toBe('Risikomodel 2');
	expect(thawed(kept).algorithm).toBe('Risikomodel 2');
	expect(frozenFigure({ ...drawn, algorithm: null })).not.toHaveProperty('algorithm');
});
