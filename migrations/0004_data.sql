create table datasets (
	id uuid primary key references objects,
	title text not null check (title <> ''),
	-- Where its figures come from (D3). Owner, definition and as-of date are asked for at once; null shows as missing.
	owner_id uuid not null references persons,
	second_id uuid references persons, -- a second person who knows it (D13)
	definition text not null check (definition <> ''),
	source text,
	registration text, -- how it is registered in practice
	population text,
	weaknesses text,
	legal_basis text,
	purpose text,
	rhythm text,
	next_update date,
	grade text check (grade in ('validated', 'provisional', 'weak')),
	sender text,
	sender_interest text,
	synthetic boolean not null default false,
	-- Small numbers (D5) do not apply to what someone else has published already; then: where.
	exempt_reference text,
	created_at timestamptz not null default now()
);

create table versions (
	id uuid primary key default gen_random_uuid(),
	dataset_id uuid not null references datasets,
	number integer not null check (number > 0),
	as_of date not null,
	file_name text not null,
	file_hash text not null, -- sha256 of the bytes; the file itself is not kept
	recipe jsonb not null, -- how columns were understood: data/recipe.ts
	shape jsonb not null, -- dimensions and measures: data/cube.ts
	small_number_limit integer, -- null: no measure counts individuals, or exempt
	suppressed integer not null default 0, -- how many cells are absent for being small
	confirmations jsonb not null default '[]', -- "this column is not persons' names": who said so
	changes jsonb, -- against the version before: data/compare.ts; null for the first
	imported_by uuid not null references persons,
	imported_at timestamptz not null default clock_timestamp(),
	unique (dataset_id, number),
	unique (dataset_id, file_hash)
);

-- position: row-major over shape.dimensions, last dimension fastest. Sparse: a cell the file never had has no row.
-- A suppressed cell's number is nowhere: value is null by constraint.
create table cells (
	version_id uuid not null references versions,
	measure smallint not null, -- index in shape.measures
	position integer not null,
	value double precision,
	status "char" not null check (status in ('v', 'm', 's')), -- value, missing, suppressed
	primary key (version_id, measure, position),
	check ((status = 'v') = (value is not null))
);
create trigger versions_never_move before update or delete on versions for each row execute function refuse_change();
create trigger cells_never_move before update or delete on cells for each row execute function refuse_change();

-- A person marks that a series changes meaning (D4).
create table series_breaks (
	id uuid primary key default gen_random_uuid(),
	dataset_id uuid not null references datasets,
	measure text not null,
	period text not null, -- first period of the new meaning
	reason text not null check (reason <> ''),
	by uuid not null references persons,
	at timestamptz not null default now(),
	unique (dataset_id, measure, period)
);
