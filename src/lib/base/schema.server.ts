import type { Db } from './sql.server.ts';

/**
 * The schema as one text, from Postgres' own catalogue (the embedded package brings no pg_dump): for
 * reading in one place, and compared in a test so that nobody changes a migration unseen.
 */
export async function describeSchema(db: Db): Promise<string> {
	const [tables, views, indexes, functions, triggers] = await Promise.all([
		tablesOf(db),
		viewsOf(db),
		indexesOf(db),
		functionsOf(db),
		triggersOf(db)
	]);
	const blocks = tables.map(({ name, lines }) => `create table ${name} (\n${lines}\n);`);
	return (
		[
			'-- Written by `npm run migrate -- --dump`. Read it; change the migrations instead.',
			...blocks,
			...views,
			indexes.join('\n'),
			...functions,
			triggers.join('\n')
		].join('\n\n') + '\n'
	);
}

async function tablesOf(db: Db): Promise<{ name: string; lines: string }[]> {
	return await db<{ name: string; lines: string }[]>`
		select c.relname name, (
			select string_agg(line, E',\n' order by part, position, line) from (
				select 1 part, a.attnum position, concat_ws(' ', E'\t' || quote_ident(a.attname),
					format_type(a.atttypid, a.atttypmod),
					case when a.attnotnull then 'not null' end,
					case when a.attidentity <> '' then 'generated always as identity'
						when a.attgenerated = 's'
							then 'generated always as (' || pg_get_expr(d.adbin, d.adrelid) || ') stored'
						when d.adbin is not null then 'default ' || pg_get_expr(d.adbin, d.adrelid) end) line
				from pg_attribute a
				left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
				where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
				union all
				select case k.contype when 'p' then 2 when 'u' then 3 when 'f' then 4 else 5 end, 0,
					E'\tconstraint ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid)
				from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n'
			) parts) lines
		from pg_class c
		where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
		order by c.relname collate "C"`;
}

async function viewsOf(db: Db): Promise<string[]> {
	const rows = await db<{ line: string }[]>`
		select 'create view ' || c.relname || ' as' || E'\n' || pg_get_viewdef(c.oid) line
		from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'v'
		order by c.relname collate "C"`;
	return rows.map((row) => row.line.replaceAll('public.', ''));
}

async function indexesOf(db: Db): Promise<string[]> {
	const rows = await db<{ line: string }[]>`
		select pg_get_indexdef(i.indexrelid) || ';' line
		from pg_index i join pg_class c on c.oid = i.indexrelid
		where c.relnamespace = 'public'::regnamespace
			and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
		order by c.relname collate "C"`;
	return rows.map((row) => row.line.replaceAll('public.', ''));
}

async function functionsOf(db: Db): Promise<string[]> {
	const rows = await db<{ line: string }[]>`
		select pg_get_functiondef(p.oid) line
		from pg_proc p
		where p.pronamespace = 'public'::regnamespace
			and not exists (select 1 from pg_depend e where e.objid = p.oid and e.deptype = 'e')
		order by p.proname collate "C"`;
	return rows.map((row) => `${row.line.trim().replaceAll('public.', '')};`);
}

async function triggersOf(db: Db): Promise<string[]> {
	const rows = await db<{ line: string }[]>`
		select pg_get_triggerdef(t.oid) || ';' line
		from pg_trigger t join pg_class c on c.oid = t.tgrelid
		where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
		order by c.relname collate "C", t.tgname collate "C"`;
	return rows.map((row) => row.line.replaceAll('public.', ''));
}
