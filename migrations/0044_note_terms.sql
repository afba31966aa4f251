-- A term may be proposed in a note. The note knows the term, not the other way: chapters look left.
alter table terms drop column annotation_id;
create table annotation_terms (
	annotation_id uuid not null references annotations,
	term_id uuid not null references terms,
	primary key (annotation_id, term_id)
);
create index annotation_terms_term on annotation_terms (term_id);
create trigger annotation_terms_never_move before update or delete on annotation_terms for each row execute function refuse_change();
