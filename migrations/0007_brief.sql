create table briefs (
	id uuid primary key references objects,
	question text not null check (question <> ''),
	serves text, -- the goal or strategy it serves (B1); null shows as missing
	left_out text, -- what was deliberately left out, and why (B6)
	published_at timestamptz,
	published_by uuid references persons,
	keep_id uuid references document_keeps,
	check ((published_at is null) = (published_by is null) and (published_at is null) = (keep_id is null))
);

-- A figure is pinned: its version never changes. Another version is another figure.
create table figures (
	id uuid primary key default gen_random_uuid(),
	brief_id uuid not null references briefs,
	version_id uuid not null references versions,
	position integer not null,
	title text not null check (title <> ''),
	why text not null default '', -- why it is relevant to the question (B2)
	spec jsonb not null, -- brief/figure.ts
	first_page boolean not null default true,
	created_by uuid not null references persons,
	created_at timestamptz not null default clock_timestamp(),
	removed_at timestamptz
);
create index figures_brief on figures (brief_id, position);
