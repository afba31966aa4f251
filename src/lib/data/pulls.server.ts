import { record } from '../base/events.server.ts';
import { askable } from '../base/outside.server.ts';
import { refuse } from '../base/errors.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { may } from '../forum/access.ts';
import { allowed, judge } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { hasLeft } from '../forum/leaving.server.ts';
import type { Note } from './notes.ts';
import { holdsSecret, type Outcome, type Pulled, type Rhythm } from './pull.ts';

/** What is fetched by the clock, one address for each dataset. How it is fetched: puller.server.ts. */

/** From now on the dataset's figures come from there, in this person's name. Asked for at once. */
export async function set(tx: Tx, person: Person, datasetId: string, input: Pulled): Promise<void> {
	const { facts } = await judge(tx, person, 'import', datasetId);
	const url = askable(input.url).href;
	if (holdsSecret(input.headers, url)) refuse('data.pull_secret', { field: 'headers' });
	const row = {
		url,
		method: input.method,
		body: input.body,
		headers: tx.json(input.headers as never),
		rhythm: input.rhythm,
		set_by: person.id
	};
	await tx`
		insert into pulls ${tx({ dataset_id: datasetId, ...row, next_at: new Date() } as never)}
		on conflict (dataset_id) do update set ${tx(row as never)}, set_at = clock_timestamp(), paused_at = null,
			next_at = clock_timestamp(), failures = 0, held_until = null, etag = null, last_modified = null`;
	await tell(tx, person, datasetId, facts.forumId, 'dataset.pull_set');
}

/** Asks now instead of at its turn. */
export async function hurry(tx: Tx, person: Person, datasetId: string): Promise<void> {
	const { facts } = await judge(tx, person, 'import', datasetId);
	const asked = await tx`
		update pulls set next_at = clock_timestamp(), failures = 0, paused_at = null
		where dataset_id = ${datasetId} returning dataset_id`;
	if (asked.length > 0) await tell(tx, person, datasetId, facts.forumId, 'dataset.pull_hurried');
}

/** It is fetched in another's name from now on (D13): one who may bring in figures. Asked for at once. */
export async function handOver(
	tx: Tx,
	person: Person,
	datasetId: string,
	to: string
): Promise<void> {
	const { facts } = await judge(tx, person, 'handOver', datasetId);
	if (!(await allowed(tx, to, 'import', datasetId)))
		refuse('forum.may_not_import', { field: 'to' });
	const [before] = await tx<{ setBy: string }[]>`
		select set_by "setBy" from pulls where dataset_id = ${datasetId} for update`;
	if (!before || before.setBy === to) return;
	await tx`
		update pulls set set_by = ${to}, next_at = clock_timestamp(), failures = 0, held_until = null
		where dataset_id = ${datasetId}`;
	await tell(tx, person, datasetId, facts.forumId, 'dataset.pull_handed_over', {
		from: before.setBy,
		to
	});
}

/** No more is fetched. What came stays. */
export async function end(tx: Tx, person: Person, datasetId: string): Promise<void> {
	const { facts } = await judge(tx, person, 'import', datasetId);
	const ended = await tx`delete from pulls where dataset_id = ${datasetId} returning dataset_id`;
	if (ended.length > 0) await tell(tx, person, datasetId, facts.forumId, 'dataset.pull_ended');
}

function tell(
	tx: Tx,
	person: Person,
	dataset: string,
	forum: string,
	verb: string,
	detail: Record<string, unknown> = {}
): Promise<void> {
	return record(tx, { person: person.id, verb, kind: 'dataset', object: dataset, forum, detail });
}

export type PullLine = {
	url: string;
	method: 'GET' | 'POST';
	body: string | null;
	headers: Record<string, string>;
	rhythm: Rhythm;
	setByName: string;
	/** They have left the forum, so nothing is fetched until someone takes over. */
	setByLeft: boolean;
	nextAt: Date;
	failures: number;
	last: {
		at: Date;
		outcome: Outcome;
		code: string | null;
		params: Record<string, string | number>;
		number: number | null;
		/** What a person should know of the version that came; empty for those who do not bring in figures. */
		notes: Note[];
	} | null;
};

/** Where a dataset is fetched from and how it went, for those who may read the dataset; null when it is not. */
export async function of(db: Db, person: Person, datasetId: string): Promise<PullLine | null> {
	const { standing, facts } = await judge(db, person, 'read', datasetId);
	if (standing.role === null) return null;
	const [row] = await db<
		(Omit<PullLine, 'last'> & {
			lastAt: Date | null;
			outcome: Outcome;
			code: string | null;
			params: Record<string, string | number> | null;
			number: number | null;
			notes: Note[] | null;
		})[]
	>`
		select u.url, u.method, u.body, u.headers, u.rhythm, p.name "setByName",
			${hasLeft(db, db`u.set_by`, db`o.forum_id`)} "setByLeft", u.next_at "nextAt", u.failures,
			u.last_at "lastAt", u.last_outcome outcome, u.last_code code, u.last_params params, v.number, v.notes
		from pulls u join objects o on o.id = u.dataset_id join persons p on p.id = u.set_by
		left join versions v on v.id = u.last_version_id
		where u.dataset_id = ${datasetId}`;
	if (!row) return null;
	const { lastAt, outcome, code, params, number, notes, ...line } = row;
	const told = may(standing, 'import', facts) && outcome !== 'failed' && outcome !== 'refused';
	const last = lastAt && {
		at: lastAt,
		outcome,
		code,
		params: params ?? {},
		number,
		notes: (told && notes) || []
	};
	return { ...line, last };
}
