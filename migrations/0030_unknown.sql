-- A case's two lists of what is not settled by what is known (C4): a fact that is missing is asked of a person by
-- a date; what is read differently is kept for the meeting, each reading as its own person's words.

create table requests (
	id uuid primary key default gen_random_uuid(),
	case_id uuid not null references cases (id),
	question text not null check (question <> ''),
	asked_id uuid not null references persons (id),
	due date not null,
	asked_by uuid not null references persons (id),
	asked_at timestamptz not null default clock_timestamp(),
	answer text check (answer <> ''),
	answered_at timestamptz,
	answered_by uuid references persons (id),
	withdrawn_at timestamptz,
	withdrawn_by uuid references persons (id),
	check (num_nulls(answer, answered_at, answered_by) in (0, 3)),
	check (num_nulls(withdrawn_at, withdrawn_by) in (0, 2))
);
create index requests_of_case on requests (case_id);
create index requests_waiting on requests (asked_id) where answered_at is null and withdrawn_at is null;

create table differings (
	id uuid primary key default gen_random_uuid(),
	case_id uuid not null references cases (id),
	matter text not null check (matter <> ''),
	raised_by uuid not null references persons (id),
	raised_at timestamptz not null default clock_timestamp(),
	settled_at timestamptz,
	settled_by uuid references persons (id),
	check (num_nulls(settled_at, settled_by) in (0, 2))
);
create index differings_of_case on differings (case_id);

-- What somebody said before they said it anew stays.
create table differing_readings (
	id bigint generated always as identity primary key,
	differing_id uuid not null references differings (id),
	person_id uuid not null references persons (id),
	reading text not null check (reading <> ''),
	at timestamptz not null default clock_timestamp()
);
create index differing_readings_of on differing_readings (differing_id, person_id, id);
