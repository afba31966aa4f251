import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { isDay } from '#lib/base/clock.ts';
import { dayOf } from '#lib/data/formats/about-day.ts';
import { understand } from '#lib/data/formats/formats.ts';
import { utf8 } from '../bytes.ts';
import { onRealFiles, read } from './real.ts';

describe('the day a file says it is of', () => {
	test.each([
		['20230210 09:00', '2023-02-10'],
		['20230210', '2023-02-10'],
		['2012-11-27', '2012-11-27'],
		['2024-02-12T07:00:00Z', '2024-02-12'],
		['2015-12-31T23:30:00Z', '2016-01-01'],
		['2024-11-18T11:00:00+0100', '2024-11-18'],
		['2017-01-26T00:00:00+01:00', '2017-01-26'],
		['2017-07-26T22:30:00.000Z', '2017-07-27'],
		['2017-01-26 08:00', '2017-01-26']
	])('%s is %s', (text, day) => {
		expect(dayOf(text)).toBe(day);
	});

	test.each(['', 'i går', '20231301', '2023-02-30', '202302', '20230210-7', null, undefined])(
		'%j is none',
		(text) => {
			expect(dayOf(text)).toBeUndefined();
		}
	);

	it('is a day of the calendar or none, whatever stands there', () => {
		const digits = fc.stringMatching(/^[0-9T:Z +-]{0,24}$/);
		fc.assert(
			fc.property(fc.oneof(fc.string(), digits), (text) => {
				const day = dayOf(text);
				expect(day === undefined || isDay(day)).toBe(true);
			})
		);
	});
});

describe('what a file says of itself', () => {
	it('PX: title, source, unit, when it was updated and when it will be', () => {
		const px = utf8(
			'CHARSET="ANSI";\nCODEPAGE="utf-8";\nTITLE="Børn efter område";\nCONTENTS="Børn";\n' +
				'UNITS="antal";\nSOURCE="Danmarks Statistik";\nLAST-UPDATED="20230210 09:00";\n' +
				'NEXT-UPDATE="20240209 09:00";\nUPDATE-FREQUENCY="årligt";\nSTUB="område";\n' +
				'HEADING="tid";\nVALUES("område")="Nord","Syd";\nVALUES("tid")="2022","2023";\nDATA=\n1 2\n3 4;\n'
		);
		const { facts, recipe } = understand(px);
		expect(facts.about).toEqual({
			title: 'Børn efter område',
			source: 'Danmarks Statistik',
			updated: '20230210 09:00',
			updatedOn: '2023-02-10',
			nextUpdate: '2024-02-09',
			rhythm: 'årligt',
			units: { [recipe.measures[0]!.source]: 'antal' }
		});
	});

	test.each([
		['nextUpdate', { nextUpdate: '2025-03-01T08:00:00Z' }],
		['next-update', { 'next-update': '2025-03-01' }]
	])('JSON-stat: the next update where PxWeb calls it %s', (_, px) => {
		const { facts } = understand(
			utf8(
				JSON.stringify({
					version: '2.0',
					class: 'dataset',
					label: 'Børn',
					updated: '2024-02-12T07:00:00Z',
					id: ['år'],
					size: [2],
					role: { time: ['år'] },
					dimension: { år: { category: { index: ['2022', '2023'] } } },
					value: [1, 2],
					extension: { px: { ...px, decimals: 'mange' } }
				})
			)
		);
		expect(facts.about).toMatchObject({ updatedOn: '2024-02-12', nextUpdate: '2025-03-01' });
	});
});

onRealFiles('the agencies’ own files', () => {
	it('say when they were updated, when they will be, and in which units', () => {
		expect(read('px/BEXSTA_windows_1252.px').facts.about).toMatchObject({
			updatedOn: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
			nextUpdate: expect.stringMatching(/^20\d\d-\d\d-\d\d$/)
		});
		expect(read('jsonstat/HISB3.json').facts.about).toMatchObject({
			source: 'Danmarks Statistik',
			updatedOn: '2024-02-12'
		});
		expect(read('jsonstat/nama_10_gdp.json').facts.about.updatedOn).toBe('2024-11-18');
		expect(read('jsonstat/cantabria.json').facts.about.updatedOn).toBe('2017-01-26');
	});
});
