import { connect } from '#lib/base/sql.server.ts';
import { receive } from '#lib/data/spool.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import type { Person } from '#lib/people/person.ts';
import type { Tx } from '#lib/base/sql.server.ts';

/** A process that takes a file in and stores it, and kills itself where it is told to. */
export type Order = {
	url: string;
	person: Person;
	datasetId: string;
	dieAt: 'receiving' | 'never' | number;
};

const die = () => process.kill(process.pid, 'SIGKILL');

function upload(dieAt: Order['dieAt']): Request {
	const lines = ['{}', 'Område;År;Tal'];
	for (let row = 0; row < 60_000; row++)
		lines.push(`Mærkeligby ${row % 600};${1900 + Math.floor(row / 600)};${row * 7}`);
	const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
	let sent = 0;
	const body = new ReadableStream<Uint8Array>({
		pull(to) {
			if (sent > bytes.length / 2 && dieAt === 'receiving') die();
			if (sent >= bytes.length) return to.close();
			to.enqueue(bytes.subarray(sent, (sent += 64 * 1024)));
		}
	});
	return new Request('http://upload.test', { method: 'PUT', body, duplex: 'half' } as RequestInit);
}

if (import.meta.main && process.send)
	process.once('message', async ({ url, person, datasetId, dieAt }: Order) => {
		const sql = connect(url, { max: 2 });
		const { bytes, hash } = await receive(upload(dieAt));
		const onprogress = (share: number) => {
			if (typeof dieAt === 'number' && share >= dieAt) die();
		};
		await sql.begin((tx) =>
			versions.store(tx as Tx, person, datasetId, {
				bytes,
				hash,
				fileName: 'tal.csv',
				asOf: '2019-01-01',
				onprogress
			})
		);
		await sql.end();
		process.disconnect();
	});
