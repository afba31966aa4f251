import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { may, mayCreate, ROLES, type Facts, type Standing, type Verb } from '#lib/forum/access.ts';

const HOME = 'a-department';
const facts = (over: Partial<Facts> = {}): Facts => ({
	id: 'o',
	kind: 'case',
	forumId: 'f',
	departmentId: HOME,
	phase: 'draft',
	confidential: false,
	createdBy: 'someone',
	...over
});
const standing = (over: Partial<Standing> = {}): Standing => ({
	personId: 'p',
	role: 'chief',
	chair: false,
	departmentId: HOME,
	author: false,
	excluded: false,
	...over
});

const VERBS: Verb[] = [
	'know',
	'read',
	'write',
	'annotate',
	'conceal',
	'exclude',
	'couple',
	'lend',
	'publish',
	'import',
	'describe',
	'suppose',
	'state',
	'circulate',
	'manage',
	'vote',
	'decide',
	'follow'
];
const CHANGES = VERBS.filter((verb) => verb !== 'know' && verb !== 'read');
const anyFacts = fc.record<Facts>({
	id: fc.constant('o'),
	kind: fc.constantFrom('dataset', 'brief', 'case', 'meeting', 'decision', 'goal'),
	forumId: fc.constant('f'),
	departmentId: fc.constantFrom(HOME, 'another', null),
	phase: fc.constantFrom(
		'current',
		'draft',
		'published',
		'in_review',
		'ready',
		'on_agenda',
		'decided',
		'deferred',
		'returned',
		'planned',
		'open',
		'closed',
		'running'
	),
	confidential: fc.boolean(),
	createdBy: fc.constantFrom('p', 'someone')
});
const anyStanding = fc.record<Standing>({
	personId: fc.constant('p'),
	role: fc.constantFrom(...ROLES, null),
	chair: fc.boolean(),
	departmentId: fc.constantFrom(HOME, 'another'),
	author: fc.boolean(),
	excluded: fc.boolean()
});

describe('whoever they are', () => {
	it('an outsider may nothing', () => {
		fc.assert(
			fc.property(anyFacts, anyStanding, fc.constantFrom(...VERBS), (f, s, verb) => {
				expect(may({ ...s, role: null }, verb, f)).toBe(false);
			})
		);
	});
	it('an observer changes nothing', () => {
		fc.assert(
			fc.property(anyFacts, anyStanding, fc.constantFrom(...CHANGES), (f, s, verb) => {
				expect(may({ ...s, role: 'observer', chair: false }, verb, f)).toBe(false);
			})
		);
	});
	it('nobody does anything to what they cannot read', () => {
		fc.assert(
			fc.property(anyFacts, anyStanding, fc.constantFrom(...CHANGES), (f, s, verb) => {
				if (!may(s, 'read', f)) expect(may(s, verb, f)).toBe(false);
			})
		);
	});
	it('nobody reads what they may not know of', () => {
		fc.assert(
			fc.property(anyFacts, anyStanding, (f, s) => {
				if (!may(s, 'know', f)) expect(may(s, 'read', f)).toBe(false);
			})
		);
	});
	it('someone shut out knows of the case and reads nothing of it', () => {
		expect(may(standing({ excluded: true }), 'know', facts())).toBe(true);
		for (const verb of VERBS.slice(1))
			expect(
				may(
					standing({ excluded: true, author: true, chair: true, role: 'director' }),
					verb,
					facts()
				)
			).toBe(false);
	});
	it('a settled case is written by nobody', () => {
		fc.assert(
			fc.property(anyStanding, fc.constantFrom('decided', 'in_follow_up', 'closed'), (s, phase) => {
				for (const verb of ['write', 'state', 'circulate', 'decide', 'vote'] as const)
					expect(may(s, verb, facts({ phase }))).toBe(false);
			})
		);
	});
});

