import { describe, expect, test } from 'vitest';
import * as assignments from '#lib/brief/assignments.server.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as leftout from '#lib/brief/leftout.server.ts';
import * as reviews from '#lib/brief/reviews.server.ts';
import type { ReviewAnswer } from '#lib/brief/together.ts';
import * as objects from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { begun, db, onTheDesk, page, refusal, who } from './desk.ts';

import { act, askElse, askJonas, DUE, mine, toves } from './draft.ts';

onTheDesk();

describe('a section', () => {
	test('is given to someone of another department, who writes along, sees it among their work, and gives it back', async () => {
		const id = await begun(who.tove);
		expect(await refusal(page(id, who.jonas))).toBe('404 base.not_found');
		const given = await act((tx) =>
			assignments.assign(tx, who.tove, id, {
				section: 'consequences',
				personId: who.jonas.id,
				due: DUE
			})
		);
		const seen = await page(id, who.jonas);
		expect(seen.may.write).toBe(true);
		expect(seen.assignments).toMatchObject([
			{ section: 'consequences', name: 'Jonas Bruun', due: DUE, doneAt: null }
		]);
		expect(await mine(who.jonas, id)).toMatchObject([
			{ kind: 'section', due: DUE, href: `/briefs/${id}#consequences` }
		]);
		expect(await refusal(act((tx) => assignments.handBack(tx, who.tove, id, given)))).toBe(
			'403 base.not_allowed'
		);
		await act((tx) => assignments.handBack(tx, who.jonas, id, given));
		expect(await mine(who.jonas, id)).toEqual([]);
		expect((await page(id, who.tove)).assignments[0]!.doneAt).toBeInstanceOf(Date);
		expect(await refusal(act((tx) => assignments.handBack(tx, who.jonas, id, given)))).toBe(
			'409 brief.assignment_settled'
		);
		expect(await refusal(act((tx) => assignments.withdraw(tx, who.tove, id, given)))).toBe(
			'409 brief.assignment_settled'
		);
	});

	test.each([
		['an observer', () => ({ personId: who.ove.id }), '400 brief.assignment_cannot_write'],
		['someone outside', () => ({ personId: who.nina.id }), '400 brief.assignment_cannot_write'],
		['no day', () => ({ due: '2030-02-31' }), '400 brief.assignment_due_missing'],
		['a part that is no section', () => ({ section: 'figures' }), '404 base.not_found']
	])('with %s is nobody’s', async (_, input, refused) => {
		const id = await begun(who.tove);
		const wish = { section: 'story', personId: who.jonas.id, due: DUE, ...input() };
		expect(await refusal(act((tx) => assignments.assign(tx, who.tove, id, wish)))).toBe(refused);
		expect((await page(id, who.tove)).authors).toHaveLength(1);
	});

	test('waits for nobody who has been taken out, and is given to one person once', async () => {
		const id = await begun(who.tove);
		const give = () =>
			act((tx) =>
				assignments.assign(tx, who.tove, id, {
					section: 'story',
					personId: who.jonas.id,
					due: DUE
				})
			);
		await give();
		expect(await refusal(give())).toBe('409 brief.assignment_twice');
		await act((tx) => briefs.removeAuthor(tx, who.tove, id, who.jonas.id));
		expect((await page(id, who.tove)).assignments).toEqual([]);
		expect(await mine(who.jonas, id)).toEqual([]);
	});
});

