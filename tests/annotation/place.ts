/** A forum with one person of each role, a case, a private brief, and a dataset of two editions. */

import type { Sql, Tx } from '#lib/base/sql.server.ts';
import type { CubeShape } from '#lib/data/cube.ts';
import type { Role } from '#lib/forum/access.ts';
import { exclude, register } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';

export const shape: CubeShape = {
	dimensions: [
		{
			key: 'omraade',
			label: 'Område',
			role: 'area',
			categories: [
				{ code: 'N', label: 'Nørrevang' },
				{ code: 'S', label: 'Skovbrynet' }
			]
		},
		{
			key: 'aar',
			label: 'År',
			role: 'time',
			categories: [
				{ code: '2017', label: '2017' },
				{ code: '2018', label: '2018' }
			]
		}
	],
	measures: [
		{
			key: 'elever',
			label: 'Elever',
			unit: 'antal',
			decimals: 0,
			countsPeople: true,
			additive: true
		}
	]
};

const CAST: [string, string, string, Role | null][] = [
	['maja', 'Maja Krog', 'Direktionen', 'director'],
	['tove', 'Tove Holm', 'Skole', 'chief'],
	['jonas', 'Jonas Bruun', 'Social', 'chief'],
	['else_', 'Else Winther', 'Skole', 'analyst'],
	['sigrid', 'Sigrid Lund', 'Direktionen', 'secretary'],
	['ove', 'Ove Dahl', 'Social', 'observer'],
	['nina', 'Nina Skov', 'Social', null]
];
export type Name = 'maja' | 'tove' | 'jonas' | 'else_' | 'sigrid' | 'ove' | 'nina';

export type Place = Awaited<ReturnType<typeof furnish>>;

export async function furnish(sql: Sql) {
	const people = {} as Record<Name, Person>;
	const [forum] = await sql<{ id: string }[]>`
		insert into forums (slug, name) values ('chefer', 'Centerchefforum') returning id`;
	for (const [key, name, department, role] of CAST) {
		const [home] = await sql<{ id: string }[]>`
			insert into departments (name) values (${department})
			on conflict (name) do update set name = excluded.name returning id`;
		const [row] = await sql<{ id: string }[]>`
			insert into persons (name, email, password_hash, department_id)
			values (${name}, ${`${key}@example.test`}, 'x', ${home!.id}) returning id`;
		people[key as Name] = {
			id: row!.id,
			name,
			email: `${key}@example.test`,
			departmentId: home!.id,
			departmentName: department,
			title: '',
			locale: null
		};
		if (role)
			await sql`
				insert into members (forum_id, person_id, role, chair)
				values (${forum!.id}, ${row!.id}, ${role}, ${role === 'director'})`;
	}
	const make = (kind: 'case' | 'brief' | 'dataset', phase: string, by: Person) =>
		sql.begin((tx) =>
			register(tx as Tx, by, {
				kind,
				forumId: forum!.id,
				departmentId: by.departmentId,
				title: kind,
				phase
			})
		) as Promise<string>;
	const caseId = await make('case', 'on_agenda', people.jonas);
	const briefId = await make('brief', 'draft', people.jonas);
	const datasetId = await make('dataset', 'current', people.else_);
	await sql`insert into datasets (id, title, owner_id, definition) values (${datasetId}, 'Fravær', ${people.else_.id}, 'x')`;
	const version = async (number: number): Promise<string> => {
		const [row] = await sql<{ id: string }[]>`
			insert into versions (dataset_id, number, as_of, file_name, file_hash, recipe, shape, imported_by)
			values (${datasetId}, ${number}, '2018-08-01', 'areas.csv', ${String(number)}, '{}',
				${sql.json(shape as never)}, ${people.else_.id}) returning id`;
		return row!.id;
	};
	return {
		people,
		forumId: forum!.id,
		caseId,
		briefId,
		version,
		shutOut: (person: Person) =>
			sql.begin((tx) =>
				exclude(tx as Tx, people.maja, caseId, person.id, 'Ejer en bolig i området')
			)
	};
}
