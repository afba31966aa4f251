import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

/**
 * Shared editing in development: the same upgrade on Vite's own server, on its own paths only, so reloading
 * of changed files goes on untouched. The module is loaded by Node, not Vite: there it shares the process's
 * pool, and Vite's copy of this file has no way to resolve `#lib`.
 */
export function sync(): Plugin {
	return {
		name: 'raadslag-sync',
		apply: 'serve',
		configureServer(server) {
			const { httpServer } = server;
			if (!httpServer || process.env.VITEST) return;
			const load = (path: string) => import(pathToFileURL(join(server.config.root, path)).href);
			const attached = Promise.all([
				load('src/lib/document/sync/attach.server.ts'),
				load('src/lib/base/sql.server.ts')
			]).then(([{ attach }, { sql }]) => attach(httpServer, { sql: sql(), others: 'leave' }));
			attached.catch((error) => server.config.logger.error(`shared editing: ${error.message}`));
			httpServer.once('close', () => void attached.then(({ stop }) => stop()).catch(() => {}));
		}
	};
}
