create table departments (
	id uuid primary key default gen_random_uuid(),
	name text not null unique check (name <> '')
);

create table persons (
	id uuid primary key default gen_random_uuid(),
	name text not null check (name <> ''),
	email text not null check (email = lower(email) and email like '%_@_%'),
	password_hash text not null,
	department_id uuid not null references departments,
	title text not null default '',
	locale text check (locale in ('da', 'en')), -- null: as the browser asks
	created_at timestamptz not null default now(),
	deactivated_at timestamptz
);
create unique index persons_email on persons (email);

-- id is what lucia is given: sha256 of the token in the cookie. public_id is what a person revokes by.
create table sessions (
	id text primary key,
	public_id uuid not null unique default gen_random_uuid(),
	user_id uuid not null references persons on delete cascade,
	expires_at timestamptz not null,
	created_at timestamptz not null default now(),
	seen_at timestamptz not null default now(),
	user_agent text not null default ''
);
create index sessions_user on sessions (user_id);

-- Guessing is slowed by counting failures, per account and per address. Both are stored hashed.
create table sign_in_failures (
	subject text not null,
	at timestamptz not null default now()
);
create index sign_in_failures_subject on sign_in_failures (subject, at);

-- A person as the product knows one: no password, nobody deactivated. lucia reads users from here,
-- so a session of someone deactivated has no user and ends.
create view active_persons as
	select p.id, p.name, p.email, p.department_id, d.name as department_name, p.title, p.locale
	from persons p join departments d on d.id = p.department_id
	where p.deactivated_at is null;
