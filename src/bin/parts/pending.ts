/** Until shared editing and reactions have landed: they are used when they are there. */
type Stops = { stop: () => unknown };
const none: Stops = { stop: () => undefined };

async function when(path: string, name: string): Promise<(...args: unknown[]) => Promise<Stops>> {
	const module = await import(path).catch((error) => {
		if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
	});
	return module?.[name] ?? (async () => none);
}
export const attach = await when('#lib/document/sync/attach.server.ts', 'attach');
export const startWorker = await when('#lib/thread/worker.server.ts', 'startWorker');
