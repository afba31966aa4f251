-- What the forum might take up (C8): proposed by anyone who works in it, in the order the forum has given them.
create table proposals (
	id uuid primary key default gen_random_uuid(),
	forum_id uuid not null references forums,
	title text not null check (title <> ''),
	why text not null default '',
	position integer not null,
	proposed_by uuid not null references persons,
	proposed_at timestamptz not null default clock_timestamp(),
	-- How it ended: a case was made of it, or it was set aside with a reason.
	case_id uuid references cases,
	declined text check (declined <> ''),
	settled_at timestamptz,
	settled_by uuid references persons,
	check (num_nulls(settled_at, settled_by) in (0, 2)),
	check (num_nonnulls(case_id, declined) = case when settled_at is null then 0 else 1 end)
);
create index proposals_forum on proposals (forum_id, position);
create table proposal_departments (
	proposal_id uuid not null references proposals,
	department_id uuid not null references departments,
	primary key (proposal_id, department_id)
);

-- Sparring off the record (C9): what was written goes when the meeting it was on is closed.
alter table cases add column off_record boolean not null default false;
alter table cases add column forgotten_at timestamptz;
alter table cases add constraint cases_off_record check (not off_record or kind = 'sparring');
alter table cases add constraint cases_forgotten check (forgotten_at is null or off_record);

-- What is never changed or removed may be removed in one way only: by forget_case, of what was off the record.
create or replace function refuse_change() returns trigger language plpgsql as $$
begin
	if tg_op = 'DELETE' and tg_table_name <> 'events' and current_setting('raadslag.forgets', true) = 'case' then
		return old;
	end if;
	raise exception '% rows are never changed or removed', tg_table_name using errcode = 'restrict_violation';
end $$;

-- Removes rows with everything that hangs on them; what only may point at them points at nothing instead.
create function forget_rows(target regclass, key text, keys text[]) returns void language plpgsql as $$
declare
	link record;
	parents text[];
begin
	if coalesce(array_length(keys, 1), 0) = 0 then return; end if;
	for link in
		select c.conrelid::regclass child, a.attname own, p.attname parent, not a.attnotnull loose
		from pg_constraint c
		join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
		join pg_attribute p on p.attrelid = c.confrelid and p.attnum = c.confkey[1]
		where c.contype = 'f' and c.confrelid = target and array_length(c.conkey, 1) = 1
	loop
		execute format('select array_agg(%I::text) from %s where %I::text = any($1)', link.parent, target, key)
			into parents using keys;
		if link.loose then
			execute format('update %s set %I = null where %I::text = any($1)', link.child, link.own, link.own) using parents;
		else
			perform forget_rows(link.child, link.own, parents);
		end if;
	end loop;
	execute format('delete from %s where %I::text = any($1)', target, key) using keys;
end $$;

-- All that was written in a sparring off the record: its text with the log of edits and every kept version, notes,
-- options, evidence, questions and answers. That it was on a meeting, its title and its question stay.
create function forget_case(id uuid) returns void language plpgsql as $$
declare
	link record;
begin
	if not exists (select from cases c where c.id = forget_case.id and c.off_record) then
		raise exception 'only what is off the record is forgotten';
	end if;
	perform set_config('raadslag.forgets', 'case', true);
	for link in
		select c.conrelid::regclass child, a.attname own
		from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
		where c.contype = 'f' and c.confrelid = 'cases'::regclass and a.attnotnull
			and c.conrelid::regclass::text not in ('case_states', 'agenda_items', 'decisions')
	loop
		perform forget_rows(link.child, link.own, array[forget_case.id::text]);
	end loop;
	perform forget_rows('annotations', 'object_id', array[forget_case.id::text]);
	perform forget_rows('documents', 'object_id', array[forget_case.id::text]);
	update cases c set forgotten_at = clock_timestamp() where c.id = forget_case.id;
	perform set_config('raadslag.forgets', '', true);
end $$;
