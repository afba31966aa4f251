import { afterAll, beforeAll, expect, test } from 'vitest';
import * as annotations from '#lib/annotation/annotations.server.ts';
import { exported } from '#lib/annotation/export.server.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import { proposal } from '#lib/brief/figure.ts';
import { areasOf } from '#lib/chart/maps.ts';
import * as outlines from '#lib/data/outlines.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { demoFile, furnish, refused, type Place } from '../data/place.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

/** Outlines a forum brings, figures drawn on them, and what is said of an area, as it leaves the house. */

const CSV = `Område;År;Elever (antal)
Bakkegården;2018;40
Fjordparken;2018;9
Nørrevang;2018;54
Skovbrynet;2018;3
Hele byen;2018;106
`;
const bytes = new TextEncoder().encode(CSV);
const map = {
	title: 'Boligområder',
	source: 'Konstrueret',
	bytes: new Uint8Array(demoFile('areas.geojson')),
	fileName: 'areas.geojson'
};

let db: TestDatabase;
let place: Place;
let versionId: string;
let briefId: string;

beforeAll(async () => {
	db = await freshDatabase();
	place = await furnish(db.sql);
	versionId = (await place.store(bytes)).id;
	briefId = await place.write((tx) =>
		briefs.create(tx, place.else_, { forumId: place.forumId, question: 'Hvor?' })
	);
});
afterAll(() => db.drop());

const bring = (by = place.else_, more = {}) =>
	place.write((tx) => outlines.bring(tx, by, place.datasetId, { ...map, ...more }));

test('outlines are brought by who may describe the dataset, once, and what cannot be read leaves nothing', async () => {
	expect((await refused(bring(place.ove))).status).toBe(403);
	const broken = new TextEncoder().encode('{}');
	expect(await refused(bring(place.else_, { bytes: broken }))).toMatchObject({
		code: 'data.outline_not_geojson'
	});
	expect(await outlines.fitting(db.sql, place.forumId, versionId)).toEqual([]);
	const { id } = await bring();
	expect(await refused(bring())).toMatchObject({ code: 'data.outline_here_already' });
	const [fitting, ...rest] = await outlines.fitting(db.sql, place.forumId, versionId);
	expect(rest).toEqual([]);
	expect(fitting).toMatchObject({ id, placed: 4, dimension: 'omraade', unmatched: ['Hele byen'] });
	expect(fitting!.unused).toContain('Rosenlund');
	await expect(db.sql`update outlines set title = 'x'`).rejects.toThrow();
});

test('areas with outlines are proposed as a map, and the small number is nowhere on it', async () => {
	const maps = await outlines.fitting(db.sql, place.forumId, versionId);
	const spec = proposal(await versions.shape(db.sql, versionId), undefined, undefined, maps);
	expect(spec).toMatchObject({ kind: 'map', x: 'omraade', outline: maps[0]!.id });
	const id = await place.write((tx) =>
		figures.add(tx, place.else_, briefId, { versionId, title: 'Kort', spec })
	);
	const [figure] = await figures.data(db.sql, [id]);
	expect(areasOf(figure!).find(({ name }) => name === 'Skovbrynet')).toMatchObject({
		fill: 'hidden',
		colour: null,
		cell: { value: null }
	});
	expect(figure!.map!.unplaced).toEqual(['Hele byen']);
	const elsewhere = { ...spec, outline: 'dk-municipalities' };
	const other = place.write((tx) =>
		figures.add(tx, place.else_, briefId, { versionId, title: 'Kort', spec: elsewhere })
	);
	expect(await refused(other)).toMatchObject({ code: 'brief.no_outline' });
});

test('a note on an area names dataset, edition, codes and the value seen, in the W3C model', async () => {
	const [{ id: figureId } = { id: '' }] = await figures.pinned(db.sql, briefId);
	const pinned = [{ id: figureId, versionId }];
	const measure = (await versions.shape(db.sql, versionId)).measures[0]!.key;
	const say = (omraade: string, body: string) =>
		place.write((tx) =>
			annotations.add(
				tx,
				place.else_,
				briefId,
				{
					kind: 'question',
					body,
					shared: true,
					on: {
						figure: {
							figureId,
							versionId,
							target: { kind: 'cell', measure, coordinates: { omraade, aar: '2018' } }
						}
					}
				},
				pinned
			)
		);
	const shown = await say('Nørrevang', 'Hvorfor så mange?');
	await say('Skovbrynet', 'Og her?');
	await place.write((tx) => annotations.reply(tx, place.else_, shown, 'Skolebussen.'));
	const notes = await annotations.list(db.sql, place.else_, briefId);
	expect(notes.map(({ figure }) => figure?.seen)).toEqual([
		{ value: 54, status: 'v', decimals: 0, unit: 'antal' },
		{ value: null, status: 's', decimals: 0, unit: 'antal' }
	]);

	const of = { origin: 'https://raad.example', path: `/briefs/${briefId}`, title: 'Hvor?' };
	const out = JSON.parse(JSON.stringify(await exported(db.sql, place.else_, briefId, of)));
	expect(out).toMatchObject({
		type: 'AnnotationCollection',
		label: 'Hvor?',
		total: 3,
		first: { type: 'AnnotationPage' }
	});
	expect(out['@context'][0]).toBe('http://www.w3.org/ns/anno.jsonld');
	const [first, answer, hidden] = out.first.items;
	expect(first).toMatchObject({
		type: 'Annotation',
		motivation: 'questioning',
		creator: { name: 'Else Winther', role: 'analyst' },
		body: { type: 'TextualBody', value: 'Hvorfor så mange?' },
		target: {
			type: 'SpecificResource',
			source: `https://raad.example/data/${place.datasetId}/versions/1`,
			selector: {
				type: 'DataCubeSelector',
				pointsAt: 'cell',
				dataset: `https://raad.example/data/${place.datasetId}`,
				edition: 1,
				asOf: '2018-08-01',
				measure,
				dimensions: { omraade: 'Nørrevang', aar: '2018' },
				seen: [{ value: 54, status: 'value', dimensions: { omraade: 'Nørrevang', aar: '2018' } }]
			}
		}
	});
	expect(answer).toMatchObject({ motivation: 'replying', target: first.id });
	expect(hidden.target.selector.seen).toMatchObject([{ value: null, status: 'suppressed' }]);
	// Every term of the export that the W3C context does not know is defined beside it.
	for (const term of Object.keys(first.target.selector).filter((key) => key !== 'type'))
		expect(Object.keys(out['@context'][1])).toContain(term);
});

test('two editions of one figure are seen together', async () => {
	const newer = CSV.replace('54', '61').replace('Hele byen;2018;106', 'Hele byen;2018;113');
	const after = await place.store(new TextEncoder().encode(newer), { asOf: '2018-09-01' });
	const spec = proposal(await versions.shape(db.sql, versionId), undefined, 'bar');
	const figure = await figures.compared(
		db.sql,
		{ before: { id: versionId, number: 1 }, after },
		spec,
		{ title: 'Før og nu', why: '' }
	);
	expect(figure.earlier?.number).toBe(1);
	const value = (cells: typeof figure.cells) =>
		cells.find(({ coordinates }) => coordinates.omraade === 'Nørrevang')?.value;
	expect([value(figure.earlier!.cells), value(figure.cells)]).toEqual([54, 61]);
});
