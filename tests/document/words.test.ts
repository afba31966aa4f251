import { expect, test } from 'vitest';
import { CLOSING, type Closing } from '#lib/document/closing.ts';
import { closedWord, sinceWord } from '#lib/document/words.ts';
import { overwriteGetLocale } from '#paraglide/runtime.js';

const facts = {
	pause: undefined,
	since: null,
	kept: true,
	readonly: true,
	trouble: false,
	away: false
};

test.each(['da', 'en'] as const)('every close code has a sentence of its own (%s)', (locale) => {
	overwriteGetLocale(() => locale);
	const said = (Object.keys(CLOSING) as Closing[]).map((refusal) =>
		closedWord({ ...facts, refusal })
	);
	expect(new Set(said).size).toBe(said.length);
	for (const words of said) expect(words.length).toBeGreaterThan(10);
	const unsaved = { ...facts, refusal: 'sign_in' as const, since: new Date() };
	expect(closedWord(unsaved)).not.toBe(closedWord({ ...unsaved, kept: false }));
});

test('time without saving is told in what one counts in', () => {
	overwriteGetLocale(() => 'en');
	expect([8, 119, 300, 3 * 3600, 72 * 3600].map(sinceWord)).toEqual([
		'8 s',
		'119 s',
		'5 min',
		'3 h',
		'3 days'
	]);
});
