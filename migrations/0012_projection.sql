-- Each document's text as it stood at one number of its log, for pages and search. Written by a job and
-- replaced as a whole, so that deleted text is gone from here too. Lost, it is made again from the log.
create table document_texts (
	document_id uuid primary key references documents,
	epoch integer not null,
	seq bigint not null,
	content jsonb not null, -- section → ProseMirror JSON
	text text not null, -- what a reader sees, all sections, for search
	at timestamptz not null default clock_timestamp()
);
