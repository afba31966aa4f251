import { readFileSync } from 'node:fs';
import { understand } from '#lib/data/formats/formats.ts';

/** A process of its own that understands one file and tells the most memory it had above what it began with, and the cells. */
if (import.meta.main && process.send)
	process.once('message', ({ path }: { path: string }) => {
		understand(new TextEncoder().encode('Område;År;Børn\nNord;2018;1\nSyd;2018;2\n')); // what reading brings along
		const idle = process.memoryUsage().rss;
		const bytes = new Uint8Array(readFileSync(path));
		const { cube } = understand(bytes);
		const most = process.resourceUsage().maxRSS * 1024 - idle;
		const cells = cube.cells.reduce((sum, { size }) => sum + size, 0);
		process.send!({ most, cells, size: bytes.length }, () => process.disconnect());
	});
