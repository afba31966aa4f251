import type { Sql } from '#lib/base/sql.server.ts';
import { startPuller } from '#lib/data/puller.server.ts';
import { startProjector } from '#lib/document/projector.server.ts';
import { startWorker } from '#lib/thread/worker.server.ts';

/** What goes on behind the pages: reactions to what was done, the text as rows, and figures fetched by the clock. */
export async function startWork(sql: Sql): Promise<{ stop(): Promise<void> }> {
	const jobs = await Promise.all([startWorker(sql), startProjector(sql), startPuller(sql)]);
	return {
		async stop() {
			await Promise.all(jobs.map((job) => job.stop()));
		}
	};
}
