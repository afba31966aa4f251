-- A version a person keeps has a name; how a text stood before an earlier version was restored is kept too.
alter table document_keeps add column name text check (name <> '');
alter table document_keeps add constraint document_keeps_named check ((why = 'named') = (name is not null));
create index document_keeps_document on document_keeps (document_id, at);

-- An earlier version written anew, as one edit under a client id of its own: its words are their authors',
-- not those of whoever brought them back.
create table document_restores (
	before_id uuid primary key references document_keeps, -- how it stood then; restoring that undoes it
	from_id uuid not null references document_keeps, -- what was brought back
	client_id bigint not null
);
create trigger document_restores_never_move before update or delete on document_restores for each row execute function refuse_change();
