-- Outlines of areas that a forum has brought, for maps (D9). What a figure was drawn on never changes; other
-- outlines are another row. The Danish municipalities come with the product and have none.
create table outlines (
	id uuid primary key default gen_random_uuid(),
	forum_id uuid not null references forums,
	title text not null check (title <> ''),
	source text not null check (source <> ''), -- who made it, and by what right it is shown
	width integer not null check (width > 0),
	height integer not null check (height > 0),
	areas jsonb not null, -- data/outline.ts
	file_name text not null,
	file_hash text not null, -- sha256 of the bytes; the file itself is not kept
	brought_by uuid not null references persons,
	brought_at timestamptz not null default clock_timestamp(),
	unique (forum_id, file_hash)
);
create trigger outlines_never_move before update or delete on outlines for each row execute function refuse_change();
