import type { Sql } from '#lib/base/sql.server.ts';
import { transact } from '#lib/base/sql.server.ts';
import * as couplings from '#lib/data/couplings.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import * as derived from '#lib/data/derived.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import * as persons from '#lib/people/persons.server.ts';
import { emailOf } from '#lib/thread/demo/people.ts';

/** What the demo's areas are told of beside their own figures: a second dataset, a coupling of the two, and a rate. */

export type Coupled = {
	areasId: string;
	clubsId: string;
	couplingId: string;
	derivedId: string;
};

export const CLUBS = 'Fritidspas i boligområderne';
export const COUPLING = 'Fritidspas og fravær';
export const DERIVED = 'Forebyggelse for hver anbragt';

/** `agreed`: both owners have said yes. */
export async function coupleAreas(sql: Sql, { agreed = true } = {}): Promise<Coupled> {
	const [else_, tove] = await Promise.all(
		['else', 'tove'].map(async (key) => (await persons.byEmail(sql, emailOf(key)))!)
	);
	const [areas] = await sql<{ id: string; forumId: string }[]>`
		select d.id, o.forum_id "forumId" from datasets d join objects o on o.id = d.id where d.title = 'Boligområderne'`;
	const { id: areasId, forumId } = areas!;
	const rows = NAMES.flatMap((name, i) =>
		[2014, 2015, 2016, 2017, 2018].map(
			(year) => `${name};${year};${40 + i * 9 + (year - 2014) * 4}`
		)
	);
	return await transact(async (tx) => {
		const clubsId = await datasets.create(tx, tove!, {
			forumId,
			title: CLUBS,
			definition: 'Børn og unge, der har fået tilskud til kontingent i en forening',
			synthetic: true
		} as datasets.NewDataset);
		await versions.store(tx, tove!, clubsId, {
			bytes: new TextEncoder().encode(`Område;År;Fritidspas\n${rows.join('\n')}\n`),
			fileName: 'fritidspas.csv',
			asOf: '2018-12-31'
		});
		const couplingId = await couplings.make(tx, tove!, {
			title: COUPLING,
			purpose: 'Se, om fritidspas gives i de områder, hvor mange børn er meget fraværende',
			legalBasis: 'Databeskyttelsesforordningen, artikel 6, stk. 1, litra e',
			partOf: false,
			parts: [
				{ datasetId: areasId, measure: 'elever-med-over-20-fravaersdage', held: {} },
				{ datasetId: clubsId, measure: 'fritidspas', held: {} }
			]
		});
		if (agreed) {
			await couplings.answer(tx, else_!, couplingId, areasId, { yes: true });
			await couplings.answer(tx, tove!, couplingId, clubsId, { yes: true });
		}
		const derivedId = await derived.add(tx, else_!, areasId, {
			label: DERIVED,
			kind: 'rate',
			numerator: 'boern-med-forebyggende-foranstaltning',
			denominator: 'anbragte-boern',
			per: 100,
			basePeriod: '',
			decimals: 1,
			reason: 'Viser, om hjælpen gives tidligt'
		});
		return { areasId, clubsId, couplingId, derivedId };
	}, sql);
}

const NAMES = [
	'Bakkegården',
	'Fjordparken',
	'Grønneengen',
	'Havnekvarteret',
	'Kirkeløkken',
	'Mølleparken',
	'Nørrevang',
	'Rosenlund',
	'Søndermarken',
	'Østerled'
];
