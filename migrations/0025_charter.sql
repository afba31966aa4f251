-- What the forum has agreed on how it works (G5): how many working days before a meeting its material goes out.
alter table forums add column circulate_workdays integer check (circulate_workdays between 1 and 20);
