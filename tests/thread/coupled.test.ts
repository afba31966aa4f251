import { unzipSync, strFromU8 } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import * as options from '#lib/case/options.server.ts';
import { coupledFigure } from '#lib/chart/coupled.server.ts';
import * as couplings from '#lib/data/couplings.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import * as decisions from '#lib/decision/read.server.ts';
import { exported } from '#lib/decision/export.server.ts';
import { thawed } from '#lib/decision/figure.ts';
import { verify } from '#lib/decision/record.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import { decide } from '#lib/thread/decide.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { decision, FILE_2019, stored, story, type Story } from './story.ts';

/** Two datasets side by side in a decision: what is frozen of them, and handed on as a file. */

let db: TestDatabase;
let told: Story;
let coupling: string;
let other: string;
let decisionId: string;
/** Small in Østerled in 2018: shown alone it is hidden, and beside the other as well. */
const SCHOOLS = 'Område;År;Elever\nMølleparken;2018;204\nNørrevang;2018;3\nØsterled;2018;198\n';

const answer = (yes: boolean, by: 'else_' | 'tove', datasetId: string, reason = '') =>
	told.act((tx) => couplings.answer(tx, told[by], coupling, datasetId, { yes, reason }));

beforeAll(async () => {
	db = await freshDatabase();
	told = await story(db.sql);
	const { act, else_, tove, jonas, maja, sigrid, forumId, datasetId, measure } = told;
	other = await act((tx) =>
		datasets.create(tx, tove, { forumId, title: 'Skolerne', definition: 'Elever efter bopæl' })
	);
	const bytes = new TextEncoder().encode(SCHOOLS);
	await act((tx) =>
		versions.store(tx, tove, other, { bytes, fileName: 'skoler.csv', asOf: '2018-08-01' })
	);
	coupling = await act((tx) =>
		couplings.make(tx, else_, {
			title: 'Fravær og elever',
			purpose: 'Se, om fraværet følger elevtallet',
			legalBasis: 'artikel 6',
			partOf: false,
			parts: [
				{ datasetId, measure, held: {} },
				{ datasetId: other, measure: 'elever', held: {} }
			]
		})
	);
	await answer(true, 'else_', datasetId);
	await answer(true, 'tove', other);
	const { spec } = await coupledFigure(db.sql, coupling, {}, { id: 'f', title: 'x', why: '' });
	const briefId = await act((tx) => briefs.create(tx, else_, { forumId, question: 'Følges de?' }));
	await act((tx) =>
		figures.addCoupled(tx, else_, briefId, { couplingId: coupling, title: 'Følges de ad?', spec })
	);
	await act((tx) => briefs.publish(tx, else_, briefId));
	const caseId = await act((tx) =>
		cases.create(tx, jonas, { forumId, briefId, title: 'Følges de?', recommendation: 'Ja.' })
	);
	const optionId = await act((tx) => options.add(tx, jonas, caseId, { title: 'Begynd der' }));
	const [line] = await evidence.list(db.sql, caseId);
	await act((tx) => cases.setState(tx, jonas, caseId, 'ready'));
	await act((tx) => agenda.add(tx, sigrid, told.meetingId, { caseId, minutes: 10 }));
	const act_ = { what: 'Se på det', ownerId: jonas.id, due: '2019-01-31' };
	decisionId = await act((tx) =>
		decide(
			tx,
			maja,
			decision(told, {
				caseId,
				optionId,
				roles: { [line!.id]: 'made' },
				goals: [],
				actions: [],
				none: act_.what
			})
		)
	);
});
afterAll(() => db.drop());

const page = () => decisions.page(db.sql, told.maja, decisionId);
const figure = async () => thawed((await page()).record.figures[0]!);

describe('a decision on two datasets side by side', () => {
	it('freezes both numbers of each place, both sources, and no hidden number', async () => {
		const { cells, coupled } = await figure();
		expect(cells.map(({ value, status }) => value ?? status)).toEqual([44, 204, 55, 's', 30, 198]);
		expect(coupled).toMatchObject({ agreed: true, limit: 5 });
		expect(coupled!.sides.map(({ citation }) => [citation.title, citation.number])).toEqual([
			['Boligområderne', 1],
			['Skolerne', 1]
		]);
		const { record, hash } = await page();
		expect(await verify(record, hash)).toBe(true);
		const [hidden] = record.figures[0]!.cells.filter(({ status }) => status === 's');
		expect(hidden).toMatchObject({ value: null });
	});

	it('is read as it was when an owner has said no since, and when newer figures have come', async () => {
		const before = await page();
		await answer(false, 'tove', other, 'Opgjort på hver sin dato');
		await stored(told, told.datasetId, FILE_2019, '2019-08-01');
		const now = await page();
		expect(now.record).toEqual(before.record);
		expect(await verify(now.record, now.hash)).toBe(true);
	});

	it('is handed on as a file with both sources, saying that they go together and no more', async () => {
		const { record, hash } = await page();
		const file = await exported(record, hash, 'docx', 'da');
		const text = strFromU8(unzipSync(new Uint8Array(file.body))['word/document.xml']!).replace(
			/<[^>]+>/g,
			' '
		);
		for (const words of ['Følges de ad?', 'Boligområderne', 'Skolerne', '204', '198'])
			expect(text).toContain(words);
		expect(text).toMatch(/siger ikke, at det ene/);
		const json = await exported(record, hash, 'json', 'en');
		expect(JSON.parse(Buffer.from(json.body).toString('utf8'))).toMatchObject({ hash });
	});
});
