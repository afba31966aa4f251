import { Cells } from '../cells.ts';
import type { Cube, CubeShape, Measure } from '../cube.ts';
import { gridSize } from '../grid.ts';
import type { RecipeMeasure } from '../recipe.ts';

/**
 * Measures that rest on a count: a mean on its n, a share or rate on its denominator. They go where that
 * count goes. A share with its denominator shown is its numerator in disguise (7.5 % of 40 are 3), so the
 * numerator is reckoned and guarded like any count, and the share goes where it would.
 */

/** How many a share of this unit is out of; null: the measure is no share. */
export function outOf({ unit, label }: Pick<Measure, 'unit' | 'label'>): number | null {
	const words = `${unit} ${label}`.toLowerCase();
	if (/(^|[\s(])(%|pct|procent|percent|pct\.)/.test(words) || unit.includes('%')) return 100;
	if (/‰|promille|per mille/.test(words)) return 1000;
	const per = /\b(?:pr|per)\.? (1[\d. ,]*0)\b/.exec(words);
	if (per) return Number(per[1]!.replace(/[. ,]/g, ''));
	if (/\b(andel|share|ratio)\b/.test(words)) return 1;
	return null;
}

export type Numerator = {
	/** The share it is of, and the count that is its denominator: indices of measures. */
	share: number;
	cells: Cells;
};

/** The counts behind shares whose denominator is in the cube. */
export function numeratorsOf({ shape, cells }: Cube): Numerator[] {
	return shape.measures.flatMap((measure, share) => {
		const base = baseOf(shape, measure);
		const scale = outOf(measure);
		if (base === -1 || scale === null) return [];
		const reckoned = new Cells(gridSize(shape.dimensions));
		for (const position of cells[share]!.keys()) {
			const [part, whole] = [cells[share]!.valueAt(position), cells[base]!.valueAt(position)];
			if (part !== null && whole !== null)
				reckoned.setValue(position, Math.round((part * whole) / scale));
		}
		return [{ share, cells: reckoned }];
	});
}

const baseOf = (shape: CubeShape, { basedOn }: Measure) =>
	basedOn ? shape.measures.findIndex(({ key }) => key === basedOn) : -1;

/**
 * Suppresses what rests on a count that is suppressed, and shares whose reckoned numerator is. In place;
 * returns how many cells went. A measure may rest on one that itself rests on another.
 */
export function followBases(
	shape: CubeShape,
	cells: Cells[],
	numerators: Numerator[],
	hidden: Set<number>[]
): number {
	let count = 0;
	const hide = (measure: number, position: number) => {
		if (cells[measure]!.statusAt(position) !== 'v') return;
		if (!mine.has(measure)) {
			cells[measure] = cells[measure]!.copy();
			mine.add(measure);
		}
		cells[measure]!.setStatus(position, 's');
		count++;
	};
	const mine = new Set<number>();
	for (const [index, { share }] of numerators.entries())
		for (const position of hidden[index]!) hide(share, position);
	for (let changed = true; changed;) {
		const before = count;
		for (const [index, measure] of shape.measures.entries()) {
			const base = baseOf(shape, measure);
			if (base === -1) continue;
			for (const position of [...cells[index]!.keys()])
				if (cells[base]!.statusAt(position) === 's') hide(index, position);
		}
		changed = count > before;
	}
	return count;
}

/** The cube with what a person said each measure rests on. */
export function withBases(cube: Cube, told: RecipeMeasure[]): Cube {
	if (!told.some(({ basedOn }) => basedOn)) return cube;
	const labelOf = new Map(told.map(({ source, label }) => [source, label]));
	const measures = cube.shape.measures.map((measure) => {
		const basedOn = told.find(({ label }) => label === measure.label)?.basedOn;
		const base = cube.shape.measures.find(
			({ label, key }) => basedOn && label === labelOf.get(basedOn) && key !== measure.key
		);
		return base ? { ...measure, basedOn: base.key } : measure;
	});
	return { ...cube, shape: { ...cube.shape, measures } };
}
