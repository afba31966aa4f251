create table forums (
	id uuid primary key default gen_random_uuid(),
	slug text not null unique check (slug ~ '^[a-z0-9-]{2,60}$'),
	name text not null check (name <> ''),
	municipality text not null default '',
	-- The charter (G5), in the short form this version asks for.
	small_number_limit integer not null default 5 check (small_number_limit between 3 and 50),
	fictional boolean not null default false, -- the demo says so on every page
	created_at timestamptz not null default now()
);

create table members (
	forum_id uuid not null references forums,
	person_id uuid not null references persons,
	role text not null check (role in ('director', 'chief', 'analyst', 'secretary', 'observer')),
	chair boolean not null default false check (not chair or role = 'director'),
	since timestamptz not null default now(),
	primary key (forum_id, person_id)
);
create index members_person on members (person_id);
create unique index members_one_chair on members (forum_id) where chair;

-- Whatever access is judged on registers itself here, in the transaction that makes it.
create table objects (
	id uuid primary key default gen_random_uuid(),
	kind text not null check (kind in ('dataset', 'brief', 'case', 'meeting', 'decision', 'goal')),
	forum_id uuid not null references forums,
	department_id uuid references departments,
	title text not null check (title <> ''),
	phase text not null,
	confidential boolean not null default false,
	created_by uuid not null references persons,
	created_at timestamptz not null default now()
);
create index objects_forum on objects (forum_id, kind, created_at desc);

-- Who writes an object (a brief's draft is private to them; a confidential case is open to them).
create table authors (
	object_id uuid not null references objects,
	person_id uuid not null references persons,
	added_by uuid not null references persons,
	added_at timestamptz not null default now(),
	primary key (object_id, person_id)
);

-- Someone shut out of one object, such as a member who is not impartial in a case.
create table exclusions (
	id uuid primary key default gen_random_uuid(),
	object_id uuid not null references objects,
	person_id uuid not null references persons,
	reason text not null check (reason <> ''),
	since timestamptz not null default now(),
	by uuid not null references persons,
	until timestamptz
);
create index exclusions_open on exclusions (object_id, person_id) where until is null;
