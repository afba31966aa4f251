import { describe, expect, it, test } from 'vitest';
import * as breaks from '#lib/data/breaks.server.ts';
import * as derived from '#lib/data/derived.server.ts';
import * as mappings from '#lib/data/mappings.server.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import type { Person } from '#lib/people/person.ts';
import { utf8 } from './bytes.ts';
import { everything, refused } from './place.ts';
import { place, onTheDesk, db, both, map } from './desk.ts';

/** What persons say of a dataset's figures: breaks, formulas. Versions never change by it. */

onTheDesk();

const BREAK = { measure: 'anbragte', period: '2018', reason: 'Ny opgørelse' };

describe('a break', () => {
	it('is said anew and ended, and what was said before stays on record', async () => {
		await both();
		const said = async () => await breaks.breaksOf(db(), [place.datasetId]);
		const id = await place.write((tx) => breaks.mark(tx, place.else_, place.datasetId, BREAK));
		const [row] = await db()`select * from series_breaks where id = ${id}`;
		const next = await place.write((tx) =>
			breaks.edit(tx, place.else_, place.datasetId, id, {
				...BREAK,
				reason: 'Nyt register',
				because: 'Forkert begrundelse'
			})
		);
		expect(await said()).toMatchObject([{ reason: 'Nyt register' }]);
		await place.write((tx) =>
			breaks.end(tx, place.else_, place.datasetId, next, 'Der er intet brud')
		);
		expect(await said()).toEqual([]);
		expect(await breaks.lines(db(), place.datasetId)).toMatchObject([
			{ reason: 'Ny opgørelse', ended: { reason: 'Forkert begrundelse', byName: 'Else Winther' } },
			{ reason: 'Nyt register', ended: { reason: 'Der er intet brud' } }
		]);
		expect((await db()`select * from series_breaks where id = ${id}`)[0]).toEqual(row);
		await expect(
			db()`update series_breaks set reason = 'noget andet' where id = ${id}`
		).rejects.toThrow();
		await place.write((tx) => breaks.mark(tx, place.else_, place.datasetId, BREAK));
		expect(await said()).toHaveLength(1);
	});

	it('corrected to what cannot be is left as it stood', async () => {
		await both();
		const id = await place.write((tx) => breaks.mark(tx, place.else_, place.datasetId, BREAK));
		const before = await everything(db());
		const wrong = { ...BREAK, period: '1999', because: 'x' };
		const trying = place.write((tx) => breaks.edit(tx, place.else_, place.datasetId, id, wrong));
		expect((await refused(trying)).code).toBe('data.no_such_period');
		expect(await everything(db())).toBe(before);
	});
});

const RATE = {
	label: 'Anbragte pr. 1.000 børn',
	kind: 'rate' as const,
	numerator: 'anbragte',
	denominator: 'boern',
	per: 1000,
	basePeriod: '',
	decimals: 1,
	reason: 'Så områder kan ses ved siden af hinanden'
};
const derive = (input: Partial<typeof RATE> | object = {}, who: Person = place.else_) =>
	place.write((tx) => derived.add(tx, who, place.datasetId, { ...RATE, ...input }));