describe('a member of another forum', () => {
	const guest = anyStanding.map((s): Standing => ({ ...s, role: null, guest: 'now' }));
	it('reads a dataset that is lent, and does nothing else to it, whatever they are elsewhere', () => {
		fc.assert(
			fc.property(anyFacts, guest, fc.constantFrom(...VERBS), (f, s, verb) => {
				const lent = f.kind === 'dataset';
				const reads = !s.excluded && !f.confidential;
				expect(may(s, verb, f)).toBe(lent && (verb === 'know' || (verb === 'read' && reads)));
			})
		);
	});
	it('knows of one that was lent and reads it no more', () => {
		fc.assert(
			fc.property(anyFacts, guest, fc.constantFrom(...VERBS), (f, s, verb) => {
				expect(may({ ...s, guest: 'before' }, verb, f)).toBe(
					f.kind === 'dataset' && verb === 'know'
				);
			})
		);
	});
	it('who is a member here too is judged as a member', () => {
		fc.assert(
			fc.property(anyFacts, anyStanding, fc.constantFrom(...VERBS), (f, s, verb) => {
				if (s.role !== null) expect(may({ ...s, guest: 'now' }, verb, f)).toBe(may(s, verb, f));
			})
		);
	});
});

describe('each role', () => {
	it('who wrote a dataset may lend it, unless they only observe', () => {
		const dataset = facts({ kind: 'dataset', phase: 'current' });
		for (const role of ROLES) {
			expect(may(standing({ role, chair: true }), 'lend', dataset)).toBe(false);
			expect(may(standing({ role, author: true }), 'lend', dataset)).toBe(role !== 'observer');
		}
	});
	it('a draft brief is its authors’ alone, the chair included', () => {
		const draft = facts({ kind: 'brief' });
		expect(may(standing({ role: 'director', chair: true }), 'know', draft)).toBe(false);
		expect(may(standing({ author: true }), 'write', draft)).toBe(true);
	});
	it('a confidential case is a stub to members outside it', () => {
		const secret = facts({ confidential: true });
		expect(may(standing(), 'know', secret)).toBe(true);
		expect(may(standing(), 'read', secret)).toBe(false);
		expect(may(standing({ author: true }), 'read', secret)).toBe(true);
	});
	it('only the chair decides', () => {
		const ready = facts({ phase: 'on_agenda' });
		expect(may(standing({ role: 'director', chair: true }), 'decide', ready)).toBe(true);
		for (const role of ROLES) expect(may(standing({ role }), 'decide', ready)).toBe(false);
	});
	it('the secretary and the chair shut out and let in, also where it is settled; others do not', () => {
		for (const phase of ['draft', 'on_agenda', 'closed']) {
			const f = facts({ phase });
			expect(ROLES.filter((role) => may(standing({ role }), 'exclude', f))).toEqual(['secretary']);
			expect(may(standing({ role: 'director', chair: true }), 'exclude', f)).toBe(true);
			expect(may(standing({ author: true }), 'exclude', f)).toBe(false);
		}
	});
	it('the secretary and the chair run meetings; chiefs and directors vote', () => {
		const meeting = facts({ kind: 'meeting', phase: 'open' });
		const who = (verb: Verb) => ROLES.filter((role) => may(standing({ role }), verb, meeting));
		expect(who('manage')).toEqual(['secretary']);
		expect(who('vote')).toEqual(['director', 'chief']);
		expect(may(standing({ role: 'director', chair: true }), 'manage', meeting)).toBe(true);
	});
	it('an analyst imports for any department, a chief for their own', () => {
		const elsewhere = facts({ kind: 'dataset', phase: 'current', departmentId: 'another' });
		expect(may(standing({ role: 'analyst' }), 'import', elsewhere)).toBe(true);
		expect(may(standing(), 'import', elsewhere)).toBe(false);
		expect(may(standing(), 'import', { ...elsewhere, departmentId: HOME })).toBe(true);
	});
	it('an observer finds a case once it is on an agenda, not before', () => {
		const who = standing({ role: 'observer' });
		expect(may(who, 'know', facts({ phase: 'ready' }))).toBe(false);
		expect(may(who, 'read', facts({ phase: 'on_agenda' }))).toBe(true);
	});
	it('observers and outsiders make nothing', () => {
		for (const kind of ['dataset', 'brief', 'case', 'meeting', 'decision', 'goal'] as const) {
			expect(mayCreate('observer', kind)).toBe(false);
			expect(mayCreate(null, kind)).toBe(false);
		}
	});
});
