/** The cast with a case, a draft brief, and a dataset whose editions come when asked for. */

import type { Sql } from '#lib/base/sql.server.ts';
import type { CubeShape } from '#lib/data/cube.ts';
import { exclude, register } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { cast } from '../support/cast.ts';

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

export type { Name } from '../support/cast.ts';
export type Place = Awaited<ReturnType<typeof furnish>>;

export async function furnish(sql: Sql) {
	const people = await cast(sql);
	const { forumId, act } = people;
	const make = (kind: 'case' | 'brief' | 'dataset', phase: string, by: Person) =>
		act((tx) =>
			register(tx, by, { kind, forumId, departmentId: by.departmentId, title: kind, phase })
		);
	const caseId = await make('case', 'on_agenda', people.jonas);
	const briefId = await make('brief', 'draft', people.jonas);
	const datasetId = await make('dataset', 'current', people.else_);
	await sql`
		insert into datasets (id, title, owner_id, definition)
		values (${datasetId}, 'Fravær', ${people.else_.id}, 'x')`;
	const version = async (number: number): Promise<string> => {
		const [row] = await sql<{ id: string }[]>`
			insert into versions (dataset_id, number, as_of, file_name, file_hash, recipe, shape, imported_by)
			values (${datasetId}, ${number}, '2018-08-01', 'areas.csv', ${String(number)}, '{}',
				${sql.json(shape as never)}, ${people.else_.id}) returning id`;
		return row!.id;
	};
	return {
		people,
		forumId,
		caseId,
		briefId,
		version,
		shutOut: (person: Person) =>
			act((tx) => exclude(tx, people.maja, caseId, person.id, 'Ejer en bolig i området'))
	};
}
