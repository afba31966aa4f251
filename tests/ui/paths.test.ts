import { expect, test } from 'vitest';
import { localPath } from '#lib/ui/paths.ts';

test.each([
	['/cases/1?x=1#y', '/cases/1?x=1#y'],
	['/', '/'],
	[null, '/'],
	['', '/'],
	['https://elsewhere.example/', '/'],
	['//elsewhere.example/', '/'],
	['/\\elsewhere.example', '/'],
	['/\t/elsewhere.example', '/'],
	['\\/elsewhere.example', '/'],
	['javascript:alert(1)', '/'],
	['cases', '/']
])('after signing in, %j leads to %j', (wanted, path) => {
	expect(localPath(wanted)).toBe(path);
});
