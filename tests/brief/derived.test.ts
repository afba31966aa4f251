import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as briefs from '#lib/brief/briefs.server.ts';
import { proposal, specProblem } from '#lib/brief/figure.ts';
import * as figures from '#lib/brief/figures.server.ts';
import { summary } from '#lib/chart/summary.ts';
import * as breaks from '#lib/data/breaks.server.ts';
import * as cells from '#lib/data/cells.server.ts';
import { derivedKey } from '#lib/data/derive.ts';
import * as derived from '#lib/data/derived.server.ts';
import { offered, readable } from '#lib/data/formulas.server.ts';
import { cellPath } from '#lib/data/place.ts';
import { usedIn } from '#lib/thread/used.server.ts';
import * as goals from '#lib/goal/goals.server.ts';
import { fromDataset } from '#lib/goal/offer.server.ts';
import { readingsIn } from '#lib/goal/recompute.server.ts';
import { utf8 } from '../data/bytes.ts';
import { furnish, type Place } from '../data/place.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let place: Place;
let versionId: string;
let rate: string;
let index: string;
beforeAll(async () => {
	database = await freshDatabase();
	place = await furnish(database.sql);
	const rows = ['Nord;2017;10;100', 'Nord;2018;20;160', 'Syd;2017;3;50', 'Syd;2018;12;60'];
	({ id: versionId } = await place.store(
		utf8(`Område;År;Anbragte;Børn\n${rows.join('\n')}\nVest;2017;8;40\nVest;2018;9;0\n`)
	));
	const make = (input: object) =>
		place.write((tx) =>
			derived.add(tx, place.else_, place.datasetId, {
				label: 'Anbragte pr. 1.000 børn',
				kind: 'rate',
				numerator: 'anbragte',
				denominator: 'boern',
				per: 1000,
				basePeriod: '',
				decimals: 1,
				reason: 'Områderne er ikke lige store',
				...input
			})
		);
	rate = derivedKey(await make({}));
	index = derivedKey(
		await make({ label: 'Børn, indeks', kind: 'index', numerator: 'boern', basePeriod: '2017' })
	);
});
afterAll(() => database.drop());

const db = () => database.sql;
const values = async (measure: string, where: Record<string, string[]>) =>
	(await cells.slice(db(), versionId, measure, where)).map(({ value, status }) => value ?? status);

describe('a derived measure', () => {
	it('is read as any other, place by place; an index also where its base period is not asked for', async () => {
		expect(await values(rate, { aar: ['2018'], omraade: ['Nord', 'Syd', 'Vest'] })).toEqual([
			125,
			200,
			'm'
		]);
		expect(await values(index, { aar: ['2018'], omraade: ['Nord'] })).toEqual([160]);
		expect(await values(derivedKey(place.datasetId), {}), 'no such formula').toEqual([]);
		const at = { omraade: 'Nord', aar: '2018' };
		expect(await cells.cell(db(), versionId, rate, at)).toEqual({ value: 125, status: 'v' });
	});

	it('is suppressed where what it rests on is', async () => {
		const [below] = await cells.slice(db(), versionId, 'anbragte', {
			omraade: ['Syd'],
			aar: ['2017']
		});
		expect(below!.status).toBe('s');
		expect(await values(rate, { omraade: ['Syd'], aar: ['2017'] })).toEqual(['s']);
	});

	it('is offered to figures until it ends, and what cites it goes on showing it', async () => {
		const shape = await readable(db(), versionId);
		const spec = proposal(shape, rate, 'line');
		expect(specProblem(spec, shape)).toBeNull();
		const briefId = await place.write((tx) =>
			briefs.create(tx, place.else_, { forumId: place.forumId, question: 'Hvor mange?' })
		);
		await place.write((tx) =>
			figures.add(tx, place.else_, briefId, { versionId, title: 'Anbragte', spec })
		);
		const id = rate.slice('derived:'.length);
		await place.write((tx) =>
			breaks.mark(tx, place.else_, place.datasetId, {
				measure: 'boern',
				period: '2018',
				reason: 'Ny optælling'
			})
		);
		await place.write((tx) =>
			derived.end(tx, place.else_, place.datasetId, id, 'Vi bruger andel i stedet')
		);
		const keys = (of: { measures: { key: string }[] }) => of.measures.map(({ key }) => key);
		expect(keys(await offered(db(), versionId))).not.toContain(rate);
		expect(keys(await offered(db(), versionId, rate))).toContain(rate);
		const [figure] = (await briefs.page(db(), place.else_, briefId)).figures;
		expect(figure).toMatchObject({
			measure: { unit: 'pr. 1.000', decimals: 1 },
			derived: { formula: { kind: 'rate', per: 1000 }, ended: true, of: [{}, {}] },
			breaks: [{ period: '2018', reason: 'Ny optælling' }]
		});
		expect(summary(figure!, 'da')).toContain('Anbragte pr. 1.000 børn');
		expect(await usedIn(db(), place.else_, place.datasetId, rate)).toMatchObject([{ id: briefId }]);
	});

	it('can be what a goal reads, from its baseline on', async () => {
		const offer = await fromDataset(db(), place.else_, place.datasetId, index);
		expect(offer.measure).toBe(index);
		const found = offer.indicators.find(({ what }) => what[0] === 'Nord')!;
		expect(found).toMatchObject({ newest: { period: '2018', value: 160 }, sum: false });
		const id = await place.write((tx) =>
			goals.create(tx, place.maja, {
				forumId: place.forumId,
				title: 'Flere børn i Nord',
				ownerId: place.else_.id,
				targetDate: '2030-12-31',
				nextReview: null,
				aim: {
					measured: true,
					versionId,
					figureId: null,
					reading: found.reading,
					direction: 'up',
					baselinePeriod: null,
					targetValue: 200,
					tolerance: null,
					forecast: null
				},
				milestones: []
			})
		);
		const [goal] = await db()`select baseline_value, reading from goals where id = ${id}`;
		expect(goal).toMatchObject({ baseline_value: 160, reading: { measure: index } });
		expect(await readingsIn(db(), versionId, found.reading)).toMatchObject([
			{ period: '2017', value: 100 },
			{ period: '2018', value: 160 }
		]);
	});

	it('is looked up on its own page, in the edition that cites it', () => {
		const id = index.slice('derived:'.length);
		expect(cellPath('d', 3, index, { aar: '2018' })).toBe(
			`/data/d/derived/${id}?measure=${encodeURIComponent(index)}&aar=2018&version=3#cell`
		);
	});
});
