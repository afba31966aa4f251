-- What was told of a version when it came, by upload, push or pull alike (D1, D5): codes and what fills their
-- sentences, as data/notes.ts says. For those who bring in its figures.
alter table versions add column notes jsonb not null default '[]';
