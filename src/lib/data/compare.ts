import type { Category, Cell, CellStatus, Coordinates, Cube, CubeShape } from './cube.ts';
import { coordinatesAt, strides } from './grid.ts';
import { comparedBy, NO_RENAMES, type Renames } from './mapping.ts';

/** What a new version changed against the one before (D2). Suppressed cells have no number here either. */

export type Revision = {
	measure: string;
	coordinates: Coordinates;
	old: number;
	new: number;
	/** Null when the old value was nought. */
	percent: number | null;
};

export type StatusChange = {
	measure: string;
	coordinates: Coordinates;
	from: CellStatus;
	to: CellStatus;
};

export type Changes = {
	measures: { key: string; label: string }[];
	dimensions: { key: string; label: string; role: string; added: Category[]; lost: Category[] }[];
	/** Values that are another number now; the first 500. */
	revised: Revision[];
	revisedCount: number;
	/** Cells that went from value to missing or suppressed, or back; the first 500. */
	status: StatusChange[];
	statusCount: number;
	/** Cells that were not there before, in any way. */
	newCells: number;
	lostCells: number;
};

const KEPT = 500;

/** A cell that both versions have and that is not the same in them. Coordinates are the later version's. */
export type Difference = { measure: string; coordinates: Coordinates; from: Cell; to: Cell };

/** Which of the differences are kept, beside being counted: `most` of each kind, from the nth on, of one measure or all. */
export type Window = { from?: number; most?: number; measure?: string | null };

export function compare(
	before: Cube,
	after: Cube,
	renames: Renames = NO_RENAMES,
	{ from = 0, most = KEPT, measure = null }: Window = {}
): Changes {
	const changes: Changes = {
		measures: after.shape.measures
			.filter(({ key }) => !before.shape.measures.some((measure) => measure.key === key))
			.map(({ key, label }) => ({ key, label })),
		dimensions: compareCategories(before.shape, after.shape, renames),
		revised: [],
		revisedCount: 0,
		status: [],
		statusCount: 0,
		newCells: 0,
		lostCells: 0
	};
	const kept = (index: number) => index >= from && index < from + most;
	for (const one of meetings(before, after, renames, measure)) {
		if (one.kind !== 'differs') {
			changes.newCells += one.added;
			changes.lostCells += one.lost;
		} else if (one.from.status !== one.to.status) {
			if (kept(changes.statusCount++)) changes.status.push(statusChange(one, after.shape));
		} else if (kept(changes.revisedCount++)) changes.revised.push(revision(one, after.shape));
	}
	return changes;
}

/** Every difference, one at a time, in the earlier version's order: for lists longer than a page. */
export function* differences(
	before: Cube,
	after: Cube,
	renames: Renames = NO_RENAMES,
	measure: string | null = null
): Generator<Difference> {
	for (const one of meetings(before, after, renames, measure))
		if (one.kind === 'differs')
			yield {
				measure: one.measure,
				coordinates: coordinatesAt(after.shape, one.position),
				from: one.from,
				to: one.to
			};
}

type Differs = { kind: 'differs'; measure: string; position: number; from: Cell; to: Cell };
type Meeting = Differs | { kind: 'apart'; added: number; lost: number };

/** Cell by cell where the two meet and differ; what only one has is counted. */
function* meetings(
	before: Cube,
	after: Cube,
	renames: Renames,
	only: string | null
): Generator<Meeting> {
	const translate = translator(before.shape, after.shape, renames);
	for (const [index, { key }] of after.shape.measures.entries()) {
		if (only !== null && key !== only) continue;
		const old = before.cells[before.shape.measures.findIndex((measure) => measure.key === key)];
		const now = after.cells[index]!;
		let met = 0;
		for (const oldPosition of old?.keys() ?? []) {
			const position = translate(oldPosition);
			const status = position === null ? undefined : now.statusAt(position);
			if (position === null || status === undefined) continue;
			met++;
			if (
				old!.statusAt(oldPosition) !== status ||
				(status === 'v' && old!.valueAt(oldPosition) !== now.valueAt(position))
			)
				yield {
					kind: 'differs',
					measure: key,
					position,
					from: old!.get(oldPosition)!,
					to: now.get(position)!
				};
		}
		yield { kind: 'apart', added: now.size - met, lost: (old?.size ?? 0) - met };
	}
}

