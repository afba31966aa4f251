import { refuse } from '../../base/errors.ts';
import { findCpr, hasCprInText, questionsAbout } from '../personal.ts';
import type { Question } from '../problem.ts';
import { TableWriter, type Table } from '../table.ts';
import type { Description, DescribedDimension } from './described.ts';

/** Person-level data in a file that describes itself (D6): the same rules as for a table's columns. */

/** Stops at a CPR number in any of the file's words. */
export function refuseCprIn({ dimensions, measures, about, marks }: Description): void {
	const texts = [about.title, about.source, ...(about.notes ?? [])];
	for (const text of texts) if (text && hasCprInText(text)) stopAt('–');
	for (const { label, categories } of dimensions) {
		if (hasCprInText(label)) stopAt('–');
		const rows = categories.map(({ code, label }) => [code, label]);
		if (findCpr(asTable([label, label], rows))) stopAt(label);
	}
	for (const { label } of measures) if (hasCprInText(label)) stopAt('–');
	for (const meaning of Object.values(marks)) if (hasCprInText(meaning)) stopAt('–');
}

export function refuseCprInMarks(symbols: string[]): void {
	if (symbols.some(hasCprInText)) stopAt('–');
}

/** Numbers of nine or ten digits may be CPR numbers: judged together, as a column of a table is. */
export class CprWatch {
	#labels: string[];
	#long: Map<number, string[][]> = new Map();

	constructor(labels: string[]) {
		this.#labels = labels;
	}

	see(measure: number, value: number): void {
		if (value < 10_000_000 || value > 9_999_999_999 || !Number.isInteger(value)) return;
		const seen = this.#long.get(measure) ?? [];
		if (seen.length === 0) this.#long.set(measure, seen);
		if (seen.length < 100_000) seen.push([String(value).padStart(10, '0')]);
	}

	refuse(): void {
		for (const [measure, rows] of this.#long)
			if (findCpr(asTable(['x'], rows))) stopAt(this.#labels[measure]!);
	}
}

/** Dimensions that look like persons' names or homes. */
export const askAbout = (dimensions: DescribedDimension[]): Question[] =>
	dimensions.flatMap(({ label, categories }) =>
		questionsAbout(
			asTable(
				[label],
				categories.map((category) => [category.label])
			)
		)
	);

function asTable(header: string[], rows: string[][]): Table {
	const writer = new TableWriter(header, 1);
	for (const [index, row] of rows.entries()) writer.add(row, index + 1);
	return writer.table();
}

/** The number itself goes nowhere. */
const stopAt = (place: string) => refuse('data.cpr_described', { status: 422, place });
