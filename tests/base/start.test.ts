import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

/** A clone that no command was run in: nothing is compiled. Only its packages are there. */
const clone = await mkdtemp(join(tmpdir(), 'raadslag-clone-'));
afterAll(() => rm(clone, { recursive: true }));

test('the first command in a fresh clone compiles the words it needs, and prints nothing but its answer', async () => {
	for (const name of ['package.json', 'package-lock.json', 'tsconfig.json'])
		await cp(name, join(clone, name));
	const compiled = resolve('src/paraglide');
	await cp('src', join(clone, 'src'), {
		recursive: true,
		filter: (path) => resolve(path) !== compiled
	});
	await symlink(resolve('node_modules'), join(clone, 'node_modules'));
	await writeFile(join(clone, 'tal.csv'), 'Område;År;Børn\nSkovbrynet;2018;412\n');
	await expect(stat(join(clone, 'src/paraglide'))).rejects.toThrow('ENOENT');

	const run = promisify(execFile);
	const { stdout, stderr } = await run(
		process.execPath,
		['src/bin/start.js', 'describe', 'tal.csv'],
		{ cwd: clone }
	);
	expect(JSON.parse(stdout)).toMatchObject({ class: 'dataset', value: [412] });
	expect(stderr).toBe('');
	const none = run(process.execPath, ['src/bin/start.js', 'describe', 'ingen.csv'], { cwd: clone });
	await expect(none).rejects.toMatchObject({
		code: 1,
		stdout: '',
		stderr: 'There is no file at ingen.csv.\n'
	});
	const words = await readFile(join(clone, 'src/paraglide/messages.js'), 'utf8');
	expect(words.length).toBeGreaterThan(100);
});
