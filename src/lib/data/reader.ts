import { blocksOf, fillFrom, type Block } from './blocks.ts';
import { compare, mismatch, type Changes, type Mismatch } from './compare.ts';
import type { Cube, CubeShape } from './cube.ts';
import { coordinatesAt, emptyLike, labelOf } from './grid.ts';
import type { Renames } from './mapping.ts';
import { Marks } from './marks.ts';
import { comprehend, guard, type Prepared, type Preparing, type Unguarded } from './prepare.ts';
import type { Preview } from './preview.ts';
import type { Published } from './small/widen.ts';
import { suppress } from './suppress.ts';
import type { Totals } from './totals.ts';

/**
 * All that is done with a file's bytes, from the first to the blocks that are stored. It runs in a thread
 * (`reading.server.ts`), so what it is given and what it tells can be handed over; the cube stays.
 */

/** A stored version, as the database gives it. */
export type Kept = {
	shape: CubeShape;
	blocks: (Block & { measure: number })[];
	renames?: Renames;
	/** What adds up to what in it, as it was guarded. */
	sums?: Totals;
	/** Cells of what was published even earlier and is not handed over: there were too many. */
	left?: number;
};

export type ReadAs = Preparing & {
	/** The version before, which the file is compared with. */
	before?: Kept | null;
};

export type Outcome = Omit<Prepared, 'cube'> & {
	shape: CubeShape;
	/** The first places of the cube, and those where something is suppressed, so that it is seen. */
	lines: Preview['lines'];
	cells: number;
	missing: number;
	/** Why it cannot be the next version; null when it can. */
	differs: Mismatch | null;
	/** Against the version before; null without one, and where they cannot be compared. */
	changes: Changes | null;
};

/** A stored edition that a raised limit makes stricter. */
export type Edition = {
	kept: Kept;
	limit: number;
	/** The sums it was guarded against. */
	declared: Totals;
	hideZeros: boolean;
	/** What the owner's other datasets show of the same cells. */
	published: Kept[];
};

/** What came of making it stricter. */
export type Stricter = {
	suppressed: number;
	sums: Totals;
	given: number;
	left: number;
	changes: Changes;
	cells: number;
};

export class Reader {
	#unguarded: Unguarded | null = null;
	#asked: ReadAs = { limit: null };
	#cube: Cube = { shape: { dimensions: [], measures: [] }, cells: [] };

	/** What the file is about, so that what was published about it can be found; null where nothing is to be guarded. */
	understand(bytes: Uint8Array, asked: ReadAs): CubeShape | null {
		this.#asked = asked;
		this.#unguarded = comprehend(bytes, asked);
		const { limit, cube } = this.#unguarded;
		return limit === null || cube.cells.length === 0 ? null : cube.shape;
	}

	/** After `understand`: its cube, guarded beside what the owner published before, newest first. */
	guard(published: Kept[] = []): Outcome {
		const { cube, ...prepared } = guard(this.#unguarded!, published.map(publishedOf));
		const { before, onprogress } = this.#asked;
		this.#unguarded = null;
		this.#cube = cube;
		const stops = prepared.problems.some(({ severity }) => severity === 'stop');
		const differs = before && !stops ? mismatch(before.shape, cube.shape) : null;
		const compared = before && !differs && cube.cells.length > 0;
		onprogress?.(1);
		return {
			...prepared,
			...counted(cube),
			shape: cube.shape,
			lines: firstLines(cube),
			differs,
			changes: compared ? compare(cubeOf(before), cube, before.renames) : null
		};
	}

	/** Suppresses what is stored further. */
	restrict({ kept, limit, declared, hideZeros, published }: Edition): Stricter {
		const stored = cubeOf(kept);
		const { cube, primary, secondary, sums, given, left } = suppress(stored, limit, {
			declared,
			hideZeros,
			earlier: published.map(publishedOf),
			shown: true
		});
		this.#cube = { ...cube, marks: stored.marks };
		return {
			suppressed: primary + secondary,
			sums,
			given,
			left,
			changes: compare(stored, cube),
			cells: counted(cube).cells
		};
	}

	/** COPY's text form: version_id, measure, first, statuses, numbers, marks. With each part, how many cells it is. */
	copy(versionId: string): Generator<{ lines: string; cells: number }> {
		return copyOf(this.#cube, versionId);
	}
}

export function* copyOf(
	cube: Cube,
	versionId: string
): Generator<{ lines: string; cells: number }> {
	let [lines, cells] = ['', 0];
	for (const [measure, of] of cube.cells.entries())
		for (const { first, statuses, numbers, marks } of blocksOf(of, cube.marks?.[measure])) {
			const said = marks ? JSON.stringify(marks).replaceAll('\\', '\\\\') : '\\N';
			lines += `${versionId}\t${measure}\t${first}\t${statuses}\t${numbers}\t${said}\n`;
			cells += statuses.length;
			if (lines.length < PART) continue;
			yield { lines, cells };
			[lines, cells] = ['', 0];
		}
	if (lines !== '') yield { lines, cells };
}

/** Characters: some tens of milliseconds of Postgres' time. */
const PART = 256 * 1024;

export function cubeOf({ shape, blocks }: Kept): Cube {
	const cube = emptyLike(shape);
	const marks: (Marks | undefined)[] = shape.measures.map(() => undefined);
	for (const block of blocks) {
		const cells = cube.cells[block.measure]!;
		if (block.marks) marks[block.measure] ??= new Marks(cells.room);
		fillFrom(cells, block, marks[block.measure]);
	}
	return marks.some(Boolean) ? { ...cube, marks } : cube;
}

const publishedOf = (kept: Kept): Published => ({
	...cubeOf(kept),
	sums: kept.sums,
	left: kept.left
});

function counted({ cells }: Cube): { cells: number; missing: number } {
	return {
		cells: cells.reduce((sum, { size }) => sum + size, 0),
		missing: cells.reduce((sum, of) => sum + of.count('m'), 0)
	};
}

function firstLines(cube: Cube): Preview['lines'] {
	const first = new Set<number>();
	const hidden = new Set<number>();
	for (const cells of cube.cells) {
		const most = Math.min(4, cells.count('s'));
		for (const position of cells.keys()) {
			if (first.size < 6) first.add(position);
			if (hidden.size < 4 && cells.statusAt(position) === 's') hidden.add(position);
			if (first.size >= 6 && hidden.size >= most) break;
		}
	}
	return [...new Set([...first, ...hidden])]
		.sort((a, b) => a - b)
		.map((position) => {
			const at = coordinatesAt(cube.shape, position);
			return {
				categories: cube.shape.dimensions.map((dimension) =>
					labelOf(dimension, at[dimension.key]!)
				),
				cells: cube.cells.map((cells) => cells.get(position) ?? null)
			};
		});
}
