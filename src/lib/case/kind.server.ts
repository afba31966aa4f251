import { refuse } from '#lib/base/errors.ts';
import type { Db, Tx } from '#lib/base/sql.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import type { Content } from '#lib/document/content.ts';
import type { Person } from '#lib/people/person.ts';
import { head, type CaseHead } from './head.server.ts';
import { hold } from './hold.server.ts';
import { setAside, type Been, type SetAside } from './set-aside.ts';
import { sectionsOf, withBackground, type CaseKind } from './template.ts';
import * as templates from './templates.server.ts';
import { tell } from './tell.server.ts';

/**
 * Makes the case one of another kind (C9). It takes the parts it had when it was of that kind before, else the forum's
 * for it now; what only the old kind has stays in its rows and its document, set aside. The same kind: nothing happens.
 */
export async function setKind(
	tx: Tx,
	person: Person,
	caseId: string,
	kind: CaseKind,
	/** The kind it had when they chose: where it has another since, they are told. */
	seen?: CaseKind
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	const now = await head(tx, person, caseId);
	if (now.kind === kind) return;
	if (seen && now.kind !== seen) refuse('case.kind_changed', { status: 409, field: 'kind' });
	// People have written in it because it was said that it goes.
	if (now.offRecord) refuse('case.off_record_kind', { status: 409, field: 'kind' });
	const been = await kinds(tx, caseId);
	if (been.length === 0) await write(tx, person, caseId, now);
	const had = been.find((one) => one.kind === kind)?.template;
	const begun = had ?? (await templates.current(tx, facts.forumId, kind));
	const template = !had && now.brief ? withBackground(begun) : begun;
	await write(tx, person, caseId, { kind, template });
	await tx`
		update cases set kind = ${kind}, template = ${tx.json(template as never)} where id = ${caseId}`;
	const document = await documents.ofObject(tx, caseId);
	for (const section of sectionsOf(template)) await documents.addSection(tx, document!.id, section);
	await tell(tx, person, caseId, facts.forumId, 'case.kind_changed', { from: now.kind, to: kind });
}

/** What the case has set aside, as it stands. The caller has judged the reader. */
export async function asideOf(
	db: Db,
	found: CaseHead,
	content: Record<string, Content | undefined>
): Promise<SetAside> {
	const been = await kinds(db, found.id);
	if (been.length === 0) return { parts: [], proposal: false };
	const [proposed] = await db`select from budget_proposals where case_id = ${found.id} limit 1`;
	return setAside(found, been, content, Boolean(proposed));
}

const kinds = async (db: Db, caseId: string): Promise<Been[]> =>
	await db<
		Been[]
	>`select kind, template from case_kinds where case_id = ${caseId} order by id desc`;

const write = (tx: Tx, person: Person, caseId: string, { kind, template }: Been) => tx`
	insert into case_kinds (case_id, kind, template, by)
	values (${caseId}, ${kind}, ${tx.json(template as never)}, ${person.id})`;
