import { readFileSync } from 'node:fs';
import type { Sql, Tx } from '#lib/base/sql.server.ts';
import type { Role } from '#lib/forum/access.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import type { Person } from '#lib/people/person.ts';

/** A forum with one person of each role, one outsider, and a dataset no figures have come to yet. */

const CAST = {
	maja: ['Maja Krog', 'Direktionen', 'director'],
	tove: ['Tove Holm', 'Center for Skole', 'chief'],
	jonas: ['Jonas Bruun', 'Center for Social', 'chief'],
	else_: ['Else Winther', 'Center for Skole', 'analyst'],
	sigrid: ['Sigrid Lund', 'Direktionen', 'secretary'],
	ove: ['Ove Dahl', 'Center for Social', 'observer'],
	nina: ['Nina Skov', 'Center for Social', null]
} as const satisfies Record<string, [string, string, Role | null]>;

export type Place = Awaited<ReturnType<typeof furnish>>;

export async function furnish(sql: Sql) {
	const [forum] = await sql<{ id: string }[]>`
		insert into forums (slug, name) values ('chefer', 'Centerchefforum') returning id`;
	const forumId = forum!.id;
	const people = {} as Record<keyof typeof CAST, Person>;
	for (const [key, [name, department, role]] of Object.entries(CAST)) {
		const email = `${key}@example.test`;
		const [home] = await sql<{ id: string }[]>`
			insert into departments (name) values (${department})
			on conflict (name) do update set name = excluded.name returning id`;
		const [row] = await sql<{ id: string }[]>`
			insert into persons (name, email, password_hash, department_id)
			values (${name}, ${email}, 'x', ${home!.id}) returning id`;
		if (role)
			await sql`
				insert into members (forum_id, person_id, role, chair)
				values (${forumId}, ${row!.id}, ${role}, ${role === 'director'})`;
		people[key as keyof typeof CAST] = {
			id: row!.id,
			name,
			email,
			departmentId: home!.id,
			departmentName: department,
			title: '',
			locale: null
		};
	}
	const write = <T>(work: (tx: Tx) => Promise<T>) =>
		sql.begin((tx) => work(tx as Tx)) as Promise<T>;
	const datasetId = await write((tx) =>
		datasets.create(tx, people.else_, {
			forumId,
			title: 'Boligområderne',
			definition: 'Ni nøgletal for tolv områder'
		})
	);
	const store = (
		bytes: Uint8Array,
		more: Partial<versions.Import> = {},
		by = people.else_,
		id = datasetId
	) =>
		write((tx) =>
			versions.store(tx, by, id, { bytes, fileName: 'tal.csv', asOf: '2018-08-01', ...more })
		);
	return { ...people, forumId, datasetId, write, store };
}

export const demoFile = (name: string) =>
	readFileSync(new URL(`../../src/lib/thread/demo/figures/${name}`, import.meta.url));

/** Every row of every table, as text: what anyone with the database could read. Migrations have numbers of their own. */
export async function everything(sql: Sql): Promise<string> {
	const tables = await sql<{ name: string }[]>`
		select table_name name from information_schema.tables
		where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'migrations' order by table_name`;
	const texts: string[] = [];
	for (const { name } of tables) {
		const rows = await sql<{ text: string }[]>`select t::text text from ${sql(name)} t order by 1`;
		texts.push(...rows.map(({ text }) => `${name} ${text}`));
	}
	return texts.join('\n');
}

export async function refused(
	work: Promise<unknown>
): Promise<{ code: string; params: object; status: number }> {
	const error = await work.then(
		() => null,
		(error: unknown) => error as { code: string; params: object; status: number }
	);
	if (!error) throw new Error('nothing was refused');
	return { code: error.code, params: error.params, status: error.status };
}
