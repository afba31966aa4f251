import { afterAll, beforeEach, describe, expect, it, test } from 'vitest';
import * as breaks from '#lib/data/breaks.server.ts';
import { card } from '#lib/data/card.server.ts';
import * as hypotheses from '#lib/data/hypotheses.server.ts';
import { hypothesisSchema, type HypothesisInput } from '#lib/data/hypothesis.ts';
import { type SaidInput } from '#lib/data/indicator.ts';
import { indicatorSchema } from '#lib/data/indicator-input.ts';
import * as indicators from '#lib/data/indicators.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { utf8 } from './bytes.ts';
import { everything, furnish, refused, type Place } from './place.ts';

let database: TestDatabase | undefined;
let place: Place;
const db = () => database!.sql;

const file = (year: number, ...days: number[]) =>
	['Område;År;Fraværsdage (snit);Sager']
		.concat(
			['Nord', 'Syd', 'Øst', 'Vest', 'I alt'].flatMap((area, row) =>
				days.map(
					(day, at) => `${area};${year + at};${String(day + row).replace('.', ',')};${90 + row}`
				)
			)
		)
		.join('\n') + '\n';
const bring = (asOf: string, ...days: number[]) => place.store(utf8(file(2017, ...days)), { asOf });

beforeEach(async () => {
	await database?.drop();
	database = await freshDatabase();
	place = await furnish(database.sql);
	await bring('2018-08-01', 8, 9.5);
});
afterAll(() => database?.drop());

const MEASURE = 'fravaersdage-snit';
const describing = (over: SaidInput, by = place.else_, measure = MEASURE) =>
	place.write((tx) =>
		indicators.describe(tx, by, place.datasetId, measure, indicatorSchema.parse(over))
	);
const page = (by = place.ove, wanted = {}) =>
	indicators.page(db(), by, place.datasetId, MEASURE, wanted);
const supposing = (over: Partial<HypothesisInput> = {}, by = place.tove) =>
	place.write((tx) =>
		hypotheses.suppose(
			tx,
			by,
			place.datasetId,
			MEASURE,
			hypothesisSchema.parse({
				statement: 'Hvis vi begynder tidligere, falder fraværet',
				direction: 'down',
				least: '2',
				fromPeriod: '2018',
				byPeriod: '2019',
				places: ['omraade=Nord'],
				...over
			})
		)
	);
const lines = async () => hypotheses.of(db(), place.ove, place.datasetId, (await page()).measure);

describe('an indicator', () => {
	it('is there for each measure as soon as a version has it, with nothing said', async () => {
		const found = await page();
		expect(found.said).toMatchObject({ measure: MEASURE, why: null, direction: null });
		expect(found.standings.map(({ label, cell }) => [label, cell.value])).toEqual([
			['Nord', 9.5],
			['Syd', 10.5],
			['Øst', 11.5],
			['Vest', 12.5],
			['I alt', 13.5]
		]);
		expect(found.standings.every(({ colour }) => colour === null)).toBe(true);
		expect(found.can).toEqual({ describe: false, suppose: false });
		const earlier = await page(place.ove, { aar: '2017' });
		expect(earlier.standings[0]!.cell.value).toBe(8);
	});

	it('is described by who may, and shows the count beside the mean and what colours say', async () => {
		await describing({
			why: 'Fravær ses før frafald',
			direction: 'down',
			meaning: 'act',
			greenAt: '10',
			redAt: '12',
			thresholdMeasure: 'sager',
			counts: 'result',
			demandedBy: 'Byrådet'
		});
		const { said, standings, threshold } = await page();
		expect(said).toMatchObject({ counts: 'result', describedByName: 'Else Winther' });
		expect(threshold!.label).toBe('Sager');
		expect(standings.map(({ colour, threshold }) => [colour?.says, threshold?.value])).toEqual([
			['good', 90],
			['watch', 91],
			['watch', 92],
			['act', 93],
			['act', 94]
		]);
		const [event] = await db()`
			select detail from events where verb = 'dataset.indicator_described'`;
		expect(event!.detail).toMatchObject({ measure: MEASURE });
		expect(JSON.stringify(event!.detail)).not.toContain('frafald');
	});

	it('beside the others leaves the total out of those it is compared with', async () => {
		await describing({ direction: 'down', meaning: 'relative' });
		const { standings } = await page();
		expect(standings.map(({ colour }) => colour?.says)).toEqual([
			'best',
			'middle',
			'middle',
			'worst',
			undefined
		]);
	});

	it('keeps what was said when a newer version comes, and says when one comes without it', async () => {
		await describing({ why: 'Fravær ses før frafald' });
		await bring('2019-08-01', 8, 9, 7);
		const found = await page();
		expect(found.said).toMatchObject({ why: 'Fravær ses før frafald', lastNumber: 2 });
		expect(found).toMatchObject({ gone: false, citation: { number: 2 } });
	});

	test.each([
		['maja', 403],
		['jonas', 403],
		['sigrid', 403],
		['ove', 403],
		['nina', 404]
	] as const)('is not described by %s', async (who, status) => {
		const before = await everything(db());
		expect((await refused(describing({ why: 'x' }, place[who]))).status).toBe(status);
		expect(await everything(db())).toBe(before);
	});

	it('is not found where there is none, nor by an outsider', async () => {
		expect((await refused(describing({ why: 'x' }, place.else_, 'intet'))).status).toBe(404);
		expect((await refused(describing({ thresholdMeasure: 'intet' }))).code).toBe(
			'data.no_such_measure'
		);
		expect((await refused(describing({ thresholdMeasure: MEASURE }))).code).toBe(
			'data.no_such_measure'
		);
		expect((await refused(page(place.nina))).status).toBe(404);
	});
});

