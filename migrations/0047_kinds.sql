-- What a case was beside its text, options and evidence when it was sent out or answered (C10): its kind, its parts and
-- what it proposed of the budget (case/head-then.ts). null: sent before that was kept, and nothing is told of it.
alter table circulations add column head jsonb;
alter table approvals add column head jsonb;
alter table written_procedures add column head jsonb;

-- Every kind a case has been, with the parts it had as that kind: going back brings them back. The newest counts; a case
-- that never changed its kind has no row.
create table case_kinds (
	id bigint generated always as identity primary key,
	case_id uuid not null references cases,
	kind text not null check (kind in ('decision', 'sparring', 'orientation', 'budget', 'follow_up')),
	template jsonb not null, -- case/template.ts TemplatePart[]
	by uuid not null references persons,
	at timestamptz not null default clock_timestamp()
);
create index case_kinds_of on case_kinds (case_id, id);
create trigger case_kinds_never_move before update or delete on case_kinds for each row execute function refuse_change();
