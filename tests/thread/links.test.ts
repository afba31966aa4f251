import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import { board } from '#lib/goal/page.server.ts';
import { walk } from '#lib/thread/links.server.ts';
import type { ThreadKind } from '#lib/thread/thread.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { decided, refusal, story, type Story } from './story.ts';

let db: TestDatabase;
let told: Story;
let decisionId: string;
let ids: Record<ThreadKind, string>;
beforeAll(async () => {
	db = await freshDatabase();
	told = await story(db.sql);
	decisionId = await decided(told);
	const [goal] = await board(db.sql, told.maja, told.forumId);
	ids = {
		dataset: told.datasetId,
		brief: told.briefId,
		case: told.caseId,
		decision: decisionId,
		goal: goal!.id
	};
});
afterAll(() => db.drop());

const walked = async (from: string, person = told.tove) =>
	Object.fromEntries(
		(await walk(db.sql, person, from)).hops.map(({ kind, nodes }) => [
			kind,
			nodes.map(({ id }) => id)
		])
	);

describe('the thread', () => {
	it.each(['dataset', 'brief', 'case', 'decision', 'goal'] as const)(
		'is walked both ways from a %s',
		async (kind) => {
			const whole = Object.fromEntries(Object.entries(ids).map(([kind, id]) => [kind, [id]]));
			expect(await walked(ids[kind])).toEqual(whole);
			const { current, hops } = await walk(db.sql, told.tove, ids[kind]);
			expect(current).toBe(kind);
			const here = hops.flatMap(({ nodes }) => nodes.filter(({ current }) => current));
			expect(here.map(({ id }) => id)).toEqual([ids[kind]]);
		}
	);

	it('goes on from a dataset to what else came of it, and not from there to a sibling', async () => {
		const brief = await told.act((tx) =>
			briefs.create(tx, told.else_, { forumId: told.forumId, question: 'Et andet spørgsmål?' })
		);
		await told.act((tx) =>
			figures.add(tx, told.else_, brief, {
				versionId: told.versionId,
				title: 'Samme tal',
				spec: {
					kind: 'line',
					measure: told.measure,
					where: {},
					x: told.keys.time,
					series: told.keys.area
				}
			})
		);
		expect((await walked(told.datasetId, told.else_)).brief).toEqual([told.briefId, brief]);
		// A draft is its authors' own: nobody else learns of it from the thread.
		expect((await walked(told.datasetId)).brief).toEqual([told.briefId]);
		expect((await walked(ids.goal, told.else_)).brief).toEqual([told.briefId]);
	});

	it('stops at a stub: what lies behind what one may not read is not told', async () => {
		const secret = await told.act((tx) =>
			cases.create(tx, told.jonas, {
				forumId: told.forumId,
				briefId: told.briefId,
				title: 'Fortrolig sag',
				confidential: true
			})
		);
		const { hops } = await walk(db.sql, told.tove, told.briefId);
		const found = hops.find(({ kind }) => kind === 'case')!.nodes;
		expect(found).toContainEqual({ id: secret, title: null, current: false });
		const seen = await walk(db.sql, told.tove, secret);
		expect(seen.hops.flatMap(({ nodes }) => nodes)).toEqual([
			{ id: secret, title: null, current: true }
		]);
	});

	it('is not found by an outsider, and shows an observer no case before it reaches an agenda', async () => {
		expect(await refusal(walk(db.sql, told.nina, told.caseId))).toBe('base.not_found');
		const early = await told.act((tx) =>
			cases.create(tx, told.jonas, {
				forumId: told.forumId,
				briefId: told.briefId,
				title: 'Kladde'
			})
		);
		expect((await walked(told.briefId, told.ove)).case).toEqual([told.caseId]);
		expect((await walked(told.briefId)).case).toContain(early);
	});

	it('closes the decision to a person shut out of its case', async () => {
		await told.act((tx) => objects.exclude(tx, told.maja, told.caseId, told.jonas.id, 'inhabil'));
		const { hops } = await walk(db.sql, told.jonas, told.datasetId);
		const found = hops.flatMap(({ nodes }) => nodes);
		expect(found.find(({ id }) => id === told.caseId)?.title).toBeNull();
		expect(found.find(({ id }) => id === decisionId)).toBeUndefined();
	});
});
