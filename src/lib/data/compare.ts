import type { Category, CellStatus, Coordinates, Cube, CubeShape } from './cube.ts';
import { coordinatesAt, strides } from './grid.ts';

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

export function compare(before: Cube, after: Cube): Changes {
	const changes: Changes = {
		measures: after.shape.measures
			.filter(({ key }) => !before.shape.measures.some((measure) => measure.key === key))
			.map(({ key, label }) => ({ key, label })),
		dimensions: compareCategories(before.shape, after.shape),
		revised: [],
		revisedCount: 0,
		status: [],
		statusCount: 0,
		newCells: 0,
		lostCells: 0
	};
	const translate = translator(before.shape, after.shape);
	for (const [index, measure] of after.shape.measures.entries()) {
		const old = before.cells[before.shape.measures.findIndex(({ key }) => key === measure.key)];
		const now = after.cells[index]!;
		if (!old) changes.newCells += now.size;
		else compareMeasure(changes, measure.key, old, now, after.shape, translate);
	}
	return changes;
}

function compareMeasure(
	changes: Changes,
	measure: string,
	old: Cube['cells'][number],
	now: Cube['cells'][number],
	shape: CubeShape,
	translate: (position: number) => number | null
): void {
	let met = 0;
	for (const [oldPosition, from] of old) {
		const position = translate(oldPosition);
		const to = position === null ? undefined : now.get(position);
		if (position === null || !to) {
			changes.lostCells++;
			continue;
		}
		met++;
		if (from.status !== to.status) {
			changes.statusCount++;
			if (changes.status.length < KEPT)
				changes.status.push({
					measure,
					coordinates: coordinatesAt(shape, position),
					from: from.status,
					to: to.status
				});
		} else if (from.status === 'v' && from.value !== to.value) {
			changes.revisedCount++;
			if (changes.revised.length < KEPT)
				changes.revised.push({
					measure,
					coordinates: coordinatesAt(shape, position),
					old: from.value!,
					new: to.value!,
					percent: percentChange(from.value!, to.value!)
				});
		}
	}
	changes.newCells += now.size - met;
}

export function percentChange(old: number, now: number): number | null {
	return old === 0 ? null : ((now - old) / Math.abs(old)) * 100;
}

function compareCategories(before: CubeShape, after: CubeShape): Changes['dimensions'] {
	return after.dimensions.flatMap((dimension) => {
		const old = before.dimensions.find(({ key }) => key === dimension.key);
		if (!old) return [];
		const oldCodes = new Set(old.categories.map(({ code }) => code));
		const newCodes = new Set(dimension.categories.map(({ code }) => code));
		const added = dimension.categories.filter(({ code }) => !oldCodes.has(code));
		const lost = old.categories.filter(({ code }) => !newCodes.has(code));
		const { key, label, role } = dimension;
		return added.length + lost.length > 0 ? [{ key, label, role, added, lost }] : [];
	});
}

/** Positions of the old shape as positions of the new; null where a category is gone. */
function translator(before: CubeShape, after: CubeShape): (position: number) => number | null {
	const oldSteps = strides(before.dimensions);
	const newSteps = strides(after.dimensions);
	const axes = before.dimensions.map((dimension, index) => {
		const at = after.dimensions.findIndex(({ key }) => key === dimension.key);
		const places = new Map(
			after.dimensions[at]?.categories.map(({ code }, place) => [code, place])
		);
		return {
			step: oldSteps[index]!,
			length: dimension.categories.length,
			to: dimension.categories.map(({ code }) => {
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
