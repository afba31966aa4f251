import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { LaunchOptions } from '@playwright/test';

/**
 * The Chromium browser tests run in: one on the path, else the one inside @sparticuz/chromium, so
 * that nothing but npm is needed. Its package's own list of arguments is not used: it has
 * --single-process, which dies at the second page.
 */
export function chromium(): LaunchOptions {
	const found = onPath('chromium', 'chromium-browser', 'google-chrome');
	const folder = found ? '' : unpack();
	return {
		executablePath: found ?? join(folder, 'chromium'),
		headless: true,
		args: [
			...(sandboxed() ? [] : ['--no-sandbox']),
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
			'--font-render-hinting=none'
		],
		// The package brings the fonts and libraries that a bare machine lacks.
		env: found
			? undefined
			: {
					...(process.env as Record<string, string>),
					FONTCONFIG_FILE: join(folder, 'fonts.conf'),
					LD_LIBRARY_PATH: join(folder, 'al2023', 'lib')
				}
	};
}

/** Chromium cannot shut itself in as root, nor where the kernel keeps user namespaces from others. */
function sandboxed(): boolean {
	return process.getuid?.() !== 0 && spawnSync('unshare', ['-U', 'true']).status === 0;
}

function onPath(...names: string[]): string | undefined {
	const folders = (process.env.PATH ?? '').split(delimiter);
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(executable);
}

function executable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

/** Unpacks once per version, whole or not at all. */
function unpack(): string {
	const manifest = readFileSync('node_modules/@sparticuz/chromium/package.json', 'utf8');
	const folder = resolve('.data', `chromium-${JSON.parse(manifest).version}`);
	if (existsSync(folder)) return folder;
	const half = `${folder}.${process.pid}`;
	mkdirSync(half, { recursive: true });
	const code = `import('@sparticuz/chromium').then((c) => c.default.executablePath())`;
	// It unpacks to the temporary folder, and its libraries only where it thinks it needs them.
	const env = { ...process.env, TMPDIR: half, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
	const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], { env });
	if (run.status !== 0) throw new Error(`Chromium could not be unpacked: ${run.stderr}`);
	const dirs = [join(folder, 'fonts'), '/usr/share/fonts'].map((dir) => `<dir>${dir}</dir>`);
	const cache = `<cachedir>${join(folder, 'cache')}</cachedir>`;
	writeFileSync(join(half, 'fonts.conf'), `<fontconfig>${dirs.join('')}${cache}</fontconfig>`);
	try {
		renameSync(half, folder);
	} catch (error) {
		rmSync(half, { recursive: true, force: true });
		if (!existsSync(folder)) throw error;
	}
	return folder;
}
