import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrive } from '#lib/annotation/arrive.ts';
import { choicesOf, EVERYTHING_OPEN, passes, type Choice } from '#lib/annotation/filter.ts';
import { deedOf, stepped } from '#lib/annotation/keys.ts';
import { KINDS, type PlacedNote } from '#lib/annotation/note.ts';

/** What the panel beside a page shows, and what keys do in it. */

const note = (over: Partial<PlacedNote> = {}) =>
	({
		id: 'a',
		kind: 'fact',
		state: 'open',
		said: 1,
		unread: false,
		own: false,
		mentions: [],
		author: { id: 't', name: 'Tove Holm', role: 'chief', departmentName: 'Skole' },
		anchor: {},
		place: { from: 0, to: 4 },
		figure: null,
		...over
	}) as PlacedNote;
const figure = note({ anchor: null, place: null, figure: {} as PlacedNote['figure'] });
const orphan = note({ place: null });
const shows = (one: PlacedNote, over: Partial<Choice>) =>
	passes(one, { ...EVERYTHING_OPEN, ...over }, 'Maja Krog');

describe('the panel', () => {
	it('shows what is open, on text, figures and without words, until one chooses', () => {
		for (const one of [note(), figure, orphan]) expect(shows(one, {})).toBe(true);
		expect(shows(note({ state: 'resolved' }), {})).toBe(false);
		expect(shows(note({ state: 'resolved' }), { state: 'resolved' })).toBe(true);
		expect(shows(note({ state: 'resolved' }), { state: 'all' })).toBe(true);
	});

	it('shows what is unread, open and resolved alike', () => {
		for (const state of ['open', 'resolved'] as const) {
			expect(shows(note({ state, unread: true }), { state: 'unread' })).toBe(true);
			expect(shows(note({ state, unread: false }), { state: 'unread' })).toBe(false);
		}
	});

	it('tells text, figures and lost words apart', () => {
		const seen = (['text', 'figures', 'lost'] as const).map((where) =>
			[note(), figure, orphan].map((one) => shows(one, { where }))
		);
		expect(seen).toEqual([
			[true, false, false],
			[false, true, false],
			[false, false, true]
		]);
	});

	it('shows one’s own, those that name one, a person’s or a department’s', () => {
		expect(shows(note({ own: true }), { who: 'own' })).toBe(true);
		expect(shows(note(), { who: 'own' })).toBe(false);
		expect(shows(note({ mentions: ['Maja Krog'] }), { who: 'named' })).toBe(true);
		expect(shows(note({ mentions: ['Maja'] }), { who: 'named' })).toBe(false);
		expect(shows(note(), { who: 'person:Tove Holm' })).toBe(true);
		expect(shows(note(), { who: 'person:Skole' })).toBe(false);
		expect(shows(note(), { who: 'department:Skole' })).toBe(true);
		const odd = note({ author: { ...note().author, name: 'A: B' } });
		expect(shows(odd, { who: 'person:A: B' })).toBe(true);
		expect(choicesOf([note(), note(), odd])).toEqual({
			people: ['A: B', 'Tove Holm'],
			departments: ['Skole']
		});
	});

	it('shows a note of one kind in that kind and in no other', () => {
		for (const kind of KINDS)
			expect(KINDS.filter((other) => shows(note({ kind }), { kind: other }))).toEqual([kind]);
	});
});

describe('an address', () => {
	const at = (hash: string, notes: PlacedNote[], choice: Partial<Choice> = {}) => {
		const margin = {
			all: notes,
			choice: { ...EVERYTHING_OPEN, ...choice },
			selected: null as string | null,
			/** As the margin has it: the one in hand stays, whatever its state. */
			get shown() {
				const { choice, selected } = margin;
				return notes.filter((one) =>
					passes(one, one.id === selected ? { ...choice, state: 'all' } : choice, 'Maja Krog')
				);
			},
			select(id: string | null) {
				margin.selected = id;
			}
		};
		arrive(margin, hash);
		return margin;
	};

	it('takes its note in hand, also one that was resolved, and leaves the filter', () => {
		const margin = at('#note-a', [note({ state: 'resolved' })], { kind: 'fact' });
		expect(margin.selected).toBe('a');
		expect(margin.shown).toHaveLength(1);
		expect(margin.choice.kind).toBe('fact');
	});

	it('of a note that the filter hides shows everything open', () => {
		const margin = at('#note-a', [note()], { kind: 'question' });
		expect(margin.choice).toEqual(EVERYTHING_OPEN);
		expect(margin.shown.map(({ id }) => id)).toEqual(['a']);
	});

	it('of something else does nothing', () => {
		for (const hash of ['', '#note-b', '#orphans']) expect(at(hash, [note()]).selected).toBeNull();
	});
});

describe('the keys', () => {
	const press = (
		code: string,
		over: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {},
		graph = false
	) => ({
		code,
		ctrlKey: false,
		metaKey: false,
		altKey: false,
		shiftKey: false,
		...over,
		getModifierState: () => graph
	});
	const both = { ctrlKey: true, altKey: true };

	it('work everywhere with Ctrl+Alt, and alone only on a note', () => {
		expect(deedOf(press('KeyJ', both), false)).toBe('next');
		expect(deedOf(press('KeyM', { metaKey: true, altKey: true }), false)).toBe('annotate');
		expect(deedOf(press('KeyJ'), true)).toBe('next');
		expect(deedOf(press('KeyJ'), false)).toBeNull();
		expect([deedOf(press('KeyU', both), false), deedOf(press('KeyU'), true)]).toEqual([
			'unread',
			'unread'
		]);
		expect(deedOf(press('KeyM'), true), 'annotating wants words, not a note').toBeNull();
	});

	it('leave AltGr, which writes letters, and what the browser has alone', () => {
		expect(deedOf(press('KeyM', both, true), false)).toBeNull();
		expect(deedOf(press('KeyJ', { ctrlKey: true }), true)).toBeNull();
		expect(deedOf(press('KeyK', { ...both, shiftKey: true }), true)).toBeNull();
		expect(deedOf(press('KeyX', both), true)).toBeNull();
	});

	it('pass every note once on the way round, and back again', () => {
		fc.assert(
			fc.property(fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 9 }), (ids) => {
				let at = stepped(ids, null, 1)!;
				const seen = [at];
				while (seen.length < ids.length) seen.push((at = stepped(ids, at, 1)!));
				expect(seen).toEqual(ids);
				expect(stepped(ids, at, 1)).toBe(ids[0]);
				expect(stepped(ids, ids[0]!, -1)).toBe(ids.at(-1));
				expect(stepped(ids, null, -1)).toBe(ids.at(-1));
			}),
			{ numRuns: 50 }
		);
		expect(stepped([], 'x', 1)).toBeNull();
	});
});
