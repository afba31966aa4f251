-- Two who read the same figure each their way (B7). Said anew, what was said before stays; empty: taken back.
create table figure_interpretations (
	id bigint generated always as identity primary key,
	figure_id uuid not null references figures (id),
	person_id uuid not null references persons (id),
	department_id uuid not null references departments (id),
	role text not null,
	words text not null,
	at timestamptz not null default clock_timestamp()
);
create index figure_interpretations_of on figure_interpretations (figure_id, person_id, id);
create trigger figure_interpretations_are_theirs before update or delete on figure_interpretations
	for each row execute function refuse_change();

-- Two ways of measuring the same, side by side (B7): whom each counts, what it takes for granted, and who was let
-- in to settle it.
create table rival_measures (
	id uuid primary key default gen_random_uuid(),
	brief_id uuid not null references briefs (id),
	measured text not null check (measured <> ''),
	by uuid not null references persons (id),
	at timestamptz not null default clock_timestamp(),
	withdrawn_at timestamptz,
	withdrawn_by uuid references persons (id),
	check (num_nulls(withdrawn_at, withdrawn_by) in (0, 2))
);
create index rival_measures_of on rival_measures (brief_id);

create table rival_measure_sides (
	rival_id uuid not null references rival_measures (id),
	side smallint not null check (side in (1, 2)),
	figure_id uuid not null references figures (id),
	groups text not null default '',
	assumptions text not null default '',
	let_in text not null default '',
	primary key (rival_id, side)
);

-- What a forum wants to know (B8), with one who can count and one who knows the practice from day one.
create table brief_orders (
	id uuid primary key default gen_random_uuid(),
	forum_id uuid not null references forums (id),
	focus text not null check (focus <> ''),
	question text not null check (question <> ''),
	if_known text not null check (if_known <> ''),
	due date not null,
	analyst_id uuid not null references persons (id),
	practitioner_id uuid not null references persons (id),
	ordered_by uuid not null references persons (id),
	at timestamptz not null default clock_timestamp(),
	brief_id uuid unique references briefs (id),
	begun_by uuid references persons (id),
	begun_at timestamptz,
	withdrawn_at timestamptz,
	withdrawn_by uuid references persons (id),
	check (analyst_id <> practitioner_id),
	check (num_nulls(brief_id, begun_by, begun_at) in (0, 3)),
	check (num_nulls(withdrawn_at, withdrawn_by) in (0, 2)),
	check (brief_id is null or withdrawn_at is null)
);
create index brief_orders_of on brief_orders (forum_id);
