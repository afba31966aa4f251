import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import { coupledFigure } from '#lib/chart/coupled.server.ts';
import { coupledSpec, SIDE } from '#lib/chart/coupled.ts';
import { draw } from '#lib/chart/engine.ts';
import { cellTarget, type FigureData } from '#lib/chart/figure.ts';
import { summary } from '#lib/chart/summary.ts';
import { targetWords } from '#lib/chart/words.ts';
import * as annotations from '#lib/annotation/annotations.server.ts';
import * as couplings from '#lib/data/couplings.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import type { Person } from '#lib/people/person.ts';
import { walk } from '#lib/thread/links.server.ts';
import { usedIn } from '#lib/thread/used.server.ts';
import { utf8 } from '../data/bytes.ts';
import { everything, furnish, refused, type Place } from '../data/place.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let place: Place;
let other: string;
let briefId: string;
let id: string;
beforeAll(async () => {
	database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
	await database.drop();
	database = await freshDatabase();
	place = await furnish(database.sql);
	const { write, tove, forumId } = place;
	other = await write((tx) =>
		datasets.create(tx, tove, { forumId, title: 'Skolerne', definition: 'Elever efter bopæl' })
	);
	await place.store(
		utf8('Område;År;Børn\nNord;2018;120\nSyd;2018;60\nØst;2018;90\nVest;2018;80\n')
	);
	await place.store(
		utf8('Område;År;Elever\nNord;2018;110\nSyd;2018;3\nØst;2018;70\nVest;2018;75\n'),
		{},
		tove,
		other
	);
	briefId = await write((tx) =>
		briefs.create(tx, place.else_, { forumId, question: 'Følges de?' })
	);
	id = await write((tx) =>
		couplings.make(tx, place.jonas, {
			title: 'Børn og elever',
			purpose: 'Se, om skolerne følger børnetallet',
			legalBasis: 'artikel 6',
			partOf: false,
			parts: [
				{ datasetId: place.datasetId, measure: 'boern', held: {} },
				{ datasetId: other, measure: 'elever', held: {} }
			]
		})
	);
});

const db = () => database.sql;
const say = (coupling: string, who: Person, datasetId: string, yes: boolean, reason = '') =>
	place.write((tx) => couplings.answer(tx, who, coupling, datasetId, { yes, reason }));
const agree = async (coupling: string) => {
	await say(coupling, place.else_, place.datasetId, true);
	await say(coupling, place.tove, other, true);
};
const words = { id: 'f', title: 'Børn og elever', why: '' };
const drawn = (coupling = id) => coupledFigure(db(), coupling, {}, words);
const add = async (who = place.else_, coupling = id) => {
	const { spec } = await drawn(coupling);
	return await place.write((tx) =>
		figures.addCoupled(tx, who, briefId, { couplingId: coupling, title: 'Følges de ad?', spec })
	);
};
const shown = async () => (await briefs.page(db(), place.else_, briefId)).figures;
const values = ({ cells }: FigureData) => cells.map(({ value, status }) => value ?? status);

describe('the figure of a coupling', () => {
	it('has no number until both owners have said yes, and none again when one says no', async () => {
		expect(await drawn()).toMatchObject({ cells: [], coupled: { agreed: false } });
		await agree(id);
		expect(values(await drawn())).toEqual([120, 110, 60, 's', 90, 70, 80, 75]);
		await add();
		await say(id, place.tove, other, false, 'Opgjort på hver sin dato');
		const [figure] = await shown();
		expect(figure).toMatchObject({ cells: [], coupled: { agreed: false } });
		expect(draw(figure!, 'da', 660)).not.toContain('110');
	});

	it('says how the two go together and never that one leads to the other', async () => {
		await agree(id);
		const figure = await drawn();
		expect(figure.spec).toMatchObject({ kind: 'scatter', x: 'omraade', series: SIDE });
		const told = summary(figure, 'da');
		expect(told).toContain('Børn: højest 120 (Nord), lavest 60 (Syd).');
		expect(told, '120/110, 90/70, 80/75: of three pairs two').toContain('2 af 3 tilfælde');
		expect(told).toContain('det siger ikke, at det ene fører til det andet');
		const cell = figure.cells.find(({ value }) => value === 110)!;
		expect(targetWords(figure, cellTarget(figure, cell), 'da')).toBe('Nord: Børn 120 · Elever 110');
	});

	it('points at a number where it stands in its own dataset', async () => {
		await agree(id);
		const figure = await drawn();
		const { coupled, cells } = figure;
		const [first, second] = cells.slice(0, 2).map((cell) => cellTarget(figure, cell));
		expect(first).toEqual({
			kind: 'cell',
			measure: 'boern',
			coordinates: { omraade: 'Nord', aar: '2018' },
			versionId: coupled!.sides[0].citation.versionId
		});
		expect(second).toMatchObject({
			measure: 'elever',
			versionId: coupled!.sides[1].citation.versionId
		});
		const figureId = await add();
		const on = { figureId, versionId: second!.versionId!, target: second! };
		await place.write(async (tx) =>
			annotations.add(
				tx,
				place.else_,
				briefId,
				{ kind: 'question', body: 'Hvorfor?', shared: true, on: { figure: on } },
				await figures.pinned(tx, briefId)
			)
		);
		const [note] = await annotations.list(db(), place.else_, briefId);
		expect(note!.figure).toMatchObject({ datasetId: other, label: 'Nord 2018', number: 1 });
		expect(note!.figure!.seen).toMatchObject({ value: 110 });
	});

	it('is placed by those who write the brief, once agreed, and found from both datasets', async () => {
		const before = await everything(db());
		const spec = coupledSpec((await drawn()).dimensions.slice(0, -1), 'boern');
		const input = { couplingId: id, title: 'Følges de ad?', spec };
		const placing = (who: Person, more = {}) =>
			refused(place.write((tx) => figures.addCoupled(tx, who, briefId, { ...input, ...more })));
		expect((await placing(place.else_)).code).toBe('brief.coupling_not_agreed');
		expect((await placing(place.nina)).status).toBe(404);
		expect(await everything(db())).toBe(before);
		await agree(id);
		const agreed = await everything(db());
		const wrong = { spec: { ...spec, kind: 'bar' as const } };
		expect((await placing(place.else_, wrong)).code).toBe('brief.coupling_kind');
		expect((await placing(place.else_, { couplingId: briefId })).status).toBe(404);
		expect(await everything(db())).toBe(agreed);
		await add();
		for (const [datasetId, measure] of [
			[place.datasetId, 'boern'],
			[other, 'elever']
		] as const) {
			expect(await usedIn(db(), place.else_, datasetId, measure)).toMatchObject([{ id: briefId }]);
			expect(JSON.stringify(await walk(db(), place.else_, datasetId))).toContain(briefId);
		}
		expect(await usedIn(db(), place.else_, other, 'boern')).toEqual([]);
	});
});

