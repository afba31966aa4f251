import * as recognitions from '#lib/brief/recognitions.server.ts';
import { sentencesOf } from '#lib/brief/recognition.ts';
import * as reviews from '#lib/brief/reviews.server.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import type { Person } from '#lib/people/person.ts';
import { write } from '#lib/thread/demo/typing.server.ts';
import { waitingFor } from '#lib/thread/work.server.ts';
import { begun, datasetId, db, page, spec, versionId, who } from './desk.ts';
import * as figures from '#lib/brief/figures.server.ts';

/** A brief that several make: its draft, and those who are asked. */

export const act = <T>(work: (tx: Tx) => Promise<T>) => who.act(work);
export const DUE = '2030-01-15';
export const mine = async (person: Person, id: string) =>
	(await waitingFor(db.sql, person)).filter(({ href }) => href.includes(id));

/** A draft of Tove's on figures that are Else's, with a sentence about them. */
export async function toves() {
	const id = await begun(who.tove);
	const figure = await act((tx) =>
		figures.add(tx, who.tove, id, { versionId, title: 'Fravær', why: 'De skal nås', spec })
	);
	await act((tx) =>
		write(tx, who.tove, id, {
			headline: ['Fraværet stiger i Bakkegården.'],
			messages: ['I Nørrevang er tallet uændret. Det er det ikke andre steder.']
		})
	);
	const [, sentence] = sentencesOf((await page(id, who.tove)).content);
	return { id, figure, sentence: sentence! };
}
export const askElse = (
	{ id, sentence }: Awaited<ReturnType<typeof toves>>,
	by: Person = who.tove,
	seen?: 'draft'
) =>
	act((tx) =>
		recognitions.ask(tx, by, id, {
			asked: [{ datasetId, personId: who.else_.id, on: sentence }],
			due: DUE,
			seen
		})
	);
export const askJonas = (id: string, by: Person = who.tove, seen?: 'draft') =>
	act((tx) => reviews.ask(tx, by, id, { personIds: [who.jonas.id], due: DUE, seen }));
