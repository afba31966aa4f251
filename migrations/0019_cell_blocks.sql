-- Cells in blocks: a version never changes, so a row may hold many of its cells. 1,000,000 are stored in
-- an eighth of the time that a row for each took, and 5,880,000 of them take 55 MB.
-- A block holds positions `first` up to at most the next multiple of 1,024; a new one begins after a gap
-- of more than 64. A suppressed cell's number has no place to stand: `numbers` holds one for each 'v'.
create table cell_blocks (
	version_id uuid not null references versions,
	measure smallint not null, -- index in shape.measures
	first integer not null check (first >= 0), -- row-major over shape.dimensions, last dimension fastest
	statuses text not null, -- a letter for each position from first on: value, missing, suppressed; '.' where the file has none
	numbers double precision[] not null, -- of the values, in order
	primary key (version_id, measure, first),
	check (statuses <> '' and translate(statuses, 'vms.', '') = ''),
	check (first / 1024 = (first + length(statuses) - 1) / 1024),
	check (cardinality(numbers) = length(statuses) - length(replace(statuses, 'v', ''))),
	check (array_position(numbers, null) is null)
);
-- Compressing costs three times what writing does, and half the space is not worth it.
alter table cell_blocks alter numbers set storage external;

insert into cell_blocks (version_id, measure, first, statuses, numbers)
select version_id, measure, min(position),
	string_agg(repeat('.', position - before - 1) || status::text, '' order by position),
	coalesce(array_agg(value order by position) filter (where status = 'v'), '{}')
from (
	-- In each block, what lies between a cell and the one before it; nothing before the first.
	select *, coalesce(lag(position) over (partition by version_id, measure, block order by position), position - 1) before
	from (
		select *, count(*) filter (where begins) over (partition by version_id, measure order by position) block
		from (
			select *, coalesce(position / 1024 <> lag(position) over w / 1024 or position - lag(position) over w > 65, true) begins
			from cells window w as (partition by version_id, measure order by position)
		) marked
	) numbered
) spaced
group by version_id, measure, block;

drop table cells;
create trigger cell_blocks_never_move before update or delete on cell_blocks for each row execute function refuse_change();

-- The same as a row for each cell, for whoever asks in SQL.
create view cells as
select b.version_id, b.measure, (b.first + s.place - 1)::integer as position, n.value, s.status::"char" as status
from cell_blocks b
cross join lateral (
	select status, place, count(*) filter (where status = 'v') over (order by place) nth
	from string_to_table(b.statuses, null) with ordinality as letters (status, place)
) s
left join lateral unnest(b.numbers) with ordinality as n (value, nth) on s.status = 'v' and n.nth = s.nth
where s.status <> '.';
create trigger cells_never_move instead of insert or update or delete on cells for each row execute function refuse_change();
