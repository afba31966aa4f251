import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, sha256 } from '#lib/decision/canonical.ts';
import { check, type DecisionRecord, verify } from '#lib/decision/record.ts';

describe('the canonical form', () => {
	it('follows the examples of RFC 8785', () => {
		const value = {
			numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
			string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
			literals: [null, true, false]
		};
		expect(canonical(value)).toBe(
			'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
		);
	});

	it('puts keys in UTF-16 order', () => {
		const keys = {
			'\u20ac': 1,
			'\r': 2,
			'1': 3,
			'\u{1f600}': 4,
			'\u0080': 5,
			'\u00f6': 6,
			'\ufb33': 7
		};
		expect(Object.values(JSON.parse(canonical(keys)))).toHaveLength(7);
		expect(canonical(keys).match(/:(\d)/g)).toEqual([':2', ':3', ':5', ':6', ':1', ':4', ':7']);
	});

	it.each([NaN, Infinity, new Date(), '\ud800', () => 1, undefined])(
		'has no form for %s, and says so',
		(value) => expect(() => canonical({ value: [value] })).toThrow(TypeError)
	);

	const json = fc.jsonValue({ noUnicodeString: false }).filter((value) => isWellFormed(value));

	it('is the same whatever order the keys were written in, and reads back as the same value', () => {
		fc.assert(
			fc.property(json, (value) => {
				expect(canonical(turned(value))).toBe(canonical(value));
				expect(canonical(JSON.parse(canonical(value)))).toBe(canonical(value));
			})
		);
	});

	it('is hashed as sha256 of its UTF-8', async () => {
		await fc.assert(
			fc.asyncProperty(json, async (value) => {
				const other = createHash('sha256').update(canonical(value), 'utf8').digest('hex');
				expect(await sha256(value)).toBe(other);
			})
		);
	});
});

describe('an exported record is checked', () => {
	const record = {
		decision: { id: 'housing', wording: 'Planen udvides til otte områder.' },
		figures: [{ cells: [{ coordinates: { area: 'Mølleparken', year: '2017' }, value: 41 }] }]
	} as unknown as DecisionRecord;
	const file = async (changed: unknown = record) =>
		JSON.stringify({ record: changed, hash: await sha256(record) });
	const kept = async (id: string) => (id === 'housing' ? await sha256(record) : null);

	it('is intact as it was, also when a program wrote its keys in another order', async () => {
		expect(await verify(record, await sha256(record))).toBe(true);
		expect(await check(await file(turned(record)), kept)).toMatchObject({ result: 'intact' });
	});

	it('is altered when one value moved', async () => {
		const moved = structuredClone(record);
		moved.figures[0]!.cells[0]!.value = 48;
		expect(await check(await file(moved), kept)).toMatchObject({ result: 'altered' });
		const rehashed = JSON.stringify({ record: moved, hash: await sha256(moved) });
		expect(await check(rehashed, kept)).toMatchObject({ result: 'altered' });
	});

	it('is unknown when this house keeps no such decision, unreadable when it is no export', async () => {
		const stranger = { ...record, decision: { ...record.decision, id: 'other' } };
		expect(await check(await file(stranger), kept)).toMatchObject({ result: 'unknown' });
		for (const text of ['', '{', 'null', '[]', '{"record":1}', '{"record":{},"hash":"a"}'])
			expect(await check(text, kept)).toEqual({ result: 'unreadable', decisionId: null });
	});
});

function turned(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(turned);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.reverse()
			.map(([key, member]) => [key, turned(member)])
	);
}

function isWellFormed(value: unknown): boolean {
	return JSON.stringify(value).isWellFormed() && !/\\ud[89a-f]/i.test(JSON.stringify(value));
}
