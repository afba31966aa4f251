-- What one person says about one passage or one piece of a figure (A1). The row is what its author selected
-- and said; it never changes. Edits, states and re-attachments are rows of their own.
create table annotations (
	id uuid primary key default gen_random_uuid(),
	object_id uuid not null references objects, -- the brief or case it stands in
	author_id uuid not null references persons,
	department_id uuid not null references departments, -- where the author sat that day
	role text not null,
	kind text not null check (kind in ('fact', 'interpretation', 'different_reading', 'question', 'objection', 'practice', 'ethics')),
	body text not null check (body <> ''),
	created_at timestamptz not null default clock_timestamp(),
	-- passage: positions are Yjs relative positions; quote and 32 characters each side are how it read
	section text,
	start_position bytea,
	end_position bytea,
	quote text,
	prefix text,
	suffix text,
	-- figure: a cell, series or period of one version. figure_id belongs to a chapter further right, so no foreign key.
	figure_id uuid,
	version_id uuid references versions,
	target jsonb, -- annotation/target.ts
	check ((section is not null) <> (figure_id is not null)),
	check (section is null or (start_position is not null and end_position is not null and quote is not null and prefix is not null and suffix is not null)),
	check (figure_id is null or (version_id is not null and target is not null))
);
create index annotations_object on annotations (object_id, created_at);
create index annotations_figure on annotations (figure_id);

create table annotation_shares ( -- no row: private to its author
	annotation_id uuid primary key references annotations,
	at timestamptz not null default clock_timestamp()
);
create table annotation_edits (
	id bigint generated always as identity primary key,
	annotation_id uuid not null references annotations,
	body text not null check (body <> ''),
	at timestamptz not null default clock_timestamp()
);
create table annotation_replies (
	id uuid primary key default gen_random_uuid(),
	annotation_id uuid not null references annotations,
	author_id uuid not null references persons,
	body text not null check (body <> ''),
	at timestamptz not null default clock_timestamp()
);
create table annotation_mentions (
	annotation_id uuid not null references annotations,
	reply_id uuid references annotation_replies,
	person_id uuid not null references persons
);
create table annotation_states (
	id bigint generated always as identity primary key,
	annotation_id uuid not null references annotations,
	state text not null check (state in ('resolved', 'reopened')),
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create table annotation_attachments ( -- an orphan put back on words, by a person
	id bigint generated always as identity primary key,
	annotation_id uuid not null references annotations,
	section text not null,
	start_position bytea not null,
	end_position bytea not null,
	quote text not null,
	prefix text not null,
	suffix text not null,
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create trigger annotations_are_theirs before update or delete on annotations for each row execute function refuse_change();
create trigger annotation_shares_are_theirs before update or delete on annotation_shares for each row execute function refuse_change();
create trigger annotation_edits_are_theirs before update or delete on annotation_edits for each row execute function refuse_change();
create trigger annotation_replies_are_theirs before update or delete on annotation_replies for each row execute function refuse_change();
create trigger annotation_states_are_theirs before update or delete on annotation_states for each row execute function refuse_change();
create trigger annotation_attachments_are_theirs before update or delete on annotation_attachments for each row execute function refuse_change();
