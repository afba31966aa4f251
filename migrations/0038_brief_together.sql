-- How a brief comes about between people (B3, B6): who is asked to read a draft, who writes which section by when,
-- what those who read it answer, what data owners recognise, and what was left out.

-- Asked by name to read what is not published yet, until it is taken back.
create table readers (
	id bigint generated always as identity primary key,
	object_id uuid not null references objects (id),
	person_id uuid not null references persons (id),
	added_by uuid not null references persons (id),
	at timestamptz not null default clock_timestamp(),
	until timestamptz
);
create unique index readers_now on readers (object_id, person_id) where until is null;

create table brief_assignments (
	id uuid primary key default gen_random_uuid(),
	brief_id uuid not null references briefs (id),
	section text not null check (section <> ''),
	person_id uuid not null references persons (id),
	due date not null,
	assigned_by uuid not null references persons (id),
	at timestamptz not null default clock_timestamp(),
	done_at timestamptz,
	done_by uuid references persons (id),
	withdrawn_at timestamptz,
	withdrawn_by uuid references persons (id),
	check (num_nulls(done_at, done_by) in (0, 2)),
	check (num_nulls(withdrawn_at, withdrawn_by) in (0, 2))
);
create index brief_assignments_of on brief_assignments (brief_id);
create unique index brief_assignments_once on brief_assignments (brief_id, section, person_id)
	where done_at is null and withdrawn_at is null;
create index brief_assignments_waiting on brief_assignments (person_id)
	where done_at is null and withdrawn_at is null;

create table brief_reviews (
	id uuid primary key default gen_random_uuid(),
	brief_id uuid not null references briefs (id),
	person_id uuid not null references persons (id),
	due date,
	asked_by uuid not null references persons (id),
	asked_at timestamptz not null default clock_timestamp(),
	answer text check (answer in ('comments', 'nothing_more')),
	words text not null default '',
	answered_at timestamptz,
	withdrawn_at timestamptz,
	check (num_nulls(answer, answered_at) in (0, 2)),
	check (answered_at is null or withdrawn_at is null)
);
create index brief_reviews_of on brief_reviews (brief_id);
create unique index brief_reviews_once on brief_reviews (brief_id, person_id)
	where answered_at is null and withdrawn_at is null;
create index brief_reviews_waiting on brief_reviews (person_id)
	where answered_at is null and withdrawn_at is null;

-- "Do you recognise this?", of the words of a section or of a whole figure. The answer vetoes nothing.
create table brief_recognitions (
	id uuid primary key default gen_random_uuid(),
	brief_id uuid not null references briefs (id),
	dataset_id uuid not null references datasets (id),
	person_id uuid not null references persons (id),
	section text,
	start_position bytea,
	end_position bytea,
	quote text,
	prefix text,
	suffix text,
	figure_id uuid references figures (id),
	due date,
	asked_by uuid not null references persons (id),
	asked_at timestamptz not null default clock_timestamp(),
	recognised boolean,
	reason text not null default '',
	answered_at timestamptz,
	withdrawn_at timestamptz,
	check (num_nulls(section, start_position, end_position, quote, prefix, suffix) in (0, 6)),
	check (num_nonnulls(section, figure_id) = 1),
	check (num_nulls(recognised, answered_at) in (0, 2)),
	check (recognised is distinct from false or reason <> ''),
	check (answered_at is null or withdrawn_at is null)
);
create index brief_recognitions_of on brief_recognitions (brief_id);
create index brief_recognitions_waiting on brief_recognitions (person_id)
	where answered_at is null and withdrawn_at is null;

create table brief_left_out (
	id uuid primary key default gen_random_uuid(),
	brief_id uuid not null references briefs (id),
	what text not null check (what <> ''),
	why text not null,
	by uuid not null references persons (id),
	at timestamptz not null default clock_timestamp(),
	withdrawn_at timestamptz,
	withdrawn_by uuid references persons (id),
	check (num_nulls(withdrawn_at, withdrawn_by) in (0, 2))
);
create index brief_left_out_of on brief_left_out (brief_id);

insert into brief_left_out (brief_id, what, why, by, at)
select b.id, b.left_out, '', o.created_by, o.created_at
from briefs b join objects o on o.id = b.id where b.left_out is not null;
alter table briefs drop column left_out;

-- The section of the text a figure stands in, when it is not on the first page; null: behind the text.
-- And the algorithm its numbers come from, when they are one's result and not counted (B7).
alter table figures add column section text, add column algorithm text check (algorithm <> '');
