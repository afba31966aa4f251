import { expect, it } from 'vitest';
import { comparedOverall } from '#lib/brief/compared.server.ts';
import { draw } from '#lib/chart/engine.ts';
import { comparison } from '#lib/data/comparison.server.ts';
import { saidWords } from '#lib/chart/words.ts';
import { datasetId, db, onTheDesk, stored, who } from './desk.ts';

onTheDesk();

it('two editions are drawn as one figure: the later, and on it what the earlier said otherwise of the cell looked at', async () => {
	await stored(2019, '2019-08-01');
	const found = await comparison(db.sql, who.else_, datasetId, { from: 1, to: 2 });
	const { revised } = found.changes;
	expect(revised.length).toBeGreaterThan(0);
	for (const revision of revised.slice(0, 5)) {
		const figure = (await comparedOverall(db.sql, found, revision))!;
		expect(figure.id).toBe('compared');
		expect(figure.citation.number).toBe(2);
		expect(figure.earlier!.number).toBe(1);
		expect(figure.spec.measure).toBe(revision.measure);
		const at = (cells: typeof figure.cells) =>
			cells.find(({ coordinates }) =>
				Object.entries(revision.coordinates).every(([key, code]) => coordinates[key] === code)
			);
		const [now, before] = [at(figure.cells)!, at(figure.earlier!.cells)!];
		expect([before.value, now.value]).toEqual([revision.old, revision.new]);
		expect(saidWords(now, figure, 'da')).toContain('1');
		for (const { value, status } of [...figure.cells, ...figure.earlier!.cells])
			expect(value === null).toBe(status !== 'v');
		expect(draw(figure, 'da', 660)).toContain('<svg');
	}
});

it('where nothing can be drawn there is none', async () => {
	const found = await comparison(db.sql, who.else_, datasetId, { from: 1, to: 2 });
	const [revision] = found.changes.revised;
	const shape = { ...found.shape, measures: [] };
	expect(await comparedOverall(db.sql, { ...found, shape }, revision!)).toBeNull();
});
