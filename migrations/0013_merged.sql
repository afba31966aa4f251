-- A merged row says how far it goes, so that opening a long document need not read through it.
alter table document_updates add column state_vector bytea;
