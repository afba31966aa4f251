import { beforeEach, describe, expect, test } from 'vitest';
import * as cases from '#lib/case/cases.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import * as files from '#lib/case/files.server.ts';
import { pickable } from '#lib/case/pick.server.ts';
import * as relations from '#lib/case/relations.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { NAMES } from '../support/cast.ts';
import { atOnce } from '../support/together.ts';
import { caseId, code, db, make, onTheDesk, people, read, run } from './desk.ts';

onTheDesk();

const PDF = { name: 'Rapport.pdf', bytes: new TextEncoder().encode('%PDF-1.7 tal') };
const put = (input: Partial<evidence.EvidenceInput> = {}, person = people.jonas, id = caseId) =>
	run((tx) => evidence.add(tx, person, id, { kind: 'document', title: 'Notat', ...input }));
const item = async (id: string, person = people.maja) =>
	(await read(person)).evidence.find((one) => one.id === id)!;

describe('adding', () => {
	test('one line is enough: its link is taken out, its title kept', async () => {
		const id = await put({ kind: 'research', title: 'Fravær og læring, doi:10.1000/182' });
		expect(await item(id)).toMatchObject({
			title: 'Fravær og læring',
			link: 'https://doi.org/10.1000/182'
		});
	});
	test('experience is kept as it was told, and only what belongs to its kind', async () => {
		const told = { role: ' Skoleleder i 12 år ', happened: 'Fraværet faldt.', result: 'nej' };
		const id = await put({ kind: 'practice', title: 'Morgenopkald', told });
		expect((await item(id)).told).toEqual({
			role: 'Skoleleder i 12 år',
			happened: 'Fraværet faldt.'
		});
		expect((await item(await put({ told }))).told).toEqual({});
	});
	test('the words are put right by whoever writes; what stood before is in the log, the kind stays', async () => {
		const id = await put({
			kind: 'practice',
			title: 'Opkald',
			note: 'Før',
			told: { role: 'Leder' }
		});
		const now = { title: 'Morgenopkald', note: '', sender: '', link: 'kl.dk/a', told: {} };
		await run((tx) => evidence.describe(tx, people.tove, caseId, id, now));
		expect(await item(id)).toMatchObject({
			kind: 'practice',
			title: 'Morgenopkald',
			link: 'https://kl.dk/a',
			addedByName: 'Jonas Bruun'
		});
		const told = () =>
			db.sql<{ was: object }[]>`select detail->'was' was from events
				where verb = 'case.evidence_described' and object_id = ${caseId}`;
		expect((await told()).map(({ was }) => was)).toMatchObject([
			{ title: 'Opkald', note: 'Før', told: { role: 'Leder' } }
		]);
		await run((tx) => evidence.describe(tx, people.tove, caseId, id, now));
		expect(await told()).toHaveLength(1);
	});
});

describe('a file', () => {
	test('comes back byte for byte to each who may read the case, and to nobody else', async () => {
		const id = await put({ title: '', file: PDF });
		expect(await item(id)).toMatchObject({
			title: 'Rapport.pdf',
			file: { name: 'Rapport.pdf', type: 'application/pdf', size: PDF.bytes.length }
		});
		const get = (person: Person, of = caseId) => files.read(db.sql, person, of, id);
		for (const name of NAMES) {
			const may = name !== 'nina' && name !== 'ove';
			expect(await code(get(people[name])), name).toBe(
				may ? 'nothing was refused' : 'base.not_found'
			);
		}
		expect(new Uint8Array((await get(people.tove)).bytes)).toEqual(PDF.bytes);
		await run((tx) => cases.setState(tx, people.sigrid, caseId, 'on_agenda'));
		expect(await code(get(people.ove)), 'an observer once it is on an agenda').toBe(
			'nothing was refused'
		);
		expect(await code(get(people.jonas, await make())), 'as if of another case').toBe(
			'base.not_found'
		);
		await run((tx) => objects.exclude(tx, people.maja, caseId, people.tove.id, 'Ejer en bolig'));
		expect(await code(get(people.tove)), 'shut out').toBe('base.not_allowed');
		await run((tx) => objects.setConfidential(tx, people.jonas, caseId, true));
		expect(await code(get(people.else_)), 'confidential').toBe('base.not_allowed');
		expect(await code(get(people.jonas))).toBe('nothing was refused');
	});
	test('that is set aside is still had, and none changes', async () => {
		const id = await put({ file: PDF });
		await run((tx) => evidence.park(tx, people.jonas, caseId, id, 'Forældet'));
		expect((await files.read(db.sql, people.maja, caseId, id)).name).toBe('Rapport.pdf');
		await expect(db.sql`update evidence_files set name = 'x'`).rejects.toThrow();
		await expect(db.sql`delete from evidence_files`).rejects.toThrow();
	});
	test.each([
		['a page', { name: 'a.html', bytes: PDF.bytes }, 'case.file_kind'],
		[
			'a CPR number',
			{ name: 'a.txt', bytes: new TextEncoder().encode('cpr 010190-1234') },
			'case.file_cpr'
		],
		[
			'ten megabytes and a byte',
			{ name: 'a.pdf', bytes: new Uint8Array(10485761) },
			'case.file_too_large'
		]
	])('%s is refused, and nothing of it is kept', async (_, file, refused) => {
		expect(await code(put({ file }))).toBe(refused);
		expect((await read(people.maja)).evidence).toEqual([]);
	});
});

