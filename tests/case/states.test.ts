import { describe, expect, test } from 'vitest';
import {
	follows,
	isSettled,
	moves,
	settledStates,
	states,
	type CaseState,
	type Via,
	type Who
} from '#lib/case/states.ts';

const people = {
	author: { role: 'chief', chair: false, author: true },
	chief: { role: 'chief', chair: false, author: false },
	analyst: { role: 'analyst', chair: false, author: false },
	secretary: { role: 'secretary', chair: false, author: false },
	director: { role: 'director', chair: false, author: false },
	chair: { role: 'director', chair: true, author: false },
	observer: { role: 'observer', chair: false, author: true },
	outsider: { role: null, chair: false, author: false }
} satisfies Record<string, Who>;

const to = (state: CaseState, who: Who, via: Via = 'page') =>
	moves(state, who, via).map((move) => move.to);

describe('who may move a case where', () => {
	test('its author takes it from draft to review, to ready, or lets it fall', () => {
		expect(to('draft', people.author)).toEqual(['in_review', 'ready', 'closed']);
	});
	test('a member who does not write it moves nothing', () => {
		for (const who of [people.chief, people.analyst])
			for (const state of states) expect(to(state, who)).toEqual([]);
	});
	test('an observer and an outsider move nothing, even named as author', () => {
		for (const via of ['page', 'agenda'] as const)
			for (const who of [people.observer, people.outsider])
				for (const state of states) expect(to(state, who, via)).toEqual([]);
	});
	test('only a director sends a case back from review, and says why', () => {
		expect(to('in_review', people.secretary)).not.toContain('returned');
		expect(moves('in_review', people.director)).toContainEqual({ to: 'returned', reason: true });
	});
	test('the secretary and the chair put on the agenda, whatever is missing; a director who is not chair does not', () => {
		for (const state of ['draft', 'in_review', 'ready', 'returned', 'deferred'] as const) {
			expect(to(state, people.secretary, 'agenda')).toContain('on_agenda');
			expect(to(state, people.chair, 'agenda')).toContain('on_agenda');
			expect(to(state, people.director, 'agenda')).toEqual([]);
			expect(to(state, people.author, 'agenda')).toEqual([]);
		}
	});
	test('postponing and sending back from the agenda ask for a reason', () => {
		for (const move of moves('on_agenda', people.secretary)) expect(move.reason).toBe(true);
	});
});

describe('what the machine is', () => {
	const vias: Via[] = ['page', 'agenda', 'decision'];

	test('nothing becomes decided by hand', () => {
		for (const from of states)
			for (const via of ['page', 'agenda'] as const)
				expect(follows(from, 'decided', via)).toBe(false);
	});
	test('no settled case is moved by hand', () => {
		for (const from of settledStates)
			for (const who of Object.values(people))
				for (const via of ['page', 'agenda'] as const) expect(to(from, who, via)).toEqual([]);
	});
	test('a decided case is never open again', () => {
		const reached = new Set<CaseState>(['decided']);
		for (let size = 0; size !== reached.size;) {
			size = reached.size;
			for (const from of [...reached])
				for (const state of states)
					if (vias.some((via) => follows(from, state, via))) reached.add(state);
		}
		expect([...reached].every(isSettled)).toBe(true);
	});
	test('every state can be reached from a draft', () => {
		const reached = new Set<CaseState>(['draft']);
		for (let size = 0; size !== reached.size;) {
			size = reached.size;
			for (const from of [...reached])
				for (const state of states)
					if (vias.some((via) => follows(from, state, via))) reached.add(state);
		}
		expect([...reached].toSorted()).toEqual([...states].toSorted());
	});
	test('no state follows itself, but an agenda follows an agenda', () => {
		for (const state of states.filter((one) => one !== 'on_agenda'))
			expect(vias.some((via) => follows(state, state, via))).toBe(false);
	});
});
