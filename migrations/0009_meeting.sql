create table meetings (
	id uuid primary key references objects,
	forum_id uuid not null references forums,
	starts_at timestamptz not null,
	place text not null default '',
	opened_at timestamptz,
	closed_at timestamptz
);

create table agenda_items (
	id uuid primary key default gen_random_uuid(),
	meeting_id uuid not null references meetings,
	case_id uuid not null references cases,
	position integer not null,
	minutes integer not null default 15 check (minutes between 1 and 480),
	presenter_id uuid references persons,
	late boolean not null default false, -- added after circulation, and marked so (C8)
	added_by uuid not null references persons,
	added_at timestamptz not null default clock_timestamp(),
	removed_at timestamptz
);
create unique index agenda_items_once on agenda_items (meeting_id, case_id) where removed_at is null;

-- Circulation freezes what was sent (C10), per case: text as kept, options as they stood.
create table circulations (
	id uuid primary key default gen_random_uuid(),
	item_id uuid not null references agenda_items,
	case_id uuid not null references cases,
	keep_id uuid not null references document_keeps,
	options jsonb not null,
	evidence jsonb not null,
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create index circulations_case on circulations (case_id, at desc);
create trigger circulations_never_move before update or delete on circulations for each row execute function refuse_change();

-- Which item the room is at: the newest row (M3).
create table meeting_moves (
	id bigint generated always as identity primary key,
	meeting_id uuid not null references meetings,
	item_id uuid references agenda_items, -- null: between items
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create index meeting_moves_newest on meeting_moves (meeting_id, id desc);

create table attendance (
	meeting_id uuid not null references meetings,
	person_id uuid not null references persons,
	present boolean not null,
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp(),
	primary key (meeting_id, person_id)
);

create table vote_rounds (
	id uuid primary key default gen_random_uuid(),
	item_id uuid not null references agenda_items,
	question text not null check (question <> ''),
	among text not null check (among in ('yes_no', 'options')),
	opened_by uuid not null references persons,
	opened_at timestamptz not null default clock_timestamp(),
	closed_at timestamptz
);
create unique index vote_rounds_one_open on vote_rounds (item_id) where closed_at is null;
create table votes (
	round_id uuid not null references vote_rounds,
	person_id uuid not null references persons,
	choice text not null, -- 'yes', 'no', 'abstain' or an option's id
	at timestamptz not null default clock_timestamp(),
	primary key (round_id, person_id)
);
