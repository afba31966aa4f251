import type { Cells } from './cells.ts';

/**
 * The cube: what every dataset is, whatever file it came from. Dimensions × measures, time being a
 * dimension. The words follow JSON-stat 2.0 (dimension, category, role, size, row-major order).
 */

export type Category = { code: string; label: string };

export type Dimension = {
	key: string;
	label: string;
	role: 'time' | 'area' | 'category';
	categories: Category[];
};

export type Measure = {
	key: string;
	label: string;
	/** 'antal', 'pct.', 'kr.', 'snit': as written in the source; shown beside every number. */
	unit: string;
	decimals: number;
	/** Counts individuals: small numbers are suppressed (product rule D5). */
	countsPeople: boolean;
	/** May be added over categories: counts and amounts, never means and shares. */
	additive: boolean;
	/** The measure it rests on: the n of a mean, the denominator of a share. Goes where that goes. */
	basedOn?: string;
};

export type CubeShape = { dimensions: Dimension[]; measures: Measure[] };

/** v: a value; m: missing in the source; s: suppressed, the number is not kept. */
export type CellStatus = 'v' | 'm' | 's';

export type Cell = { value: number | null; status: CellStatus };

/** Cells by measure index, then by position: row-major over dimensions, last fastest. Sparse. */
export type Cube = { shape: CubeShape; cells: Cells[] };

/** Category codes by dimension key. */
export type Coordinates = Record<string, string>;

/** One measure over time: for each dimension but time, the categories read (several are added up). */
export type Series = { measure: string; where: Record<string, string[]> };
