import { readFile } from 'node:fs/promises';
import * as datasets from '#lib/data/datasets.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import * as options from '#lib/case/options.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import { circulate } from '#lib/meeting/circulate.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import type { Stage } from '#lib/thread/demo/fill.server.ts';
import { housing } from '#lib/thread/demo/housing.ts';
import { makeBrief, makeCase } from '#lib/thread/demo/matter.server.ts';
import type { Cast } from '../support/cast.ts';

/** The housing plan among the cast: figures, brief and case by the verbs, for stories that begin later. */

export const MEASURE = 'elever-med-over-20-fravaersdage';
export const LINE = 'Fraværet i to områder';
export const TITLE = housing.case.title;
export const demoFile = (name: string) => `src/lib/thread/demo/figures/${name}`;

export type Housing = {
	datasetId: string;
	versionId: string;
	briefId: string;
	/** Mølleparken and Nørrevang over time. */
	figureId: string;
	caseId: string;
};

export async function makeHousing(people: Cast): Promise<Housing> {
	const { act, forumId, else_, jonas } = people;
	const bytes = await readFile(demoFile('areas-2018.csv'));
	const [datasetId, versionId] = await act(async (tx) => {
		const id = await datasets.create(tx, else_, {
			forumId,
			title: 'Boligområderne',
			definition: 'Ni nøgletal for tolv boligområder.',
			synthetic: true
		} as datasets.NewDataset);
		const stored = await versions.store(tx, else_, id, {
			bytes,
			fileName: 'areas-2018.csv',
			asOf: '2018-08-01'
		});
		return [id, stored.id];
	});
	const stage = { act, forumId, versions: { areas: versionId } } as unknown as Stage;
	const brief = await makeBrief(stage, else_, housing.brief, [
		{
			dataset: 'areas',
			title: LINE,
			why: 'Det ene er med i planen i dag, det andet er ikke.',
			spec: {
				kind: 'line',
				measure: MEASURE,
				where: { omraade: ['Mølleparken', 'Nørrevang'] },
				x: 'aar',
				series: 'omraade'
			}
		}
	]);
	const caseId = await makeCase(stage, jonas, housing.case, { briefId: brief.id });
	await act((tx) => cases.setState(tx, jonas, caseId, 'ready'));
	return { datasetId, versionId, briefId: brief.id, figureId: brief.figures[0]!, caseId };
}

/** A meeting with the case on its agenda after another one, sent out. */
export async function callMeeting(people: Cast, caseId: string) {
	const { act, forumId, sigrid, tove } = people;
	return await act(async (tx) => {
		const otherId = await cases.create(tx, tove, {
			forumId,
			title: 'Fælles indgang for frivillige',
			question: 'Skal de frivillige have én indgang?',
			kind: 'decision'
		});
		const id = await meetings.create(tx, sigrid, {
			forumId,
			title: 'Centerchefforum, ordinært møde',
			startsAt: new Date(),
			place: 'Mødelokale 3'
		});
		await agenda.add(tx, sigrid, id, { caseId: otherId, minutes: 15 });
		const itemId = await agenda.add(tx, sigrid, id, { caseId, minutes: 45 });
		await circulate(tx, sigrid, id);
		return { id, itemId };
	});
}

/** The recommended option, and every figure as what the decision was made by. */
export async function settled(people: Cast, caseId: string) {
	return await people.act(async (tx) => ({
		optionId: (await options.list(tx, caseId)).find(({ recommended }) => recommended)!.id,
		roles: Object.fromEntries(
			(await evidence.list(tx, caseId)).map(({ id, kind }) => [
				id,
				kind === 'figure' ? ('made' as const) : ('informed' as const)
			])
		)
	}));
}
