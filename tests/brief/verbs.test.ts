import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isRefusal } from '#lib/base/errors.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import { proposal } from '#lib/brief/figure.ts';
import { draw } from '#lib/chart/engine.ts';
import { summary } from '#lib/chart/summary.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { fromPlainText, plainText } from '#lib/document/content.ts';
import * as documents from '#lib/document/documents.server.ts';
import type { FigureSpec } from '#lib/chart/figure.ts';
import type { Person } from '#lib/people/person.ts';
import { cast, type Cast } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

const file = (year: number) =>
	readFileSync(new URL(`../../src/lib/thread/demo/figures/areas-${year}.csv`, import.meta.url));

type Confirmation = NonNullable<versions.Import['confirmations']>[number];

let db: TestDatabase;
let who: Cast;
let datasetId: string;
let versionId: string;
let spec: FigureSpec;

beforeAll(async () => {
	db = await freshDatabase();
	who = await cast(db.sql);
	const { act, else_, forumId } = who;
	datasetId = await act((tx) =>
		datasets.create(tx, else_, {
			forumId,
			title: 'Boligområderne',
			definition: 'Elever med mere end 20 fraværsdage på et skoleår, efter bopæl.'
		} as datasets.NewDataset)
	);
	versionId = await stored(2018, '2018-08-01');
	spec = proposal(await versions.shape(db.sql, versionId));
});
afterAll(() => db.drop());

/** Answers the questions an import asks, as its owner would. */
async function stored(year: number, asOf: string): Promise<string> {
	const { act, else_ } = who;
	const bytes = file(year);
	const confirmations: Confirmation[] = [];
	for (;;)
		try {
			const { id } = await act((tx) =>
				versions.store(tx, else_, datasetId, {
					bytes,
					fileName: `areas-${year}.csv`,
					asOf,
					confirmations
				})
			);
			return id;
		} catch (e) {
			if (!isRefusal(e) || !e.code.startsWith('data.confirm_') || confirmations.length > 9) throw e;
			confirmations.push({
				column: String(e.params.column),
				kind: e.code.replace('data.confirm_', '') as Confirmation['kind']
			});
		}
}

const refusal = (promise: Promise<unknown>) =>
	promise.then(
		() => 'went through',
		(e: unknown) => (isRefusal(e) ? `${e.status} ${e.code}` : Promise.reject(e))
	);

const begun = (person: Person = who.else_) =>
	who.act((tx) =>
		briefs.create(tx, person, {
			forumId: who.forumId,
			question: 'Hvilke områder skal boligplanen dække?',
			serves: 'Boligplanen 2018–2021'
		})
	);
const withFigure = async () => {
	const id = await begun();
	const figure = await who.act((tx) =>
		figures.add(tx, who.else_, id, {
			versionId,
			title: 'Elever med fravær',
			why: 'De skal nås',
			spec
		})
	);
	return { id, figure };
};
const page = (id: string, person: Person = who.else_) => briefs.page(db.sql, person, id);
const cellsOf = async (figure: string) => (await figures.data(db.sql, [figure]))[0]!.cells;

describe('a draft', () => {
	test('is its authors’: for everyone else it is not there', async () => {
		const { id } = await withFigure();
		const { maja, jonas, tove, sigrid, ove, nina } = who;
		for (const person of [maja, jonas, tove, sigrid, ove, nina]) {
			expect(await refusal(page(id, person))).toBe('404 base.not_found');
			expect((await briefs.list(db.sql, person, who.forumId)).some((row) => row.id === id)).toBe(
				false
			);
			expect(await refusal(who.act((tx) => briefs.publish(tx, person, id)))).toBe(
				'404 base.not_found'
			);
			expect(
				await refusal(
					who.act((tx) => figures.add(tx, person, id, { versionId, title: 'Min', spec }))
				)
			).toBe('404 base.not_found');
			expect(
				(await figures.usesOf(db.sql, person, datasetId)).some((use) => use.briefId === id)
			).toBe(false);
		}
		expect((await page(id)).figures).toHaveLength(1);
		expect((await page(id)).phase).toBe('draft');
	});

	test('opens for a member who is asked to write along, and never for an observer', async () => {
		const id = await begun();
		const { else_, tove, ove } = who;
		await who.act((tx) => briefs.addAuthor(tx, else_, id, tove.id));
		expect((await page(id, tove)).may.write).toBe(true);
		expect(await refusal(who.act((tx) => briefs.addAuthor(tx, else_, id, ove.id)))).toBe(
			'400 forum.author_must_be_member'
		);
		expect((await page(id)).authors.map(({ name }) => name)).toEqual([else_.name, tove.name]);
	});

	test('cannot be begun by an observer or an outsider, nor without a question', async () => {
		const before = await db.sql`select id from objects`;
		expect(await refusal(begun(who.ove))).toBe('403 base.not_allowed');
		expect(await refusal(begun(who.nina))).toBe('404 base.not_found');
		expect(
			await refusal(
				who.act((tx) => briefs.create(tx, who.else_, { forumId: who.forumId, question: ' ' }))
			)
		).toBe('400 brief.question_missing');
		expect(await db.sql`select id from objects`).toHaveLength(before.length);
	});

	test('says what is missing', async () => {
		const id = await begun();
		expect((await page(id)).missing).toEqual(['headline', 'messages', 'figures']);
	});
});

