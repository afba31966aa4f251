import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import * as datasets from '#lib/data/datasets.server.ts';
import { preview } from '#lib/data/preview.server.ts';
import { suppress } from '#lib/data/suppress.ts';
import * as versions from '#lib/data/versions.server.ts';
import { membership } from '#lib/forum/forums.server.ts';
import { freshDatabase, type TestDatabase } from '../../support/database.ts';
import { utf8 } from '../bytes.ts';
import { furnish, type Place } from '../place.ts';
import { attack } from './attacker.ts';
import { cubeOf, cubes, dimension, shown } from './cubes.ts';

const area = (...codes: string[]) => [dimension('a', codes)];

const numRuns = Number(process.env.ATTACKS ?? 25);

describe('beside what was published before', () => {
	const v1 = suppress(cubeOf(area('x', 'y', 'z', 'I alt'), [3, 40, 12, 55]), 5).cube;

	it('what was hidden stays hidden, though nothing now asks for it', () => {
		// The total is gone, so nothing gives x away here; but z would, with the first edition's total.
		const { cube } = suppress(cubeOf(area('x', 'y', 'z'), [3, 40, 12]), 5, { earlier: [v1] });
		expect(shown(v1)).toEqual(['s', 40, 's', 55]);
		expect(shown(cube)).toEqual(['s', 40, 's']);
	});

	it('what was shown hides nothing now: another guard is found', () => {
		const before = suppress(cubeOf(area('x', 'y', 'z', 'w', 'I alt'), [12, 40, 9, 30, 91]), 5).cube;
		const now = cubeOf(area('x', 'y', 'z', 'w', 'I alt'), [3, 41, 9, 30, 83]);
		expect(shown(suppress(now, 5).cube)).toEqual(['s', 41, 's', 30, 83]);
		const { cube, given } = suppress(now, 5, { earlier: [before] });
		// z has its old number, which everyone knows; y has a new one.
		expect(shown(cube)[0]).toBe('s');
		expect(shown(cube)[1]).toBe('s');
		expect(given).toBe(0);
	});

	it('says what is given away already, rather than pretend', () => {
		const before = cubeOf(area('x', 'y', 'I alt'), [3, 40, 43]);
		const { cube, given } = suppress(cubeOf(area('x', 'y', 'I alt'), [3, 40, 43]), 5, {
			earlier: [before]
		});
		expect(shown(cube)[0]).toBe('s');
		expect(given).toBeGreaterThan(0);
	});

	it('is another dataset with a dimension more, whose total it is', () => {
		const other = suppress(
			cubeOf([...area('x', 'y'), dimension('k', ['M', 'K', 'I alt'])], [3, 20, 23, 40, 30, 70]),
			30
		).cube;
		const { cube } = suppress(cubeOf(area('x', 'y'), [23, 70]), 5, { earlier: [other] });
		expect(shown(other)[2]).toBe('s');
		expect(shown(cube)).toEqual(['s', 70]);
	});

	it(
		'no number that was hidden once is ever shown, whatever is revised',
		() => {
			fc.assert(
				fc.property(
					cubes(2, 40),
					fc.array(fc.nat(100), { minLength: 3, maxLength: 3 }),
					(drawn, picks) => {
						const { cube, limit, declared, sums } = drawn;
						const first = suppress(cube, limit, { declared }).cube;
						const cells = cube.cells[0]!.copy();
						for (const pick of picks) cells.setValue(pick % cells.size, pick);
						const second = suppress({ shape: cube.shape, cells: [cells] }, limit, {
							declared,
							earlier: [first]
						});
						for (const [position, { status }] of first.cells[0]!)
							if (status === 's' && cells.valueAt(position)! > 0)
								expect(second.cube.cells[0]!.statusAt(position)).toBe('s');
						// With unchanged figures, knowing both editions is knowing one.
						const same = suppress(cube, limit, { declared, earlier: [first] });
						expect(shown(same.cube)).toEqual(shown(first));
						const known = new Map(
							[...first.cells[0]!].flatMap(([id, { value }]) =>
								value === null ? [] : [[id, value]]
							)
						);
						for (const { low, high } of attack(same.cube, sums, { also: known }))
							expect(high - low).toBeGreaterThanOrEqual(limit - 1e-6);
					}
				),
				{ numRuns }
			);
		},
		30_000 + numRuns * 250
	);
});

let database: TestDatabase;
let place: Place;
beforeAll(async () => {
	database = await freshDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
	await database.drop();
	database = await freshDatabase();
	place = await furnish(database.sql);
});

const file = (rows: string) => utf8(`Område;År;Børn\n${rows}`);
const hidden = async (id: string) => {
	const { cells } = await versions.load(database.sql, id);
	return [...cells[0]!].map(([, { value, status }]) => value ?? status);
};

describe('in the database', () => {
	it('the next version keeps hidden what the one before hid', async () => {
		const first = await place.store(file('Nord;2018;3\nSyd;2018;40\nØst;2018;12\nI alt;2018;55\n'));
		const second = await place.store(file('Nord;2018;6\nSyd;2018;40\nØst;2018;12\nVest;2018;9\n'));
		expect(await hidden(first.id)).toEqual(['s', 40, 's', 55]);
		expect(await hidden(second.id)).toEqual(['s', 40, 's', 9]);
	});

	it('another dataset of the same owner does not give it away, one of another owner is another matter', async () => {
		await place.store(file('Nord;2018;3\nSyd;2018;40\nØst;2018;12\nI alt;2018;55\n'));
		const another = (by = place.else_) =>
			place.write((tx) =>
				datasets.create(tx, by, { forumId: place.forumId, title: 'Igen', definition: 'De samme' })
			);
		const rows = file('Nord;2018;3\nSyd;2018;40\nØst;2018;12\n');
		const mine = await place.store(rows, {}, place.else_, await another());
		const theirs = await place.store(rows, {}, place.tove, await another(place.tove));
		expect(await hidden(mine.id)).toEqual(['s', 40, 's']);
		expect(await hidden(theirs.id)).toEqual(['s', 40, 12]);
	});

	it('the preview says what an earlier edition gives away, and shows none of it', async () => {
		await database.sql`update forums set small_number_limit = 3`;
		await place.store(file('Nord;2018;4\nSyd;2018;40\nØst;2018;12\nI alt;2018;56\n'));
		await database.sql`update forums set small_number_limit = 5`;
		const forum = await membership(database.sql, place.else_, place.forumId);
		const seen = await preview(
			database.sql,
			place.else_,
			forum,
			{ bytes: file('Nord;2018;4\nSyd;2018;41\nØst;2018;12\nI alt;2018;57\n'), hash: 'x' },
			{ datasetId: place.datasetId }
		);
		expect(seen.problems).toContainEqual(expect.objectContaining({ code: 'data.given_away' }));
		expect(seen.counts.suppressed).toBe(1);
		expect(seen.lines.map(({ cells }) => cells[0]!.value)).not.toContain(4);
	});
});
