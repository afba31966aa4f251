-- Finding a dataset or an indicator by its words (D7). Danish stems; a stem is matched from its beginning.
-- The words of names that are put together (skolefravær) are found inside too: data/catalogue.server.ts
alter table datasets add column search tsvector not null generated always as (
	setweight(to_tsvector('danish', title), 'A') ||
	setweight(to_tsvector('danish', definition), 'B') ||
	setweight(to_tsvector('danish', coalesce(source, '') || ' ' || coalesce(population, '') || ' ' ||
		coalesce(purpose, '') || ' ' || coalesce(registration, '') || ' ' || coalesce(sender, '')), 'C')
) stored;
alter table datasets add column plain text not null
	generated always as (lower(title || ' ' || definition)) stored;

-- What the newest version covers: its years and its areas.
create table coverage (
	dataset_id uuid primary key references datasets,
	version_id uuid not null references versions,
	first_year integer,
	last_year integer,
	areas text not null, -- labels, one a line
	categories text not null, -- those of every dimension but time
	search tsvector not null generated always as (setweight(to_tsvector('danish', categories), 'D')) stored
);

-- One measure of a dataset that the forum reads (D8). A row appears with the version that brings the measure;
-- what people say of it is added. Null shows as missing.
create table indicators (
	dataset_id uuid not null references datasets,
	measure text not null, -- key in versions.shape
	label text not null,
	unit text not null,
	last_number integer not null, -- the newest version that has it
	why text, -- why the forum reads it
	direction text check (direction in ('up', 'down')),
	population text, -- whom it is meant to be about
	denominator text, -- whom the figures are taken over
	denominator_reason text, -- why that is not the same
	meaning text check (meaning in ('relative', 'act')), -- what the colour says
	green_at double precision, -- act: from here it is good
	red_at double precision, -- act: from here something must be done
	threshold_measure text, -- a count shown beside a mean: 'pupils with more than 20 days' absence'
	counts text check (counts in ('effort', 'process', 'result', 'effect')), -- D12
	demanded_by text,
	steered_instead text, -- "we steer by something else than we are measured on, because …"
	described_by uuid references persons,
	described_at timestamptz,
	search tsvector not null generated always as (
		setweight(to_tsvector('danish', label), 'A') ||
		setweight(to_tsvector('danish', coalesce(why, '') || ' ' || coalesce(population, '') || ' ' ||
			coalesce(demanded_by, '')), 'B')
	) stored,
	plain text not null generated always as (lower(label)) stored,
	primary key (dataset_id, measure),
	check ((green_at is null) = (red_at is null))
);

-- A version's measures, years and areas can be found from when it is stored.
create function list_in_catalogue(one versions) returns void language plpgsql as $$
begin
	insert into indicators (dataset_id, measure, label, unit, last_number)
	select one.dataset_id, m ->> 'key', m ->> 'label', coalesce(m ->> 'unit', ''), one.number
	from jsonb_array_elements(one.shape -> 'measures') m
	on conflict (dataset_id, measure) do update
		set label = excluded.label, unit = excluded.unit, last_number = excluded.last_number;
	insert into coverage (dataset_id, version_id, first_year, last_year, areas, categories)
	select one.dataset_id, one.id,
		min(substring(c ->> 'code' from '(?:19|20|21)\d\d')::integer) filter (where d ->> 'role' = 'time'),
		max(substring(c ->> 'code' from '(?:19|20|21)\d\d')::integer) filter (where d ->> 'role' = 'time'),
		coalesce(left(string_agg(c ->> 'label', E'\n') filter (where d ->> 'role' = 'area'), 100000), ''),
		coalesce(left(string_agg(c ->> 'label', E'\n') filter (where d ->> 'role' <> 'time'), 100000), '')
	from jsonb_array_elements(one.shape -> 'dimensions') d
	cross join lateral jsonb_array_elements(d -> 'categories') c
	on conflict (dataset_id) do update set version_id = excluded.version_id, first_year = excluded.first_year,
		last_year = excluded.last_year, areas = excluded.areas, categories = excluded.categories;
end $$;
-- A trigger, so that however a version comes, what can be found is what there is.
create function version_appears() returns trigger language plpgsql as $$
begin
	perform list_in_catalogue(new);
	return null;
end $$;
create trigger versions_appear after insert on versions for each row execute function version_appears();

-- Those that are here already, oldest first.
do $$
declare one versions;
begin
	for one in select * from versions order by number loop
		perform list_in_catalogue(one);
	end loop;
end $$;

-- A hypothesis (D10): written before, held against the figures after. What it foretold never changes.
create table hypotheses (
	id uuid primary key default gen_random_uuid(),
	dataset_id uuid not null,
	measure text not null,
	statement text not null check (statement <> ''), -- 'if we start at age 4, absence falls'
	places jsonb not null, -- dimension key → category code, without time
	direction text not null check (direction in ('up', 'down')),
	least double precision check (least > 0), -- at least so much, in the measure's unit; null: any change that way
	from_period text not null,
	by_period text not null,
	version_id uuid not null references versions, -- the newest when it was written
	baseline double precision not null, -- what that version says of from_period
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp(),
	foreign key (dataset_id, measure) references indicators
);
create index hypotheses_indicator on hypotheses (dataset_id, measure, at);
create trigger hypotheses_are_theirs before update or delete on hypotheses for each row execute function refuse_change();
