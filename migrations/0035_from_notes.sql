-- What a note became (A4): the thing keeps which note it came from, and the note is shown with what came of it.
-- evidence has had the column from the beginning.
alter table requests add column annotation_id uuid references annotations (id);
alter table differings add column annotation_id uuid references annotations (id);
alter table options add column annotation_id uuid references annotations (id);
create index evidence_from_note on evidence (annotation_id) where annotation_id is not null;
create index requests_from_note on requests (annotation_id) where annotation_id is not null;
create index differings_from_note on differings (annotation_id) where annotation_id is not null;
create index options_from_note on options (annotation_id) where annotation_id is not null;

-- What is to be asked in the room when the case is in hand.
create table case_questions (
	id uuid primary key default gen_random_uuid(),
	case_id uuid not null references cases (id),
	question text not null check (question <> ''),
	annotation_id uuid references annotations (id),
	asked_by uuid not null references persons (id),
	asked_at timestamptz not null default clock_timestamp(),
	settled_at timestamptz,
	settled_by uuid references persons (id),
	check (num_nulls(settled_at, settled_by) in (0, 2))
);
create index case_questions_of_case on case_questions (case_id);
create index case_questions_from_note on case_questions (annotation_id) where annotation_id is not null;
