-- A coupling moved to newer editions is a new row that replaces the old, which stays; both owners are asked again.
alter table couplings add column replaces uuid unique references couplings;

-- A figure may show a coupling; its version is then that of the first of the two.
alter table figures add column coupling_id uuid references couplings;

-- Every edition a figure rests on: one, of a coupling two.
create view figure_versions as
	select id figure_id, version_id from figures
	union
	select f.id, p.version_id from figures f join coupling_parts p on p.coupling_id = f.coupling_id;

-- Two datasets may call a measure and its places the same.
alter table cited_values drop constraint cited_values_pkey,
	add primary key (decision_id, figure_id, version_id, measure, coordinates);
