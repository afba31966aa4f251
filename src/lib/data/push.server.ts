import { createHash } from 'node:crypto';
import { isRefusal, refuse, type Refusal } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { judge } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import type { Note } from './notes.ts';
import { HEADED, KEPT_DAYS, saidIn, type PushAnswer } from './push.ts';
import { keyIn, pushSchema } from './push-input.ts';
import { receive, type Upload } from './spool.server.ts';
import * as versions from './versions.server.ts';

/** Figures that come without a person at the page: they go the same way as an upload, and ask nobody. */

type Transact = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
type Answered = { status: number; answer: PushAnswer };

/**
 * One push: the file goes to the spool, then into a version, in one transaction with its answer. What is
 * refused leaves nothing, its key neither: it may be sent again under the same one.
 */
export async function push(
	db: Db,
	transact: Transact,
	account: Person,
	datasetId: string,
	request: Request
): Promise<Answered> {
	await judge(db, account, 'import', datasetId);
	const key = keyIn(request.headers);
	if (key === null) refuse('data.push_key');
	const coding = request.headers.get('content-encoding') ?? 'identity';
	if (coding !== 'identity') refuse('data.push_coding', { status: 415, coding });
	const headed = request.headers.get('content-type')?.split(';')[0] === HEADED;
	const upload = await receiveBody(request.body, request.headers, headed ? '' : '{}\n');
	const query = new URL(request.url).searchParams;
	const said = pushSchema.safeParse(saidIn(query, request.headers, upload.told));
	if (!said.success) {
		const { path, message } = said.error.issues[0]!;
		return refuse(path[0] === 'asOf' ? message : 'data.push_recipe', { status: 422 });
	}
	const input = { ...upload, ...said.data };
	const known = key && { account: account.id, key, fingerprint: printOf(datasetId, input) };
	try {
		return await transact(async (tx) => {
			const before = known ? await claim(tx, known) : null;
			if (before) return before;
			const made = await take(tx, account, datasetId, input);
			if (known)
				await tx`
					update push_answers set status = ${made.status}, answer = ${JSON.stringify(made.answer)}::text::json
					where account_id = ${known.account} and key = ${known.key}`;
			return made;
		});
	} catch (error) {
		if (isRefusal(error)) await transact((tx) => tell(tx, account, datasetId, error));
		throw error;
	}
}

/** Takes a body to the spool. One that is the file and nothing else has a line put before it. */
export function receiveBody(
	body: ReadableStream<Uint8Array> | null,
	headers: Headers,
	line = '{}\n'
): Promise<Upload> {
	if (!body) return refuse('data.empty');
	const length = headers.get('content-length');
	return receive(
		new Request('https://spool.invalid', {
			method: 'PUT',
			body: whole(body, line),
			headers: length ? { 'content-length': length } : {},
			duplex: 'half'
		} as RequestInit)
	);
}

/** The line, then the stream. One that breaks off is refused: half a file is no file. */
function whole(body: ReadableStream<Uint8Array>, line: string): ReadableStream<Uint8Array> {
	const reader = body.getReader();
	return new ReadableStream({
		start(to) {
			if (line) to.enqueue(new TextEncoder().encode(line));
		},
		async pull(to) {
			const { done, value } = await reader.read().catch(() => refuse('data.push_cut'));
			if (done) to.close();
			else to.enqueue(value);
		},
		cancel: (reason) => reader.cancel(reason)
	});
}

/** The file as the dataset's next version, or word that it is here already. */
export async function take(
	tx: Tx,
	person: Person,
	datasetId: string,
	input: Pick<versions.Import, 'bytes' | 'fileName' | 'recipe' | 'asOf'> & { hash: string }
): Promise<Answered> {
	const { hash, bytes, fileName, recipe, asOf } = input;
	const confirmations = await saidBefore(tx, datasetId);
	try {
		const stored = await tx.savepoint((inner) =>
			versions.store(inner as Tx, person, datasetId, {
				bytes,
				hash,
				fileName,
				recipe,
				asOf,
				confirmations
			})
		);
		const { number, suppressed, changes, notes } = stored;
		return {
			status: 201,
			answer: {
				dataset: datasetId,
				version: { number, asOf, hash },
				unchanged: false,
				suppressed,
				changes: changes && {
					revised: changes.revisedCount,
					new: changes.newCells,
					lost: changes.lostCells
				},
				warnings: notes
			}
		};
	} catch (error) {
		if (!isRefusal(error) || error.code !== 'data.same_file') throw error;
		return { status: 200, answer: await standing(tx, datasetId, hash) };
	}
}

type Said = NonNullable<versions.Import['confirmations']>[number];

/**
 * What a person has said of the dataset's columns holds for the files that follow by themselves; whether a
 * file is whole is said of that file only.
 */
async function saidBefore(tx: Tx, datasetId: string): Promise<Said[]> {
	const [row] = await tx<{ confirmations: Said[] }[]>`
		select confirmations from versions where dataset_id = ${datasetId} order by number desc limit 1`;
	return (row?.confirmations ?? []).filter(({ kind }) => kind !== 'whole');
}

async function standing(tx: Tx, dataset: string, hash: string): Promise<PushAnswer> {
	const [row] = await tx<{ number: number; asOf: string; suppressed: number; notes: Note[] }[]>`
		select number, as_of "asOf", suppressed, notes from versions
		where dataset_id = ${dataset} and file_hash = ${hash}`;
	const { suppressed, notes, ...version } = row!;
	return {
		dataset,
		version: { ...version, hash },
		unchanged: true,
		suppressed,
		changes: null,
		warnings: notes
	};
}

type Known = { account: string; key: string; fingerprint: string };

/** Whoever comes first with a key holds it until its answer stands; the next waits here and is given that. */
async function claim(tx: Tx, { account, key, fingerprint }: Known): Promise<Answered | null> {
	await tx`
		delete from push_answers
		where account_id = ${account} and at < now() - make_interval(days => ${KEPT_DAYS})`;
	const claimed = await tx`
		insert into push_answers (account_id, key, fingerprint) values (${account}, ${key}, ${fingerprint})
		on conflict do nothing returning key`;
	if (claimed.length > 0) return null;
	const [before] = await tx<(Answered & { fingerprint: string })[]>`
		select fingerprint, status, answer from push_answers where account_id = ${account} and key = ${key}`;
	if (before!.fingerprint !== fingerprint) refuse('data.push_key_reused', { status: 422 });
	return { status: before!.status, answer: before!.answer };
}

const printOf = (
	dataset: string,
	{ hash, asOf, recipe }: { hash: string; asOf: string; recipe?: unknown }
) =>
	createHash('sha256')
		.update(JSON.stringify([dataset, hash, asOf, recipe ?? null]))
		.digest('hex');

/** That it was refused is an act too. Only the code: the rest may come from the file. */
async function tell(tx: Tx, account: Person, datasetId: string, { code }: Refusal): Promise<void> {
	const { facts } = await judge(tx, account, 'import', datasetId);
	await record(tx, {
		person: account.id,
		verb: 'dataset.push_refused',
		kind: 'dataset',
		object: datasetId,
		forum: facts.forumId,
		detail: { code }
	});
}
