import { refuse } from '#lib/base/errors.ts';
import type { Db, Tx } from '#lib/base/sql.server.ts';
import type { Person } from '#lib/people/person.ts';
import { hold } from './hold.server.ts';
import { forTheRoom } from './settling.server.ts';
import type { Differing } from './unknown.ts';

const { tell, mustStand, settle, reopen } = forTheRoom({
	table: 'differings',
	called: 'differing',
	settled: 'case.differing_settled',
	reopened: 'case.differing_reopened'
});
export { settle, reopen };

/** Says that something is read differently, and how oneself reads it. It waits for the meeting. */
export async function raise(
	tx: Tx,
	person: Person,
	caseId: string,
	input: { matter: string; reading: string }
): Promise<string> {
	const { facts } = await hold(tx, person, 'annotate', caseId);
	if (!input.matter.trim()) refuse('case.differing_matter_missing', { field: 'matter' });
	const [row] = await tx<{ id: string }[]>`
		insert into differings (case_id, matter, raised_by)
		values (${caseId}, ${input.matter.trim()}, ${person.id}) returning id`;
	await tell(tx, person, caseId, facts.forumId, 'case.differing_raised', row!.id);
	await say(tx, person, row!.id, input.reading);
	return row!.id;
}

/** One's own reading; said anew, what was said before stays behind it. */
export async function read(
	tx: Tx,
	person: Person,
	caseId: string,
	differingId: string,
	reading: string
): Promise<void> {
	const { facts } = await hold(tx, person, 'annotate', caseId);
	await mustStand(tx, caseId, differingId);
	if (await say(tx, person, differingId, reading))
		await tell(tx, person, caseId, facts.forumId, 'case.differing_read', differingId);
}

/**
 * A case's, in the order they were raised. Whoever may give a reading sees the others' once they have given
 * theirs, or when it is settled; `all` shows them at once, to those who may not. The caller has judged the reader.
 */
export async function list(
	db: Db,
	person: Person,
	caseId: string,
	{ all }: { all: boolean }
): Promise<Differing[]> {
	const rows = await db<Differing[]>`
		select d.id, d.matter, p.name "byName", d.raised_at at, d.settled_at "settledAt",
			q.name "settledByName", said.count, said.mine,
			case when ${all} or d.settled_at is not null or said.mine is not null then said.readings end readings
		from differings d
		join persons p on p.id = d.raised_by
		left join persons q on q.id = d.settled_by
		cross join lateral (
			select count(*)::int count, max(reading) filter (where person_id = ${person.id}) mine,
				coalesce(jsonb_agg(jsonb_build_object('name', name, 'reading', reading, 'at', at)
					order by at), '[]') readings
			from (
				select distinct on (r.person_id) r.person_id, r.reading, r.at, w.name
				from differing_readings r join persons w on w.id = r.person_id
				where r.differing_id = d.id order by r.person_id, r.id desc
			) last
		) said
		where d.case_id = ${caseId} order by d.raised_at, d.id`;
	return rows.map((row) => ({
		...row,
		readings: row.readings?.map((one) => ({ ...one, at: new Date(one.at) })) ?? null
	}));
}

/** False when it says what already stands. */
async function say(tx: Tx, person: Person, differingId: string, reading: string) {
	const words = reading.trim();
	if (!words) return refuse('case.differing_reading_missing', { field: 'reading' });
	const [last] = await tx<{ reading: string }[]>`
		select reading from differing_readings
		where differing_id = ${differingId} and person_id = ${person.id} order by id desc limit 1`;
	if (last?.reading === words) return false;
	await tx`
		insert into differing_readings (differing_id, person_id, reading)
		values (${differingId}, ${person.id}, ${words})`;
	return true;
}
