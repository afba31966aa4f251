-- A forum's words (G6): what the forum means by each, and each department where it means something else.
-- Nothing is overwritten: what is said anew, adopted or withdrawn is a row of its own.
create table terms (
	id uuid primary key default gen_random_uuid(),
	forum_id uuid not null references forums,
	word text not null check (word <> ''),
	forms text[] not null default '{}', -- as it is also written: 'anbragte', 'anbringelser'
	annotation_id uuid references annotations, -- what it was proposed in, if it was
	proposed_by uuid not null references persons,
	proposed_at timestamptz not null default clock_timestamp()
);
create unique index terms_word on terms (forum_id, lower(word));
create index terms_annotation on terms (annotation_id);

create table term_definitions ( -- the newest of each department holds; an empty one: it means what the forum means
	id bigint generated always as identity primary key,
	term_id uuid not null references terms,
	department_id uuid references departments, -- null: the forum's
	definition text not null check (definition <> '' or department_id is not null),
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create index term_definitions_term on term_definitions (term_id, department_id, id desc);

create table term_states ( -- without one: proposed
	id bigint generated always as identity primary key,
	term_id uuid not null references terms,
	state text not null check (state in ('adopted', 'withdrawn')),
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create index term_states_term on term_states (term_id, id desc);
create trigger terms_never_move before update or delete on terms for each row execute function refuse_change();
create trigger term_definitions_never_move before update or delete on term_definitions for each row execute function refuse_change();
create trigger term_states_never_move before update or delete on term_states for each row execute function refuse_change();
