import type { Cube, Dimension, Measure } from '../cube.ts';
import { gridSize } from '../grid.ts';

/**
 * A cube as JSON-stat 2.0, its form outside the database: the dimensions, and the measures as a
 * dimension with the role `metric` (where it stood in the file, or last). A cell without a number is
 * null, and its status says why: '..' missing in the source, 's' suppressed; or what the source said.
 */

export type About = {
	label?: string;
	source?: string;
	updated?: string;
	note?: string[];
	/** What is ours to say: format, encoding, warnings. */
	extension?: Record<string, unknown>;
};

export const SUPPRESSED = 's';
export const MISSING = '..';

/** In pieces of some tens of kilobytes, so that millions of cells need not be one text. */
export function* jsonstatPieces(cube: Cube, about: About = {}): Generator<string> {
	const { extension, ...said } = about;
	const axes = axesOf(cube);
	const head = {
		version: '2.0',
		class: 'dataset',
		...said,
		id: axes.map(({ id }) => id),
		size: axes.map(({ codes }) => codes),
		role: rolesOf(axes),
		dimension: Object.fromEntries(axes.map(({ id, dimension }) => [id, dimension])),
		extension: {
			...extension,
			status: {
				label: {
					...cube.shape.marks,
					[MISSING]: meaning(cube, MISSING),
					[SUPPRESSED]: 'suppressed'
				}
			}
		}
	};
	yield `${JSON.stringify(head).slice(0, -1)},"value":[`;
	yield* listed(cube, axes, (measure, position) => {
		const value = cube.cells[measure]!.valueAt(position);
		if (value !== null) return String(value);
		const words = cube.marks?.[measure]?.get(position);
		return words?.startsWith('"') ? JSON.stringify(words.slice(1)) : 'null';
	});
	yield '],"status":{';
	let lines = '';
	let first = true;
	for (const [place, measure, position] of places(cube, axes)) {
		const status = statusOf(cube, measure, position);
		if (status === null) continue;
		lines += `${first ? '' : ','}"${place}":${JSON.stringify(status)}`;
		first = false;
		if (lines.length > 60_000) {
			yield lines;
			lines = '';
		}
	}
	yield `${lines}}}\n`;
}

type Axis = {
	id: string;
	codes: number;
	role: Dimension['role'] | 'metric';
	dimension: object;
};

/** The file's dimensions in the file's order, measures among them. */
function axesOf({ shape }: Cube): Axis[] {
	const taken = new Set<string>();
	const idOf = (wanted: string, key: string) => {
		const id = taken.has(wanted) ? key : wanted;
		taken.add(id);
		return id;
	};
	const axes = shape.dimensions.map((dimension): Axis => {
		const { key, source, label, role, categories, note } = dimension;
		const codes = new Set(categories.map(({ code }) => code));
		return {
			id: idOf(source ?? label, key),
			codes: categories.length,
			role,
			dimension: {
				label,
				...(note ? { note: [note] } : {}),
				category: {
					index: categories.map(({ code }) => code),
					label: Object.fromEntries(categories.map(({ code, label }) => [code, label])),
					...optional('child', children(categories, codes)),
					...optional('note', notes(categories.map(({ code, note }) => [code, note])))
				}
			}
		};
	});
	const metric = shape.metric;
	axes.splice(metric?.place ?? axes.length, 0, {
		id: idOf(metric?.source ?? 'measure', 'measure-of'),
		codes: shape.measures.length,
		role: 'metric',
		dimension: {
			label: metric?.label ?? 'Measure',
			category: metricCategory(shape.measures)
		}
	});
	return axes;
}

function metricCategory(measures: Measure[]) {
	const codeOf = ({ source, key }: Measure) => source ?? key;
	return {
		index: measures.map(codeOf),
		label: Object.fromEntries(measures.map((measure) => [codeOf(measure), measure.label])),
		unit: Object.fromEntries(
			measures.map((measure) => [
				codeOf(measure),
				{ label: measure.unit, decimals: measure.decimals }
			])
		),
		...optional('note', notes(measures.map((measure) => [codeOf(measure), measure.note])))
	};
}

function rolesOf(axes: Axis[]) {
	const named = (role: Axis['role']) =>
		axes.filter((axis) => axis.role === role).map(({ id }) => id);
	return {
		...optional('time', named('time')),
		...optional('geo', named('area')),
		metric: named('metric')
	};
}

function children(
	categories: Dimension['categories'],
	codes: Set<string>
): Record<string, string[]> {
	const child: Record<string, string[]> = {};
	for (const { code, parent } of categories)
		if (parent !== undefined && codes.has(parent)) (child[parent] ??= []).push(code);
	return child;
}

const notes = (pairs: [string, string | undefined][]) =>
	Object.fromEntries(pairs.flatMap(([code, note]) => (note ? [[code, [note]]] : [])));

const optional = (key: string, held: object) =>
	Object.keys(held).length > 0 ? { [key]: held } : {};

const meaning = ({ shape }: Cube, mark: string) => shape.marks?.[mark] ?? 'missing in the source';

/** Place in the file's grid, measure, position in the cube's: every place in order. */
function* places({ shape, cells }: Cube, axes: Axis[]): Generator<[number, number, number]> {
	const at = axes.findIndex(({ role }) => role === 'metric');
	// What turns faster than the measures do.
	const inner = gridSize(shape.dimensions.slice(at));
	const room = gridSize(shape.dimensions);
	let place = 0;
	for (let outer = 0; outer < room; outer += inner)
		for (let measure = 0; measure < cells.length; measure++)
			for (let rest = 0; rest < inner; rest++) yield [place++, measure, outer + rest];
}

function* listed(
	cube: Cube,
	axes: Axis[],
	text: (measure: number, position: number) => string
): Generator<string> {
	let lines = '';
	for (const [place, measure, position] of places(cube, axes)) {
		lines += (place === 0 ? '' : ',') + text(measure, position);
		if (lines.length > 60_000) {
			yield lines;
			lines = '';
		}
	}
	yield lines;
}

/** The source's own mark, or ours for a cell without a number. */
function statusOf({ cells, marks }: Cube, measure: number, position: number): string | null {
	const status = cells[measure]!.statusAt(position);
	if (status === 's') return SUPPRESSED;
	const mark = marks?.[measure]?.get(position);
	if (mark !== undefined && !mark.startsWith('"')) return mark;
	return status === 'm' && mark === undefined ? MISSING : null;
}