describe('publishing', () => {
	test('keeps the text, ends writing, shows it to the forum, and is not stopped by what is missing', async () => {
		const { id } = await withFigure();
		await who.act((tx) => briefs.publish(tx, who.else_, id));
		const read = await page(id, who.ove);
		expect(read).toMatchObject({ phase: 'published', publishedBy: 'Else Winther' });
		expect(read.may).toEqual({ write: false, publish: false, annotate: false });
		expect(read.document.closedAt).toBeInstanceOf(Date);
		const [row] = await db.sql<{ keepId: string }[]>`
			select keep_id "keepId" from briefs where id = ${id}`;
		const kept = await documents.kept(db.sql, row!.keepId);
		expect(plainText(kept.content.headline)).toBe(plainText(read.content.headline));
		const events = await db.sql`
			select verb from events where object_id = ${id} order by id desc limit 1`;
		expect(events[0]).toMatchObject({ verb: 'brief.published' });
		expect(await refusal(page(id, who.nina))).toBe('404 base.not_found');
	});

	test('is for good: nothing in a published brief changes', async () => {
		const { id, figure } = await withFigure();
		const { act, else_ } = who;
		await act((tx) => briefs.publish(tx, else_, id));
		const before = await page(id);
		const words = { title: 'Ny', question: 'Ny?', serves: '', leftOut: '' };
		const tries: (() => Promise<unknown>)[] = [
			() => act((tx) => briefs.frame(tx, else_, id, words)),
			() => act((tx) => briefs.publish(tx, else_, id)),
			() => act((tx) => briefs.addAuthor(tx, else_, id, who.tove.id)),
			() => act((tx) => figures.add(tx, else_, id, { versionId, title: 'Ny', spec })),
			() => act((tx) => figures.edit(tx, else_, id, figure, { title: 'Ny', spec })),
			() => act((tx) => figures.move(tx, else_, id, figure, 1)),
			() => act((tx) => figures.remove(tx, else_, id, figure)),
			() => act((tx) => figures.bringNewer(tx, else_, id, figure))
		];
		for (const attempt of tries) expect(await refusal(attempt())).toBe('409 brief.published');
		expect(await refusal(act((tx) => figures.remove(tx, who.jonas, id, figure)))).toBe(
			'403 base.not_allowed'
		);
		expect(
			await refusal(
				act((tx) => documents.addSection(tx, before.document.id, 'extra', fromPlainText('x')))
			)
		).toBe('409 document.closed');
		expect(await page(id)).toEqual(before);
	});
});

