import { expect, test } from 'vitest';
import { closed } from '#lib/base/format.ts';

test.each([
	['Skolerne tæller halve dage', 'Skolerne tæller halve dage.'],
	['Skolerne tæller halve dage. ', 'Skolerne tæller halve dage.'],
	['Hvem tæller?', 'Hvem tæller?'],
	['Nyt register (fra 2016)', 'Nyt register (fra 2016).'],
	['Det hedder nu »elev.«', 'Det hedder nu »elev.«']
])('what somebody wrote can be followed by a sentence: %s', (written, ended) => {
	expect(closed(written)).toBe(ended);
});
