import * as evidence from '../../case/evidence.server.ts';
import * as options from '../../case/options.server.ts';
import type { EvidenceRole } from '../../decision/roles.ts';
import * as goals from '../../goal/goals.server.ts';
import * as agenda from '../../meeting/agenda.server.ts';
import { circulate } from '../../meeting/circulate.server.ts';
import * as meetings from '../../meeting/meetings.server.ts';
import * as moves from '../../meeting/moves.server.ts';
import * as votes from '../../meeting/votes.server.ts';
import { decide, type Decide } from '../decide.server.ts';
import { families } from './families.ts';
import type { Stage } from './fill.server.ts';
import { volunteers } from './others.ts';
import { date, daysFromNow } from './dates.ts';
import type { Matter } from './decided.server.ts';

/** The meeting that has been held: both cases decided, with their goals. */
export async function holdFirstMeeting(
	stage: Stage,
	plan: Matter,
	voluntary: Matter
): Promise<void> {
	const { act, people, forumId } = stage;
	const { sigrid, maja } = people;
	const meetingId = await act(async (tx) => {
		const id = await meetings.create(tx, sigrid, {
			forumId,
			title: 'Centerchefforum, ordinært møde',
			startsAt: daysFromNow(-21),
			place: 'Mødelokale 3'
		});
		await agenda.add(tx, sigrid, id, { caseId: plan.caseId, minutes: 40 });
		await agenda.add(tx, sigrid, id, { caseId: voluntary.caseId, minutes: 20 });
		await circulate(tx, sigrid, id);
		return id;
	});
	await act(async (tx) => {
		await meetings.open(tx, sigrid, meetingId);
		for (const person of Object.values(people))
			if (person !== people.ove && person !== people.bo)
				await meetings.attend(tx, sigrid, meetingId, person.id, true);
		const [first] = await agenda.items(tx, maja, meetingId);
		await moves.move(tx, maja, meetingId, first!.id);
		const round = await votes.openRound(tx, maja, first!.id, {
			question: 'Kan du tilslutte dig fase 1 med 50 familier?',
			among: 'yes_no'
		});
		const chiefs = [
			people.tove,
			people.camilla,
			people.henrik,
			people.jonas,
			people.lars,
			people.mette,
			people.ingrid,
			people.signe,
			people.adam,
			people.karen
		];
		for (const [i, person] of [...chiefs, people.birgit, people.per, maja].entries())
			await votes.vote(tx, person, round, i === 2 || i === 8 ? 'abstain' : i === 6 ? 'no' : 'yes');
		await votes.closeRound(tx, maja, first!.id, round);
	});
	await act((tx) => decideFamilies(stage, tx, plan));
	await act(async (tx) => {
		const [, second] = await agenda.items(tx, maja, meetingId);
		await moves.move(tx, maja, meetingId, second!.id);
		await decideVolunteers(stage, tx, voluntary);
		await meetings.close(tx, sigrid, meetingId);
	});
}

type Tx = Parameters<Parameters<Stage['act']>[0]>[0];

async function decideFamilies(stage: Stage, tx: Tx, { caseId, figures }: Matter) {
	const { people } = stage;
	const { decision, goals: aims } = families;
	const areas = stage.versions.areas!;
	const series = (aim: { measure: string; area: string }) => ({
		measure: aim.measure,
		where: { omraade: [aim.area] }
	});
	await decide(tx, people.maja, {
		...(await settled(tx, caseId, 'made')),
		wording: decision.wording,
		rationale: rationale(decision),
		dissent: 'Ingrid Falk: gevinsten er ikke regnet for de næste 150 familier.',
		decider: 'director',
		method: 'vote',
		goals: [
			{
				title: aims.absence.title,
				ownerId: people.tove.id,
				targetDate: '2021-12-31',
				nextReview: date(daysFromNow(60)),
				aim: {
					measured: true,
					versionId: areas,
					figureId: figures[1]!,
					reading: series(aims.absence),
					direction: 'down',
					baselinePeriod: '2018',
					targetValue: 36,
					tolerance: 3,
					forecast: 48
				},
				milestones: [
					{ title: 'Skolerne fører fravær ens', due: '2019-08-01', targetValue: null },
					{ title: 'Højst 42 elever', due: '2019-12-31', targetValue: 42 }
				]
			},
			{
				title: aims.preventive.title,
				ownerId: people.camilla.id,
				targetDate: '2021-12-31',
				nextReview: date(daysFromNow(60)),
				aim: {
					measured: true,
					versionId: areas,
					figureId: figures[2]!,
					reading: series(aims.preventive),
					direction: 'down',
					baselinePeriod: '2018',
					targetValue: 40,
					tolerance: 2,
					forecast: 52
				},
				milestones: [{ title: 'Halvvejs: 45 børn', due: '2020-06-30', targetValue: 45 }]
			},
			{
				title: aims.plan.title,
				ownerId: people.camilla.id,
				targetDate: date(daysFromNow(300)),
				nextReview: date(daysFromNow(30)),
				aim: { measured: false, reason: aims.plan.reason, sign: aims.plan.sign },
				milestones: [
					{
						title: 'De første 25 familier har holdt fælles møde',
						due: date(daysFromNow(-5)),
						targetValue: null
					},
					{
						title: 'Porten før fase 2: forummet ser på målene',
						due: date(daysFromNow(120)),
						targetValue: null
					}
				]
			}
		],
		actions: [
			{
				title: 'Læg de fire handleplaner sammen i én skabelon',
				ownerId: people.adam.id,
				due: date(daysFromNow(45))
			}
		],
		none: null
	});
}

async function decideVolunteers(stage: Stage, tx: Tx, { caseId }: Matter) {
	const { people } = stage;
	const { decision, goal } = volunteers;
	await decide(tx, people.maja, {
		...(await settled(tx, caseId, 'informed')),
		wording: decision.wording,
		rationale: rationale(decision),
		dissent: '',
		decider: 'director',
		method: 'chair',
		goals: [
			{
				title: goal.title,
				ownerId: people.mette.id,
				targetDate: date(daysFromNow(340)),
				nextReview: date(daysFromNow(90)),
				aim: { measured: false, reason: goal.reason, sign: goal.sign },
				milestones: []
			}
		],
		actions: [],
		none: null
	});
	const [made] = await tx<{ id: string }[]>`
		select g.id from goals g join decisions d on d.id = g.decision_id where d.case_id = ${caseId}`;
	await goals.checkIn(
		tx,
		people.mette,
		made!.id,
		'Fire centre har lavet en aftale. Idrætsforeningen og biblioteket er begyndt på lektiecaféen.'
	);
}

/** The recommended option, and every piece of evidence in the same role. */
async function settled(
	tx: Tx,
	caseId: string,
	role: EvidenceRole
): Promise<Pick<Decide, 'caseId' | 'optionId' | 'roles'>> {
	const chosen = (await options.list(tx, caseId)).find((option) => option.recommended)!;
	const items = await evidence.list(tx, caseId);
	return {
		caseId,
		optionId: chosen.id,
		roles: Object.fromEntries(
			items.map(({ id, kind }) => [id, kind === 'figure' ? role : 'informed'])
		)
	};
}

const rationale = (text: {
	facts: string;
	valuations: string;
	sideConditions: string;
	constraints: string;
}) => ({
	facts: text.facts,
	values: text.valuations,
	sideConditions: text.sideConditions,
	constraints: text.constraints
});
