import * as annotations from '../../annotation/annotations.server.ts';
import * as cases from '../../case/cases.server.ts';
import * as rivals from '../../brief/rivals.server.ts';
import * as evidence from '../../case/evidence.server.ts';
import type { Stage } from './fill.server.ts';
import { makeBrief, makeCase } from './matter.server.ts';
import { benchmarks, pool } from './others.ts';
import { passage } from './typing.server.ts';

/** Cases under way: one whose options came before its data, one for sparring. */

/** The options were there first; the figures came after, and the case shows it (C3). */
export async function fillPool(stage: Stage): Promise<void> {
	const { signe, lars } = stage.people;
	const caseId = await makeCase(stage, signe, pool.case);
	const brief = await makeBrief(stage, signe, pool.brief, [
		{
			dataset: 'pool',
			title: 'Andel af puljen efter hovedtal',
			why: 'Sådan er den fordelt i dag.',
			spec: {
				kind: 'bar',
				measure: 'andel-efter-hovedtal-kr',
				where: {},
				x: 'center',
				sort: 'value'
			}
		},
		{
			dataset: 'pool',
			title: 'Kompetencebehov efter center',
			why: 'Det ene af de to mål for behov; chefernes eget skøn.',
			spec: {
				kind: 'bar',
				measure: 'kompetencebehov-0-100',
				where: {},
				x: 'center',
				sort: 'value',
				highlight: ['Jobcenter']
			}
		}
	]);
	await stage.act(async (tx) => {
		for (const [i, figureId] of brief.figures.entries())
			await evidence.add(tx, signe, caseId, {
				kind: 'figure',
				title: ['Andel af puljen efter hovedtal', 'Kompetencebehov efter center'][i]!,
				figureId,
				stance: i === 0 ? 'neutral' : 'supports'
			});
		await annotations.add(tx, lars, caseId, {
			kind: 'interpretation',
			body: 'Kompetencebehovet er vores eget skøn. Jeg har sat det højt, og det har andre måske også.',
			shared: true,
			on: { anchor: await passage(tx, caseId, 'account', 'før der var tal for behov') }
		});
	});
}

/** Two measures, opposite answers, side by side; no decision is sought. */
export async function fillBenchmarks(stage: Stage): Promise<void> {
	const { lars, ingrid } = stage.people;
	const [a, b] = [
		'A: forventet mod faktisk ledighed (tre ydelser)',
		'B: alle ydelser, justeret for rammevilkår'
	];
	const figure = (measured: string, title: string, why: string) => ({
		dataset: 'benchmarks',
		title,
		why,
		spec: {
			kind: 'bar' as const,
			measure: 'placering',
			where: { maaling: [measured] },
			x: 'kommune',
			highlight: ['Lindeby']
		}
	});
	const shown = [
		figure(a!, 'Placering i måling A', 'Den måling, pressen citerer.'),
		figure(b!, 'Placering i måling B', 'Den måling, der tæller de borgere, jobcentret møder.')
	];
	const brief = await makeBrief(stage, lars, benchmarks.brief, shown, async (tx, id, made) => {
		const { one, other } = benchmarks.rivals;
		await rivals.putSideBySide(tx, lars, id, {
			measured: benchmarks.rivals.measured,
			sides: [
				{ ...one, figureId: made[0]! },
				{ ...other, figureId: made[1]! }
			]
		});
		await rivals.interpret(tx, lars, id, made[0]!, benchmarks.readings.lars);
	});
	await stage.act((tx) =>
		rivals.interpret(tx, ingrid, brief.id, brief.figures[0]!, benchmarks.readings.ingrid)
	);
	const caseId = await makeCase(stage, lars, benchmarks.case, {
		briefId: brief.id,
		kind: 'sparring'
	});
	await stage.act(async (tx) => {
		await annotations.add(tx, ingrid, caseId, {
			kind: 'different_reading',
			body: 'For budgettet er det A, der tæller: det er de tre ydelser, vi betaler mest for.',
			shared: true,
			on: { anchor: await passage(tx, caseId, 'account', 'Måling A er den, pressen citerer.') }
		});
		await cases.setState(tx, lars, caseId, 'in_review');
	});
}
