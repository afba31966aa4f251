import { afterAll, beforeAll, beforeEach } from 'vitest';
import { transact } from '#lib/base/sql.server.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import type { Person } from '#lib/people/person.ts';
import { cast, type Cast } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

/** What tests of a case's verbs begin with: the cast, and before each test a new case of Jonas'. */

export let db: TestDatabase;
export let people: Cast;
export let caseId: string;

export function onTheDesk(): void {
	beforeAll(async () => {
		db = await freshDatabase();
		people = await cast(db.sql);
	});
	afterAll(() => db.drop());
	beforeEach(async () => {
		caseId = await make();
	});
}

export const run = <T>(work: (tx: Tx) => Promise<T>) => transact(work, db.sql);

export const code = (promise: Promise<unknown>) =>
	promise.then(
		() => 'nothing was refused',
		(error: { code?: string }) => error.code
	);

export const make = (input: Partial<cases.NewCase> = {}) =>
	run((tx) =>
		cases.create(tx, people.jonas, {
			forumId: people.forumId,
			title: 'Fra to til otte områder?',
			question: 'Hvilke områder skal planen omfatte?',
			...input
		})
	);

export const read = async (person: Person, id = caseId) => {
	const page = await cases.page(db.sql, person, id);
	if (!page.readable) throw new Error('a stub');
	return page;
};

/** Every row of the case's own tables: what must be the same after a refusal. */
export const everything = () => db.sql`
	select (select json_agg(t order by id) from cases t) cases, (select json_agg(t order by id) from case_states t) states,
		(select json_agg(t order by id) from options t) options, (select json_agg(t order by id) from evidence t) evidence,
		(select json_agg(t order by id) from objects t) objects, (select count(*)::int from events) events,
		(select json_agg(t.seq order by t.document_id, t.seq) from document_updates t) updates`;
