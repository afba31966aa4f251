import { readFileSync } from 'node:fs';
import { afterAll, beforeAll } from 'vitest';
import { isRefusal } from '#lib/base/errors.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import { proposal } from '#lib/brief/figure.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import type { FigureSpec } from '#lib/chart/figure.ts';
import type { Person } from '#lib/people/person.ts';
import { cast, type Cast } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

/** What tests of a brief's verbs begin with: the cast, and a dataset with one version to make figures of. */

const file = (year: number) =>
	readFileSync(new URL(`../../src/lib/thread/demo/figures/areas-${year}.csv`, import.meta.url));

type Confirmation = NonNullable<versions.Import['confirmations']>[number];

export let db: TestDatabase;
export let who: Cast;
export let datasetId: string;
export let versionId: string;
export let spec: FigureSpec;

export function onTheDesk(): void {
	beforeAll(async () => {
		db = await freshDatabase();
		who = await cast(db.sql);
		const { act, else_, forumId } = who;
		datasetId = await act((tx) =>
			datasets.create(tx, else_, {
				forumId,
				title: 'Boligområderne',
				definition: 'Elever med mere end 20 fraværsdage på et skoleår, efter bopæl.'
			} as datasets.NewDataset)
		);
		versionId = await stored(2018, '2018-08-01');
		spec = proposal(await versions.shape(db.sql, versionId));
	});
	afterAll(() => db.drop());
}

/** Answers the questions an import asks, as its owner would. */
export async function stored(year: number, asOf: string): Promise<string> {
	const { act, else_ } = who;
	const bytes = file(year);
	const confirmations: Confirmation[] = [];
	for (;;)
		try {
			const { id } = await act((tx) =>
				versions.store(tx, else_, datasetId, {
					bytes,
					fileName: `areas-${year}.csv`,
					asOf,
					confirmations
				})
			);
			return id;
		} catch (e) {
			if (!isRefusal(e) || !e.code.startsWith('data.confirm_') || confirmations.length > 9) throw e;
			confirmations.push({
				column: String(e.params.column),
				kind: e.code.replace('data.confirm_', '') as Confirmation['kind']
			});
		}
}

export const refusal = (promise: Promise<unknown>) =>
	promise.then(
		() => 'went through',
		(e: unknown) => (isRefusal(e) ? `${e.status} ${e.code}` : Promise.reject(e))
	);

export const begun = (person: Person = who.else_) =>
	who.act((tx) =>
		briefs.create(tx, person, {
			forumId: who.forumId,
			question: 'Hvilke områder skal boligplanen dække?',
			serves: 'Boligplanen 2018–2021'
		})
	);

export const withFigure = async () => {
	const id = await begun();
	const figure = await who.act((tx) =>
		figures.add(tx, who.else_, id, {
			versionId,
			title: 'Elever med fravær',
			why: 'De skal nås',
			spec
		})
	);
	return { id, figure };
};

export const page = (id: string, person: Person = who.else_) => briefs.page(db.sql, person, id);

export const cellsOf = async (figure: string) => (await figures.data(db.sql, [figure]))[0]!.cells;
