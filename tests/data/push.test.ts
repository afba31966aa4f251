import { afterAll, beforeEach, describe, expect, it, test } from 'vitest';
import { today } from '#lib/base/clock.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { preview } from '#lib/data/preview.server.ts';
import { push } from '#lib/data/push.server.ts';
import { keepable } from '#lib/data/push.ts';
import { keyIn } from '#lib/data/push-input.ts';
import * as versions from '#lib/data/versions.server.ts';
import * as accounts from '#lib/forum/accounts.server.ts';
import { membership } from '#lib/forum/forums.server.ts';
import type { Person } from '#lib/people/person.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { utf8 } from './bytes.ts';
import { demoFile, everything, furnish, refused, type Place } from './place.ts';

let database: TestDatabase | undefined;
let place: Place;
let account: Person;
const db = () => database!.sql;

beforeEach(async () => {
	await database?.drop();
	database = await freshDatabase();
	place = await furnish(database.sql);
	account = await accountFor(place.datasetId);
});
afterAll(() => database?.drop());

async function accountFor(...objects: string[]): Promise<Person> {
	const { token } = await place.write((tx) =>
		accounts.create(tx, place.else_, place.forumId, {
			name: 'Fraværssystemet',
			expiresOn: today(),
			objects
		})
	);
	return await accounts.recognise(place.write, `Bearer ${token}`);
}

type Sending = {
	body?: BodyInit;
	asOf?: string;
	key?: string;
	headers?: Record<string, string>;
	id?: string;
	by?: Person;
};
const small = 'Område;År;Sager\nNord;2018;120\nSyd;2018;90\n';

function send({ body = small, asOf, key, headers = {}, id = place.datasetId, by }: Sending = {}) {
	const query = asOf === '' ? '' : `?as_of=${asOf ?? '2018-08-01'}`;
	const request = new Request(`https://here/api/v1/datasets/${id}/versions${query}`, {
		method: 'PUT',
		body,
		headers: { ...(key && { 'idempotency-key': key }), ...headers },
		duplex: 'half'
	} as RequestInit);
	return push(db(), place.write, by ?? account, id, request);
}
const stored = () =>
	db()<{ n: number }[]>`select count(*)::int n from versions`.then(([r]) => r!.n);

