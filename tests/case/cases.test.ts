import { describe, expect, test } from 'vitest';
import { recent } from '#lib/base/events.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import * as options from '#lib/case/options.server.ts';
import { sections } from '#lib/case/template.ts';
import { plainText } from '#lib/document/content.ts';
import * as objects from '#lib/forum/objects.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import type { Person } from '#lib/people/person.ts';
import { caseId, code, db, everything, make, onTheDesk, people, read, run } from './desk.ts';

onTheDesk();

describe('a new case', () => {
	test('is a draft with the standard sections and the status quo with its text', async () => {
		const page = await read(people.jonas);
		expect(page.state).toMatchObject({ is: 'draft', byName: people.jonas.name });
		expect(page.owner.id).toBe(people.jonas.id);
		expect(page.options).toMatchObject([{ statusQuo: true, recommended: false }]);
		expect(Object.keys(page.content).toSorted()).toEqual(
			[...sections, `option:${page.options[0]!.id}`].toSorted()
		);
		expect(page.brief).toBeNull();
	});
	test('takes question and recommendation, and that is all it asks for', async () => {
		const id = await make({ recommendation: 'Planen udvides.\n\nFra januar.' });
		const page = await read(people.tove, id);
		expect(plainText(page.content.recommendation)).toBe('Planen udvides.\n\nFra januar.');
	});
	test('gets the next number of its forum, also when ten are made at once', async () => {
		const ids = await Promise.all(Array.from({ length: 10 }, () => make()));
		const rows = await cases.list(db.sql, people.jonas, people.forumId);
		const numbers = rows.map((row) => row.number).toSorted((a, b) => a - b);
		expect(ids).toHaveLength(10);
		expect(numbers).toEqual(numbers.map((_, index) => index + 1));
	});
	test('is written down as an event', async () => {
		const [event] = await recent(db.sql, { object: caseId });
		expect(event).toMatchObject({ verb: 'case.created', personId: people.jonas.id });
	});
	test.each([
		['title', { title: ' ' }, 'case.title_missing'],
		['question', { question: '' }, 'case.question_missing']
	])('without a %s is refused, and nothing is left of it', async (_what, input, refusal) => {
		const before = await everything();
		expect(await code(make(input))).toBe(refusal);
		expect(await everything()).toEqual(before);
	});
	test('is made by members but observers; outsiders do not find the forum', async () => {
		const by = (person: Person) =>
			run((tx) => cases.create(tx, person, { forumId: people.forumId, title: 'T', question: 'Q' }));
		expect(await code(by(people.ove))).toBe('base.not_allowed');
		expect(await code(by(people.nina))).toBe('base.not_found');
	});
	test('can be handed to its owner at once, who writes it', async () => {
		const id = await make({ ownerId: people.tove.id });
		expect((await read(people.tove, id)).owner.id).toBe(people.tove.id);
		expect(await code(make({ ownerId: people.ove.id }))).toBe('case.owner_not_member');
	});
});

