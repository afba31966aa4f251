import { readFile } from 'node:fs/promises';
import * as breaks from '../../data/breaks.server.ts';
import * as outlines from '../../data/outlines.server.ts';
import * as datasets from '../../data/datasets.server.ts';
import { understand } from '../../data/formats/formats.ts';
import * as hypotheses from '../../data/hypotheses.server.ts';
import { hypothesisSchema } from '../../data/hypothesis.ts';
import * as indicators from '../../data/indicators.server.ts';
import { indicatorSchema } from '../../data/indicator-input.ts';
import * as versions from '../../data/versions.server.ts';
import { DATASETS } from './datasets.ts';
import { HYPOTHESIS, INDICATORS } from './indicators.ts';
import type { Stage } from './fill.server.ts';

/** The demo's figures, imported as a person would: as the files are understood, and two small areas made one. */

const FOLDER = 'src/lib/thread/demo/figures';

export async function fillData(stage: Stage): Promise<void> {
	const { people, act } = stage;
	for (const one of DATASETS) {
		const bytes = await readFile(`${FOLDER}/${one.file}`);
		await act(async (tx) => {
			const id = await datasets.create(tx, people.else, {
				forumId: stage.forumId,
				departmentId: stage.departments[one.department],
				title: one.title,
				ownerId: people[one.owner].id,
				secondId: one.second ? people[one.second].id : null,
				definition: one.definition,
				source: one.source,
				registration: one.registration ?? null,
				population: one.population ?? null,
				weaknesses: one.weaknesses ?? null,
				legalBasis: one.legalBasis ?? null,
				purpose: one.purpose ?? null,
				rhythm: one.rhythm ?? null,
				nextUpdate: null,
				grade: one.grade,
				sender: one.sender ?? null,
				senderInterest: one.senderInterest ?? null,
				synthetic: one.synthetic,
				exemptReference: one.exemptReference ?? null
			});
			const { id: version } = await versions.store(tx, people.else, id, {
				bytes,
				recipe: { ...understand(bytes).recipe, merges: one.merges ?? [] },
				fileName: one.file,
				asOf: one.asOf
			});
			stage.datasets[one.key] = id;
			stage.versions[one.key] = version;
		});
	}
	await fillIndicators(stage);
	const bytes = await readFile(`${FOLDER}/areas.geojson`);
	const map = {
		title: 'Lindebys boligområder',
		source: 'Konstrueret til eksemplet; områderne findes ikke',
		bytes,
		fileName: 'areas.geojson'
	};
	const brought = await act((tx) => outlines.bring(tx, people.else, stage.datasets.areas!, map));
	stage.outline = brought.id;
	await act((tx) =>
		breaks.mark(tx, people.else, stage.datasets.areas!, {
			measure: 'anbragte-boern',
			period: '2017',
			reason: 'Netværksanbringelser tælles med fra 2017.'
		})
	);
}

async function fillIndicators({ act, people, datasets: { areas } }: Stage): Promise<void> {
	for (const [measure, said] of Object.entries(INDICATORS))
		await act((tx) =>
			indicators.describe(tx, people.else, areas!, measure, indicatorSchema.parse(said))
		);
	const { measure, ...supposed } = HYPOTHESIS;
	await act((tx) =>
		hypotheses.suppose(tx, people.tove, areas!, measure, hypothesisSchema.parse(supposed))
	);
}

/** A year later: one more year, and two values revised. */
export async function newerAreas(stage: Stage): Promise<void> {
	const bytes = await readFile(`${FOLDER}/areas-2019.csv`);
	await stage.act((tx) =>
		versions.store(tx, stage.people.else, stage.datasets.areas!, {
			bytes,
			fileName: 'areas-2019.csv',
			asOf: '2019-08-01'
		})
	);
}