describe('a push', () => {
	it('becomes the next version, by the account, as it was read before', async () => {
		await place.store(demoFile('areas-2018.csv'));
		const { status, answer } = await send({
			body: new Uint8Array(demoFile('areas-2019.csv')),
			asOf: '2019-08-01',
			headers: { 'file-name': 'areas-2019.csv' }
		});
		expect(status).toBe(201);
		expect(answer).toMatchObject({
			dataset: place.datasetId,
			version: { number: 2, asOf: '2019-08-01' },
			unchanged: false,
			changes: { revised: 2 }
		});
		const page = await datasets.page(db(), place.ove, place.datasetId);
		expect(page.versions[0]).toMatchObject({
			number: 2,
			fileName: 'areas-2019.csv',
			importedBy: 'Fraværssystemet'
		});
		const [event] = await db()`
			select person_id from events where verb = 'dataset.version_stored' order by id desc limit 1`;
		expect(event!.person_id).toBe(account.id);
		expect(await versions.briefly(db(), account, place.datasetId)).toMatchObject([
			{ number: 2, hash: answer.version.hash },
			{ number: 1 }
		]);
	});

	test.each([
		[
			'JSON-stat',
			JSON.stringify({
				version: '2.0',
				class: 'dataset',
				label: 'Sager',
				id: ['omr', 'tid'],
				size: [2, 1],
				role: { time: ['tid'], geo: ['omr'] },
				dimension: {
					omr: { label: 'Område', category: { index: ['1', '2'], label: { 1: 'Nord', 2: 'Syd' } } },
					tid: { label: 'År', category: { index: ['2018'], label: { 2018: '2018' } } }
				},
				value: [120, 90]
			})
		],
		[
			'PX',
			'CHARSET="ANSI";\nAXIS-VERSION="2013";\nCODEPAGE="utf-8";\nLANGUAGE="da";\nDECIMALS=0;\nMATRIX="S";\nSUBJECT-AREA="x";\nSUBJECT-CODE="x";\nCONTENTS="Sager";\nUNITS="antal";\nSTUB="Område";\nHEADING="År";\nVALUES("Område")="Nord","Syd";\nVALUES("År")="2018";\nTIMEVAL("År")=TLIST(A1),"2018";\nDATA=\n120\n90;\n'
		]
	])('may be of another format: %s', async (_, body) => {
		const { status } = await send({ body });
		expect(status).toBe(201);
		const { shape } = (await versions.newest(db(), place.datasetId))!;
		expect(shape.dimensions.map(({ role, categories }) => [role, categories.length])).toEqual([
			['area', 2],
			['time', 1]
		]);
	});

	it('says as-of in the address, a header or the first line of the body', async () => {
		await send({ asOf: '', headers: { 'as-of': '2018-08-01' } });
		const { recipe } = (await versions.newest(db(), place.datasetId))!;
		const { answer } = await send({
			asOf: '',
			body: `${JSON.stringify({ asOf: '2018-09-01', fileName: 'ny.csv', recipe })}\n${small.replace('90', '91')}`,
			headers: { 'content-type': 'application/vnd.raadslag.push' }
		});
		expect(answer.version).toMatchObject({ number: 2, asOf: '2018-09-01' });
		expect((await refused(send({ asOf: '' }))).code).toBe('data.as_of');
		expect((await refused(send({ asOf: 'yesterday' }))).code).toBe('data.as_of');
	});

	it('of bytes that are here already makes nothing and says which version they are', async () => {
		const first = await send();
		const again = await send({ asOf: '2018-12-01' });
		expect(again).toEqual({
			status: 200,
			answer: { ...first.answer, unchanged: true, changes: null }
		});
		expect(await stored()).toBe(1);
	});

	it('that is refused leaves nothing but the word that it was', async () => {
		const before = await everything(db());
		const answer = await refused(
			send({ body: 'Område;År;Sager\nNord;2018;x1\nSyd;2018;90\nVest;2018;4\n', key: 'k' })
		);
		expect(answer.code).toBe('data.unreadable');
		const after = (await everything(db())).split('\n').filter((line) => !before.includes(line));
		expect(after.filter((line) => !/^event_outbox /.test(line))).toEqual([
			expect.stringContaining('dataset.push_refused')
		]);
		const [event] = await db()`select detail from events where verb = 'dataset.push_refused'`;
		expect(event!.detail).toEqual({ code: 'data.unreadable' });
		expect((await send({ key: 'k' })).status).toBe(201); // the key was not used up
	});

	it('is asked what only a person can answer, until a person has answered it', async () => {
		const named = (hours: number) =>
			`Navn;År;Timer\nMette Krogh;2018;${hours}\nLars Dahl;2018;90\n`;
		expect(await refused(send({ body: named(120) }))).toMatchObject({
			code: 'data.confirm_names',
			status: 422
		});
		await place.store(utf8(named(120)), { confirmations: [{ column: 'Navn', kind: 'names' }] });
		const { answer } = await send({ body: named(130), asOf: '2018-09-01' });
		expect(answer.version.number).toBe(2);
		const [version] = await db()`select confirmations from versions where number = 2`;
		expect(version!.confirmations).toMatchObject([{ kind: 'names', by: place.else_.id }]);
	});

	it('that holds a CPR number stops, and nothing of it is kept', async () => {
		const answer = await refused(send({ body: 'Borger;År;Sager\n010203-1234;2018;120\n' }));
		expect(answer.code).toBe('data.cpr');
		expect(await everything(db())).not.toContain('010203');
	});

	it('too large is refused by what it says and by what it is', async () => {
		const said = { 'content-length': String(300 * 1024 * 1024) };
		expect((await refused(send({ headers: said }))).code).toBe('data.too_large');
		const endless = new ReadableStream({
			pull: (to) => to.enqueue(new Uint8Array(4 * 1024 * 1024))
		});
		expect((await refused(send({ body: endless }))).code).toBe('data.too_large');
		expect((await refused(send({ headers: { 'content-encoding': 'gzip' } }))).status).toBe(415);
	});

	it('that breaks off leaves nothing', async () => {
		const before = await everything(db());
		const half = new ReadableStream({
			start: (to) => to.enqueue(utf8('Område;År;Sager\nNord;2018;120\n')),
			pull: (to) => to.error(new Error('cut'))
		});
		expect((await refused(send({ body: half, key: 'k' }))).code).toBe('data.push_cut');
		expect(await everything(db())).toBe(before);
	});
});

