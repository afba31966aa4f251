import { describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/base/errors.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import * as orders from '#lib/brief/orders.server.ts';
import * as reviews from '#lib/brief/reviews.server.ts';
import { missingOfSide } from '#lib/brief/rival.ts';
import * as rivals from '#lib/brief/rivals.server.ts';
import type { Person } from '#lib/people/person.ts';
import { waitingFor } from '#lib/thread/work.server.ts';
import { NAMES, type Name } from '../support/cast.ts';
import { begun, db, onTheDesk, page, refusal, spec, versionId, who, withFigure } from './desk.ts';

onTheDesk();

const act = <T>(work: (tx: Tx) => Promise<T>) => who.act(work);
const interpret = (id: string, figure: string, words: string, person: Person = who.else_) =>
	act((tx) => rivals.interpret(tx, person, id, figure, words));
const readingsOf = async (id: string, person: Person = who.else_) =>
	(await page(id, person)).interpretations.map(({ name, words, edits }) => [name, words, edits]);

describe('a figure', () => {
	test('carries two readings side by side, each its author’s, also once it is published', async () => {
		const { id, figure } = await withFigure();
		await interpret(id, figure, 'Planen virker: tallet er uændret.');
		await act((tx) => briefs.publish(tx, who.else_, id));
		await interpret(id, figure, 'Planen virker ikke: tallet burde falde.', who.tove);
		await interpret(id, figure, 'Planen holder tallet nede.');
		expect(await readingsOf(id, who.ove)).toEqual([
			['Else Winther', 'Planen holder tallet nede.', 1],
			['Tove Holm', 'Planen virker ikke: tallet burde falde.', 0]
		]);
		await interpret(id, figure, '', who.tove);
		expect(await readingsOf(id)).toHaveLength(1);
		expect(await refusal(interpret(id, figure, ' ', who.tove))).toBe(
			'400 brief.interpretation_empty'
		);
		const kept = await db.sql`
			select words from figure_interpretations where figure_id = ${figure} order by id`;
		expect(kept.map(({ words }) => words as string)).toEqual([
			'Planen virker: tallet er uændret.',
			'Planen virker ikke: tallet burde falde.',
			'Planen holder tallet nede.',
			''
		]);
		await expect(
			db.sql`update figure_interpretations set words = 'Andet' where figure_id = ${figure}`
		).rejects.toThrow();
	});

	test.each([
		['maja', 'went through'],
		['jonas', 'went through'],
		['tove', 'went through'],
		['else_', 'went through'],
		['sigrid', 'went through'],
		['ove', '403 base.not_allowed'],
		['nina', '404 base.not_found']
	] as const)('%s may say how they read a published one: %s', async (name, wanted) => {
		const { id, figure } = await withFigure();
		const draft = name === 'else_' ? wanted : '404 base.not_found';
		expect(await refusal(interpret(id, figure, 'Sådan.', who[name]))).toBe(draft);
		await act((tx) => briefs.publish(tx, who.else_, id));
		expect(await refusal(interpret(id, figure, 'Sådan.', who[name]))).toBe(wanted);
	});

	test('whoever is asked to read the draft may say how they read it', async () => {
		const { id, figure } = await withFigure();
		await act((tx) => reviews.ask(tx, who.else_, id, { personIds: [who.jonas.id] }));
		await interpret(id, figure, 'Tilfældigt.', who.jonas);
		expect(await readingsOf(id)).toEqual([['Jonas Bruun', 'Tilfældigt.', 0]]);
	});

	test('that an algorithm made is marked, and a brief with nothing else says so without being stopped', async () => {
		const id = await begun();
		const add = (algorithm: string | null) =>
			act((tx) =>
				figures.add(tx, who.else_, id, { versionId, title: 'T', why: 'w', spec, algorithm })
			);
		await add(' Risikomodel 2.1 ');
		const seen = await page(id);
		expect(seen.figures[0]!.algorithm).toBe('Risikomodel 2.1');
		expect(seen.missing).toContain('besides_algorithm');
		await add(null);
		expect((await page(id)).missing).not.toContain('besides_algorithm');
	});

	test('stands on the first page, in a section of the text, or behind it', async () => {
		const id = await begun();
		const add = (firstPage: boolean, section: 'story' | null) =>
			act((tx) =>
				figures.add(tx, who.else_, id, { versionId, title: 'T', spec, firstPage, section })
			);
		await add(true, 'story');
		await add(false, 'story');
		await add(false, null);
		expect((await page(id)).figures.map(({ firstPage, section }) => [firstPage, section])).toEqual([
			[true, null],
			[false, 'story'],
			[false, null]
		]);
	});
});

describe('two measures of the same', () => {
	const side = (figureId: string, groups = 'Tre ydelser') => ({
		figureId,
		groups,
		assumptions: 'At alle registreres',
		letIn: ''
	});

	test('stand side by side with whom they count, until one of the figures goes or they are parted', async () => {
		const { id, figure } = await withFigure();
		const other = await act((tx) =>
			figures.add(tx, who.else_, id, { versionId, title: 'B', why: 'w', spec })
		);
		const put = (a: string, b: string, measured = 'Ledighed', person: Person = who.else_) =>
			act((tx) =>
				rivals.putSideBySide(tx, person, id, { measured, sides: [side(a), side(b, 'Alle')] })
			);
		expect(await refusal(put(figure, figure))).toBe('400 brief.rival_same_figure');
		expect(await refusal(put(figure, other, ' '))).toBe('400 brief.rival_what_missing');
		expect(await refusal(put(figure, versionId))).toBe('404 base.not_found');
		expect((await page(id)).rivals).toEqual([]);
		const rival = await put(figure, other);
		const [seen] = (await page(id)).rivals;
		expect(seen).toMatchObject({
			measured: 'Ledighed',
			name: 'Else Winther',
			sides: [
				{ figureId: figure, groups: 'Tre ydelser' },
				{ figureId: other, groups: 'Alle' }
			]
		});
		expect(missingOfSide(seen!.sides[0])).toEqual(['letIn']);
		for (const name of ['maja', 'jonas', 'ove', 'nina'] as const)
			expect(await refusal(put(figure, other, 'x', who[name]))).toBe('404 base.not_found');
		const part = () => act((tx) => rivals.withdrawRival(tx, who.else_, id, rival));
		expect(await Promise.all([refusal(part()), refusal(part())]), 'twice is once').toEqual([
			'went through',
			'went through'
		]);
		expect((await page(id)).rivals).toEqual([]);
		await put(figure, other);
		await act((tx) => figures.remove(tx, who.else_, id, other));
		expect((await page(id)).rivals).toEqual([]);
	});
});

describe('an ordered brief', () => {
	const wish = () => ({
		focus: 'Fravær',
		question: 'Hvorfor stiger fraværet uden for planen?',
		ifKnown: 'Flytte to stillinger til Bakkegården.',
		due: '2030-03-01',
		analystId: who.else_.id,
		practitionerId: who.tove.id
	});
	const order = (person: Person = who.maja, input = {}) =>
		act((tx) => orders.order(tx, person, who.forumId, { ...wish(), ...input }));
	const begin = (id: string, person: Person) =>
		act((tx) => orders.begin(tx, person, who.forumId, id));
	const listed = async (id: string, person: Person) =>
		(await orders.list(db.sql, person, who.forumId)).find((one) => one.id === id);
	const waits = async (person: Person, id: string) =>
		(await waitingFor(db.sql, person)).filter((one) => one.kind === 'order' && one.id === id);

	test('waits for the analyst and the practitioner, becomes a brief of both in one action, and keeps the link', async () => {
		const id = await order();
		for (const person of [who.else_, who.tove])
			expect(await waits(person, id)).toMatchObject([
				{ due: '2030-03-01', href: `/f/chefer/briefs#order-${id}` }
			]);
		expect(await waits(who.jonas, id)).toEqual([]);
		const briefId = await begin(id, who.tove);
		const brief = await page(briefId, who.else_);
		expect(brief).toMatchObject({
			question: wish().question,
			order: { id, focus: 'Fravær', ifKnown: wish().ifKnown, byName: 'Maja Krog' }
		});
		expect(brief.authors.map(({ name }) => name)).toEqual(['Tove Holm', 'Else Winther']);
		expect(await waits(who.else_, id)).toMatchObject([{ href: `/briefs/${briefId}` }]);
		expect(await listed(id, who.maja)).toMatchObject({ begun: true, briefId: null });
		expect(await listed(id, who.tove)).toMatchObject({ begun: true, briefId });
		await act((tx) => briefs.publish(tx, who.tove, briefId));
		expect(await waits(who.else_, id)).toEqual([]);
		expect(await listed(id, who.maja)).toBeUndefined();
		expect((await page(briefId, who.jonas)).order?.focus).toBe('Fravær');
	});

	test('is begun once: of two at the same moment the other is told', async () => {
		const id = await order();
		const outcomes = await Promise.all(
			[who.else_, who.tove].map((person) => refusal(begin(id, person)))
		);
		expect(outcomes.toSorted()).toEqual(['409 brief.order_begun', 'went through']);
		const made = await db.sql`
			select from brief_orders r join briefs b on b.id = r.brief_id where r.id = ${id}`;
		expect(made).toHaveLength(1);
	});

	test('is withdrawn or begun, never both', async () => {
		const id = await order();
		const withdraw = () => act((tx) => orders.withdraw(tx, who.sigrid, who.forumId, id));
		const outcomes = await Promise.all([refusal(withdraw()), refusal(begin(id, who.tove))]);
		expect(outcomes.filter((one) => one === 'went through')).toHaveLength(1);
		expect(await refusal(withdraw())).toMatch(/^409 brief\.order_(begun|withdrawn)$/);
	});

	test.each([
		['no focus', { focus: ' ' }, '400 brief.order_focus_missing'],
		['no question', { question: '' }, '400 brief.question_missing'],
		['nothing that would change', { ifKnown: '' }, '400 brief.order_if_known_missing'],
		['no day', { due: 'snart' }, '400 brief.order_due_missing'],
		['one person twice', () => ({ analystId: who.tove.id }), '400 brief.order_two_people'],
		['an observer', () => ({ practitionerId: who.ove.id }), '400 brief.order_cannot_write'],
		['someone outside', () => ({ analystId: who.nina.id }), '400 brief.order_cannot_write']
	])('with %s is not ordered', async (_, input, refused) => {
		const before = await db.sql`select from brief_orders`;
		expect(await refusal(order(who.maja, typeof input === 'function' ? input() : input))).toBe(
			refused
		);
		expect(await db.sql`select from brief_orders`).toHaveLength(before.length);
	});

	const wanted: Record<Name, [string, string, boolean]> = {
		maja: ['did', 'base.not_allowed', true],
		jonas: ['base.not_allowed', 'base.not_allowed', true],
		tove: ['base.not_allowed', 'did', true],
		else_: ['base.not_allowed', 'did', true],
		sigrid: ['did', 'base.not_allowed', true],
		ove: ['base.not_allowed', 'base.not_found', false],
		nina: ['base.not_found', 'base.not_found', false]
	};
	test.each(NAMES)('is ordered, begun and seen by %s as far as their role goes', async (name) => {
		const id = await order();
		const person = who[name];
		const tried = async (work: (tx: Tx) => Promise<unknown>) => {
			let said = 'did';
			await act(async (tx) => {
				await work(tx);
				throw new Error('undone');
			}).catch((e: unknown) => {
				if (isRefusal(e)) said = e.code;
				else if (!(e instanceof Error && e.message === 'undone')) throw e;
			});
			return said;
		};
		const [orders_, begins, sees] = wanted[name];
		expect([
			await tried((tx) => orders.order(tx, person, who.forumId, wish())),
			await tried((tx) => orders.withdraw(tx, person, who.forumId, id)),
			await tried((tx) => orders.begin(tx, person, who.forumId, id))
		]).toEqual([orders_, orders_, begins]);
		if (name === 'nina') expect(await refusal(listed(id, person))).toBe('404 base.not_found');
		else expect((await listed(id, person)) !== undefined).toBe(sees);
	});
});
