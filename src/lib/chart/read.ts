import type { Point } from './drawing.ts';
import { gridOf, type FigureData } from './figure.ts';
import { areaSpot } from './maps.ts';

/** Reading a figure by keyboard: from point to point, as the drawing lies. */
export type At = { row: number; column: number };

const DIRECTIONS: Record<string, Point> = {
	ArrowLeft: { x: -1, y: 0 },
	ArrowRight: { x: 1, y: 0 },
	ArrowUp: { x: 0, y: -1 },
	ArrowDown: { x: 0, y: 1 }
};

export const readsKey = (key: string) => key in DIRECTIONS || key === 'Home' || key === 'End';

/** Where to begin: the first row, of a line the first point. */
export const START: At = { row: 0, column: 0 };

/**
 * The point after this one in the direction of the key; the same where there is none. Over time, left and
 * right are earlier and later, among points lower and higher; in rows of bars, up and down are the rows; on a map the direction is the map's.
 */
export function step(figure: FigureData, at: At, key: string): At {
	const { rows, columns } = gridOf(figure);
	if (figure.spec.kind === 'map') return stepOnMap(figure, at, key);
	const { kind } = figure.spec;
	const time = gridOf(figure).x.role === 'time';
	const lying = kind !== 'line' && kind !== 'scatter' && !(kind === 'beside' && time);
	const last = { row: rows.length - 1, column: columns.length - 1 };
	if (key === 'Home') return lying ? { ...at, row: 0 } : { ...at, row: 0 };
	if (key === 'End') return { ...at, row: last.row };
	const { x, y } = DIRECTIONS[key] ?? { x: 0, y: 0 };
	const [along, across] = lying ? [y, x] : [x, y];
	const within = (value: number, most: number) => Math.max(0, Math.min(most, value));
	return {
		row: within(at.row + along, last.row),
		column: within(at.column + across, last.column)
	};
}

/** The nearest area that way: straight ahead counts more than aside. */
function stepOnMap(figure: FigureData, at: At, key: string): At {
	const { rows } = gridOf(figure);
	const placed = rows.flatMap(({ code }, row) => {
		const spot = areaSpot(figure, code);
		return spot ? [{ row, ...spot }] : [];
	});
	const here = placed.find(({ row }) => row === at.row) ?? placed[0];
	if (!here) return at;
	if (key === 'Home') return { row: placed[0]!.row, column: 0 };
	if (key === 'End') return { row: placed.at(-1)!.row, column: 0 };
	const way = DIRECTIONS[key];
	if (!way) return { row: here.row, column: 0 };
	let best: { row: number; far: number } | null = null;
	for (const one of placed) {
		const [dx, dy] = [one.x - here.x, one.y - here.y];
		const ahead = dx * way.x + dy * way.y;
		const aside = Math.abs(dx * way.y) + Math.abs(dy * way.x);
		if (ahead <= 0 || aside > 2 * ahead) continue;
		const far = ahead + 2 * aside;
		if (!best || far < best.far) best = { row: one.row, far };
	}
	return { row: best?.row ?? here.row, column: 0 };
}
