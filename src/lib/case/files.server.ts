import { createHash } from 'node:crypto';
import { refuse } from '#lib/base/errors.ts';
import type { Db, Tx } from '#lib/base/sql.server.ts';
import { hasCprInText } from '#lib/data/personal.ts';
import { judge } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { judgeFile, MOST_FILE_BYTES } from './file.ts';

/** Files put forward as evidence: kept as they came, and read by those who may read the case. */

export type Upload = { name: string; bytes: Uint8Array };
export type Checked = Upload & { type: string };

/** The file as it will be kept, or why it is not taken. */
export function checked(file: Upload): Checked {
	const judged = judgeFile(file.name, file.bytes);
	if (judged.code !== undefined)
		return refuse(judged.code, { field: 'file', limit: MOST_FILE_BYTES / 1024 / 1024 });
	// Only text is looked into: what stands in a report is its sender's, and the form asks for none.
	if (judged.type.startsWith('text/') && hasCprInText(new TextDecoder().decode(file.bytes)))
		refuse('case.file_cpr', { field: 'file' });
	return { name: judged.name, type: judged.type, bytes: file.bytes };
}

/** The caller holds the case and has judged. */
export async function keep(tx: Tx, evidenceId: string, { name, type, bytes }: Checked) {
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	await tx`
		insert into evidence_files (evidence_id, name, type, size, sha256, bytes)
		values (${evidenceId}, ${name}, ${type}, ${bytes.length}, ${sha256}, ${Buffer.from(bytes)})`;
}

/** One file of a case, for whoever may read the case; of any other case it is not found. */
export async function read(
	db: Db,
	person: Person,
	caseId: string,
	evidenceId: string
): Promise<Checked> {
	await judge(db, person, 'read', caseId);
	if (!/^[0-9a-f-]{36}$/i.test(evidenceId)) return refuse('base.not_found', { status: 404 });
	const [file] = await db<Checked[]>`
		select f.name, f.type, f.bytes from evidence_files f join evidence e on e.id = f.evidence_id
		where e.case_id = ${caseId} and f.evidence_id = ${evidenceId}`;
	return file ?? refuse('base.not_found', { status: 404 });
}
