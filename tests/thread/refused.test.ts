import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NAMES } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { decided, goalIn, material, refusal, story, type Story, written } from './story.ts';

let db: TestDatabase;
let told: Story;
beforeAll(async () => {
	db = await freshDatabase();
	told = await story(db.sql);
});
afterAll(() => db.drop());

describe('a decision', () => {
	it.each(NAMES.filter((name) => name !== 'maja'))('is not %s’s to take', async (name) => {
		const before = await written(db.sql);
		const code = await refusal(decided(told, {}, told[name]));
		expect(code).toBe(name === 'nina' ? 'base.not_found' : 'base.not_allowed');
		expect(await written(db.sql)).toEqual(before);
		expect(await material(db.sql, told[name], told.caseId).catch(() => null)).toBeNull();
	});

	it.each([
		['decision.no_such_option', () => ({ optionId: told.caseId })],
		['decision.wording_missing', () => ({ wording: '  ' })],
		['decision.no_vote', () => ({ method: 'vote' as const })],
		['decision.none_beside_follow_up', () => ({ none: 'Ingen grund' })],
		['goal.target_wrong_way', () => ({ goals: [goalIn(told, 'Nørrevang', 60)] })],
		['goal.baseline_missing', () => ({ goals: [goalIn(told, 'Findes ikke')] })],
		['goal.owner_not_member', () => ({ goals: [{ ...goalIn(told), ownerId: told.ove.id }] })]
	])('is refused with %s, and nothing of it stays', async (code, change) => {
		const before = await written(db.sql);
		expect(await refusal(decided(told, change()))).toBe(code);
		expect(await written(db.sql)).toEqual(before);
	});
});

it('the form is offered to the chair alone, with the series of the case’s figures', async () => {
	const offered = (await material(db.sql, told.maja, told.caseId))!;
	expect(offered.options.map(({ title }) => title)).toContain('Otte områder');
	const line = offered.indicators.filter(({ figureId }) => figureId === told.figureId);
	expect(line.map(({ what, sum }) => (sum ? 'i alt' : what.join()))).toEqual([
		'Mølleparken',
		'Nørrevang',
		'Østerled',
		'i alt'
	]);
	expect(line.at(-1)!.newest).toEqual({ period: '2018', value: 129 });
});
