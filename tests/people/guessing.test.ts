import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS, waitFor } from '#lib/people/guessing.ts';
import { asEmail, passwordProblem } from '#lib/people/person.ts';

describe('the wait after failures', () => {
	test('is none while they are few, then doubles, and has an end', () => {
		const { account } = LIMITS;
		const waits = [0, 4, 5, 6, 7, 8].map((failures) => waitFor(account, failures, 0));
		expect(waits).toEqual([0, 0, 1, 2, 4, 8]);
		expect(waitFor(account, 1_000_000, 0)).toBe(account.most);
	});

	test('never grows as time passes and never shrinks as failures come', () => {
		const number = fc.nat({ max: 2000 });
		fc.assert(
			fc.property(fc.constantFrom(...Object.values(LIMITS)), number, number, (limit, n, since) => {
				const wait = waitFor(limit, n, since);
				expect(wait).toBeGreaterThanOrEqual(0);
				expect(wait).toBeLessThanOrEqual(limit.most);
				expect(waitFor(limit, n, since + 1)).toBeLessThanOrEqual(wait);
				expect(waitFor(limit, n + 1, since)).toBeGreaterThanOrEqual(wait);
			})
		);
	});
});

describe('a password', () => {
	const maja = { name: 'Maja Krog Madsen', email: 'maja.krog@example.dk' };

	test.each([
		['kort', 'people.password_short'],
		['æøåæøåæøå', 'people.password_short'],
		['x'.repeat(201), 'people.password_long'],
		['aaaaaaaaaaaa', 'people.password_guessable'],
		['Maja Krog Madsen', 'people.password_guessable'],
		['MAJA.KROG@example.dk', 'people.password_guessable'],
		['en lille sætning', null],
		['👩‍🚀👩‍🚀 to astronauter', null]
	])('%s: %s', (password, problem) => {
		expect(passwordProblem(password, maja)).toBe(problem);
	});
});

test('an address is compared without case and space around it', () => {
	expect(asEmail('  Maja@Example.DK ')).toBe('maja@example.dk');
});
