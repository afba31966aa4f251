import type { Db, Tx } from '#lib/base/sql.server.ts';
import { refuse } from '#lib/base/errors.ts';
import type { Person } from '#lib/people/person.ts';
import * as documents from '#lib/document/documents.server.ts';
import { hold } from './hold.server.ts';
import { inOrder, isReordering, type Likelihood, type Option } from './options.ts';
import { optionSection } from '../document/keys.ts';

export type { Option } from './options.ts';
import { tell } from './tell.server.ts';

export type OptionInput = {
	title: string;
	amount: number | null;
	horizon: string;
	funding: string;
	likelihood: Likelihood | null;
};

/** Adds an option last, with an empty text that all may write in at once. */
export async function add(
	tx: Tx,
	person: Person,
	caseId: string,
	input: Partial<OptionInput> & { title: string }
): Promise<string> {
	const { facts } = await hold(tx, person, 'write', caseId);
	const fields = checked({ amount: null, horizon: '', funding: '', likelihood: null, ...input });
	const [row] = await tx<{ id: string }[]>`
		insert into options ${tx({ case_id: caseId, created_by: person.id, ...fields, position: 0 })}
		returning id`;
	await tx`
		update options set position = (select max(position) + 1 from options where case_id = ${caseId})
		where id = ${row!.id}`;
	const document = await documents.ofObject(tx, caseId);
	await documents.addSection(tx, document!.id, optionSection(row!.id));
	await tell(tx, person, caseId, facts.forumId, 'case.option_added', { option: row!.id });
	return row!.id;
}

/**
 * Changes an option's rows. `rowVersion` is the one the person saw: when somebody else has changed it
 * since, nothing is written and they are told, with what they typed kept by the door.
 */
export async function edit(
	tx: Tx,
	person: Person,
	caseId: string,
	optionId: string,
	rowVersion: number,
	input: OptionInput
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	await find(tx, caseId, optionId);
	const [row] = await tx`
		update options set ${tx(checked(input))}, row_version = row_version + 1
		where id = ${optionId} and row_version = ${rowVersion} returning id`;
	if (!row) refuse('case.option_changed', { status: 409 });
	await tell(tx, person, caseId, facts.forumId, 'case.option_edited', { option: optionId });
}

/** The order of all options but the status quo, which stays first. */
export async function reorder(
	tx: Tx,
	person: Person,
	caseId: string,
	ids: string[]
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	const standing = (await list(tx, caseId)).filter((option) => !option.withdrawnAt);
	if (!isReordering(standing, ids)) refuse('case.options_changed', { status: 409 });
	for (const [index, id] of ids.entries())
		await tx`update options set position = ${index + 1} where id = ${id}`;
	await tell(tx, person, caseId, facts.forumId, 'case.options_reordered', { order: ids });
}

/** One place up or down, as a button does it. Already at the end: nothing to do, nothing told. */
export async function move(
	tx: Tx,
	person: Person,
	caseId: string,
	optionId: string,
	by: -1 | 1
): Promise<void> {
	await hold(tx, person, 'write', caseId);
	await find(tx, caseId, optionId);
	const ids = (await list(tx, caseId))
		.filter((option) => !option.withdrawnAt && !option.statusQuo)
		.map((option) => option.id);
	const from = ids.indexOf(optionId);
	const to = from + by;
	if (from === -1) refuse('case.status_quo_first');
	if (to < 0 || to >= ids.length) return;
	[ids[from], ids[to]] = [ids[to]!, ids[from]!];
	await reorder(tx, person, caseId, ids);
}

/** Takes an option out of the choice; it stays on record. The status quo is always a choice. */
export async function withdraw(
	tx: Tx,
	person: Person,
	caseId: string,
	optionId: string
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	const option = await find(tx, caseId, optionId);
	if (option.statusQuo) refuse('case.status_quo_stays');
	await tx`
		update options set withdrawn_at = clock_timestamp(), recommended = false,
			row_version = row_version + 1
		where id = ${optionId}`;
	await tell(tx, person, caseId, facts.forumId, 'case.option_withdrawn', { option: optionId });
}

/** Puts a withdrawn option back as it was, last in the order. Twice is once. */
export async function restore(
	tx: Tx,
	person: Person,
	caseId: string,
	optionId: string
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	const standing = (await list(tx, caseId)).find(({ id }) => id === optionId);
	if (!standing) refuse('base.not_found', { status: 404 });
	const [row] = await tx`
		update options set withdrawn_at = null, row_version = row_version + 1,
			position = (select max(position) + 1 from options where case_id = ${caseId})
		where id = ${optionId} and case_id = ${caseId} and withdrawn_at is not null returning id`;
	if (row)
		await tell(tx, person, caseId, facts.forumId, 'case.option_restored', { option: optionId });
}

/** Makes this the recommended option, or none when null. */
export async function recommend(
	tx: Tx,
	person: Person,
	caseId: string,
	optionId: string | null
): Promise<void> {
	const { facts } = await hold(tx, person, 'write', caseId);
	if (optionId) await find(tx, caseId, optionId);
	await tx`
		update options set recommended = false, row_version = row_version + 1
		where case_id = ${caseId} and recommended and id is distinct from ${optionId}`;
	if (optionId)
		await tx`
			update options set recommended = true, row_version = row_version + 1
			where id = ${optionId} and not recommended`;
	await tell(tx, person, caseId, facts.forumId, 'case.option_recommended', { option: optionId });
}

/** All options in order, the status quo first, withdrawn ones too. The caller has judged the reader. */
export async function list(db: Db, caseId: string): Promise<Option[]> {
	const rows = await db<Option[]>`
		select id, position, title, status_quo "statusQuo", recommended, amount::float8, horizon, funding,
			likelihood, row_version "rowVersion", created_by "createdBy", created_at "createdAt",
			withdrawn_at "withdrawnAt"
		from options where case_id = ${caseId} order by position, created_at`;
	return inOrder([...rows]);
}

/** The option every case is born with. Returns the name of its fragment. */
export async function seedStatusQuo(tx: Tx, person: Person, caseId: string, title: string) {
	const [row] = await tx<{ id: string }[]>`
		insert into options (case_id, position, title, status_quo, created_by)
		values (${caseId}, 0, ${title}, true, ${person.id}) returning id`;
	return optionSection(row!.id);
}

async function find(tx: Tx, caseId: string, optionId: string): Promise<Option> {
	const option = (await list(tx, caseId)).find(({ id }) => id === optionId);
	if (!option) return refuse('base.not_found', { status: 404 });
	if (option.withdrawnAt) refuse('case.option_withdrawn', { status: 409 });
	return option;
}

function checked(input: OptionInput) {
	const title = input.title.trim();
	if (!title) refuse('case.option_title_missing', { field: 'title' });
	if (input.amount !== null && !Number.isFinite(input.amount))
		refuse('case.amount_unreadable', { field: 'amount' });
	return {
		title,
		amount: input.amount,
		horizon: input.horizon.trim(),
		funding: input.funding.trim(),
		likelihood: input.likelihood
	};
}
