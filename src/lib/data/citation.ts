/** Where a figure comes from: travels with every figure, wherever it is shown (D3). */

export const GRADES = ['validated', 'provisional', 'weak'] as const;
export type Grade = (typeof GRADES)[number];

export type Citation = {
	datasetId: string;
	title: string;
	versionId: string;
	/** The version's number: 'udgave 2'. */
	number: number;
	asOf: string;
	ownerName: string;
	departmentName: string;
	source: string | null;
	/** How it is registered in practice. */
	registration: string | null;
	grade: Grade | null;
	synthetic: boolean;
	nextUpdate: string | null;
	/** The next update was due before today. */
	stale: boolean;
	/** The newest version, when this is not it. */
	newest: { versionId: string; number: number } | null;
	/** Cells built on fewer individuals are suppressed; null: none of its measures counts individuals, or it is exempt. */
	limit: number | null;
};