describe('from a brief', () => {
	const brief = async (published = true) => {
		const id = await run(async (tx) => {
			const made = await objects.register(tx, people.else_, {
				kind: 'brief',
				forumId: people.forumId,
				departmentId: people.else_.departmentId,
				title: 'Hvilke områder har brug for planen?',
				phase: 'draft'
			});
			await tx`insert into briefs (id, question) values (${made}, 'Hvor stiger fraværet?')`;
			await documents.create(tx, people.else_, made, {
				headline: paragraph('Fraværet stiger uden for planen.'),
				messages: paragraph('I fem af ti områder.'),
				story: paragraph(''),
				consequences: paragraph('Flere får en kontakt.'),
				options: paragraph('Fem eller otte.'),
				recommendations: paragraph('Otte områder.')
			});
			return made;
		});
		const figure = await pinnedFigure(id, '2018-08-23');
		if (published) await db.sql`update objects set phase = 'published' where id = ${id}`;
		return { id, figure };
	};
	const pinnedFigure = async (briefId: string, at: string) => {
		const datasetId = await run(async (tx) => {
			const id = await objects.register(tx, people.else_, {
				kind: 'dataset',
				forumId: people.forumId,
				departmentId: people.else_.departmentId,
				title: 'Fravær',
				phase: 'current'
			});
			await tx`insert into datasets (id, title, owner_id, definition) values (${id}, 'Fravær', ${people.else_.id}, 'Dage')`;
			return id;
		});
		const [version] = await db.sql<{ id: string }[]>`
			insert into versions (dataset_id, number, as_of, file_name, file_hash, recipe, shape, imported_by)
			values (${datasetId}, 1, '2018-08-01', 'f.csv', ${briefId}, '{}', '{}', ${people.else_.id}) returning id`;
		const [figure] = await db.sql<{ id: string }[]>`
			insert into figures (brief_id, version_id, position, title, why, spec, created_by, created_at)
			values (${briefId}, ${version!.id}, 1, 'Elever med højt fravær', 'Planen skal nå dem', '{}', ${people.else_.id}, ${at})
			returning id`;
		return figure!.id;
	};
	const paragraph = (text: string) => ({
		type: 'doc',
		content: [{ type: 'paragraph', ...(text && { content: [{ type: 'text', text }] }) }]
	});

	test('a case takes question, text and figures with the time they were added', async () => {
		const { id: briefId, figure } = await brief();
		const id = await run((tx) =>
			cases.create(tx, people.jonas, { forumId: people.forumId, briefId })
		);
		const page = await read(people.jonas, id);
		expect(page.title).toBe('Hvilke områder har brug for planen?');
		expect(page.question).toBe('Hvor stiger fraværet?');
		expect(plainText(page.content.background)).toBe(
			'Fraværet stiger uden for planen.\n\nI fem af ti områder.\n\nFem eller otte.'
		);
		expect(plainText(page.content.consequences)).toBe('Flere får en kontakt.');
		expect(plainText(page.content.recommendation)).toBe('Otte områder.');
		expect(page.brief).toMatchObject({ id: briefId, readable: true });
		expect(page.evidence).toMatchObject([
			{ kind: 'figure', figureId: figure, note: 'Planen skal nå dem', addedBy: people.else_.id }
		]);
		expect(page.evidence[0]!.addedAt.toISOString()).toMatch(/^2018-08-2[23]/);
		await run((tx) => options.add(tx, people.jonas, id, { title: 'Otte områder' }));
		expect((await read(people.jonas, id)).dataFirst.order).toBe('data_first');
		expect(
			await code(
				run((tx) =>
					evidence.add(tx, people.jonas, id, { kind: 'figure', figureId: figure, title: 'Igen' })
				)
			)
		).toBe('case.figure_already_there');
	});
	test('what it recommends goes with its other text where the case has its own, or no place for it', async () => {
		const { id: briefId } = await brief();
		const { forumId } = people;
		const own = await run((tx) =>
			cases.create(tx, people.jonas, {
				forumId,
				briefId,
				recommendation: 'Fem.',
				kind: 'follow_up'
			})
		);
		const { content } = await read(people.jonas, own);
		expect(plainText(content.recommendation)).toBe('Fem.');
		for (const words of ['Otte områder.', 'Flere får en kontakt.', 'Fem eller otte.'])
			expect(plainText(content.background)).toContain(words);
	});
	test('one that is still private is not to be found by others, and makes no case for its author', async () => {
		const { id: briefId } = await brief(false);
		const before = await everything();
		const by = (person: Person) =>
			code(run((tx) => cases.create(tx, person, { forumId: people.forumId, briefId })));
		expect(await by(people.jonas)).toBe('base.not_found');
		expect(await by(people.else_)).toBe('case.brief_not_published');
		expect(await everything()).toEqual(before);
	});
});

