import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The peers, exactly these versions, in a folder of their own: they are no part of the product. ws and yjs
 * are named to keep them at ours; @y/websocket-server brings an older ws of its own and keeps it.
 */
const PEERS = resolve('.data/bench/peers');
const VERSIONS = {
	'@y/websocket-server': '0.1.1',
	'y-leveldb': '0.1.2',
	'@hocuspocus/server': '4.7.0',
	'@hocuspocus/extension-database': '4.7.0',
	'y-protocols': '1.0.7',
	yjs: '13.6.33',
	ws: '8.23.0'
};

/** Fetches them when they are not there. */
export function readyPeers(): void {
	mkdirSync(PEERS, { recursive: true });
	const wanted = Object.entries(VERSIONS);
	if (wanted.every(([name, version]) => installed(name) === version)) return;
	console.log('Fetching the peers …');
	writeFileSync(join(PEERS, 'package.json'), JSON.stringify({ private: true }));
	const names = wanted.map(([name, version]) => `${name}@${version}`);
	const flags = ['--no-audit', '--no-fund', '--save-exact', '--loglevel=error'];
	const run = spawnSync('npm', ['install', '--prefix', PEERS, ...flags, ...names], {
		cwd: PEERS,
		stdio: ['ignore', 'ignore', 'inherit']
	});
	if (run.status !== 0) throw new Error('the peers could not be fetched');
}

/** A file of a peer's. Its types are its own affair. */
export async function peer(file: string) {
	return await import(pathToFileURL(join(PEERS, 'node_modules', file)).href);
}

function installed(name: string): string | undefined {
	const manifest = join(PEERS, 'node_modules', name, 'package.json');
	return existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).version : undefined;
}
