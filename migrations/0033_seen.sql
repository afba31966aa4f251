-- Which transaction an event was written in: a page says what it had seen when it was made, and is told of what came after.
alter table events add column xact xid8 not null default pg_current_xact_id();
