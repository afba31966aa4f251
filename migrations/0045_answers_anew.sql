-- What the owner of figures or a reader of a draft answered before they answered anew. The answer that stands is on
-- the row of what they were asked.
create table brief_recognitions_before (
	id bigint generated always as identity primary key,
	recognition_id uuid not null references brief_recognitions,
	recognised boolean not null,
	reason text not null,
	at timestamptz not null,
	check (recognised or reason <> '')
);
create index brief_recognitions_before_of on brief_recognitions_before (recognition_id, id);
create table brief_reviews_before (
	id bigint generated always as identity primary key,
	review_id uuid not null references brief_reviews,
	answer text not null check (answer in ('comments', 'nothing_more')),
	words text not null,
	at timestamptz not null
);
create index brief_reviews_before_of on brief_reviews_before (review_id, id);
create trigger brief_recognitions_before_never_move before update or delete on brief_recognitions_before
	for each row execute function refuse_change();
create trigger brief_reviews_before_never_move before update or delete on brief_reviews_before
	for each row execute function refuse_change();