describe('a coupling moved to newer editions', () => {
	const newer = () =>
		place.store(utf8('Område;År;Børn\nNord;2018;125\nSyd;2018;61\nØst;2018;90\nVest;2018;80\n'), {
			asOf: '2019-08-01'
		});
	const renew = (who: Person, of = id) => place.write((tx) => couplings.renew(tx, who, of));

	it('is a coupling of its own: the old one stays, and both owners are asked again', async () => {
		await agree(id);
		const before = values(await drawn());
		await newer();
		expect(await couplings.page(db(), place.jonas, id)).toMatchObject({
			newer: true,
			mayRenew: true,
			replacedBy: null
		});
		const next = await renew(place.jonas);
		expect(await couplings.page(db(), place.jonas, next)).toMatchObject({
			replaces: id,
			result: null,
			purpose: 'Se, om skolerne følger børnetallet',
			parts: [
				{ answer: null, citation: { number: 2 } },
				{ answer: null, citation: { number: 1 } }
			]
		});
		expect(values(await drawn()), 'the old one').toEqual(before);
		await agree(next);
		expect(values(await drawn(next)).slice(0, 2)).toEqual([125, 110]);
		expect((await couplings.page(db(), place.jonas, id)).replacedBy).toBe(next);
	});

	it('goes on hiding what the older one hid', async () => {
		await agree(id);
		await place.store(
			utf8('Område;År;Elever\nNord;2018;110\nSyd;2018;3\nØst;2018;70\nVest;2018;75\n2x;2018;9\n'),
			{ asOf: '2019-08-01' },
			place.tove,
			other
		);
		const next = await renew(place.tove);
		await agree(next);
		expect(values(await drawn(next))).toEqual(values(await drawn()));
	});

	it('is refused to others, while nothing is newer, and twice', async () => {
		const nothing = await everything(db());
		expect((await refused(renew(place.jonas))).code).toBe('data.couple_is_newest');
		expect(await everything(db())).toBe(nothing);
		await newer();
		const before = await everything(db());
		for (const who of [place.ove, place.maja, place.sigrid])
			expect((await refused(renew(who))).status, who.name).toBe(403);
		expect((await refused(renew(place.nina))).status).toBe(404);
		expect(await everything(db())).toBe(before);
		await renew(place.else_);
		expect((await refused(renew(place.jonas))).code).toBe('data.couple_renewed_already');
	});

	it('comes to a brief as another figure, when both owners have agreed to that', async () => {
		await agree(id);
		const figureId = await add();
		await newer();
		const next = await renew(place.jonas);
		const bring = () => place.write((tx) => figures.bringNewer(tx, place.else_, briefId, figureId));
		expect((await refused(bring())).code).toBe('brief.coupling_not_newer');
		expect((await shown())[0]!.coupled!.newer).toBeNull();
		await agree(next);
		expect((await shown())[0]!.coupled!.newer).toBe(next);
		await bring();
		const [old, now] = await shown();
		expect([old!.coupled!.id, now!.coupled!.id]).toEqual([id, next]);
		expect([values(old!)[0], values(now!)[0]]).toEqual([120, 125]);
	});
});