describe('a figure', () => {
	/** A brief of Else's, published, with one figure. */
	const brief = async (phase = 'published', confidential = false) => {
		const { else_, forumId } = people;
		const [briefId, datasetId] = await run(async (tx) => {
			const make = (kind: 'brief' | 'dataset', phase: string, title: string) =>
				objects.register(tx, else_, {
					kind,
					forumId,
					departmentId: else_.departmentId,
					title,
					phase,
					confidential: kind === 'brief' && confidential
				});
			return [await make('brief', phase, 'Fravær'), await make('dataset', 'current', 'Fravær')];
		});
		await db.sql`insert into briefs (id, question) values (${briefId!}, 'Hvor stiger det?')`;
		await db.sql`insert into datasets (id, title, owner_id, definition) values (${datasetId!}, 'Fravær', ${else_.id}, 'Dage')`;
		const [version] = await db.sql<{ id: string }[]>`
			insert into versions (dataset_id, number, as_of, file_name, file_hash, recipe, shape, imported_by)
			values (${datasetId!}, 1, '2018-08-01', 'f.csv', ${briefId!}, '{}', '{}', ${else_.id}) returning id`;
		const [figure] = await db.sql<{ id: string }[]>`
			insert into figures (brief_id, version_id, position, title, why, spec, created_by)
			values (${briefId!}, ${version!.id}, 1, 'Højt fravær', 'Planen skal nå dem', '{}', ${else_.id}) returning id`;
		return { figureId: figure!.id, versionId: version!.id };
	};
	const offered = async (person: Person) =>
		(await pickable(db.sql, person, caseId)).map(({ id }) => id);
	const take = (figureId: string, person = people.tove) =>
		code(put({ kind: 'figure', title: '', figureId }, person));

	test('of any published brief is taken in once, with its name, why, and the edition it is pinned to', async () => {
		const { figureId, versionId } = await brief();
		expect(await offered(people.tove)).toContain(figureId);
		expect(await take(figureId)).toBe('nothing was refused');
		const [taken] = (await read(people.maja)).evidence;
		expect(taken).toMatchObject({ title: 'Højt fravær', note: 'Planen skal nå dem', figureId });
		expect(await evidence.pinned(db.sql, caseId)).toEqual([{ id: figureId, versionId }]);
		expect(await offered(people.tove)).not.toContain(figureId);
		expect(await take(figureId)).toBe('case.figure_already_there');
	});
	test('of a draft, or of a confidential brief, is neither offered nor taken into a case all read', async () => {
		for (const { figureId } of [await brief('draft'), await brief('published', true)])
			for (const person of [people.else_, people.tove]) {
				expect(await offered(person)).not.toContain(figureId);
				expect(await take(figureId, person)).toBe('case.figure_not_found');
			}
	});
	test('of a confidential brief goes into a confidential case, by somebody who reads both', async () => {
		const { figureId } = await brief('published', true);
		await run((tx) => cases.addAuthor(tx, people.jonas, caseId, people.else_.id));
		await run((tx) => objects.setConfidential(tx, people.jonas, caseId, true));
		expect(await take(figureId, people.jonas)).toBe('case.figure_not_found');
		expect(await take(figureId, people.else_)).toBe('nothing was refused');
	});
});

describe('between evidence', () => {
	let one: string;
	let other: string;
	beforeEach(async () => {
		[one, other] = [await put({ title: 'Et' }), await put({ title: 'Et andet' })];
	});
	const relate = (relation: 'supports' | 'contradicts', toId = other, person = people.tove) =>
		run((tx) => relations.relate(tx, person, caseId, { fromId: one, toId, relation }));

	test('one thing is said of two at a time; said anew the last counts, and the first row stays', async () => {
		await relate('supports');
		await relate('supports');
		await relate('contradicts');
		const { links } = await read(people.maja);
		expect(links).toMatchObject([{ fromId: one, toId: other, relation: 'contradicts' }]);
		await run((tx) => relations.unrelate(tx, people.jonas, caseId, links[0]!.id));
		expect((await read(people.maja)).links).toEqual([]);
		const rows = await db.sql`select withdrawn_by from evidence_links where case_id = ${caseId}`;
		expect(rows.map((row) => row.withdrawn_by)).toEqual([people.tove.id, people.jonas.id]);
	});
	test('two who say it at the same moment say it once', async () => {
		await atOnce([relate('supports'), relate('supports', other, people.jonas)]);
		expect((await read(people.maja)).links).toHaveLength(1);
	});
	test('nothing is linked to itself or across cases', async () => {
		expect(await code(relate('supports', one))).toBe('case.link_to_itself');
		const elsewhere = await put({}, people.jonas, await make());
		expect(await code(relate('supports', elsewhere))).toBe('base.not_found');
	});
	test('that somebody looked for what speaks against is kept, with who and where, and is an event', async () => {
		await run((tx) => relations.looked(tx, people.tove, caseId, ' VIVE og KL '));
		expect((await read(people.maja)).looks).toMatchObject([
			{ byName: 'Tove Holm', where: 'VIVE og KL' }
		]);
		const events = await db.sql`
			select from events where verb = 'case.counter_looked' and object_id = ${caseId}`;
		expect(events).toHaveLength(1);
	});
});
