create table cases (
	id uuid primary key references objects,
	number integer not null, -- counts within the forum
	forum_id uuid not null references forums,
	brief_id uuid references briefs, -- null: made without a brief, and says so (C9)
	kind text not null default 'decision' check (kind in ('decision', 'sparring', 'orientation', 'budget', 'follow_up')),
	question text not null check (question <> ''),
	owner_id uuid not null references persons, -- who prepares and presents it
	unique (forum_id, number)
);
create index cases_brief on cases (brief_id);

-- A state change is a row (C7). The newest is the state; objects.phase repeats it for access.
create table case_states (
	id bigint generated always as identity primary key,
	case_id uuid not null references cases,
	state text not null check (state in ('draft', 'in_review', 'ready', 'on_agenda', 'decided', 'deferred', 'returned', 'in_follow_up', 'closed')),
	reason text not null default '',
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create trigger case_states_never_move before update or delete on case_states for each row execute function refuse_change();

create table evidence (
	id uuid primary key default gen_random_uuid(),
	case_id uuid not null references cases,
	kind text not null check (kind in ('figure', 'document', 'research', 'practice', 'stakeholder', 'comparable_case')),
	title text not null check (title <> ''),
	note text not null default '',
	link text,
	figure_id uuid references figures,
	annotation_id uuid references annotations,
	stance text not null default 'supports' check (stance in ('supports', 'contradicts', 'neutral')),
	added_by uuid not null references persons,
	added_at timestamptz not null default clock_timestamp(),
	parked_at timestamptz, -- set aside, never dropped
	parked_by uuid references persons,
	check ((kind = 'figure') = (figure_id is not null))
);
create index evidence_case on evidence (case_id, added_at);

-- An option's existence, order, money and likelihood; its prose is the fragment option:<id> of the case's document.
create table options (
	id uuid primary key default gen_random_uuid(),
	case_id uuid not null references cases,
	position integer not null,
	title text not null check (title <> ''),
	status_quo boolean not null default false,
	recommended boolean not null default false,
	amount numeric, -- DKK; negative is a saving; null is not given
	horizon text not null default '', -- "per år", "2018–2021"
	funding text not null default '',
	likelihood text check (likelihood in ('likely', 'possible', 'unlikely')),
	row_version integer not null default 1,
	created_by uuid not null references persons,
	created_at timestamptz not null default clock_timestamp(),
	withdrawn_at timestamptz,
	check (not (status_quo and withdrawn_at is not null))
);
create index options_case on options (case_id, position);
create unique index options_one_status_quo on options (case_id) where status_quo;
create unique index options_one_recommended on options (case_id) where recommended and withdrawn_at is null;
