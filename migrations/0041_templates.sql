-- A forum's own template for a kind of case (C1). Each change is a row; null: as the house ships it.
create table templates (
	forum_id uuid not null references forums,
	kind text not null check (kind in ('decision', 'sparring', 'orientation', 'budget', 'follow_up')),
	number integer not null check (number > 0),
	parts jsonb, -- case/template.ts TemplatePart[], in reading order
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp(),
	primary key (forum_id, kind, number)
);
create trigger templates_never_move before update or delete on templates for each row execute function refuse_change();
-- A case keeps the parts it was begun with. null: begun before forums had templates, with the standard ones.
alter table cases add column template jsonb;

-- The budget round (C11): what a department's proposals may come to in a year. The newest row counts; null takes it away.
create table budget_frames (
	id bigint generated always as identity primary key,
	forum_id uuid not null references forums,
	department_id uuid not null references departments,
	year integer not null check (year between 2000 and 2100),
	amount_ore bigint check (amount_ore between -10000000000000 and 10000000000000), -- below zero: to be found
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create index budget_frames_of on budget_frames (forum_id, year, department_id, id);
create trigger budget_frames_never_move before update or delete on budget_frames for each row execute function refuse_change();

-- What a case of kind budget proposes: more or less, from which year, how much. The newest row counts.
create table budget_proposals (
	id bigint generated always as identity primary key,
	case_id uuid not null references cases,
	department_id uuid not null references departments,
	way text not null check (way in ('expansion', 'reduction')),
	amount_ore bigint not null check (amount_ore between 1 and 10000000000000),
	year integer not null check (year between 2000 and 2100),
	lasting boolean not null default true, -- false: that year only
	why_not text not null default '', -- why it is not built on data
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create index budget_proposals_case on budget_proposals (case_id, id);
create trigger budget_proposals_never_move before update or delete on budget_proposals for each row execute function refuse_change();
