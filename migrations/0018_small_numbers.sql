-- Small numbers across editions and forums (D5).

-- What adds up to what in the version, by dimension key: data/totals.ts. A stricter edition is made from what is
-- stored, and must guard the same sums.
alter table versions add column sums jsonb not null default '{}';
-- Small cells that an earlier publication gives away whatever is hidden now: told to the owner.
alter table versions add column given_away integer not null default 0;
-- The version this one was made from by a stricter limit: no file was read.
alter table versions add column stricter_of uuid references versions;

-- Forums that use a dataset beside the one it belongs to: the strictest limit of them all counts.
create table dataset_uses (
	dataset_id uuid not null references datasets,
	forum_id uuid not null references forums,
	since timestamptz not null default now(),
	primary key (dataset_id, forum_id)
);
