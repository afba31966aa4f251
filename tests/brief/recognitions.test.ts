import { describe, expect, test } from 'vitest';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as recognitions from '#lib/brief/recognitions.server.ts';
import type { Person } from '#lib/people/person.ts';
import { write } from '#lib/thread/demo/typing.server.ts';
import { datasetId, db, onTheDesk, page, refusal, who } from './desk.ts';

import { act, askElse, DUE, mine, toves } from './draft.ts';

onTheDesk();

describe('those who own the figures', () => {
	test('are asked of a sentence, answer no with a reason, veto nothing, and it shows at the sentence', async () => {
		const brief = await toves();
		const { id, sentence } = brief;
		await askElse(brief);
		const [asked] = (await page(id, who.else_)).recognitions;
		expect(asked).toMatchObject({
			name: 'Else Winther',
			datasetTitle: 'Boligområderne',
			anchor: { section: 'messages', quote: 'I Nørrevang er tallet uændret.' },
			place: { from: sentence.from, to: sentence.to },
			recognised: null
		});
		expect(await mine(who.else_, id)).toMatchObject([
			{ kind: 'recognise', title: 'I Nørrevang er tallet uændret.', due: DUE }
		]);
		const answer = (recognised: boolean, reason: string, person: Person = who.else_) =>
			act((tx) => recognitions.answer(tx, person, id, asked!.id, { recognised, reason }));
		expect(await refusal(answer(false, ' '))).toBe('400 brief.recognition_why_missing');
		expect(await refusal(answer(true, '', who.tove))).toBe('403 base.not_allowed');
		await answer(false, 'Distriktet blev ændret i 2017.');
		await act((tx) => briefs.publish(tx, who.tove, id));
		expect((await page(id, who.ove)).recognitions).toMatchObject([
			{ recognised: false, reason: 'Distriktet blev ændret i 2017.', place: { from: 0 } }
		]);
	});

	test('may answer anew, also when it is published; what they answered before stays, with its time', async () => {
		const brief = await toves();
		const { id } = brief;
		await askElse(brief);
		const [asked] = (await page(id, who.else_)).recognitions;
		const answer = (recognised: boolean, reason = '', person: Person = who.else_) =>
			act((tx) => recognitions.answer(tx, person, id, asked!.id, { recognised, reason }));
		const stands = async (person = who.tove) => (await page(id, person)).recognitions[0]!;
		await answer(false, 'Distriktet blev ændret i 2017.');
		const first = await stands();
		expect(first.before).toEqual([]);
		await answer(false, ' Distriktet blev ændret i 2017. ');
		expect(await stands()).toEqual(first);
		expect(await refusal(answer(false, ' '))).toBe('400 brief.recognition_why_missing');
		expect(await refusal(answer(true, '', who.tove))).toBe('403 base.not_allowed');
		await act((tx) => briefs.publish(tx, who.tove, id));
		await answer(true);
		const now = await stands(who.ove);
		expect(now).toMatchObject({
			recognised: true,
			reason: '',
			before: [
				{ recognised: false, reason: 'Distriktet blev ændret i 2017.', at: first.answeredAt }
			]
		});
		expect(now.answeredAt!.getTime()).toBeGreaterThan(first.answeredAt!.getTime());
		expect(await mine(who.else_, id)).toEqual([]);
		const change = db.sql`update brief_recognitions_before set reason = 'Andet'`;
		await expect(change).rejects.toThrow();
	});

	test('who answer twice at the same moment: both are kept, one of them stands', async () => {
		const brief = await toves();
		const { id } = brief;
		await askElse(brief);
		const [asked] = (await page(id, who.else_)).recognitions;
		const reasons = ['Ændret i 2017.', 'Ændret i 2018.'];
		await Promise.all(
			reasons.map((reason) =>
				act((tx) =>
					recognitions.answer(tx, who.else_, id, asked!.id, { recognised: false, reason })
				)
			)
		);
		const [now] = (await page(id, who.tove)).recognitions;
		expect([...now!.before.map(({ reason }) => reason), now!.reason].toSorted()).toEqual(reasons);
	});

	test('may answer after it is published, and what they were asked of stays when its words go', async () => {
		const brief = await toves();
		const { id } = brief;
		await askElse(brief);
		await act((tx) => write(tx, who.tove, id, { messages: ['Helt andre ord om noget andet.'] }));
		await act((tx) => briefs.publish(tx, who.tove, id));
		const [asked] = (await page(id, who.else_)).recognitions;
		await act((tx) =>
			recognitions.answer(tx, who.else_, id, asked!.id, { recognised: true, reason: '' })
		);
		expect((await page(id, who.maja)).recognitions).toMatchObject([{ recognised: true }]);
	});

	test('are the owner or the one who knows the figures beside them; nobody else is asked', async () => {
		const brief = await toves();
		const wrong = act((tx) =>
			recognitions.ask(tx, who.tove, brief.id, {
				asked: [{ datasetId, personId: who.jonas.id, on: { figureId: brief.figure } }]
			})
		);
		expect(await refusal(wrong)).toBe('409 brief.not_its_owner');
		expect(await refusal(page(brief.id, who.jonas))).toBe('404 base.not_found');
		expect((await page(brief.id, who.tove)).owners).toEqual([
			{
				datasetId,
				datasetTitle: 'Boligområderne',
				personId: who.else_.id,
				name: 'Else Winther',
				writes: false,
				canRead: true,
				outside: false
			}
		]);
	});
});
