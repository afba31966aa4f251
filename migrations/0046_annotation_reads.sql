-- How much of a note somebody has had in hand: of what others have said in it, words and replies, the first so many.
-- The reader's own row: no event tells of it and nobody else is shown it.
create table annotation_reads (
	annotation_id uuid not null references annotations,
	person_id uuid not null references persons,
	said int not null check (said > 0),
	at timestamptz not null default clock_timestamp(),
	primary key (annotation_id, person_id)
);
