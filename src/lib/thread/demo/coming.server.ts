import * as annotations from '../../annotation/annotations.server.ts';
import * as approvals from '../../case/approvals.server.ts';
import * as agenda from '../../meeting/agenda.server.ts';
import { circulate } from '../../meeting/circulate.server.ts';
import * as meetings from '../../meeting/meetings.server.ts';
import * as reading from '../../meeting/reading.server.ts';
import { workdaysFromNow } from './dates.ts';
import type { Stage } from './fill.server.ts';
import { housing } from './housing.ts';
import { makeBrief, makeCase } from './matter.server.ts';
import { add, passage } from './typing.server.ts';
import { turnNotes, weigh } from './weighed.server.ts';

/** Those who have opened what was sent out. The chair is told how many, and nobody who. */
const READ = ['tove', 'camilla', 'ingrid', 'henrik', 'lars', 'signe', 'birgit'] as const;

export type Coming = { meetingId: string; figureId: string };

/** The housing plan: approved, on the next agenda, sent out, annotated, and edited since. */
export async function fillHousing(stage: Stage): Promise<Coming> {
	const { jonas, tove, else: analyst, maja, sigrid, birgit } = stage.people;
	const absence = 'elever-med-over-20-fravaersdage';
	const brief = await makeBrief(stage, analyst, housing.brief, [
		{
			dataset: 'areas',
			title: 'Elever med over 20 fraværsdage efter område, 2018',
			why: 'Planen skal nå disse elever, hvor de bor.',
			spec: {
				kind: 'bar',
				measure: absence,
				where: { aar: ['2018'] },
				x: 'omraade',
				sort: 'value',
				highlight: ['Nørrevang', 'Fjordparken']
			}
		},
		{
			dataset: 'areas',
			title: 'Elever med over 20 fraværsdage i de fire områder, hvor det stiger mest',
			why: 'Viser, om det er et enkelt år eller en udvikling.',
			spec: {
				kind: 'line',
				measure: absence,
				where: { omraade: ['Bakkegården', 'Søndermarken', 'Østerled', 'Rosenlund'] },
				x: 'aar',
				series: 'omraade'
			}
		},
		{
			dataset: 'areas',
			title: 'Anbragte børn i Østerled og Søndermarken',
			why: 'Et nøgletal, der skifter betydning undervejs, og derfor ikke kan bære en beslutning.',
			spec: {
				kind: 'line',
				measure: 'anbragte-boern',
				where: { omraade: ['Østerled', 'Søndermarken'] },
				x: 'aar',
				series: 'omraade'
			},
			firstPage: false
		},
		{
			dataset: 'areas',
			title: 'Anbragte børn efter område, 2018',
			why: 'Viser, hvor få børn det er i de mindste områder, og at tallet derfor ikke kan vises alle steder.',
			spec: {
				kind: 'map',
				measure: 'anbragte-boern',
				where: { aar: ['2018'] },
				x: 'omraade',
				outline: stage.outline
			},
			firstPage: false
		},
		{
			dataset: 'areas',
			title: 'Fraværet i Nørrevang, holdt op mod de andre områder',
			why: 'Viser, om det område, planen dækker, ligger anderledes end de andre.',
			spec: {
				kind: 'range',
				measure: absence,
				where: {},
				x: 'aar',
				series: 'omraade',
				highlight: ['Nørrevang']
			},
			firstPage: false
		}
	]);
	const caseId = await makeCase(stage, jonas, housing.case, { briefId: brief.id });
	return await stage.act(async (tx) => {
		const note = await annotations.add(tx, tove, caseId, {
			kind: 'different_reading',
			body: 'I Havnekvarteret er det tre elever på tre år. Det ville jeg ikke kalde en stigning.',
			shared: true,
			on: {
				anchor: await passage(
					tx,
					caseId,
					'account',
					'det er steget i alle ni områder uden for planen'
				)
			}
		});
		await annotations.reply(
			tx,
			jonas,
			note,
			'Enig. Skal vi nøjes med de fem, hvor den er tydelig?'
		);
		const practice = await annotations.add(tx, analyst, caseId, {
			kind: 'practice',
			body: 'Lovligt fravær er først ført ens på alle skoler siden august 2016.',
			shared: true,
			on: { anchor: await passage(tx, caseId, 'account', 'To ting trækker tallene') }
		});
		const question = await annotations.add(
			tx,
			maja,
			caseId,
			{
				kind: 'question',
				body: 'Hvad skete der i Østerled i 2018?',
				shared: true,
				on: {
					figure: {
						figureId: brief.figures[0]!,
						versionId: stage.versions.areas!,
						target: {
							kind: 'cell',
							measure: absence,
							coordinates: { omraade: 'Østerled', aar: '2018' }
						}
					}
				}
			},
			[{ id: brief.figures[0]!, versionId: stage.versions.areas! }]
		);
		await weigh(stage, tx, caseId);
		await turnNotes(stage, tx, caseId, { practice, question, reading: note });
		await approvals.ask(tx, jonas, caseId);
		await approvals.approve(tx, birgit, caseId);
		const meetingId = await meetings.create(tx, sigrid, {
			forumId: stage.forumId,
			title: 'Centerchefforum, ordinært møde',
			startsAt: workdaysFromNow(7),
			place: 'Mødelokale 3'
		});
		await agenda.add(tx, sigrid, meetingId, { caseId, minutes: 45 });
		await circulate(tx, sigrid, meetingId);
		for (const name of READ) await reading.opened(tx, stage.people[name], caseId);
		await add(tx, jonas, caseId, 'next', housing.lateEdit);
		return { meetingId, figureId: brief.figures[1]! };
	});
}
