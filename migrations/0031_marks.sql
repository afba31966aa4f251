-- What the source says of single cells ('e': estimated; '..': not available), beside the cells of a block: runs as
-- [place from the block's first, how many, mark], in order. Null where it says nothing, and in all that was stored
-- before. A suppressed cell has none.
alter table cell_blocks add column marks jsonb check (jsonb_typeof(marks) = 'array' and marks <> '[]');
