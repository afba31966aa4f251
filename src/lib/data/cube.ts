import type { Cells } from './cells.ts';
import type { Formula } from './derive.ts';
import type { Marks } from './marks.ts';

/**
 * The cube: what every dataset is, whatever file it came from. Dimensions × measures, time being a
 * dimension. The words follow JSON-stat 2.0 (dimension, category, role, size, row-major order).
 */

export type Category = {
	code: string;
	label: string;
	/** The category it is part of, where the file tells: a region's country. */
	parent?: string;
	note?: string;
};

export type Dimension = {
	key: string;
	label: string;
	role: 'time' | 'area' | 'category';
	categories: Category[];
	/** What a file that describes itself calls it. */
	source?: string;
	note?: string;
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
	/** Its code in a file that describes itself. */
	source?: string;
	note?: string;
	/** Worked out from others as it is read (D11): how. No stored measure has one. */
	formula?: Formula;
};

export type CubeShape = {
	dimensions: Dimension[];
	measures: Measure[];
	/** In the file the measures were a dimension themselves: what it was called, and where it stood. */
	metric?: { source: string; label: string; place: number };
	/** What marks on cells mean, where the file tells. */
	marks?: Record<string, string>;
};

/** v: a value; m: missing in the source; s: suppressed, the number is not kept. */
export type CellStatus = 'v' | 'm' | 's';

export type Cell = {
	value: number | null;
	status: CellStatus;
	/** The source's mark on it, where cells are handed out one by one. */
	sign?: string;
};

/** Cells by measure index, then by position: row-major over dimensions, last fastest. Sparse. */
export type Cube = {
	shape: CubeShape;
	cells: Cells[];
	/** What the source says of single cells, by measure; absent where it says nothing. */
	marks?: (Marks | undefined)[];
};

/** Category codes by dimension key. */
export type Coordinates = Record<string, string>;

/** One measure over time: for each dimension but time, the categories read (several are added up). */
export type Series = { measure: string; where: Record<string, string[]> };
