create table decisions (
	id uuid primary key references objects,
	case_id uuid not null unique references cases,
	item_id uuid references agenda_items,
	option_id uuid not null references options,
	decider text not null default 'director' check (decider in ('director', 'forum', 'council', 'external')),
	standing text not null check (standing in ('decided', 'recommended')), -- council, external: recommended, awaiting
	method text not null check (method in ('chair', 'vote')),
	wording text not null check (wording <> ''),
	-- the rationale, split (F1)
	facts text not null default '',
	valuations text not null default '',
	side_conditions text not null default '',
	constraints text not null default '',
	dissent text not null default '',
	no_follow_up text, -- a stated reason for no goal and no action (F3); null with none of them shows so
	keep_id uuid not null references document_keeps,
	record jsonb not null, -- the frozen case: decision/record.ts
	hash text not null, -- sha256 of the record in canonical form
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create trigger decisions_never_move before update or delete on decisions for each row execute function refuse_change();

create table decision_evidence (
	decision_id uuid not null references decisions,
	evidence_id uuid not null references evidence,
	role text not null check (role in ('made', 'informed', 'supports', 'unused')),
	added_at timestamptz not null default clock_timestamp(),
	by uuid not null references persons,
	primary key (decision_id, evidence_id)
);

-- The values a decision rests on, as they stood; what later revisions are held against (F9).
create table cited_values (
	decision_id uuid not null references decisions,
	version_id uuid not null references versions,
	figure_id uuid not null references figures,
	measure text not null,
	coordinates jsonb not null, -- dimension key → category code, time among them
	value double precision not null,
	primary key (decision_id, figure_id, measure, coordinates)
);
create table revision_flags (
	id uuid primary key default gen_random_uuid(),
	decision_id uuid not null references decisions,
	figure_id uuid not null references figures,
	version_id uuid not null references versions, -- the newer version that says otherwise
	measure text not null,
	coordinates jsonb not null,
	old_value double precision not null,
	new_value double precision, -- null: gone, missing or suppressed there
	at timestamptz not null default clock_timestamp(),
	unique (decision_id, figure_id, version_id, measure, coordinates)
);

create table actions (
	id uuid primary key default gen_random_uuid(),
	decision_id uuid not null references decisions,
	title text not null check (title <> ''),
	owner_id uuid not null references persons,
	due date not null,
	done_at timestamptz,
	done_by uuid references persons
);
create index actions_decision on actions (decision_id, due);
create index cited_values_version on cited_values (version_id);
create trigger decision_evidence_never_moves before update or delete on decision_evidence for each row execute function refuse_change();
create trigger cited_values_never_move before update or delete on cited_values for each row execute function refuse_change();
create trigger revision_flags_never_move before update or delete on revision_flags for each row execute function refuse_change();
