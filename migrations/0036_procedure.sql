-- What the forum has agreed on how a case comes before it (G5). Nothing agreed: nothing is asked for.
alter table forums
	add column approval text not null default 'none' check (approval in ('none', 'shown', 'required')),
	add column hand_in_workdays integer check (hand_in_workdays between 1 and 20),
	add column after_deadline text not null default 'shown' check (after_deadline in ('shown', 'urgent')),
	add column written_procedure text not null default 'none' check (written_procedure in ('none', 'allowed', 'one_stops'));

-- Which director answers for which department in this forum. Where none is named, it is one who sits in it, else the chair.
create table responsible_directors (
	forum_id uuid not null references forums,
	department_id uuid not null references departments,
	director_id uuid not null references persons,
	primary key (forum_id, department_id)
);

-- Approval of a case, step by step (C7). The newest is how it stands. What was approved, or sent back, is a kept text
-- with options and evidence as they stood.
create table approvals (
	id bigint generated always as identity primary key,
	case_id uuid not null references cases,
	step text not null check (step in ('asked', 'approved', 'sent_back', 'withdrawn')),
	director_id uuid not null references persons, -- who was asked, or answers
	comment text not null default '',
	keep_id uuid references document_keeps,
	options jsonb,
	evidence jsonb,
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp(),
	check ((step in ('approved', 'sent_back')) = (keep_id is not null and options is not null and evidence is not null))
);
create index approvals_case on approvals (case_id, id desc);
create index approvals_director on approvals (director_id, id desc);
create trigger approvals_never_move before update or delete on approvals for each row execute function refuse_change();

-- The director's notes on passages that went with a case sent back.
create table approval_notes (
	approval_id bigint not null references approvals,
	annotation_id uuid not null references annotations,
	primary key (approval_id, annotation_id)
);
create index approval_notes_annotation on approval_notes (annotation_id);

-- A case that cannot wait for the deadline, and why; lifted again, it stays on record.
create table urgencies (
	id bigint generated always as identity primary key,
	case_id uuid not null references cases,
	reason text not null check (reason <> ''),
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp(),
	lifted_at timestamptz,
	lifted_by uuid references persons,
	check (num_nulls(lifted_at, lifted_by) in (0, 2))
);
create unique index urgencies_one on urgencies (case_id) where lifted_at is null;

-- Put on an agenda after the day material should have been handed in.
alter table agenda_items add column after_deadline boolean not null default false;

-- Who has opened what was sent out. A row is its person's own; others see counts only.
create table circulation_openings (
	circulation_id uuid not null references circulations,
	person_id uuid not null references persons,
	at timestamptz not null default clock_timestamp(),
	primary key (circulation_id, person_id)
);

-- A case settled in writing between meetings: what was sent, by when to answer, and how it ended.
create table written_procedures (
	id uuid primary key default gen_random_uuid(),
	case_id uuid not null references cases,
	due date not null,
	one_stops boolean not null, -- as the charter said that day
	keep_id uuid not null references document_keeps,
	options jsonb not null,
	evidence jsonb not null,
	asked_by uuid not null references persons,
	asked_at timestamptz not null default clock_timestamp(),
	ended text check (ended in ('decided', 'stopped', 'withdrawn')),
	ended_at timestamptz,
	ended_by uuid references persons,
	check (num_nulls(ended, ended_at, ended_by) in (0, 3))
);
create index written_procedures_case on written_procedures (case_id, asked_at desc);
create unique index written_procedures_one_open on written_procedures (case_id) where ended is null;

-- What each has answered; said anew, what was said before stays.
create table written_answers (
	id bigint generated always as identity primary key,
	procedure_id uuid not null references written_procedures,
	person_id uuid not null references persons,
	answer text not null check (answer in ('agree', 'against', 'meeting')),
	words text not null default '',
	at timestamptz not null default clock_timestamp()
);
create index written_answers_of on written_answers (procedure_id, person_id, id desc);
create trigger written_answers_are_theirs before update or delete on written_answers for each row execute function refuse_change();

-- A decision may be made in writing.
alter table decisions drop constraint decisions_method_check;
alter table decisions add constraint decisions_method_check check (method in ('chair', 'vote', 'written'));