const statusChange = (
	{ measure, position, from, to }: Differs,
	shape: CubeShape
): StatusChange => ({
	measure,
	coordinates: coordinatesAt(shape, position),
	from: from.status,
	to: to.status
});

const revision = ({ measure, position, from, to }: Differs, shape: CubeShape): Revision => ({
	measure,
	coordinates: coordinatesAt(shape, position),
	old: from.value!,
	new: to.value!,
	percent: percentChange(from.value!, to.value!)
});

export function percentChange(old: number, now: number): number | null {
	return old === 0 ? null : ((now - old) / Math.abs(old)) * 100;
}

function compareCategories(
	before: CubeShape,
	after: CubeShape,
	renames: Renames
): Changes['dimensions'] {
	return after.dimensions.flatMap((dimension) => {
		const old = before.dimensions.find(({ key }) => key === dimension.key);
		if (!old) return [];
		const [then, now] = [comparedBy(renames, old), comparedBy(renames, dimension)];
		const [oldCodes, newCodes] = [new Set(then), new Set(now)];
		const added = dimension.categories.filter((_, place) => !oldCodes.has(now[place]!));
		const lost = old.categories.filter((_, place) => !newCodes.has(then[place]!));
		const { key, label, role } = dimension;
		return added.length + lost.length > 0 ? [{ key, label, role, added, lost }] : [];
	});
}

/** Positions of the old shape as positions of the new; null where a category is gone. */
function translator(
	before: CubeShape,
	after: CubeShape,
	renames: Renames
): (position: number) => number | null {
	const oldSteps = strides(before.dimensions);
	const newSteps = strides(after.dimensions);
	const axes = before.dimensions.map((dimension, index) => {
		const at = after.dimensions.findIndex(({ key }) => key === dimension.key);
		const to = after.dimensions[at];
		const places = new Map(to && comparedBy(renames, to).map((code, place) => [code, place]));
		return {
			step: oldSteps[index]!,
			length: dimension.categories.length,
			to: comparedBy(renames, dimension).map((code) => {
				const place = places.get(code);
				return place === undefined ? null : place * newSteps[at]!;
			})
		};
	});
	return (position) => {
		let result = 0;
		for (const { step, length, to } of axes) {
			const moved = to[Math.floor(position / step) % length]!;
			if (moved === null) return null;
			result += moved;
		}
		return result;
	};
}

export type Mismatch =
	| { code: 'data.dimensions_differ'; params: { missing: string; added: string } }
	| { code: 'data.measures_lost'; params: { measures: string } }
	| { code: 'data.unit_changed'; params: { measure: string; before: string; after: string } };

/**
 * May this shape be the next version of that one? The same dimensions, and every measure still there in
 * its unit; new measures are welcome. Null when it may.
 */
export function mismatch(before: CubeShape, after: CubeShape): Mismatch | null {
	const labels = (from: CubeShape, to: CubeShape) =>
		from.dimensions
			.filter(({ key }) => !to.dimensions.some((dimension) => dimension.key === key))
			.map(({ label }) => label)
			.join(', ') || '–';
	const [missing, added] = [labels(before, after), labels(after, before)];
	if (missing !== '–' || added !== '–')
		return { code: 'data.dimensions_differ', params: { missing, added } };
	const lost = before.measures.filter(
		({ key }) => !after.measures.some((measure) => measure.key === key)
	);
	if (lost.length > 0)
		return {
			code: 'data.measures_lost',
			params: { measures: lost.map(({ label }) => label).join(', ') }
		};
	for (const measure of before.measures) {
		const now = after.measures.find(({ key }) => key === measure.key)!;
		if (now.unit !== measure.unit)
			return {
				code: 'data.unit_changed',
				params: { measure: measure.label, before: measure.unit || '–', after: now.unit || '–' }
			};
	}
	return null;
}