describe('figures', () => {
	test('never move: a newer version is another figure, beside the old one', async () => {
		const { id, figure } = await withFigure();
		const { act, else_ } = who;
		const last = await act((tx) =>
			figures.add(tx, else_, id, { versionId, title: 'Sidst', spec: { ...spec, kind: 'table' } })
		);
		const before = await cellsOf(figure);
		expect(await refusal(act((tx) => figures.bringNewer(tx, else_, id, figure)))).toBe(
			'409 brief.figure_is_newest'
		);
		const newest = await stored(2019, '2019-08-01');
		expect(await cellsOf(figure)).toEqual(before);
		const [old] = await figures.data(db.sql, [figure]);
		expect(old!.citation).toMatchObject({ versionId, number: 1, newest: { number: 2 } });

		const fresh = await act((tx) => figures.bringNewer(tx, else_, id, figure));
		expect(await figures.idsOf(db.sql, id)).toEqual([figure, fresh, last]);
		const [now] = await figures.data(db.sql, [fresh]);
		expect(now!.citation).toMatchObject({ versionId: newest, number: 2, newest: null });
		expect(await cellsOf(figure)).toEqual(before);

		await act((tx) => figures.edit(tx, else_, id, figure, { title: 'Ny titel', spec }));
		expect((await figures.data(db.sql, [figure]))[0]!.citation.versionId).toBe(versionId);
	});

	test('hold no suppressed number: not in the data, the drawing or the words', async () => {
		const { figure } = await withFigure();
		const suppressed = await whereSuppressed();
		expect(suppressed.length).toBeGreaterThan(0);
		const id = await begun();
		for (const { measure, time } of suppressed) {
			const shown = await who.act((tx) =>
				figures.add(tx, who.else_, id, {
					versionId,
					title: measure,
					spec: { ...spec, kind: 'bar', measure, where: { [time.key]: [time.code] } }
				})
			);
			const [data] = await figures.data(db.sql, [shown]);
			const hidden = data!.cells.filter(({ status }) => status === 's');
			expect(hidden.length).toBeGreaterThan(0);
			expect(hidden.every(({ value }) => value === null)).toBe(true);
			expect(draw(data!, 'da', 660)).toContain('få personer · ikke vist');
			expect(summary(data!, 'da')).toContain('ikke vist');
		}
		expect(figure).toBeTypeOf('string');
	});

	test('cannot be made of another forum’s data, nor of what the version does not hold', async () => {
		const id = await begun();
		const before = await figures.idsOf(db.sql, id);
		const add = (input: Partial<figures.NewFigure>) =>
			refusal(
				who.act((tx) =>
					figures.add(tx, who.else_, id, { versionId, title: 'Figur', spec, ...input })
				)
			);
		expect(await add({ versionId: crypto.randomUUID() })).toBe('404 base.not_found');
		expect(await add({ title: ' ' })).toBe('400 brief.figure_title_missing');
		expect(await add({ spec: { ...spec, measure: 'opdigtet' } })).toBe('400 brief.no_measure');
		expect(await figures.idsOf(db.sql, id)).toEqual(before);
	});

	test('keep their place: moved by one, taken out without a trace of the others moving', async () => {
		const id = await begun();
		const { act, else_ } = who;
		const ids: string[] = [];
		for (const title of ['A', 'B', 'C'])
			ids.push(await act((tx) => figures.add(tx, else_, id, { versionId, title, spec })));
		const [a, b, c] = ids as [string, string, string];
		await act((tx) => figures.move(tx, else_, id, c, -1));
		expect(await figures.idsOf(db.sql, id)).toEqual([a, c, b]);
		await act((tx) => figures.move(tx, else_, id, a, -1));
		expect(await figures.idsOf(db.sql, id)).toEqual([a, c, b]);
		await act((tx) => figures.remove(tx, else_, id, c));
		expect(await figures.idsOf(db.sql, id)).toEqual([a, b]);
		// A case may rest on a figure that was taken out.
		expect(await figures.data(db.sql, [c])).toHaveLength(1);
	});

	test('are where a dataset is used, once published', async () => {
		const { id } = await withFigure();
		await who.act((tx) => briefs.publish(tx, who.else_, id));
		const uses = await figures.usesOf(db.sql, who.ove, datasetId);
		expect(uses.find((use) => use.briefId === id)).toMatchObject({
			figureTitle: 'Elever med fravær',
			number: 1
		});
	});
});

/** Measures and latest periods in which the file holds suppressed cells. */
async function whereSuppressed() {
	const shape = await versions.shape(db.sql, versionId);
	const time = shape.dimensions.find(({ role }) => role === 'time')!;
	const cube = await versions.load(db.sql, versionId);
	const { coordinatesAt } = await import('#lib/data/grid.ts');
	return shape.measures.flatMap(({ key }, i) => {
		const hidden = [...cube.cells[i]!].find(([, { status }]) => status === 's');
		if (!hidden) return [];
		return [
			{ measure: key, time: { key: time.key, code: coordinatesAt(shape, hidden[0])[time.key]! } }
		];
	});
}
