import { beforeEach, describe, expect, test } from 'vitest';
import type { Tx } from '#lib/base/sql.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import { setKind } from '#lib/case/kind.server.ts';
import * as options from '#lib/case/options.server.ts';
import * as questions from '#lib/case/questions.server.ts';
import * as relations from '#lib/case/relations.server.ts';
import type { Person } from '#lib/people/person.ts';
import { eventually } from '../support/eventually.ts';
import { caseId, code, db, everything, onTheDesk, people, run } from './desk.ts';

onTheDesk();

describe('each role against each verb', () => {
	type Verb = (tx: Tx, person: Person) => Promise<unknown>;
	const fields = { title: 'X', amount: null, horizon: '', funding: '', likelihood: null };
	let option: string;
	let item: string;
	let other: string;
	let link: string;
	let question: string;
	const verbs: Record<string, Verb> = {
		setTitle: (tx, p) => cases.setTitle(tx, p, caseId, 'Ny'),
		setQuestion: (tx, p) => cases.setQuestion(tx, p, caseId, 'Ny?'),
		addAuthor: (tx, p) => cases.addAuthor(tx, p, caseId, people.tove.id),
		removeAuthor: (tx, p) => cases.removeAuthor(tx, p, caseId, people.else_.id),
		setOwner: (tx, p) => cases.setOwner(tx, p, caseId, people.tove.id),
		addOption: (tx, p) => options.add(tx, p, caseId, { title: 'Ny' }),
		editOption: (tx, p) => options.edit(tx, p, caseId, option, 1, fields),
		reorder: (tx, p) => options.reorder(tx, p, caseId, [option]),
		move: (tx, p) => options.move(tx, p, caseId, option, 1),
		recommend: (tx, p) => options.recommend(tx, p, caseId, option),
		withdraw: (tx, p) => options.withdraw(tx, p, caseId, option),
		restoreOption: (tx, p) => options.restore(tx, p, caseId, option),
		shortlist: (tx, p) => evidence.shortlist(tx, p, caseId, item, true),
		setKind: (tx, p) => setKind(tx, p, caseId, 'follow_up'),
		addEvidence: (tx, p) => evidence.add(tx, p, caseId, { kind: 'document', title: 'Ny' }),
		setStance: (tx, p) => evidence.setStance(tx, p, caseId, item, 'contradicts'),
		park: (tx, p) => evidence.park(tx, p, caseId, item),
		unpark: (tx, p) => evidence.unpark(tx, p, caseId, item),
		describe: (tx, p) =>
			evidence.describe(tx, p, caseId, item, {
				title: 'Nyt',
				note: '',
				sender: '',
				link: null,
				told: {}
			}),
		relate: (tx, p) =>
			relations.relate(tx, p, caseId, { fromId: item, toId: other, relation: 'contradicts' }),
		unrelate: (tx, p) => relations.unrelate(tx, p, caseId, link),
		looked: (tx, p) => relations.looked(tx, p, caseId),
		raiseQuestion: (tx, p) => questions.raise(tx, p, caseId, 'Hvorfor nu?'),
		settleQuestion: (tx, p) => questions.settle(tx, p, caseId, question),
		reopenQuestion: (tx, p) => questions.reopen(tx, p, caseId, question)
	};
	beforeEach(async () => {
		await run((tx) => cases.addAuthor(tx, people.jonas, caseId, people.else_.id));
		option = await run((tx) => options.add(tx, people.jonas, caseId, { title: 'Otte' }));
		item = await run((tx) =>
			evidence.add(tx, people.jonas, caseId, { kind: 'document', title: 'Notat' })
		);
		await run(async (tx) => {
			const { jonas } = people;
			other = await evidence.add(tx, jonas, caseId, { kind: 'document', title: 'Et andet' });
			await relations.relate(tx, jonas, caseId, {
				fromId: item,
				toId: other,
				relation: 'supports'
			});
			link = (await relations.links(tx, caseId))[0]!.id;
			question = await questions.raise(tx, jonas, caseId, 'Hvad haster?');
		});
	});
	const rolled = new Error('rolled back');
	const attempt = (verb: Verb, person: Person) =>
		run(async (tx) => {
			await verb(tx, person);
			throw rolled;
		}).catch((error) => (error === rolled ? 'done' : (error as { code: string }).code));

	test.each(Object.keys(verbs))('%s', async (name) => {
		const verb = verbs[name]!;
		const before = await everything();
		const { maja, jonas, tove, else_, sigrid, ove, nina } = people;
		for (const person of [maja, jonas, tove, else_, sigrid])
			expect(await attempt(verb, person)).toBe('done');
		expect(await attempt(verb, nina)).toBe('base.not_found');
		expect(await attempt(verb, ove)).toBe('base.not_found');
		await run((tx) => cases.setState(tx, sigrid, caseId, 'on_agenda'));
		expect(await attempt(verb, ove)).toBe('base.not_allowed');
		await run((tx) => cases.setState(tx, maja, caseId, 'decided', { via: 'decision' }));
		const decided = await everything();
		for (const person of [maja, jonas, tove, else_, sigrid])
			expect(await attempt(verb, person)).toBe('case.settled');
		expect(await attempt(verb, ove)).toBe('base.not_allowed');
		expect(await everything()).toEqual(decided);
		expect(decided[0]!.options).toEqual(before[0]!.options);
		expect(decided[0]!.evidence).toEqual(before[0]!.evidence);
	});
	test('a write that waits while the case is decided is refused', async () => {
		await run((tx) => cases.setState(tx, people.sigrid, caseId, 'on_agenda'));
		let late: Promise<unknown> | undefined;
		await run(async (tx) => {
			await cases.setState(tx, people.maja, caseId, 'decided', { via: 'decision' });
			late = code(run((other) => options.add(other, people.tove, caseId, { title: 'For sent' })));
			await eventually(
				async () =>
					(
						await db.sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
					).length > 0
			);
		});
		expect(await late).toBe('case.settled');
	});
});
