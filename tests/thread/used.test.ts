import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { board } from '#lib/goal/page.server.ts';
import { newest } from '#lib/data/versions.server.ts';
import { usedIn } from '#lib/thread/used.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { decided, refusal, story, type Story } from './story.ts';

let db: TestDatabase;
let told: Story;
let decisionId: string;
let goalId: string;
beforeAll(async () => {
	db = await freshDatabase();
	told = await story(db.sql);
	decisionId = await decided(told);
	goalId = (await board(db.sql, told.maja, told.forumId))[0]!.id;
});
afterAll(() => db.drop());

const used = async (person = told.tove, measure?: string) =>
	(await usedIn(db.sql, person, told.datasetId, measure)).map(({ kind, id, number }) => [
		kind,
		id,
		number
	]);

test('a dataset is used all along the thread, in the version each cites', async () => {
	expect(await used()).toEqual([
		['brief', told.briefId, 1],
		['case', told.caseId, 1],
		['decision', decisionId, 1],
		['goal', goalId, null]
	]);
});

test('an indicator is used where its own measure is', async () => {
	const { shape } = (await newest(db.sql, told.datasetId))!;
	const [figure] = await db.sql<
		{ measure: string }[]
	>`select spec ->> 'measure' measure from figures`;
	expect(await used(told.tove, figure!.measure)).toEqual(await used());
	const other = shape.measures.find(({ key }) => key !== figure!.measure)?.key ?? 'intet';
	expect(await used(told.tove, other)).toEqual([]);
});

it('is told only of what one may read, and nobody outside', async () => {
	await db.sql`update objects set confidential = true where id = ${told.caseId}`;
	await db.sql`delete from authors where object_id = ${told.caseId} and person_id = ${told.jonas.id}`;
	const seen = (await usedIn(db.sql, told.jonas, told.datasetId)).map(({ kind }) => kind);
	expect(seen).toContain('brief');
	expect(seen).not.toContain('case');
	expect(await refusal(usedIn(db.sql, told.nina, told.datasetId))).toBe('base.not_found');
});
