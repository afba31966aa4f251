import type { Db } from '#lib/base/sql.server.ts';
import { plainText, type Content } from './content.ts';
import { look, read } from './convert.server.ts';
import { HEAVY, type Away } from './sync/away.server.ts';

/**
 * The text as rows, for pages, search and export: made from the log, at one number of it. What it says is
 * true as long as it stands at the document's own number; else the log is asked.
 */

/** The log holds something no text can be made of. Says which document, never what is in it. */
export class Unreadable extends Error {
	readonly documentId: string;

	constructor(documentId: string, cause: unknown) {
		super('a text that cannot be read', { cause });
		this.name = 'Unreadable';
		this.documentId = documentId;
	}
}

type LogRow = { epoch: number; seq: number; bytes: Uint8Array | null };

/**
 * Brings one document's projection up to its log. Does nothing when it is there already, and never puts an
 * older text in a newer one's place, so it may run twice, or on two nodes at once. Returns whether it wrote. A long text is read `away`, if
 * there is such a place.
 */
export async function project(db: Db, documentId: string, away?: Away): Promise<boolean> {
	// One statement is one moment: number and updates fit, whatever is written or merged meanwhile.
	const rows = await db<LogRow[]>`
		select d.epoch, d.seq::float8, u.bytes
		from documents d
		left join document_texts t on t.document_id = d.id
		left join document_updates u on u.document_id = d.id
		where d.id = ${documentId} and (t.epoch, t.seq) is distinct from (d.epoch, d.seq)
		order by u.seq`;
	const [first] = rows;
	if (!first) return false;
	const updates = rows.flatMap(({ bytes }) => bytes ?? []);
	const content = await contentOf(updates, away).catch((error: unknown) => {
		throw new Unreadable(documentId, error);
	});
	try {
		return await store(db, documentId, first, content);
	} catch (error) {
		throw refusesText(error) ? new Unreadable(documentId, error) : error;
	}
}

/** The text by section where the projection stands at the document's number, else null. */
export async function standing(
	db: Db,
	documentId: string
): Promise<Record<string, Content> | null> {
	const [row] = await db<{ content: Record<string, Content> }[]>`
		select t.content from document_texts t join documents d on d.id = t.document_id
		where d.id = ${documentId} and (t.epoch, t.seq) = (d.epoch, d.seq)`;
	return row?.content ?? null;
}

/** Documents whose projection is behind their log, but these. */
export async function behind(db: Db, but: string[], limit: number): Promise<string[]> {
	const rows = await db<{ id: string }[]>`
		select d.id from documents d left join document_texts t on t.document_id = d.id
		where (t.epoch, t.seq) is distinct from (d.epoch, d.seq) and d.id <> all(${but}::uuid[])
		limit ${limit}`;
	return rows.map(({ id }) => id);
}

async function store(
	db: Db,
	documentId: string,
	{ epoch, seq }: LogRow,
	content: Record<string, Content>
): Promise<boolean> {
	const text = Object.values(content).map(plainText).filter(Boolean).join('\n\n');
	const stored = await db`
		insert into document_texts (document_id, epoch, seq, content, text)
		values (${documentId}, ${epoch}, ${seq}, ${db.json(content as never)}, ${text})
		on conflict (document_id) do update set epoch = excluded.epoch, seq = excluded.seq,
			content = excluded.content, text = excluded.text, at = clock_timestamp()
		where (document_texts.epoch, document_texts.seq) < (excluded.epoch, excluded.seq)
		returning 1`;
	return stored.length > 0;
}

async function contentOf(updates: Uint8Array[], away?: Away): Promise<Record<string, Content>> {
	const size = updates.reduce((sum, { length }) => sum + length, 0);
	return away && size > HEAVY ? await away.do('text', updates) : await look(updates, read);
}

/** Postgres took the question and refused the text in it: too large, or no text to it. */
function refusesText(error: unknown): boolean {
	return error instanceof Error && 'code' in error && /^(22|54)/.test(String(error.code));
}
