import { isRefusal } from '#lib/base/errors.ts';
import type { Sql } from '#lib/base/sql.server.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import * as options from '#lib/case/options.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import type { Person } from '#lib/people/person.ts';
import { decide, material, type Decide } from '#lib/thread/decide.server.ts';
import { cast, type Cast } from '../support/cast.ts';

/** The housing plan, up to the meeting that decides it: everything a decision hangs on, made by the verbs themselves. */

const HEAD = 'Område;År;Elever med over 20 fraværsdage';
const FIRST = [
	['Mølleparken', 41, 44],
	['Nørrevang', 52, 55],
	['Østerled', 31, 30]
] as const;

/** The file of 2018: two years, three areas. */
export const FILE_2018 = file((area, year, first) => [area, year, first]);
/** A year on, and one value of 2017 revised: Mølleparken 41 → 48. */
export const FILE_2019 =
	file((area, year, value) => [area, year, area === 'Mølleparken' && year === 2017 ? 48 : value]) +
	'Mølleparken;2019;46\r\nNørrevang;2019;60\r\nØsterled;2019;20\r\n';

function file(line: (area: string, year: number, value: number) => (string | number)[]): string {
	const lines = FIRST.flatMap(([area, ...values]) =>
		values.map((value, i) => line(area, 2017 + i, value).join(';'))
	);
	return [HEAD, ...lines].join('\r\n') + '\r\n';
}

export type Story = Cast & {
	sql: Sql;
	datasetId: string;
	versionId: string;
	/** Two figures of the same version: over time, and the newest year alone. */
	figureId: string;
	barId: string;
	briefId: string;
	caseId: string;
	meetingId: string;
	itemId: string;
	/** Evidence: the two figures and a note from practice. */
	evidence: { line: string; bar: string; practice: string };
	options: { asNow: string; eight: string };
	measure: string;
	keys: { area: string; time: string };
};

export async function story(sql: Sql): Promise<Story> {
	const who = await cast(sql);
	const { act, forumId, maja, jonas, tove, else_, sigrid } = who;
	const datasetId = await act((tx) =>
		datasets.create(tx, else_, {
			forumId,
			title: 'Boligområderne',
			definition: 'Elever med mere end 20 fraværsdage på et skoleår, efter bopæl.'
		} as datasets.NewDataset)
	);
	const versionId = await stored(who, datasetId, FILE_2018, '2018-08-01');
	const shape = await versions.shape(sql, versionId);
	const keys = {
		area: shape.dimensions.find(({ role }) => role !== 'time')!.key,
		time: shape.dimensions.find(({ role }) => role === 'time')!.key
	};
	const measure = shape.measures[0]!.key;
	const briefId = await act((tx) =>
		briefs.create(tx, else_, { forumId, question: 'Hvilke områder har brug for boligplanen?' })
	);
	const draw = (title: string, spec: object) =>
		act((tx) =>
			figures.add(tx, else_, briefId, {
				versionId,
				title,
				spec: { measure, where: {}, ...spec }
			} as never)
		);
	const figureId = await draw('Fravær over tid', { kind: 'line', x: keys.time, series: keys.area });
	const barId = await draw('Fravær i 2018', {
		kind: 'bar',
		x: keys.area,
		where: { [keys.time]: ['2018'] }
	});
	await act((tx) => briefs.publish(tx, else_, briefId));

	const caseId = await act((tx) =>
		cases.create(tx, jonas, {
			forumId,
			briefId,
			title: 'Fra to til otte områder?',
			recommendation: 'Boligplanen udvides til otte områder.'
		})
	);
	const eight = await act((tx) =>
		options.add(tx, jonas, caseId, { title: 'Otte områder', amount: 2_100_000 })
	);
	const practice = await act((tx) =>
		evidence.add(tx, tove, caseId, { kind: 'practice', title: 'Lærerne ser det samme' })
	);
	const [asNow] = (await options.list(sql, caseId)).filter(({ statusQuo }) => statusQuo);
	const items = await evidence.list(sql, caseId);
	await act((tx) => cases.setState(tx, jonas, caseId, 'ready'));
	const meetingId = await act((tx) =>
		meetings.create(tx, sigrid, { forumId, title: 'Møde', startsAt: new Date(), place: '' })
	);
	const itemId = await act((tx) => agenda.add(tx, sigrid, meetingId, { caseId, minutes: 20 }));
	void maja;
	return {
		...who,
		sql,
		datasetId,
		versionId,
		figureId,
		barId,
		briefId,
		caseId,
		meetingId,
		itemId,
		evidence: {
			line: items.find((item) => item.figureId === figureId)!.id,
			bar: items.find((item) => item.figureId === barId)!.id,
			practice
		},
		options: { asNow: asNow!.id, eight },
		measure,
		keys
	};
}

export async function stored(
	{ act, else_ }: Pick<Story, 'act' | 'else_'>,
	datasetId: string,
	text: string,
	asOf: string
): Promise<string> {
	const { id } = await act((tx) =>
		versions.store(tx, else_, datasetId, {
			bytes: new TextEncoder().encode(text),
			fileName: `areas-${asOf}.csv`,
			asOf
		})
	);
	return id;
}

/** Fewer pupils in Nørrevang, from the pinned figure. */
export function goalIn(told: Story, area = 'Nørrevang', target = 40): Decide['goals'][number] {
	return {
		title: `Færre med højt fravær i ${area}`,
		ownerId: told.jonas.id,
		targetDate: '2021-12-31',
		nextReview: null,
		aim: {
			measured: true,
			versionId: told.versionId,
			figureId: told.figureId,
			reading: { measure: told.measure, where: { [told.keys.area]: [area] } },
			direction: 'down',
			baselinePeriod: null,
			targetValue: target,
			tolerance: null,
			forecast: null
		},
		milestones: [{ title: 'Halvvejs', due: '2020-06-30', targetValue: 48 }]
	};
}

export function decision(told: Story, change: Partial<Decide> = {}): Decide {
	return {
		caseId: told.caseId,
		optionId: told.options.eight,
		wording: 'Planen udvides til otte områder fra 2019.',
		rationale: {
			facts: 'Fraværet stiger.',
			values: 'Børn først.',
			sideConditions: '',
			constraints: ''
		},
		dissent: '',
		decider: 'director',
		method: 'chair',
		roles: { [told.evidence.line]: 'made', [told.evidence.practice]: 'supports' },
		goals: [goalIn(told)],
		actions: [],
		none: null,
		...change
	};
}

export async function decided(
	told: Story,
	change: Partial<Decide> = {},
	by?: Person
): Promise<string> {
	return await told.act((tx) => decide(tx, by ?? told.maja, decision(told, change)));
}

/** How many rows there are of everything a decision writes. */
export async function written(sql: Sql) {
	const [row] = await sql`
		select (select count(*)::int from decisions) decisions, (select count(*)::int from goals) goals,
			(select count(*)::int from actions) actions, (select count(*)::int from document_keeps) keeps,
			(select count(*)::int from cited_values) cited, (select count(*)::int from case_states) states,
			(select count(*)::int from events) events, (select count(*)::int from objects) objects,
			(select count(*)::int from documents where closed_at is not null) closed`;
	return row;
}

/** The code a refusal came with. */
export async function refusal(work: Promise<unknown>): Promise<string> {
	try {
		await work;
	} catch (error) {
		if (isRefusal(error)) return error.code;
		throw error;
	}
	throw new Error('it was not refused');
}

export { material };
