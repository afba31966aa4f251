import * as assignments from '../../brief/assignments.server.ts';
import * as briefs from '../../brief/briefs.server.ts';
import * as figures from '../../brief/figures.server.ts';
import { leaveOut } from '../../brief/leftout.server.ts';
import * as orders from '../../brief/orders.server.ts';
import { sentencesOf } from '../../brief/recognition.ts';
import * as recognitions from '../../brief/recognitions.server.ts';
import * as reviews from '../../brief/reviews.server.ts';
import * as documents from '../../document/documents.server.ts';
import { date, daysFromNow } from './dates.ts';
import type { Stage } from './fill.server.ts';
import { ordered, underWay } from './others.ts';
import { write } from './typing.server.ts';

/** Briefs that are not the forum's yet. */

/** The forum has ordered one, and nobody has begun it (B8). */
export async function orderBrief(stage: Stage): Promise<void> {
	const { birgit, else: analyst, tove } = stage.people;
	await stage.act((tx) =>
		orders.order(tx, birgit, stage.forumId, {
			...ordered,
			due: date(daysFromNow(21)),
			analystId: analyst.id,
			practitionerId: tove.id
		})
	);
}

/** Written by two departments, read by peers, and with the one who owns the figures (B3, B6). */
export async function fillUnderWay(stage: Stage): Promise<void> {
	const { jonas, camilla, maja, bo, else: owner } = stage.people;
	const { title, question, headline, messages, story, life } = underWay;
	await stage.act(async (tx) => {
		const id = await briefs.create(tx, jonas, { forumId: stage.forumId, title, question });
		await figures.add(tx, jonas, id, {
			versionId: stage.versions.areas!,
			title: 'Elever med over 20 fraværsdage, 2014–2018',
			why: 'Det er dem, besøgene skal nå.',
			spec: {
				kind: 'line',
				measure: 'elever-med-over-20-fravaersdage',
				where: { omraade: ['Bakkegården', 'Søndermarken', 'Østerled', 'Rosenlund'] },
				x: 'aar',
				series: 'omraade'
			}
		});
		await write(tx, jonas, id, { headline: [headline], messages, story, life });
		await leaveOut(tx, jonas, id, underWay.leftOut);
		await assignments.assign(tx, jonas, id, {
			section: 'consequences',
			personId: camilla.id,
			due: date(daysFromNow(5))
		});
		await reviews.ask(tx, jonas, id, {
			personIds: [maja.id, bo.id],
			due: date(daysFromNow(4))
		});
		await reviews.answer(tx, bo, id, { answer: 'nothing_more', words: underWay.answer });
		const document = (await documents.ofObject(tx, id))!;
		const said = sentencesOf(await documents.content(tx, document.id));
		const datasetId = stage.datasets.areas!;
		await recognitions.ask(tx, jonas, id, {
			asked: said
				.filter(({ section }) => section === 'messages')
				.slice(0, 2)
				.map((on) => ({ datasetId, personId: owner.id, on })),
			due: date(daysFromNow(7))
		});
		const [first] = await recognitions.list(tx, id, document.id);
		await recognitions.answer(tx, owner, id, first!.id, {
			recognised: false,
			reason: 'Skoledistriktet blev ændret i 2017, så de to år tæller ikke de samme børn.'
		});
	});
}
