-- Figures that come by themselves: another system pushes them, or a worker pulls them from an address.

-- A service account stands among persons, so that every act has its actor and one set of rules judges all.
-- It signs in nowhere: no session has it as user.
alter table persons add column service boolean not null default false;
create or replace view active_persons as
	select p.id, p.name, p.email, p.department_id, d.name as department_name, p.title, p.locale
	from persons p join departments d on d.id = p.department_id
	where p.deactivated_at is null and not p.service;

create table service_accounts (
	id uuid primary key references persons,
	forum_id uuid not null references forums,
	responsible_id uuid not null references persons, -- who answers for it: it may nothing once they are gone
	token_hash text not null unique, -- sha256 of 32 random bytes; the token itself is shown once
	hint text not null, -- its last four characters, to tell tokens apart
	created_at timestamptz not null default clock_timestamp(),
	expires_on date not null, -- the last day it works
	revoked_at timestamptz,
	revoked_by uuid references persons,
	last_used_at timestamptz,
	-- How many calls it may make at once; refilled as time goes: forum/accounts.ts
	allowance double precision not null,
	refilled_at timestamptz not null default clock_timestamp(),
	check ((revoked_at is null) = (revoked_by is null))
);
create index service_accounts_forum on service_accounts (forum_id, created_at);

-- What it may import to, and nothing else.
create table service_grants (
	account_id uuid not null references service_accounts,
	object_id uuid not null references objects,
	primary key (account_id, object_id)
);
create index service_grants_object on service_grants (object_id);

-- The answer to a push, so that the same key and the same bytes are answered alike. Kept some days: data/push.ts
create table push_answers (
	account_id uuid not null references service_accounts,
	key text not null,
	fingerprint text not null, -- sha256 of everything that was asked
	status integer,
	answer json, -- not jsonb: given again byte for byte
	at timestamptz not null default clock_timestamp(),
	primary key (account_id, key)
);
create index push_answers_at on push_answers (at);

-- One address for each dataset, asked by the clock. No secrets: whoever has one pushes instead.
create table pulls (
	dataset_id uuid primary key references datasets,
	url text not null check (url like 'https://%'),
	method text not null check (method in ('GET', 'POST')),
	body text check ((body is null) = (method = 'GET')),
	headers jsonb not null default '{}',
	rhythm text not null check (rhythm in ('daily', 'weekly', 'monthly')),
	set_by uuid not null references persons, -- judged anew at every pull
	set_at timestamptz not null default clock_timestamp(),
	paused_at timestamptz,
	next_at timestamptz not null,
	failures integer not null default 0, -- tries since the address last answered
	held_until timestamptz, -- a worker has it in hand; one that died lets go by time
	etag text,
	last_modified text,
	-- what came of the last try: data/pull.ts
	last_at timestamptz,
	last_outcome text check (last_outcome in ('stored', 'unchanged', 'refused', 'failed')),
	last_code text,
	last_params jsonb,
	last_version_id uuid references versions
);
create index pulls_due on pulls (next_at) where paused_at is null;
