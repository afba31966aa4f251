-- A piece of evidence told in the way of its kind (C2): practitioners' experience as role, situation and what
-- happened; a comparable case as who, when, how alike and with what result. case/told.ts says which keys.
alter table evidence add column told jsonb not null default '{}' check (jsonb_typeof(told) = 'object');

-- A file put forward as evidence. Its bytes are in the database, so that a backup holds them and access is the
-- case's own; they never change.
create table evidence_files (
	evidence_id uuid primary key references evidence (id),
	name text not null check (name <> ''),
	type text not null, -- what the bytes were recognised as, never what the sender said
	size integer not null check (size between 1 and 10485760),
	sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
	bytes bytea not null check (octet_length(bytes) = size)
);
create trigger evidence_files_never_move before update or delete on evidence_files for each row execute function refuse_change();

-- One piece of evidence supports or contradicts another (C2).
create table evidence_links (
	id uuid primary key default gen_random_uuid(),
	case_id uuid not null references cases (id),
	from_id uuid not null references evidence (id),
	to_id uuid not null references evidence (id),
	relation text not null check (relation in ('supports', 'contradicts')),
	made_by uuid not null references persons (id),
	made_at timestamptz not null default clock_timestamp(),
	withdrawn_at timestamptz,
	withdrawn_by uuid references persons (id),
	check (from_id <> to_id),
	check (num_nulls(withdrawn_at, withdrawn_by) in (0, 2))
);
create index evidence_links_of_case on evidence_links (case_id);
create unique index evidence_links_once on evidence_links (from_id, to_id) where withdrawn_at is null;

-- Somebody looked for what speaks against, and found none.
create table counter_looks (
	id bigint generated always as identity primary key,
	case_id uuid not null references cases (id),
	where_looked text not null default '',
	by uuid not null references persons (id),
	at timestamptz not null default clock_timestamp()
);
create index counter_looks_of_case on counter_looks (case_id);
create trigger counter_looks_never_move before update or delete on counter_looks for each row execute function refuse_change();
