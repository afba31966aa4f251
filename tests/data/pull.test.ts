import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { pxweb, statbank, variablesIn } from '#lib/data/presets.ts';
import {
	headersIn,
	holdsSecret,
	nameIn,
	nextAt,
	OUTCOMES,
	passes,
	RHYTHMS,
	TRIES
} from '#lib/data/pull.ts';

describe('when to ask again', () => {
	const now = new Date('2026-01-01T06:00:00Z');
	const hours = (at: Date) => (at.getTime() - now.getTime()) / 3_600_000;

	it('is the next turn, unless it failed', () => {
		for (const outcome of ['stored', 'unchanged', 'refused'] as const) {
			expect(hours(nextAt(now, 'daily', { outcome, failures: 0 }))).toBe(24);
			expect(hours(nextAt(now, 'weekly', { outcome, failures: 0 }))).toBe(168);
		}
	});

	it('is later for each failure, never later than its turn, and never sooner than it was asked to', () => {
		fc.assert(
			fc.property(
				fc.constantFrom(...RHYTHMS),
				fc.constantFrom(...OUTCOMES),
				fc.integer({ min: 0, max: 40 }),
				fc.integer({ min: 0, max: 10_000_000 }),
				(rhythm, outcome, failures, seconds) => {
					const at = hours(nextAt(now, rhythm, { outcome, failures, seconds }));
					const turn = hours(nextAt(now, rhythm, { outcome: 'stored', failures: 0 }));
					expect(at).toBeGreaterThan(0);
					expect(at).toBeLessThanOrEqual(turn);
					expect(at).toBeGreaterThanOrEqual(Math.min(turn, 24, seconds / 3600) - 1e-9);
					const next = hours(nextAt(now, rhythm, { outcome, failures: failures + 1, seconds }));
					expect(next).toBeGreaterThanOrEqual(at);
				}
			)
		);
		expect(hours(nextAt(now, 'monthly', { outcome: 'failed', failures: 1 }))).toBeCloseTo(1 / 12);
		expect(hours(nextAt(now, 'weekly', { outcome: 'failed', failures: TRIES }))).toBe(168);
	});

	it('is soon only for what may go better by itself', () => {
		expect(passes('base.outside_away', {})).toBe(true);
		expect(passes('base.outside_answer', { answer: '503' })).toBe(true);
		expect(passes('base.outside_answer', { answer: '429' })).toBe(true);
		expect(passes('base.outside_answer', { answer: '404' })).toBe(false);
		expect(passes('base.outside_private', {})).toBe(false);
		expect(passes('data.unreadable', { row: 4 })).toBe(false);
	});
});

describe('what is asked', () => {
	it('holds no secret and no header that is the connection’s', () => {
		expect(headersIn('Accept: text/csv\n\n X-Version: 2 ')).toEqual({
			accept: 'text/csv',
			'x-version': '2'
		});
		for (const line of ['Host: x', 'Proxy-Connection: x', 'If-None-Match: x', 'no colon', 'A: ø'])
			expect(headersIn(line), line).toBeNull();
		for (const name of ['authorization', 'cookie', 'x-api-key', 'x-auth', 'my-token'])
			expect(holdsSecret({ [name]: 'x' }, 'https://figures.test/'), name).toBe(true);
		for (const query of ['api_key=1', 'access_token=1', 'password=1'])
			expect(holdsSecret({}, `https://figures.test/?${query}`), query).toBe(true);
		expect(holdsSecret({ accept: 'x' }, 'https://figures.test/?nogle=1&tokens_used=1')).toBe(false);
	});

	it('of Statistics Denmark is its table and variables', () => {
		const { url, method, body } = statbank('FOLK1A', 'OMRÅDE = 461, 851\nTid');
		expect({ url, method }).toEqual({ url: 'https://api.statbank.dk/v1/data', method: 'POST' });
		expect(JSON.parse(body!)).toEqual({
			table: 'FOLK1A',
			format: 'JSONSTAT',
			lang: 'da',
			variables: [
				{ code: 'OMRÅDE', values: ['461', '851'] },
				{ code: 'Tid', values: ['*'] }
			]
		});
	});

	it('of a PxWeb table is a query, with the answer as JSON-stat', () => {
		const { body } = pxweb('https://figures.test/api/v1/da/T01', 'region = 0101, 0102\ntid = *');
		expect(JSON.parse(body!)).toEqual({
			query: [
				{ code: 'region', selection: { filter: 'item', values: ['0101', '0102'] } },
				{ code: 'tid', selection: { filter: 'all', values: ['*'] } }
			],
			response: { format: 'json-stat2' }
		});
		expect(variablesIn('\n = x\n A=B=C ,\n')).toEqual([{ code: 'A', values: ['B=C'] }]);
	});

	it('names the file by its address', () => {
		expect(nameIn('https://figures.test/a/frav%C3%A6r.csv?x=1')).toBe('fravær.csv');
		expect(nameIn('https://figures.test/%E0%A4%A')).toBe('%E0%A4%A');
		expect(nameIn('https://figures.test')).toBe('figures.test');
	});
});
