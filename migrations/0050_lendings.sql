-- Other forums that use a dataset (D7, D5): its owner lends it, and takes it back. Access is judged on it, so it
-- stands among the objects' facts, as readers and exclusions do. It comes instead of dataset_uses, which nobody wrote.

create table lendings (
	id bigint generated always as identity primary key,
	object_id uuid not null references objects (id),
	forum_id uuid not null references forums (id),
	lent_by uuid references persons (id),
	at timestamptz not null default clock_timestamp(),
	taken_by uuid references persons (id),
	until timestamptz
);
create unique index lendings_now on lendings (object_id, forum_id) where until is null;
create index lendings_object on lendings (object_id, forum_id);
create index lendings_forum on lendings (forum_id);

insert into lendings (object_id, forum_id, at) select dataset_id, forum_id, since from dataset_uses;
drop table dataset_uses;