describe('what a push is told', () => {
	const areas = (year: number, north: number) =>
		`Område;År;Børn\nNord;${year};${north}\nSyd;${year};40\nØst;${year};12\nI alt;${year};${north + 52}\n`;

	it('is what the preview of the same file says, and stands with the version for those who bring in figures', async () => {
		// More editions than are held against a new one, and one that shows what is small under a stricter limit.
		await db()`update forums set small_number_limit = 3`;
		for (let nth = 0; nth < 13; nth++) await place.store(utf8(areas(2018, 4 + nth)));
		await db()`update forums set small_number_limit = 5`;
		const body = areas(2018, 4).replace('Syd;2018;40', 'Syd;2018;41').replace('56', '57');
		const forum = await membership(db(), place.else_, place.forumId);
		const file = { bytes: utf8(body), hash: 'x' };
		const seen = await preview(db(), place.else_, forum, file, { datasetId: place.datasetId });
		const { answer } = await send({ body, asOf: '2018-09-01', key: 'k' });
		const codes = answer.warnings!.map(({ code }) => code);
		expect(codes).toContain('data.not_held');
		expect(answer.warnings).toEqual(seen.problems.map(({ code, params }) => ({ code, params })));
		const again = await send({ body, asOf: '2018-09-01' });
		expect(again.answer).toMatchObject({ unchanged: true, warnings: answer.warnings });
		expect((await send({ body, asOf: '2018-09-01', key: 'k' })).answer).toEqual(answer);
		const told = async (person: Person) =>
			(await datasets.page(db(), person, place.datasetId)).versions[0]!.notes;
		expect(await told(place.else_)).toEqual(answer.warnings);
		for (const person of [place.jonas, place.ove, place.sigrid])
			expect(await told(person), person.name).toEqual([]);
	});

	it('is nothing where there is nothing to tell', async () => {
		expect((await send()).answer.warnings).toEqual([]);
	});
});

describe('an idempotency key', () => {
	it('is answered the same with the same bytes, and refused with others', async () => {
		const first = await send({ key: 'kørsel-1'.replace('ø', 'o') });
		const more = { key: 'korsel-1' };
		expect(await send(more)).toEqual(first);
		for (const other of [{ body: small.replace('90', '91') }, { asOf: '2018-09-01' }])
			expect(await refused(send({ ...more, ...other }))).toMatchObject({
				code: 'data.push_key_reused',
				status: 422
			});
		expect(await stored()).toBe(1);
		expect((await send({ key: 'another', body: small.replace('90', '92') })).status).toBe(201);
	});

	it('belongs to one account', async () => {
		const first = await send({ key: 'k' });
		const other = await accountFor(place.datasetId);
		const again = await send({ key: 'k', by: other });
		expect(again.answer).toMatchObject({ unchanged: true, version: first.answer.version });
	});

	it('is forgotten after some days', async () => {
		await send({ key: 'k' });
		await db()`update push_answers set at = at - interval '8 days'`;
		const { answer } = await send({ key: 'k', body: small.replace('90', '91') });
		expect(answer.version.number).toBe(2);
	});

	it('sent many times at once makes one version, and all are told the same', async () => {
		const answers = await Promise.all(Array.from({ length: 6 }, () => send({ key: 'k' })));
		expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
		expect(answers[0]!.status).toBe(201);
		expect(await stored()).toBe(1);
	});

	it('is visible ASCII', async () => {
		const key = (value?: string) => keyIn(new Headers(value ? { 'idempotency-key': value } : {}));
		expect([key(), key('a b'), key('x'.repeat(201)), key('2019-08/1')]).toEqual([
			undefined,
			null,
			null,
			'2019-08/1'
		]);
		expect((await refused(send({ key: 'a b' }))).code).toBe('data.push_key');
	});
});

test('pushes of different files at once take turns: every one is a version', async () => {
	const files = Array.from({ length: 5 }, (_, i) => small.replace('90', String(91 + i)));
	const answers = await Promise.all(files.map((body) => send({ body })));
	const numbers = answers.map(({ answer }) => answer.version.number).sort();
	expect(numbers).toEqual([1, 2, 3, 4, 5]);
});

test.each([
	['maja', 403],
	['jonas', 403],
	['sigrid', 403],
	['ove', 403],
	['nina', 404]
] as const)('who may not import does not push either: %s', async (who, status) => {
	const before = await everything(db());
	expect((await refused(send({ by: place[who] }))).status).toBe(status);
	expect(await everything(db())).toBe(before);
});

test('an account that is let in elsewhere does not find the dataset', async () => {
	const other = await place.write((tx) =>
		datasets.create(tx, place.else_, { forumId: place.forumId, title: 'Andet', definition: 'X' })
	);
	const elsewhere = await accountFor(other);
	const before = await everything(db());
	expect((await refused(send({ by: elsewhere }))).status).toBe(404);
	expect((await refused(send({ id: 'no-such-id' }))).status).toBe(404);
	expect((await refused(versions.briefly(db(), elsewhere, place.datasetId))).status).toBe(404);
	expect(await everything(db())).toBe(before);
});

test('of what a file held only places, dates and known headings are kept', () => {
	const params = { row: 7, column: 'Navn', value: 'Mette Krogh', date: '2018-08-01' };
	expect(keepable(params, ['Navn', 'År'])).toEqual({ row: 7, column: 'Navn', date: '2018-08-01' });
	expect(keepable(params, [])).toEqual({ row: 7, date: '2018-08-01' });
});
