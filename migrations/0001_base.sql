-- Every act is an event. Append-only: a row is never changed or removed (product rule G3).
create table events (
	id bigint generated always as identity primary key,
	at timestamptz not null default clock_timestamp(),
	person_id uuid, -- null: the system itself (a reaction, a migration)
	verb text not null, -- 'case.circulated': object kind, then what happened, in the past tense
	object_kind text,
	object_id uuid,
	forum_id uuid,
	detail jsonb not null default '{}'
);
create index events_object on events (object_id, id);
create index events_forum on events (forum_id, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
	raise exception '% rows are never changed or removed', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger events_append_only before update or delete on events
	for each row execute function refuse_change();
create trigger events_no_truncate before truncate on events
	for each statement execute function refuse_change();

-- Events that reactions still have to look at. Filled by the event's own transaction,
-- emptied by the worker: at least once, and never before the event is committed.
create table event_outbox (
	event_id bigint primary key references events,
	attempts integer not null default 0,
	not_before timestamptz not null default now(),
	last_error text
);
create function queue_event() returns trigger language plpgsql as $$
begin
	insert into event_outbox (event_id) values (new.id);
	return null;
end $$;
create trigger events_queue after insert on events for each row execute function queue_event();
