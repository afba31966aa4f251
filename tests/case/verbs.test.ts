import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { transact } from '#lib/base/sql.server.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import { recent } from '#lib/base/events.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import * as options from '#lib/case/options.server.ts';
import { sections } from '#lib/case/template.ts';
import { plainText } from '#lib/document/content.ts';
import * as objects from '#lib/forum/objects.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import type { Person } from '#lib/people/person.ts';
import { cast } from '../support/cast.ts';
import { eventually } from '../support/eventually.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

let db: TestDatabase;
let people: Awaited<ReturnType<typeof cast>>;
let caseId: string;

const run = <T>(work: (tx: Tx) => Promise<T>) => transact(work, db.sql);
const code = (promise: Promise<unknown>) =>
	promise.then(
		() => 'nothing was refused',
		(error: { code?: string }) => error.code
	);
const make = (input: Partial<cases.NewCase> = {}) =>
	run((tx) =>
		cases.create(tx, people.jonas, {
			forumId: people.forumId,
			title: 'Fra to til otte områder?',
			question: 'Hvilke områder skal planen omfatte?',
			...input
		})
	);
const read = async (person: Person, id = caseId) => {
	const page = await cases.page(db.sql, person, id);
	if (!page.readable) throw new Error('a stub');
	return page;
};
/** Every row of the case's own tables: what must be the same after a refusal. */
const everything = () => db.sql`
	select (select json_agg(t order by id) from cases t) cases, (select json_agg(t order by id) from case_states t) states,
		(select json_agg(t order by id) from options t) options, (select json_agg(t order by id) from evidence t) evidence,
		(select json_agg(t order by id) from objects t) objects, (select count(*)::int from events) events,
		(select json_agg(t.seq order by t.document_id, t.seq) from document_updates t) updates`;

beforeAll(async () => {
	db = await freshDatabase();
	people = await cast(db.sql);
});
afterAll(() => db.drop());
beforeEach(async () => {
	caseId = await make();
});

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
				story: paragraph('')
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
			'Fraværet stiger uden for planen.\n\nI fem af ti områder.'
		);
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

describe('options', () => {
	test('two who change the same option: the first stands, the second is told and nothing of theirs is written', async () => {
		const id = await run((tx) => options.add(tx, people.jonas, caseId, { title: 'Otte områder' }));
		const seen = (await read(people.tove)).options.find((option) => option.id === id)!;
		const fields = { title: 'Otte områder', horizon: 'per år', funding: '', likelihood: null };
		const results = await Promise.allSettled([
			run((tx) =>
				options.edit(tx, people.jonas, caseId, id, seen.rowVersion, { ...fields, amount: 6e6 })
			),
			run((tx) =>
				options.edit(tx, people.tove, caseId, id, seen.rowVersion, { ...fields, amount: 7e6 })
			)
		]);
		const refused = results.filter((result) => result.status === 'rejected');
		expect(refused).toHaveLength(1);
		expect(refused[0]!.reason).toMatchObject({ code: 'case.option_changed', status: 409 });
		const now = (await read(people.tove)).options.find((option) => option.id === id)!;
		expect(now.rowVersion).toBe(seen.rowVersion + 1);
		expect(now.amount).toBe(results[0]!.status === 'fulfilled' ? 6e6 : 7e6);
	});
	test('two who add at once both do, in different places', async () => {
		await Promise.all(
			['Fem', 'Otte', 'Ti'].map((title) =>
				run((tx) => options.add(tx, people.tove, caseId, { title }))
			)
		);
		const page = await read(people.jonas);
		expect(new Set(page.options.map((option) => option.position)).size).toBe(4);
		expect(page.options[0]!.statusQuo).toBe(true);
		for (const option of page.options) expect(page.content).toHaveProperty(`option:${option.id}`);
	});
	test('the status quo is changed and recommended, never withdrawn or moved', async () => {
		const now = (await read(people.jonas)).options[0]!;
		await run((tx) => options.recommend(tx, people.jonas, caseId, now.id));
		const before = await everything();
		expect(await code(run((tx) => options.withdraw(tx, people.jonas, caseId, now.id)))).toBe(
			'case.status_quo_stays'
		);
		expect(await code(run((tx) => options.move(tx, people.jonas, caseId, now.id, 1)))).toBe(
			'case.status_quo_first'
		);
		expect(await everything()).toEqual(before);
	});
	test('one at most is recommended; a withdrawn one is not, and can come back', async () => {
		const [five, eight] = [
			await run((tx) => options.add(tx, people.jonas, caseId, { title: 'Fem' })),
			await run((tx) => options.add(tx, people.jonas, caseId, { title: 'Otte' }))
		];
		await run((tx) => options.recommend(tx, people.jonas, caseId, five));
		await run((tx) => options.recommend(tx, people.tove, caseId, eight));
		const recommended = async () =>
			(await read(people.jonas)).options.filter((o) => o.recommended).map((o) => o.id);
		expect(await recommended()).toEqual([eight]);
		await run((tx) => options.withdraw(tx, people.jonas, caseId, eight));
		expect(await recommended()).toEqual([]);
		expect((await read(people.jonas)).withdrawn.map((option) => option.id)).toEqual([eight]);
		await run((tx) => options.restore(tx, people.jonas, caseId, eight));
		expect((await read(people.jonas)).options.map((o) => o.title)).toContain('Otte');
	});
	test('move one step at a time, and stay where they are at the ends', async () => {
		for (const title of ['Fem', 'Otte'])
			await run((tx) => options.add(tx, people.jonas, caseId, { title }));
		const titles = async () => (await read(people.jonas)).options.slice(1).map((o) => o.title);
		const eight = (await read(people.jonas)).options[2]!;
		await run((tx) => options.move(tx, people.jonas, caseId, eight.id, -1));
		expect(await titles()).toEqual(['Otte', 'Fem']);
		await run((tx) => options.move(tx, people.jonas, caseId, eight.id, -1));
		expect(await titles()).toEqual(['Otte', 'Fem']);
	});
	test('an option of another case is not found', async () => {
		const other = (await read(people.jonas, await make())).options[0]!;
		expect(await code(run((tx) => options.recommend(tx, people.jonas, caseId, other.id)))).toBe(
			'base.not_found'
		);
	});
});

