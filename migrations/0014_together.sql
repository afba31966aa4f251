-- Breaks and renamed categories are said by a person and never overwritten: what no longer holds is ended, with
-- who and why, and said anew.
alter table series_breaks drop constraint series_breaks_dataset_id_measure_period_key;
create index series_breaks_dataset on series_breaks (dataset_id, measure, period);
create table series_break_ends (
	break_id uuid primary key references series_breaks,
	reason text not null check (reason <> ''),
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);

-- The same category under another code: "old = new". Versions stay as they are; comparison, series and the next
-- import follow it.
create table category_mappings (
	id uuid primary key default gen_random_uuid(),
	dataset_id uuid not null references datasets,
	dimension text not null,
	old_code text not null check (old_code <> ''),
	new_code text not null check (new_code <> '' and new_code <> old_code),
	reason text not null check (reason <> ''),
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create index category_mappings_dataset on category_mappings (dataset_id, dimension);
create table category_mapping_ends (
	mapping_id uuid primary key references category_mappings,
	reason text not null check (reason <> ''),
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);

-- Datasets that share area, group or period, put side by side for a purpose (D11). `version_id`s are pinned:
-- numbers do not move.
create table couplings (
	id uuid primary key default gen_random_uuid(),
	forum_id uuid not null references forums,
	title text not null check (title <> ''),
	purpose text not null check (purpose <> ''),
	legal_basis text not null check (legal_basis <> ''),
	-- The first part counts some of those the second counts: their difference must not be small either.
	part_of boolean not null default false,
	made_by uuid not null references persons,
	made_at timestamptz not null default clock_timestamp()
);
create index couplings_forum on couplings (forum_id, made_at desc);
create table coupling_parts (
	coupling_id uuid not null references couplings,
	position smallint not null check (position in (0, 1)),
	dataset_id uuid not null references datasets,
	version_id uuid not null references versions,
	measure text not null,
	-- Where the dimensions that are not shared are held: a category code by dimension.
	held jsonb not null default '{}',
	primary key (coupling_id, position)
);
create index coupling_parts_dataset on coupling_parts (dataset_id);
-- What a dataset's owner says to it; the newest holds.
create table coupling_answers (
	id bigint generated always as identity primary key,
	coupling_id uuid not null references couplings,
	dataset_id uuid not null references datasets,
	answer boolean not null,
	reason text not null default '' check (answer or reason <> ''),
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create index coupling_answers_coupling on coupling_answers (coupling_id, dataset_id, id desc);

-- A rate, share or index: the formula is kept, the number never; it is worked out as it is read.
create table derived_measures (
	id uuid primary key default gen_random_uuid(),
	dataset_id uuid not null references datasets,
	label text not null check (label <> ''),
	kind text not null check (kind in ('rate', 'share', 'index')),
	numerator text not null,
	denominator text, -- null for an index
	per integer check (per > 0), -- of a rate: per 1,000
	base_period text, -- of an index: the period that is 100
	decimals smallint not null check (decimals between 0 and 6),
	reason text not null check (reason <> ''),
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp(),
	check ((kind = 'index') = (denominator is null)),
	check ((kind = 'index') = (base_period is not null)),
	check ((kind = 'rate') = (per is not null))
);
create index derived_measures_dataset on derived_measures (dataset_id, at);
create table derived_measure_ends (
	derived_id uuid primary key references derived_measures,
	reason text not null check (reason <> ''),
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);

create trigger series_breaks_never_move before update or delete on series_breaks for each row execute function refuse_change();
create trigger series_break_ends_never_move before update or delete on series_break_ends for each row execute function refuse_change();
create trigger category_mappings_never_move before update or delete on category_mappings for each row execute function refuse_change();
create trigger category_mapping_ends_never_move before update or delete on category_mapping_ends for each row execute function refuse_change();
create trigger couplings_never_move before update or delete on couplings for each row execute function refuse_change();
create trigger coupling_parts_never_move before update or delete on coupling_parts for each row execute function refuse_change();
create trigger coupling_answers_never_move before update or delete on coupling_answers for each row execute function refuse_change();
create trigger derived_measures_never_move before update or delete on derived_measures for each row execute function refuse_change();
create trigger derived_measure_ends_never_move before update or delete on derived_measure_ends for each row execute function refuse_change();