describe('peer review', () => {
	test('opens the draft to those who are asked and nobody else, and shows what they answer', async () => {
		const { id } = await toves();
		await askJonas(id);
		expect((await page(id, who.jonas)).may).toEqual({
			write: false,
			publish: false,
			annotate: true
		});
		expect(await refusal(page(id, who.maja))).toBe('404 base.not_found');
		expect(await mine(who.jonas, id)).toMatchObject([{ kind: 'peer', due: DUE }]);
		await act((tx) =>
			reviews.answer(tx, who.jonas, id, { answer: 'nothing_more', words: ' Godt skrevet. ' })
		);
		expect(await mine(who.jonas, id)).toEqual([]);
		expect((await page(id, who.tove)).reviews).toMatchObject([
			{ name: 'Jonas Bruun', answer: 'nothing_more', words: 'Godt skrevet.' }
		]);
	});

	test('may be answered anew until it is published; what was answered before stays, with its time', async () => {
		const { id } = await toves();
		await askJonas(id);
		const answer = (answer: ReviewAnswer, words = '', person: Person = who.jonas) =>
			act((tx) => reviews.answer(tx, person, id, { answer, words }));
		const told = async () =>
			(
				await db.sql<{ verb: string }[]>`
					select verb from events where object_id = ${id} and verb like 'brief.review_%' order by id`
			).map(({ verb }) => verb);
		await answer('nothing_more', 'Godt skrevet.');
		const [first] = (await page(id, who.tove)).reviews;
		await answer('nothing_more', ' Godt skrevet. ');
		expect((await page(id, who.tove)).reviews).toEqual([first]);
		expect(await refusal(answer('comments', '', who.tove))).toBe('404 base.not_found');
		await answer('comments', 'Se noterne.');
		await answer('nothing_more');
		const [review] = (await page(id, who.tove)).reviews;
		expect(review).toMatchObject({
			answer: 'nothing_more',
			words: '',
			before: [
				{ answer: 'nothing_more', words: 'Godt skrevet.', at: first!.answeredAt },
				{ answer: 'comments', words: 'Se noterne.' }
			]
		});
		expect(review!.answeredAt!.getTime()).toBeGreaterThan(first!.answeredAt!.getTime());
		expect(await told()).toEqual([
			'brief.review_asked',
			'brief.review_answered',
			'brief.review_changed',
			'brief.review_changed'
		]);
		await act((tx) => briefs.publish(tx, who.tove, id));
		expect(await refusal(answer('comments'))).toBe('409 brief.published');
		expect((await page(id, who.ove)).reviews).toEqual([review]);
	});

	test('answered before, it is not answered anew once the draft is taken back', async () => {
		const { id } = await toves();
		await askJonas(id);
		const answer = () =>
			act((tx) => reviews.answer(tx, who.jonas, id, { answer: 'comments', words: 'Se noterne.' }));
		await answer();
		await act((tx) => reviews.takeBack(tx, who.tove, id));
		expect(await refusal(answer())).toBe('404 base.not_found');
	});

	test('taken back, the draft is its authors’ alone; what was answered stays', async () => {
		const brief = await toves();
		const { id } = brief;
		await askJonas(id);
		await askElse(brief);
		await act((tx) => reviews.answer(tx, who.jonas, id, { answer: 'comments', words: '' }));
		await act((tx) => reviews.takeBack(tx, who.tove, id));
		for (const person of [who.jonas, who.else_]) {
			expect(await refusal(page(id, person))).toBe('404 base.not_found');
			expect(await mine(person, id)).toEqual([]);
		}
		const seen = await page(id, who.tove);
		expect(seen).toMatchObject({ phase: 'draft', reviews: [{ answer: 'comments' }] });
		expect(seen.recognitions).toEqual([]);
		await askJonas(id);
		expect((await page(id, who.jonas)).reviews).toHaveLength(2);
	});

	test.each([
		['an author', () => who.tove, '409 brief.reviewer_writes'],
		['an observer', () => who.ove, '400 brief.reviewer_cannot_read'],
		['someone outside', () => who.nina, '400 brief.reviewer_cannot_read']
	])('is not asked of %s, and nothing moves', async (_, whom, refused) => {
		const { id } = await toves();
		const asked = act((tx) => reviews.ask(tx, who.tove, id, { personIds: [whom().id] }));
		expect(await refusal(asked)).toBe(refused);
		expect(await page(id, who.tove)).toMatchObject({ phase: 'draft', reviews: [] });
	});

	test('a confidential draft is read only by those who write it', async () => {
		const { id } = await toves();
		await askJonas(id);
		await act((tx) => objects.setConfidential(tx, who.tove, id, true));
		expect(await refusal(page(id, who.jonas))).toBe('403 base.not_allowed');
		expect(await mine(who.jonas, id)).toEqual([]);
		const asked = act((tx) => reviews.ask(tx, who.tove, id, { personIds: [who.sigrid.id] }));
		expect(await refusal(asked)).toBe('400 brief.reviewer_cannot_read');
	});

	test('unanswered when it is published, nobody waits for it any longer', async () => {
		const { id } = await toves();
		await askJonas(id);
		await act((tx) => briefs.publish(tx, who.tove, id));
		expect(await mine(who.jonas, id)).toEqual([]);
		expect(
			await refusal(
				act((tx) => reviews.answer(tx, who.jonas, id, { answer: 'comments', words: '' }))
			)
		).toBe('409 brief.published');
	});
});

describe('two at the same moment', () => {
	test.each([
		['ask readers', (id: string, by: Person) => askJonas(id, by, 'draft')],
		['publish', (id: string, by: Person) => act((tx) => briefs.publish(tx, by, id, 'draft'))]
	])('who %s: one does, the other is told', async (_, move) => {
		const { id } = await toves();
		await act((tx) => briefs.addAuthor(tx, who.tove, id, who.maja.id));
		const outcomes = await Promise.all(
			[who.tove, who.maja].map((person) => refusal(move(id, person)))
		);
		expect(outcomes.filter((one) => one === 'went through')).toHaveLength(1);
		expect(outcomes.find((one) => one !== 'went through')).toMatch(
			/^409 brief\.(moved|published)$/
		);
	});

	test('one publishes while the other asks the owners: never both, and both know', async () => {
		const brief = await toves();
		await act((tx) => briefs.addAuthor(tx, who.tove, brief.id, who.maja.id));
		const outcomes = await Promise.all([
			refusal(act((tx) => briefs.publish(tx, who.tove, brief.id, 'draft'))),
			refusal(askElse(brief, who.maja, 'draft'))
		]);
		expect(outcomes.filter((one) => one === 'went through')).toHaveLength(1);
		const published = (await page(brief.id, who.tove)).phase === 'published';
		expect(published).toBe(outcomes[0] === 'went through');
	});
});

describe('what was left out', () => {
	test('is listed with why and who says so, until it is taken away; nothing changes once published', async () => {
		const id = await begun(who.tove);
		const say = (what: string, why: string) =>
			act((tx) => leftout.leaveOut(tx, who.tove, id, { what, why }));
		expect(await refusal(say('Karaktererne', ' '))).toBe('400 brief.left_out_why_missing');
		const first = await say('Karaktererne', 'Klasserne er for små.');
		await say('Trivslen', 'Målt på en anden måde i 2017.');
		const back = (item: string) => refusal(act((tx) => leftout.withdraw(tx, who.tove, id, item)));
		expect(await Promise.all([back(first), back(first)]), 'twice is once').toEqual([
			'went through',
			'went through'
		]);
		expect(await back(id)).toBe('404 base.not_found');
		await act((tx) => briefs.publish(tx, who.tove, id));
		expect(await refusal(say('Mere', 'For sent'))).toBe('409 brief.published');
		expect((await page(id, who.ove)).leftOut).toMatchObject([
			{ what: 'Trivslen', why: 'Målt på en anden måde i 2017.', name: 'Tove Holm' }
		]);
	});
});
