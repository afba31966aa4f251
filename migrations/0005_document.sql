-- One Yjs document per brief and case. Its text is the sum of its updates; nothing else holds it.
create table documents (
	id uuid primary key default gen_random_uuid(),
	object_id uuid not null unique references objects,
	seq bigint not null default 0, -- the highest update number, handed out under this row's lock
	epoch integer not null default 1, -- a restored document starts a new one
	closed_at timestamptz, -- after this, no update is appended
	created_at timestamptz not null default now()
);

create table document_updates (
	document_id uuid not null references documents,
	seq bigint not null,
	bytes bytea not null,
	person_id uuid references persons, -- null: merged by compaction, or seeded
	at timestamptz not null default clock_timestamp(),
	primary key (document_id, seq)
);

-- A Yjs client id belongs to the person who first wrote with it in that document.
create table document_clients (
	document_id uuid not null references documents,
	client_id bigint not null,
	person_id uuid references persons, -- null: the server's own seed
	since timestamptz not null default now(),
	primary key (document_id, client_id)
);

-- Bytes kept while writing may go on: what was circulated, published, decided.
create table document_keeps (
	id uuid primary key default gen_random_uuid(),
	document_id uuid not null references documents,
	seq bigint not null,
	bytes bytea not null,
	content jsonb not null, -- section → ProseMirror JSON, as it stood
	why text not null, -- 'published', 'circulated', 'decided'
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create trigger document_keeps_never_move before update or delete on document_keeps
	for each row execute function refuse_change();
