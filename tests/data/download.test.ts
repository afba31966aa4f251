import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import * as datasets from '#lib/data/datasets.server.ts';
import { disposition, FORMS } from '#lib/data/download.server.ts';
import { understand } from '#lib/data/formats/formats.ts';
import { exclude } from '#lib/forum/objects.server.ts';
import { GET } from '../../src/routes/data/[id]/versions/[number]/download/+server.ts';
import { utf8 } from './bytes.ts';
import { furnish, type Place } from './place.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

/** The door that hands out a whole version: to whom, under which name, and piece by piece. */

const TITLE = 'Børn & unge: "skæve" tal / område*';

let database: TestDatabase;
let place: Place;
let id: string;
beforeAll(async () => {
	database = await freshDatabase();
	place = await furnish(database.sql);
	id = await place.write((tx) =>
		datasets.create(tx, place.else_, {
			forumId: place.forumId,
			title: TITLE,
			definition: 'Børn efter område',
			source: 'Kommunens register',
			registration: 'Føres af skolerne',
			nextUpdate: '2031-01-01',
			grade: 'weak'
		})
	);
	await place.store(
		utf8('Område;År;Børn\nNord;2018;3\nSyd;2018;40\nØst;2018;2\n'),
		{},
		place.else_,
		id
	);
});
afterAll(() => database.drop());

type Asking = { as?: string | null; number?: string; dataset?: string };

/** What the page's door answers one of the cast. */
async function get(who: keyof Place, { as = 'csv', number = '1', dataset = id }: Asking = {}) {
	const url = new URL(`http://localhost/x${as === null ? '' : `?as=${as}`}`);
	return await GET({
		url,
		params: { id: dataset, number },
		locals: { db: database.sql, person: place[who], locale: 'da' }
	} as never);
}

describe('who is handed a version', () => {
	test.each(['maja', 'tove', 'jonas', 'else_', 'sigrid', 'ove'] as const)(
		'%s, who may read the dataset, in every form',
		async (who) => {
			for (const as of FORMS) {
				const answer = await get(who, { as });
				expect(answer.status).toBe(200);
				expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(50);
			}
		}
	);

	it('is nobody outside the forum, and nothing tells them that it is there', async () => {
		for (const as of FORMS) {
			const answer = await get('nina', { as });
			expect(answer.status).toBe(404);
			expect(await answer.text()).not.toMatch(/Børn|Syd|40/);
		}
	});

	it('is nobody who is shut out of it or whose access has ended', async () => {
		await place.write((tx) => exclude(tx, place.sigrid, id, place.jonas.id, 'Egen sag'));
		expect((await get('jonas')).status).toBe(403);
		await database.sql`update persons set deactivated_at = now() where id = ${place.tove.id}`;
		expect((await get('tove')).status).toBe(404);
		await database.sql`update persons set deactivated_at = null where id = ${place.tove.id}`;
	});

	test.each(['0', '2', '-1', '1.5', 'x', '99999999999999999999', ''])(
		'is nobody who asks for version %j',
		async (number) => {
			expect((await get('else_', { number })).status).toBe(404);
		}
	);
});

describe('what is handed out', () => {
	it('says its form and its name, also where a title has what no file name may have', async () => {
		const types = {
			csv: 'text/csv; charset=utf-8',
			xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
			json: 'application/json; charset=utf-8'
		};
		for (const as of FORMS) {
			const { headers } = await get('else_', { as });
			expect(headers.get('content-type')).toBe(types[as]);
			const said = headers.get('content-disposition')!;
			expect(said).toContain(`attachment; filename="boern-unge-skaeve-tal-omraade-1.${as}"`);
			expect(decodeURIComponent(said.split("filename*=UTF-8''")[1]!)).toBe(
				`Børn & unge skæve tal område 1.${as}`
			);
		}
		for (const as of [null, 'exe', '../../x'])
			expect((await get('else_', { as })).headers.get('content-type')).toBe(types.csv);
	});

	it('names the file in signs that a header takes, whatever it is called', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (fullName) => {
				const said = disposition({ name: 'x.csv', fullName });
				expect(said).toMatch(/^[\x20-\x7e]*$/);
				expect(decodeURIComponent(said.split("''")[1]!)).toBe(fullName);
			})
		);
	});

	it('holds no suppressed number, and says that there was one', async () => {
		const csv = await (await get('else_')).text();
		expect(csv).toBe('Område;År;Børn\r\nNord;2018;\r\nSyd;2018;40\r\nØst;2018;\r\n');
		const json = await (await get('else_', { as: 'json' })).text();
		const read = JSON.parse(json) as { value: unknown; status: unknown };
		expect(read.value).toEqual([null, 40, null]);
		expect(read.status).toEqual({ 0: 's', 2: 's' });
	});

	it('carries where the figures come from, and is read again so', async () => {
		const bytes = new Uint8Array(await (await get('else_', { as: 'json' })).arrayBuffer());
		const said = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
		expect(said).toMatchObject({
			label: TITLE,
			source: 'Kommunens register',
			updated: '2018-08-01',
			note: ['Børn efter område', 'Føres af skolerne'],
			extension: {
				version: 1,
				owner: 'Else Winther, Center for Skole',
				grade: 'weak',
				smallNumberLimit: 5
			}
		});
		expect(understand(bytes).facts.about).toMatchObject({
			title: TITLE,
			updatedOn: '2018-08-01',
			nextUpdate: '2031-01-01'
		});
	});
});

describe('a large version', () => {
	let large: string;
	beforeAll(async () => {
		large = await place.write((tx) =>
			datasets.create(tx, place.else_, {
				forumId: place.forumId,
				title: 'Stort',
				definition: 'Udgifter'
			})
		);
		const rows = Array.from(
			{ length: 60_000 },
			(_, at) => `Sted ${at % 600};${1900 + Math.floor(at / 600)};${at * 7}`
		);
		await place.store(utf8(`Sted;År;Udgift (kr.)\n${rows.join('\n')}\n`), {}, place.else_, large);
	});

	test.each(FORMS)('comes piece by piece as %s, none larger than what is asked for', async (as) => {
		const reader = (await get('else_', { as, dataset: large })).body!.getReader();
		const sizes: number[] = [];
		for (;;) {
			const { value } = await reader.read();
			if (!value) break;
			sizes.push(value.length);
		}
		expect(sizes.length).toBeGreaterThan(5);
		expect(Math.max(...sizes)).toBeLessThan(300_000);
	});

	it('is written no further when nobody fetches it', async () => {
		const body = (await get('else_', { dataset: large })).body!;
		const reader = body.getReader();
		await reader.read();
		await reader.cancel();
		expect((await reader.read()).done).toBe(true);
	});
});
