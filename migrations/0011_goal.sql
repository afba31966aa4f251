create table goals (
	id uuid primary key references objects,
	forum_id uuid not null references forums,
	decision_id uuid references decisions, -- null: running already, without a decision here (F15)
	title text not null check (title <> ''),
	owner_id uuid not null references persons,
	-- measured: what is read, from where it started, to where it must come
	dataset_id uuid references datasets,
	reading jsonb, -- data/cube.ts Series: measure and categories
	direction text check (direction in ('up', 'down')),
	baseline_value double precision,
	baseline_period text,
	baseline_version_id uuid references versions,
	baseline_figure_id uuid references figures,
	target_value double precision,
	target_date date not null,
	tolerance double precision, -- how far from the path still counts as on course, in the goal's own unit
	forecast_value double precision, -- expected at the target date if nothing is done (F4)
	-- not measured: why, and which sign counts
	unmeasured_reason text,
	sign text,
	next_review date,
	created_by uuid not null references persons,
	created_at timestamptz not null default clock_timestamp(),
	check ((dataset_id is null) = (unmeasured_reason is not null and sign is not null)),
	check (dataset_id is null or (reading is not null and direction is not null and baseline_value is not null and baseline_period is not null and baseline_version_id is not null and target_value is not null))
);
create index goals_dataset on goals (dataset_id);
create index goals_decision on goals (decision_id);

create table milestones (
	id uuid primary key default gen_random_uuid(),
	goal_id uuid not null references goals,
	title text not null check (title <> ''),
	due date not null,
	target_value double precision, -- null: judged by a person, who says it is reached
	reached_at timestamptz,
	reached_by uuid references persons
);

-- Status is computed (F5), one row each time a version moves it.
create table goal_statuses (
	goal_id uuid not null references goals,
	version_id uuid not null references versions,
	status text not null check (status in ('ahead', 'on_course', 'behind', 'missed', 'reached', 'no_data')),
	reason text, -- why there is no data: goal/status.ts
	period text,
	value double precision,
	expected double precision, -- where the path from baseline to target stands at that period
	computed_at timestamptz not null default clock_timestamp(),
	primary key (goal_id, version_id)
);
create table status_overrides ( -- only with a reason, and it shows
	id bigint generated always as identity primary key,
	goal_id uuid not null references goals,
	version_id uuid references versions, -- valid until a newer version speaks
	status text not null check (status in ('ahead', 'on_course', 'behind', 'missed', 'reached', 'no_data')),
	reason text not null check (reason <> ''),
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create table checkins (
	id uuid primary key default gen_random_uuid(),
	goal_id uuid not null references goals,
	author_id uuid not null references persons,
	body text not null check (body <> ''),
	at timestamptz not null default clock_timestamp()
);
create trigger checkins_are_theirs before update or delete on checkins for each row execute function refuse_change();
create index milestones_goal on milestones (goal_id, due);
create index status_overrides_goal on status_overrides (goal_id, id desc);
create index checkins_goal on checkins (goal_id, at);
create trigger goal_statuses_never_move before update or delete on goal_statuses for each row execute function refuse_change();
create trigger status_overrides_are_theirs before update or delete on status_overrides for each row execute function refuse_change();
