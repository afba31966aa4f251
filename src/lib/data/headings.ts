import { note, type Problem } from './problem.ts';
import { Table } from './table.ts';

/**
 * A name for every column. Empty headings over empty columns go; other empty ones get `unnamed`, and
 * repeated ones a number, which is said.
 */
export function nameColumns(
	table: Table,
	unnamed: (index: number) => string = (index) => `${index + 1}`
): { table: Table; problems: Problem[] } {
	const problems: Problem[] = [];
	const taken = new Set<string>();
	const kept: number[] = [];
	const header: string[] = [];
	for (const [index, name] of table.header.entries()) {
		if (name === '' && table.columns[index]!.texts.every((text) => text.trim() === '')) continue;
		const wanted = (name || unnamed(index)).slice(0, 190);
		let own = wanted;
		for (let count = 2; taken.has(own.toLowerCase()); count++) own = `${wanted} (${count})`;
		if (own !== wanted) problems.push(note('data.heading_repeated', { column: wanted, name: own }));
		taken.add(own.toLowerCase());
		kept.push(index);
		header.push(own);
	}
	const columns = kept.map((index) => table.columns[index]!);
	return { table: new Table(header, table.headerRow, columns, table.numbers), problems };
}
