import { describe, expect, test } from 'vitest';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import { draw } from '#lib/chart/engine.ts';
import { summary } from '#lib/chart/summary.ts';
import * as versions from '#lib/data/versions.server.ts';
import {
	begun,
	cellsOf,
	datasetId,
	db,
	onTheDesk,
	refusal,
	spec,
	stored,
	versionId,
	who,
	withFigure
} from './desk.ts';

onTheDesk();

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
		const out = () => refusal(act((tx) => figures.remove(tx, else_, id, c)));
		expect(await Promise.all([out(), out()]), 'twice is once').toEqual([
			'went through',
			'went through'
		]);
		expect(await figures.idsOf(db.sql, id)).toEqual([a, b]);
		const again = act((tx) => figures.edit(tx, else_, id, c, { title: 'Sent', spec }));
		expect(await refusal(again)).toBe('409 brief.figure_gone');
		expect(await refusal(act((tx) => figures.bringNewer(tx, else_, id, c)))).toBe(
			'409 brief.figure_gone'
		);
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
