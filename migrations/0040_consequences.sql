-- What follows of an option (C5), one line at a time, each a person's own: said anew it is a new row that replaces the
-- old one; taken back it stays. Money is in øre, always positive: `effect` says whether it is gained or costs.
create table consequences (
	id uuid primary key default gen_random_uuid(),
	option_id uuid not null references options,
	about text not null check (about in ('citizens', 'performance', 'economy', 'department', 'staff', 'side_effect', 'assumption', 'carried_out')),
	what text not null check (what <> ''),
	department_id uuid references departments, -- whose gain or cost it is
	effect text check (effect in ('gain', 'cost')),
	likelihood text check (likelihood in ('likely', 'possible', 'unlikely')),
	assumption text not null default '',
	told_by text not null default '', -- who says so: a person or a body outside the tool
	amount_ore bigint check (amount_ore between 1 and 10000000000000),
	yearly boolean not null default false,
	from_year integer check (from_year between 2000 and 2100),
	to_year integer check (to_year between from_year and from_year + 19), -- null and yearly: lasting
	funding text not null default '',
	dataset_id uuid,
	measure text,
	direction text check (direction in ('up', 'down')), -- which way it moves the indicator
	replaces uuid unique references consequences,
	said_by uuid not null references persons,
	said_at timestamptz not null default clock_timestamp(),
	withdrawn_at timestamptz,
	withdrawn_by uuid references persons,
	withdrawn_reason text not null default '',
	foreign key (dataset_id, measure) references indicators (dataset_id, measure),
	check (num_nulls(dataset_id, measure) in (0, 2)),
	check (direction is null or dataset_id is not null),
	check (amount_ore is null or effect is not null),
	check (about <> 'department' or department_id is not null),
	check (num_nulls(withdrawn_at, withdrawn_by) in (0, 2)),
	check (to_year is null or from_year is not null)
);
create index consequences_option on consequences (option_id, said_at);
create trigger consequences_are_theirs before delete or update of
	option_id, about, what, department_id, effect, likelihood, assumption, told_by, amount_ore, yearly, from_year, to_year,
	funding, dataset_id, measure, direction, replaces, said_by, said_at
	on consequences for each row execute function refuse_change();

-- One person's own word on an option (C6): Moore's three corners, and what must change where (Leavitt). The last counts.
create table option_views (
	id bigint generated always as identity primary key,
	option_id uuid not null references options,
	part text not null check (part in ('value', 'support', 'capacity', 'tasks', 'technology', 'people', 'structure', 'surroundings')),
	level text not null check (level in ('low', 'medium', 'high')),
	words text not null default '',
	person_id uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create index option_views_of on option_views (option_id, part, person_id, id);
create trigger option_views_are_theirs before update or delete on option_views for each row execute function refuse_change();

-- Whether what was found between an option and a running goal is a conflict: said by a person, with why. The last counts.
create table conflict_verdicts (
	id bigint generated always as identity primary key,
	option_id uuid not null references options,
	goal_id uuid not null references objects,
	ground text not null check (ground in ('against', 'same_indicator', 'department')), -- what it was said on
	verdict text not null check (verdict in ('confirmed', 'dismissed')),
	reason text not null check (reason <> ''),
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create index conflict_verdicts_of on conflict_verdicts (option_id, goal_id, id);
create index conflict_verdicts_goal on conflict_verdicts (goal_id);
create trigger conflict_verdicts_are_theirs before update or delete on conflict_verdicts for each row execute function refuse_change();
