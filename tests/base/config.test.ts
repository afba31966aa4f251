import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { parseConfig } from '#lib/base/config.server.ts';

test('nothing set gives the embedded Postgres on port 3000', () => {
	expect(parseConfig({})).toMatchObject({ port: 3000, databaseUrl: undefined, dataDir: '.data' });
	expect(parseConfig({ PORT: '' })).toMatchObject({ port: 3000 });
});

test('a wrong value is named in one line, and never repeated: it may hold a password', () => {
	const secret = 'mysql://me:hemmelig@db/x';
	let said = '';
	try {
		parseConfig({ PORT: 'three', DATABASE_URL: secret, ORIGIN: 'raadslag' });
	} catch (error) {
		said = (error as Error).message;
	}
	expect(said).toContain('PORT');
	expect(said).toContain('DATABASE_URL: must begin with postgres://');
	expect(said).toContain('ORIGIN');
	expect(said).not.toContain('hemmelig');
	expect(said).not.toContain('\n');
});

test('an address keeps only its origin', () => {
	expect(parseConfig({ ORIGIN: 'https://forum.example.dk/path' }).origin).toBe(
		'https://forum.example.dk'
	);
});

test.each(['server', 'demo', 'migrate', 'worker'])(
	'%s stops at a wrong value with one clear line',
	(command) => {
		const { status, stderr } = spawnSync(process.execPath, [`src/bin/${command}.ts`], {
			env: { ...process.env, PORT: 'three' },
			encoding: 'utf8'
		});
		expect(status).toBe(1);
		expect(stderr).toBe('Configuration: PORT: must be a whole number from 0 to 65535\n');
	}
);
