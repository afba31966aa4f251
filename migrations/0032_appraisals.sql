-- Each person's own appraisal of a piece of evidence (C2), given before they see the others'. Said anew, what was
-- said before stays.
create table evidence_appraisals (
	id bigint generated always as identity primary key,
	evidence_id uuid not null references evidence (id),
	person_id uuid not null references persons (id),
	credibility text not null check (credibility in ('low', 'medium', 'high')),
	relevance text not null check (relevance in ('low', 'medium', 'high')),
	reason text not null check (reason <> ''),
	at timestamptz not null default clock_timestamp()
);
create index evidence_appraisals_of on evidence_appraisals (evidence_id, person_id, id);

-- Who sends it and what they want with it; why it was set aside; whether it is among what matters most.
alter table evidence
	add column sender text not null default '',
	add column parked_reason text not null default '',
	add column shortlisted_at timestamptz,
	add column shortlisted_by uuid references persons (id),
	add check (num_nulls(shortlisted_at, shortlisted_by) in (0, 2));
