import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const files = globSync('src/**/*.svelte').map(
	(path) => [path, readFileSync(path, 'utf8')] as const
);
const withTable = files.filter(([, text]) => /<table[\s>]/.test(text));

it('every table stands in a region that has a name and can be scrolled sideways by keyboard', () => {
	expect(withTable.length).toBeGreaterThan(15);
	const bare = withTable.filter(([, text]) => {
		const open = text.split(/<table[\s>]/).slice(0, -1);
		let before = '';
		return open.some((part) => {
			before += part;
			const [begun, ended] = [/<Scrolls\s[^>]*label/g, /<\/Scrolls>/g].map(
				(what) => before.match(what)?.length ?? 0
			);
			return begun! <= ended!;
		});
	});
	expect(bare.map(([path]) => path)).toEqual([]);
});
