import { createHash } from 'node:crypto';
import type { Db, Tx } from '../base/sql.server.ts';
import { refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import { LIMITS, MEMORY, waitFor } from './guessing.ts';
import { matches } from './passwords.server.ts';
import { asEmail } from './person.ts';
import { find } from './persons.server.ts';
import { open, type Opened } from './sessions.server.ts';

export type Attempt = { email: string; password: string; address: string; userAgent: string };

type Transact = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/**
 * Signs in, or refuses with `people.wrong` (the same for an unknown account, a deactivated one and a
 * wrong password) or `people.wait`. Takes `transact` rather than `tx`: a try is counted as failed
 * in a transaction of its own before it is looked at, so a hundred at once are a hundred failures.
 */
export async function signIn(db: Db, transact: Transact, attempt: Attempt): Promise<Opened> {
	const subjects = {
		account: subject('account', asEmail(attempt.email)),
		address: subject('address', attempt.address)
	};
	const wait = await transact((tx) => count(tx, subjects));
	if (wait > 0) return refuse('people.wait', { status: 429, seconds: wait });

	const [row] = await db<{ id: string; hash: string }[]>`
		select id, password_hash hash from persons
		where email = ${asEmail(attempt.email)} and deactivated_at is null and not service`;
	const right = await matches(row?.hash ?? null, attempt.password);
	if (!row || !right) {
		await transact((tx) => failed(tx, row?.id ?? null));
		return refuse('people.wrong', { status: 403 });
	}
	return await transact(async (tx) => {
		await forgive(tx, subjects);
		return await open(tx, await find(tx, row.id), attempt.userAgent);
	});
}

/** Counts a try against account and address, unless one of them has to wait; then says how many seconds. */
async function count(tx: Tx, subjects: Record<keyof typeof LIMITS, string>): Promise<number> {
	const names = Object.values(subjects).sort(); // one order, so two tries cannot wait for each other
	for (const name of names) await tx`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
	await tx`delete from sign_in_failures where at < now() - make_interval(secs => ${MEMORY})`;
	const rows = await tx<{ subject: string; failures: number; since: number }[]>`
		select subject, count(*)::int failures, extract(epoch from clock_timestamp() - max(at))::float8 since
		from sign_in_failures where subject in ${tx(names)} group by subject`;
	const wait = Math.max(
		0,
		...rows.map(({ subject, failures, since }) =>
			waitFor(subject === subjects.account ? LIMITS.account : LIMITS.address, failures, since)
		)
	);
	if (wait === 0)
		await tx`insert into sign_in_failures ${tx(names.map((name) => ({ subject: name })))}`;
	return wait;
}

/** A right password clears the account, and takes its own try off the address. */
async function forgive(tx: Tx, subjects: { account: string; address: string }): Promise<void> {
	await tx`delete from sign_in_failures where subject = ${subjects.account}`;
	await tx`
		delete from sign_in_failures where ctid =
			(select ctid from sign_in_failures where subject = ${subjects.address} order by at desc limit 1)`;
}

async function failed(tx: Tx, personId: string | null): Promise<void> {
	// Nothing of what was typed: people type passwords in the wrong field.
	// The account stands in the detail, so a known and an unknown one are the same work.
	await record(tx, { person: null, verb: 'session.refused', detail: { account: personId } });
}

function subject(kind: string, value: string): string {
	return createHash('sha256').update(`${kind}:${value}`).digest('hex');
}
