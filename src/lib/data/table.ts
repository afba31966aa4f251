/** What tabular formats have in common: rows of cells under one heading row. */
export type Table = {
	header: string[];
	/** Row of the heading. Row numbers are a spreadsheet's: the first row is 1. */
	headerRow: number;
	rows: string[][];
	/** Spreadsheet row of each of `rows` (blank rows are left out of them). */
	numbers: number[];
};

/** A hundred municipalities or dates side by side are data; two hundred columns are a register. */
export const MAX_COLUMNS = 150;
