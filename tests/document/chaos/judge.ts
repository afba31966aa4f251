import * as Y from 'yjs';
import { readAfter } from '#lib/document/sync/log.server.ts';
import { eventually } from '../../support/eventually.ts';
import type { SyncNode } from '../../support/sync-node.ts';
import { Line } from './line.ts';
import { Page } from './page.ts';
import { random } from './random.ts';
import type { Run } from './run.ts';

/**
 * Holds a finished run against the log. Throws a sentence for the first thing that is not as it must be.
 * A node may still be writing what a page that is gone had sent it: then the log has grown meanwhile, and
 * it is judged again.
 */
export async function judge(run: Run): Promise<void> {
	for (let before = await lengthOf(run); ;) {
		try {
			return await judgeNow(run);
		} catch (error) {
			const now = await lengthOf(run);
			if (now === before) throw error;
			before = now;
		}
	}
}

async function lengthOf(run: Run): Promise<number> {
	const [row] = await run.bed.sql<{ seq: number }[]>`
		select seq::float8 from documents where id = ${run.document}`;
	return row!.seq;
}

async function judgeNow(run: Run): Promise<void> {
	await atRest(run).finally(() => {
		if (run.bed.deaths.length > 0)
			throw new Error(`a node died by itself: ${run.bed.deaths.splice(0).join('\n')}`);
	});
	for (const page of run.pages)
		if (page.refused && page.refused !== 'closed')
			throw new Error(`${page.name}, who did nothing wrong, was sent away: ${page.refused}`);
	const log = await fromLog(run);
	for (const { what, claims } of run.claims) {
		const missing = claims.missingIn(log);
		if (missing) throw new Error(`${what} what is not in the log: ${missing}`);
	}
	await judgeNumbers(run, log);
	await judgeKeeps(run);
	await judgeClosing(run);
	await judgeFresh(run, log);
}

/** Every page says saved, and holds what the log holds. */
async function atRest(run: Run): Promise<void> {
	let wanting: string | null = null;
	const look = async () => {
		const unsettled = run.pages.find((page) => !page.settled);
		if (unsettled) {
			const { provider, ledger } = unsettled;
			const { wsconnected, synced } = provider;
			wanting = `${unsettled.name}: connected ${wsconnected}, synchronised ${synced}, unsaved ${ledger.unsaved}`;
			return false;
		}
		const log = await fromLog(run);
		for (const page of run.pages) {
			if (page.refused) continue;
			wanting = difference(page.doc, log);
			if (wanting) wanting = `${page.name} and the log differ: ${wanting}`;
			if (wanting) return false;
		}
		return true;
	};
	await eventually(look, { within: 15_000 }).catch((error) => {
		throw new Error(`it never came to rest: ${wanting ?? error}`);
	});
}

/** Numbers are given out without gaps; what compaction left is the same text as what was ever written. */
async function judgeNumbers(run: Run, log: Y.Doc): Promise<void> {
	const { sql } = run.bed;
	const written = await sql<{ seq: number; bytes: Uint8Array }[]>`
		select seq::float8, bytes from chaos_account where document_id = ${run.document} order by seq`;
	written.forEach(({ seq }, index) => {
		if (seq !== index + 1) throw new Error(`number ${index + 1} was never given out, ${seq} was`);
	});
	const [row] = await sql<{ seq: number }[]>`
		select seq::float8 from documents where id = ${run.document}`;
	if (row!.seq !== written.length)
		throw new Error(`the document says ${row!.seq}, its log has ${written.length} numbers`);
	const rows = await readAfter(sql, run.document, 0);
	rows.forEach(({ seq }, index) => {
		if (index > 0 && seq !== rows[index - 1]!.seq + 1) throw new Error(`a gap before ${seq}`);
	});
	const whole = docOf(written.map(({ bytes }) => bytes));
	const lost = difference(log, whole);
	if (lost) throw new Error(`the log is not what was written to it: ${lost}`);
}

/** A keep holds exactly the log up to its number, and all that anybody knew of before. */
async function judgeKeeps(run: Run): Promise<void> {
	const keeps = await run.bed.sql<{ id: string; seq: number; bytes: Uint8Array }[]>`
		select id, seq::float8, bytes from document_keeps where document_id = ${run.document}`;
	for (const { id, seq, bytes } of keeps) {
		const kept = docOf([bytes]);
		const rows = await run.bed.sql<{ bytes: Uint8Array }[]>`
			select bytes from chaos_account where document_id = ${run.document} and seq <= ${seq}`;
		const differs = difference(kept, docOf(rows.map((row) => row.bytes)));
		if (differs) throw new Error(`a keep is not the log up to its number: ${differs}`);
		const missing = run.keeps.find((keep) => keep.id === id)?.before.missingIn(kept);
		if (missing) throw new Error(`a keep lacks what was known before it: ${missing}`);
	}
}

async function judgeClosing(run: Run): Promise<void> {
	const [closed] = await run.bed.sql<{ seq: number; now: number }[]>`
		select c.seq::float8, d.seq::float8 now from chaos_closed c join documents d on d.id = c.document_id
		where c.document_id = ${run.document}`;
	if (!closed) {
		const strange = run.pages.find((page) => page.ended);
		if (strange) throw new Error(`${strange.name} was told the text is closed, and it is not`);
		return;
	}
	if (closed.now !== closed.seq)
		throw new Error(`closed at ${closed.seq}, and yet the log goes to ${closed.now}`);
	const untold = run.pages.find((page) => !page.ended && !page.refused);
	if (untold) throw new Error(`${untold.name} was never told that the text is closed`);
}

/** A page opened just now, on each node, has the same as everyone. */
async function judgeFresh(run: Run, log: Y.Doc): Promise<void> {
	const { token } = run.bed.people[0]!;
	const look = async (node: SyncNode | null) => {
		const line = await Line.open(() => node?.port ?? null);
		const options = { name: 'a fresh page', token, document: run.document, line, reads: true };
		const page = new Page(options, random(1));
		await eventually(() => page.provider.synced, { what: 'a fresh page synchronised' });
		const differs = difference(page.doc, log);
		page.leave();
		await line.close();
		if (differs) throw new Error(`a fresh page and the log differ: ${differs}`);
	};
	await Promise.all(run.bed.nodes.map(look));
}

async function fromLog(run: Run): Promise<Y.Doc> {
	return docOf((await readAfter(run.bed.sql, run.document, 0)).map((row) => row.bytes));
}

function docOf(updates: Uint8Array[]): Y.Doc {
	const doc = new Y.Doc();
	doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)));
	return doc;
}

/** How two documents differ, in words: what they know, what they have deleted, what they say. */
function difference(one: Y.Doc, other: Y.Doc): string | null {
	for (const doc of [one, other])
		if (doc.store.pendingStructs || doc.store.pendingDs) return 'one waits for something missing';
	const [a, b] = [Y.snapshot(one), Y.snapshot(other)];
	for (const client of new Set([...a.sv.keys(), ...b.sv.keys()]))
		if (a.sv.get(client) !== b.sv.get(client))
			return `edits of ${client} go to ${a.sv.get(client)}, and to ${b.sv.get(client)}`;
	if (!Y.equalSnapshots(a, b)) return 'they have deleted different things';
	for (const name of new Set([...one.share.keys(), ...other.share.keys()])) {
		const [x, y] = [one, other].map((doc) => doc.getXmlFragment(name).toString());
		if (x !== y) return `${name} reads "${x}", and "${y}"`;
	}
	return null;
}
