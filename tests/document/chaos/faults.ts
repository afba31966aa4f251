import type { Sql } from '#lib/base/sql.server.ts';

/**
 * What can go wrong while an edit is written, switched on and off by rows, and an account of every number
 * the log ever gave out, which compaction does not shorten.
 */
export type Fault =
	/** Each insert takes so many milliseconds. */
	| 'slow'
	/** The disk is full. */
	| 'full'
	/** So many inserts of a hundred fail. */
	| 'some'
	/** The statement succeeds and the commit fails. */
	| 'late';

export const FAULTS = `
create table chaos_faults (kind text primary key, amount float8 not null);
create table chaos_account (
	document_id uuid not null, seq bigint not null, bytes bytea not null, person_id uuid,
	primary key (document_id, seq)
);
create table chaos_closed (document_id uuid primary key, seq bigint not null);

create function chaos_before() returns trigger language plpgsql as $$
declare fault record;
begin
	for fault in select * from chaos_faults loop
		if fault.kind = 'slow' then perform pg_sleep(fault.amount / 1000); end if;
		if fault.kind = 'full' or fault.kind = 'some' and random() * 100 < fault.amount then
			raise exception 'could not extend file: No space left on device' using errcode = '53100';
		end if;
	end loop;
	return new;
end $$;
create trigger chaos_before before insert on document_updates
	for each row execute function chaos_before();

create function chaos_late() returns trigger language plpgsql as $$
begin
	if exists (select from chaos_faults where kind = 'late') then
		raise exception 'the commit failed' using errcode = '53100';
	end if;
	return null;
end $$;
create constraint trigger chaos_late after insert on document_updates
	deferrable initially deferred for each row execute function chaos_late();

-- A merged row repeats a number that was given out; every other row has a number of its own.
create function chaos_account() returns trigger language plpgsql as $$
begin
	if new.person_id is null and exists (
		select from chaos_account where document_id = new.document_id and seq = new.seq
	) then return null; end if;
	insert into chaos_account values (new.document_id, new.seq, new.bytes, new.person_id);
	return null;
end $$;
create trigger chaos_account after insert on document_updates
	for each row execute function chaos_account();
`;

export async function fault(sql: Sql, kind: Fault, amount = 0): Promise<void> {
	await sql`insert into chaos_faults (kind, amount) values (${kind}, ${amount})
		on conflict (kind) do update set amount = excluded.amount`;
}

export async function noFaults(sql: Sql): Promise<void> {
	await sql`delete from chaos_faults`;
}

/** Someone holds the document's row for a while, as a verb that keeps or closes it does. */
export async function hold(sql: Sql, document: string, ms: number): Promise<void> {
	await sql.begin(async (tx) => {
		await tx`select 1 from documents where id = ${document} for update`;
		await tx`select pg_sleep(${ms / 1000})`;
	});
}
