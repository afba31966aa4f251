import { expect, test } from 'vitest';
import { initials, personColour } from '#lib/ui/faces.ts';

test('a person keeps one colour, and people get several', () => {
	const ids = Array.from({ length: 50 }, () => crypto.randomUUID());
	for (const id of ids) expect(personColour(id)).toBe(personColour(id));
	expect(new Set(ids.map(personColour)).size).toBeGreaterThan(4);
});

test.each([
	['Maja Krog', 'MK'],
	['Åse', 'Å'],
	['  Jens Otto  Bruun ', 'JB'],
	['', '']
])('%j has the initials %j', (name, letters) => {
	expect(initials(name)).toBe(letters);
});