describe('evidence', () => {
	test('is set aside and taken up again, never gone', async () => {
		const id = await run((tx) =>
			evidence.add(tx, people.tove, caseId, { kind: 'practice', title: 'Skolelederne', note: '' })
		);
		await run((tx) => evidence.park(tx, people.jonas, caseId, id));
		let page = await read(people.jonas);
		expect(page.evidence).toMatchObject([{ id, parkedByName: people.jonas.name }]);
		expect(page.meter.find(({ source }) => source === 'experience')!.count).toBe(0);
		await run((tx) => evidence.unpark(tx, people.jonas, caseId, id));
		page = await read(people.jonas);
		expect(page.evidence[0]!.parkedAt).toBeNull();
	});
	test('a DOI becomes a link; what is not the web’s is refused', async () => {
		const add = (link: string) =>
			run((tx) =>
				evidence.add(tx, people.tove, caseId, { kind: 'research', title: 'Studie', link })
			);
		await add('10.1000/182');
		expect((await read(people.jonas)).evidence[0]!.link).toBe('https://doi.org/10.1000/182');
		for (const link of ['javascript:alert(1)', 'data:text/html,x', 'ingen adresse'])
			expect(await code(add(link))).toBe('case.link_unreadable');
	});
	test('a figure nobody published is not evidence', async () => {
		expect(
			await code(
				run((tx) =>
					evidence.add(tx, people.tove, caseId, {
						kind: 'figure',
						title: 'Fravær',
						figureId: '00000000-0000-4000-8000-000000000000'
					})
				)
			)
		).toBe('case.figure_not_found');
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

describe('each role against each verb', () => {
	type Verb = (tx: Tx, person: Person) => Promise<unknown>;
	const fields = { title: 'X', amount: null, horizon: '', funding: '', likelihood: null };
	let option: string;
	let item: string;
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
		addEvidence: (tx, p) => evidence.add(tx, p, caseId, { kind: 'document', title: 'Ny' }),
		setStance: (tx, p) => evidence.setStance(tx, p, caseId, item, 'contradicts'),
		park: (tx, p) => evidence.park(tx, p, caseId, item),
		unpark: (tx, p) => evidence.unpark(tx, p, caseId, item)
	};
	beforeEach(async () => {
		await run((tx) => cases.addAuthor(tx, people.jonas, caseId, people.else_.id));
		option = await run((tx) => options.add(tx, people.jonas, caseId, { title: 'Otte' }));
		item = await run((tx) =>
			evidence.add(tx, people.jonas, caseId, { kind: 'document', title: 'Notat' })
		);
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
