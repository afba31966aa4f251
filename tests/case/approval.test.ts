import fc from 'fast-check';
import { expect, test } from 'vitest';
import { acts, responsible, seeksDecision, STEPS, type Director } from '#lib/case/approval.ts';
import { kinds } from '#lib/case/template.ts';

const director = (id: string, departmentId: string, chair = false): Director => ({
	id,
	name: id,
	departmentId,
	chair
});
const maja = director('maja', 'direktion', true);
const lars = director('lars', 'social');
const mette = director('mette', 'skole');

test('the director named for the department answers for it, else one who sits there, else the chair', () => {
	expect(responsible([maja, lars, mette], 'social', 'mette')).toBe(mette);
	expect(responsible([maja, lars, mette], 'social', null)).toBe(lars);
	expect(responsible([maja, lars], 'skole', null)).toBe(maja);
	expect(responsible([maja, lars], 'social', 'mette'), 'mette may not read it').toBe(lars);
	expect(responsible([lars], 'skole', null)).toBeNull();
});

test('what is only talked of or told needs no approval', () => {
	expect(kinds.filter(seeksDecision)).toEqual(['decision', 'budget', 'follow_up']);
});

test('only the director who was asked answers, once, and nobody answers what was not asked', () => {
	const who = fc.record({
		role: fc.constantFrom('director', 'chief', 'analyst', 'secretary', 'observer', null),
		chair: fc.boolean(),
		author: fc.boolean(),
		personId: fc.constantFrom('maja', 'lars')
	});
	const last = fc.option(
		fc.record({ step: fc.constantFrom(...STEPS), directorId: fc.constantFrom('maja', 'lars') })
	);
	fc.assert(
		fc.property(last, who, (before, person) => {
			const open = acts(before, person);
			const answers = open.includes('approve');
			expect(answers).toBe(open.includes('send_back'));
			expect(answers).toBe(
				before?.step === 'asked' &&
					person.role === 'director' &&
					before.directorId === person.personId
			);
			expect(open.includes('ask') && open.includes('withdraw')).toBe(false);
			if (person.role === null || person.role === 'observer') expect(open).toEqual([]);
		})
	);
});
