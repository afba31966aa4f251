import { describe, expect, test } from 'vitest';
import * as assignments from '#lib/brief/assignments.server.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as leftout from '#lib/brief/leftout.server.ts';
import * as recognitions from '#lib/brief/recognitions.server.ts';
import { sentencesOf } from '#lib/brief/recognition.ts';
import * as reviews from '#lib/brief/reviews.server.ts';
import { isRefusal } from '#lib/base/errors.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { write } from '#lib/thread/demo/typing.server.ts';
import { waitingFor } from '#lib/thread/work.server.ts';
import { NAMES, type Name } from '../support/cast.ts';
import { begun, datasetId, db, onTheDesk, page, refusal, spec, versionId, who } from './desk.ts';
import * as figures from '#lib/brief/figures.server.ts';

onTheDesk();

const act = <T>(work: (tx: Tx) => Promise<T>) => who.act(work);
const DUE = '2030-01-15';
const mine = async (person: Person, id: string) =>
	(await waitingFor(db.sql, person)).filter(({ href }) => href.includes(id));

/** A draft of Tove's on figures that are Else's, with a sentence about them. */
async function toves() {
	const id = await begun(who.tove);
	const figure = await act((tx) =>
		figures.add(tx, who.tove, id, { versionId, title: 'Fravær', why: 'De skal nås', spec })
	);
	await act((tx) =>
		write(tx, who.tove, id, {
			headline: ['Fraværet stiger i Bakkegården.'],
			messages: ['I Nørrevang er tallet uændret. Det er det ikke andre steder.']
		})
	);
	const [, sentence] = sentencesOf((await page(id, who.tove)).content);
	return { id, figure, sentence: sentence! };
}
const askElse = (
	{ id, sentence }: Awaited<ReturnType<typeof toves>>,
	by: Person = who.tove,
	seen?: 'draft'
) =>
	act((tx) =>
		recognitions.ask(tx, by, id, {
			asked: [{ datasetId, personId: who.else_.id, on: sentence }],
			due: DUE,
			seen
		})
	);
const askJonas = (id: string, by: Person = who.tove, seen?: 'draft') =>
	act((tx) => reviews.ask(tx, by, id, { personIds: [who.jonas.id], due: DUE, seen }));

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
		expect(
			await refusal(
				act((tx) => reviews.answer(tx, who.jonas, id, { answer: 'comments', words: '' }))
			)
		).toBe('409 brief.review_settled');
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
		expect(await refusal(answer(true, ''))).toBe('409 brief.recognition_settled');
		await act((tx) => briefs.publish(tx, who.tove, id));
		expect((await page(id, who.ove)).recognitions).toMatchObject([
			{ recognised: false, reason: 'Distriktet blev ændret i 2017.', place: { from: 0 } }
		]);
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
				canRead: true
			}
		]);
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
		await act((tx) => leftout.withdraw(tx, who.tove, id, first));
		await act((tx) => briefs.publish(tx, who.tove, id));
		expect(await refusal(say('Mere', 'For sent'))).toBe('409 brief.published');
		expect((await page(id, who.ove)).leftOut).toMatchObject([
			{ what: 'Trivslen', why: 'Målt på en anden måde i 2017.', name: 'Tove Holm' }
		]);
	});
});

/** As each role, before anyone is asked, and as those who are. */
describe('who may do what to a brief that is not published', () => {
	const outcome = async (person: Person, verb: (tx: Tx, person: Person) => Promise<unknown>) => {
		let said = 'did';
		await who
			.act(async (tx) => {
				await verb(tx, person);
				throw new Error('undone');
			})
			.catch((e: unknown) => {
				if (isRefusal(e)) said = e.code;
				else if (!(e instanceof Error && e.message === 'undone')) throw e;
			});
		return said;
	};
	const wanted: Record<Name, [string, string]> = {
		maja: ['base.not_found', 'base.not_found'],
		jonas: ['base.not_allowed', 'did'],
		tove: ['did', 'base.not_found'],
		else_: ['base.not_allowed', 'base.not_found'],
		sigrid: ['base.not_found', 'base.not_found'],
		ove: ['base.not_found', 'base.not_found'],
		nina: ['base.not_found', 'base.not_found']
	};

	test.each(NAMES)('%s', async (name) => {
		const brief = await toves();
		const { id, sentence } = brief;
		await askJonas(id);
		await askElse(brief);
		const [asked] = (await page(id, who.tove)).recognitions;
		const [write, review] = wanted[name];
		const verbs: [string, (tx: Tx, person: Person) => Promise<unknown>][] = [
			[
				write,
				(tx, p) =>
					assignments.assign(tx, p, id, { section: 'story', personId: who.jonas.id, due: DUE })
			],
			[write, (tx, p) => reviews.ask(tx, p, id, { personIds: [who.sigrid.id] })],
			[write, (tx, p) => reviews.takeBack(tx, p, id)],
			[
				write,
				(tx, p) =>
					recognitions.ask(tx, p, id, {
						asked: [{ datasetId, personId: who.else_.id, on: sentence }]
					})
			],
			[write, (tx, p) => leftout.leaveOut(tx, p, id, { what: 'Noget', why: 'Derfor' })],
			[write, (tx, p) => briefs.publish(tx, p, id)],
			[review, (tx, p) => reviews.answer(tx, p, id, { answer: 'comments', words: '' })],
			[
				name === 'else_' ? 'did' : name === 'jonas' || name === 'tove' ? 'base.not_allowed' : write,
				(tx, p) => recognitions.answer(tx, p, id, asked!.id, { recognised: true, reason: '' })
			]
		];
		const outcomes: string[] = [];
		for (const [, verb] of verbs) outcomes.push(await outcome(who[name], verb));
		expect(outcomes).toEqual(verbs.map(([wanted]) => wanted));
		const document = (await documents.ofObject(db.sql, id))!;
		expect(document.closedAt).toBeNull();
	});
});