describe('a hypothesis', () => {
	it('is written before the figures, and judged by them when they come', async () => {
		await supposing();
		expect(await lines()).toMatchObject([
			{
				statement: 'Hvis vi begynder tidligere, falder fraværet',
				place: 'Nord',
				baseline: 9.5,
				number: 1,
				byName: 'Tove Holm',
				verdict: { outlook: 'too_early', from: 9.5, change: null }
			}
		]);
		await bring('2019-08-01', 8, 9.5, 7);
		expect((await lines())[0]!.verdict).toMatchObject({ outlook: 'supported', change: -2.5 });
		await bring('2019-09-01', 8, 9.5, 8.5);
		expect((await lines())[0]!.verdict).toMatchObject({ outlook: 'not_supported', change: -1 });
		await place.write((tx) =>
			breaks.mark(tx, place.else_, place.datasetId, {
				measure: MEASURE,
				period: '2019',
				reason: 'Ny opgørelse'
			})
		);
		expect((await lines())[0]!.verdict.outlook).toBe('broken');
	});

	it('is never changed', async () => {
		await supposing();
		await expect(db()`update hypotheses set least = 1`).rejects.toThrow('never changed');
		await expect(db()`delete from hypotheses`).rejects.toThrow('never changed');
	});

	test.each([
		[{ byPeriod: '2018' }, 'data.hypothesis_late'],
		[{ byPeriod: '2017' }, 'data.hypothesis_late'],
		[{ byPeriod: 'snart' }, 'data.hypothesis_period'],
		[{ fromPeriod: '2031' }, 'data.no_such_period'],
		[{ places: [] }, 'data.hypothesis_place'],
		[{ places: ['omraade=maanen'] }, 'data.hypothesis_place']
	] as [Partial<HypothesisInput>, string][])('is refused when %o', async (over, code) => {
		const before = await everything(db());
		expect((await refused(supposing(over))).code).toBe(code);
		expect(await everything(db())).toBe(before);
	});

	test.each([
		['maja', null],
		['tove', null],
		['jonas', null],
		['else_', null],
		['sigrid', null],
		['ove', 403],
		['nina', 404]
	] as const)('is written by members but observers: %s', async (who, status) => {
		const before = await everything(db());
		if (status === null) {
			await supposing({}, place[who]);
			expect(await lines()).toHaveLength(1);
		} else {
			expect((await refused(supposing({}, place[who]))).status).toBe(status);
			expect(await everything(db())).toBe(before);
		}
	});
});

test('the card of a number says all that is known, in the version it stands in', async () => {
	await describing({ population: 'Alle elever' });
	await bring('2019-08-01', 8, 9, 7);
	const found = await card(db(), place.ove, place.datasetId, 1, MEASURE);
	expect(found).toMatchObject({
		dataset: { ownerName: 'Else Winther', definition: 'Ni nøgletal for tolv områder' },
		version: { number: 1, asOf: '2018-08-01', fileName: 'tal.csv', importedBy: 'Else Winther' },
		indicator: { label: 'Fraværsdage (snit)', population: 'Alle elever' },
		newest: { number: 2, asOf: '2019-08-01' }
	});
	expect(found.version.hash).toMatch(/^[0-9a-f]{64}$/);
	expect((await card(db(), place.ove, place.datasetId, 2, null)).newest).toBeNull();
	for (const [by, number] of [
		[place.nina, 1],
		[place.ove, 3]
	] as const)
		expect((await refused(card(db(), by, place.datasetId, number, null))).status).toBe(404);
});