describe('states', () => {
	test('are rows with who, when and why, and the newest is what access is judged on', async () => {
		await run((tx) => cases.setState(tx, people.jonas, caseId, 'in_review'));
		await run((tx) =>
			cases.setState(tx, people.maja, caseId, 'returned', { reason: 'Økonomien mangler' })
		);
		const page = await read(people.jonas);
		expect(page.state).toMatchObject({
			is: 'returned',
			byName: people.maja.name,
			reason: 'Økonomien mangler'
		});
		const [object] = await db.sql`select phase from objects where id = ${caseId}`;
		expect(object!.phase).toBe('returned');
	});
	test('sending back without a reason is refused', async () => {
		await run((tx) => cases.setState(tx, people.jonas, caseId, 'in_review'));
		expect(await code(run((tx) => cases.setState(tx, people.maja, caseId, 'returned')))).toBe(
			'case.reason_missing'
		);
	});
	test('two who move it at the same moment: one wins, the other is told', async () => {
		const both = await Promise.allSettled([
			run((tx) => cases.setState(tx, people.jonas, caseId, 'ready')),
			run((tx) => cases.setState(tx, people.sigrid, caseId, 'closed', { reason: 'Frafaldet' }))
		]);
		const [row] = await db.sql`select count(*)::int n from case_states where case_id = ${caseId}`;
		// ready → closed is allowed; closed → ready is not.
		const won = both.filter(({ status }) => status === 'fulfilled').length;
		expect(row!.n).toBe(1 + won);
		expect(won).toBeGreaterThanOrEqual(1);
	});
	test('decided is never set by hand', async () => {
		await run((tx) => cases.setState(tx, people.sigrid, caseId, 'on_agenda'));
		for (const person of [people.maja, people.sigrid, people.jonas])
			expect(await code(run((tx) => cases.setState(tx, person, caseId, 'decided')))).toBe(
				'case.state_cannot_follow'
			);
	});
});

describe('who writes a case', () => {
	const authors = async () =>
		(await db.sql<{ id: string }[]>`select person_id id from authors where object_id = ${caseId}`)
			.map(({ id }) => id)
			.sort();
	test('is never without its owner: they hand it over before they are taken out', async () => {
		const { jonas, tove, sigrid } = people;
		await run((tx) => cases.addAuthor(tx, jonas, caseId, tove.id));
		const before = await authors();
		for (const person of [jonas, tove, sigrid])
			expect(await code(run((tx) => cases.removeAuthor(tx, person, caseId, jonas.id)))).toBe(
				'case.owner_writes'
			);
		expect(await authors()).toEqual(before);
		await run((tx) => cases.setOwner(tx, jonas, caseId, tove.id));
		await run((tx) => cases.removeAuthor(tx, tove, caseId, jonas.id));
		expect(await authors()).toEqual([tove.id]);
		expect(await code(run((tx) => cases.removeAuthor(tx, tove, caseId, tove.id)))).toBe(
			'case.owner_writes'
		);
	});
	test('handing over while somebody takes the new owner out leaves one owner who writes', async () => {
		const { jonas, tove } = people;
		await run((tx) => cases.addAuthor(tx, jonas, caseId, tove.id));
		await Promise.allSettled([
			run((tx) => cases.setOwner(tx, jonas, caseId, tove.id)),
			run((tx) => cases.removeAuthor(tx, jonas, caseId, tove.id))
		]);
		expect(await authors()).toContain((await read(jonas)).owner.id);
	});
});

describe('who sees what', () => {
	test('an observer finds a case once it is on an agenda', async () => {
		expect(await code(cases.page(db.sql, people.ove, caseId))).toBe('base.not_found');
		await run((tx) => cases.setState(tx, people.sigrid, caseId, 'on_agenda'));
		const page = await read(people.ove);
		expect(page.may).toEqual({ write: false, annotate: false, circulate: false, decide: false });
		expect(page.moves).toEqual([]);
	});
	test('a confidential case is a stub to other members: number, kind, whom to ask, nothing else', async () => {
		const id = await make({ confidential: true, title: 'Fortrolig omlægning' });
		const stub = await cases.page(db.sql, people.tove, id);
		expect(stub).toEqual({
			readable: false,
			id,
			number: expect.any(Number),
			forumId: people.forumId,
			kind: 'decision',
			ownerName: people.jonas.name,
			excluded: false
		});
		const row = (await cases.list(db.sql, people.tove, people.forumId)).find((r) => r.id === id);
		expect(row).toMatchObject({ title: null, question: null, firstData: null, firstOption: null });
		expect((await read(people.maja, id)).title).toBe('Fortrolig omlægning');
	});
	test('one who is shut out sees a stub and writes nothing', async () => {
		await run((tx) => objects.exclude(tx, people.maja, caseId, people.tove.id, 'Inhabil'));
		expect(await cases.page(db.sql, people.tove, caseId)).toMatchObject({
			readable: false,
			excluded: true
		});
		expect(await code(run((tx) => options.add(tx, people.tove, caseId, { title: 'X' })))).toBe(
			'base.not_allowed'
		);
	});
});