describe('a derived measure', () => {
	it('is worked out from stored cells as it is read, and its formula is what is kept', async () => {
		const [one] = await both();
		await derive();
		await derive({ label: 'Andel', kind: 'share' });
		await derive({ label: 'Indeks', kind: 'index', basePeriod: '2017', denominator: '' });
		const [rate, share, index] = await derived.list(db(), place.datasetId);
		const numbers = async (of: derived.Derived) =>
			(await derived.derivedTable(db(), one.id, of, '')).rows.map(({ labels, cells }) => [
				labels[0],
				...cells.map(({ value }) => value && Math.round(value * 10) / 10)
			]);
		expect(await numbers(rate!)).toEqual([
			['Nord', 100, 100],
			['Syd', 100, 150]
		]);
		expect(await numbers(share!)).toEqual([
			['Nord', 10, 10],
			['Syd', 10, 15]
		]);
		expect(await numbers(index!)).toEqual([
			['Nord', 100, 105],
			['Syd', 100, 133.3]
		]);
		expect(rate).toMatchObject({
			formula: { kind: 'rate', numerator: 'anbragte', denominator: 'boern', per: 1000 },
			byName: 'Else Winther',
			ended: null
		});
	});

	it('is absent where a part is suppressed, and missing where one is missing or the whole is nought', async () => {
		const stored = await place.store(
			utf8(
				'Område;År;Børn;Anbragte\nNord;2018;100;3\nSyd;2018;0;0\nØst;2018;50;..\nVest;2018;40;10\n'
			)
		);
		await derive();
		const [rate] = await derived.list(db(), place.datasetId);
		const { rows } = await derived.derivedTable(db(), stored.id, rate!, '');
		expect(Object.fromEntries(rows.map(({ labels, cells }) => [labels[0], cells[0]]))).toEqual({
			Nord: { value: null, status: 's' },
			Syd: { value: null, status: 'm' },
			Øst: { value: null, status: 'm' },
			Vest: { value: 250, status: 'v' }
		});
	});

	test.each([
		['over itself', { denominator: 'anbragte' }, 'data.derived_same'],
		['over nothing', { denominator: '' }, 'data.no_such_measure'],
		['of what is not there', { numerator: 'x' }, 'data.no_such_measure'],
		['against no period', { kind: 'index', basePeriod: '1999' }, 'data.no_such_period']
	])('is refused %s', async (_, input, code) => {
		await both();
		const before = await everything(db());
		expect((await refused(derive(input))).code).toBe(code);
		expect(await everything(db())).toBe(before);
	});

	it('is ended with a reason and stays on record', async () => {
		await both();
		const id = await derive();
		const end = () =>
			place.write((tx) => derived.end(tx, place.else_, place.datasetId, id, 'Bruges ikke'));
		await end();
		expect(await derived.list(db(), place.datasetId)).toMatchObject([
			{ id, ended: { reason: 'Bruges ikke', byName: 'Else Winther' } }
		]);
		expect((await refused(end())).status).toBe(404);
	});
});

test('all of it is said by those who may describe the dataset, and by nobody else', async () => {
	await both();
	const breakId = await place.write((tx) => breaks.mark(tx, place.else_, place.datasetId, BREAK));
	const mappingId = await map();
	const derivedId = await derive();
	const { datasetId } = place;
	const verbs: Record<string, (tx: Tx, who: Person) => Promise<unknown>> = {
		mark: (tx, who) => breaks.mark(tx, who, datasetId, { ...BREAK, measure: 'boern' }),
		endBreak: (tx, who) => breaks.end(tx, who, datasetId, breakId, 'x'),
		editBreak: (tx, who) => breaks.edit(tx, who, datasetId, breakId, { ...BREAK, because: 'x' }),
		unmap: (tx, who) => mappings.end(tx, who, datasetId, mappingId, 'x'),
		derive: (tx, who) => derived.add(tx, who, datasetId, RATE),
		underive: (tx, who) => derived.end(tx, who, datasetId, derivedId, 'x')
	};
	const back = new Error('rolled back');
	const attempt = (verb: (tx: Tx, who: Person) => Promise<unknown>, who: Person) =>
		place
			.write(async (tx) => {
				await verb(tx, who);
				throw back;
			})
			.catch((error) => (error === back ? 'done' : (error as { status: number }).status));
	const before = await everything(db());
	for (const [name, verb] of Object.entries(verbs)) {
		// Else made it and is an analyst; Tove sits in the dataset's department.
		for (const who of [place.else_, place.tove])
			expect(await attempt(verb, who), name).toBe('done');
		for (const who of [place.jonas, place.maja, place.sigrid, place.ove])
			expect(await attempt(verb, who), `${name} ${who.name}`).toBe(403);
		expect(await attempt(verb, place.nina), name).toBe(404);
	}
	expect(await everything(db())).toBe(before);
});
