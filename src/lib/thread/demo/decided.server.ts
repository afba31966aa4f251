import * as annotations from '../../annotation/annotations.server.ts';
import * as cases from '../../case/cases.server.ts';
import { families } from './families.ts';
import type { Stage } from './fill.server.ts';
import { makeBrief, makeCase } from './matter.server.ts';
import { volunteers } from './others.ts';
import { passage } from './typing.server.ts';

/** The family plan and the volunteers, ready for the forum. */

export type Matter = { caseId: string; figures: string[] };

export async function fillFamilies(stage: Stage): Promise<Matter> {
	const { camilla, tove, ingrid } = stage.people;
	const brief = await makeBrief(stage, camilla, families.brief, [
		{
			dataset: 'expenses',
			title: 'Kommunale udgifter pr. familie om året',
			why: 'Forskellen er det, en fælles plan skal gøre noget ved.',
			spec: {
				kind: 'bar',
				measure: 'kr-pr-familie-om-aaret',
				where: {},
				x: 'gruppe',
				series: 'omraade'
			}
		},
		{
			dataset: 'areas',
			title: 'Elever med over 20 fraværsdage i to områder',
			why: 'Flest af familierne bor her, og fraværet er det, skolerne ser først.',
			spec: {
				kind: 'line',
				measure: 'elever-med-over-20-fravaersdage',
				where: { omraade: ['Bakkegården', 'Mølleparken'] },
				x: 'aar',
				series: 'omraade'
			}
		},
		{
			dataset: 'areas',
			title: 'Børn med forebyggende foranstaltning i Bakkegården',
			why: 'Planen skal kunne ses på, hvor mange børn der får en foranstaltning.',
			spec: {
				kind: 'line',
				measure: 'boern-med-forebyggende-foranstaltning',
				where: { omraade: ['Bakkegården'] },
				x: 'aar'
			},
			firstPage: false
		}
	]);
	const caseId = await makeCase(stage, camilla, families.case, { briefId: brief.id });
	await stage.act(async (tx) => {
		const note = await annotations.add(tx, tove, caseId, {
			kind: 'objection',
			body: 'Hvis fire centre beholder egne planer, er det her den femte. Hvem giver slip først?',
			shared: true,
			on: { anchor: await passage(tx, caseId, 'risk', 'Fire centre skal give slip på egne planer') }
		});
		await annotations.reply(
			tx,
			camilla,
			note,
			'Vi gør. Vores handleplan lægges ind i den fælles fra dag ét.'
		);
		await annotations.add(tx, ingrid, caseId, {
			kind: 'fact',
			body: 'De 90 pct. er regnet på de 50 familier med flest ydelser. For de næste 150 kendes andelen ikke.',
			shared: true,
			on: { anchor: await passage(tx, caseId, 'economy', 'heraf 90 pct. fra overlappende ydelser') }
		});
		await cases.setState(tx, camilla, caseId, 'ready');
	});
	return { caseId, figures: brief.figures };
}

export async function fillVolunteers(stage: Stage): Promise<Matter> {
	const { mette } = stage.people;
	const caseId = await makeCase(stage, mette, volunteers.case);
	await stage.act((tx) => cases.setState(tx, mette, caseId, 'ready'));
	return { caseId, figures: [] };
}
