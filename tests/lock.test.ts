import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

type Entry = { dependencies?: object; optionalDependencies?: object };
const lock = JSON.parse(await readFile('package-lock.json', 'utf8'));
const packages = lock.packages as Record<string, Entry>;

test('the lock names the packages of every platform, or `npm ci` refuses it on a bare machine', () => {
	const missing = Object.entries(packages).flatMap(([path, entry]) =>
		Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
			.filter((name) => !found(path, name))
			.map((name) => `${path || 'the project'} → ${name}`)
	);
	expect(missing).toEqual([]);
});

test('the lock says nothing about where packages were fetched', () => {
	expect(JSON.stringify(lock)).not.toContain('"resolved"');
});

/** As Node looks it up: in the package's own node_modules, then in those above. */
function found(path: string, name: string): boolean {
	for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
		if (packages[`${at ? `${at}/` : ''}node_modules/${name}`]) return true;
		if (at === '') return false;
	}
}
