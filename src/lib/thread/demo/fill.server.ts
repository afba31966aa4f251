import type { Sql, Tx } from '../../base/sql.server.ts';
import { transact } from '../../base/sql.server.ts';
import * as forums from '../../forum/forums.server.ts';
import * as departments from '../../people/departments.server.ts';
import * as persons from '../../people/persons.server.ts';
import type { Person } from '../../people/person.ts';
import { drain } from '../worker.server.ts';
import { fillData, newerAreas } from './data.server.ts';
import { fillBenchmarks, fillPool } from './drafts.server.ts';
import { fillUnderWay, orderBrief } from './briefs.server.ts';
import { fillBudget } from './budget.server.ts';
import { agree } from './charter.server.ts';
import { fillFamilies, fillVolunteers } from './decided.server.ts';
import { fillGlossary } from './glossary.server.ts';
import { holdFirstMeeting } from './held.server.ts';
import { fillHousing } from './coming.server.ts';
import { fillBacklog, fillBuses, fillMould, fillYouth } from './ontheway.server.ts';
import { DEPARTMENTS, FORUM, PASSWORD, PEOPLE, emailOf, type PersonKey } from './people.ts';

/** What the demo's parts work with. */
export type Stage = {
	forumId: string;
	people: Record<PersonKey, Person>;
	departments: Record<keyof typeof DEPARTMENTS, string>;
	/** Dataset ids by the demo's key. */
	datasets: Record<string, string>;
	/** Version ids of the first edition of each dataset. */
	versions: Record<string, string>;
	/** Outlines of the housing areas. */
	outline: string;
	/** One transaction. */
	act: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
};

/** The people one can sign in as, one line each when the demo starts. */
export const demoPeople = PEOPLE.map(({ key, role, name, title }) => ({
	role,
	name,
	title,
	email: emailOf(key),
	password: PASSWORD
}));

/** Fills an empty database with the demo forum; `say` hears each step. */
export async function fillDemo(sql: Sql, say: (line: string) => void): Promise<void> {
	const act: Stage['act'] = (work) => transact(work, sql);
	say(`${FORUM.municipality}: ${PEOPLE.length} people`);
	const stage = await fillPeople(act);
	await fillGlossary(stage);
	say('seven datasets');
	await fillData(stage);
	say('two cases decided in a meeting, with their goals');
	const decided = [await fillFamilies(stage), await fillVolunteers(stage)] as const;
	await holdFirstMeeting(stage, ...decided);
	await agree(stage);
	say('the housing plan, on the next agenda');
	const coming = await fillHousing(stage);
	say('the development pool and the rival benchmarks, under way');
	await fillPool(stage);
	await fillBenchmarks(stage);
	await orderBrief(stage);
	await fillUnderWay(stage);
	say('one sent back, one answered in writing, one that cannot wait; a budget round and proposals');
	await fillYouth(stage);
	await fillBuses(stage);
	await fillMould(stage, coming.meetingId);
	await fillBudget(stage, coming.figureId);
	await fillBacklog(stage);
	say('a newer edition of the area figures');
	await newerAreas(stage);
	await drain(sql);
}

async function fillPeople(act: Stage['act']): Promise<Stage> {
	return await act(async (tx) => {
		const homes: Record<string, string> = {};
		for (const [key, name] of Object.entries(DEPARTMENTS))
			homes[key] = await departments.named(tx, null, name);
		const people: Record<string, Person> = {};
		for (const { key, name, title, department } of PEOPLE)
			people[key] = await persons.create(tx, null, {
				name,
				email: emailOf(key),
				password: PASSWORD,
				departmentId: homes[department]!,
				title
			});
		const forumId = await forums.create(tx, people.maja!, { ...FORUM, fictional: true });
		for (const { key, role, ...rest } of PEOPLE)
			if (!('chair' in rest))
				await forums.addMember(tx, people.maja!, forumId, people[key]!.id, role);
		await forums.setCharter(tx, people.maja!, forumId, {
			circulateWorkdays: 3,
			smallNumberLimit: 5
		});
		return {
			forumId,
			people: people as Stage['people'],
			departments: homes as Stage['departments'],
			datasets: {},
			versions: {},
			outline: '',
			act
		};
	});
}
