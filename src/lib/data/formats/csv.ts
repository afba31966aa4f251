import { z } from 'zod';
import { ENCODINGS, inBytes, type Encoding } from '../encoding.ts';
import { nameColumns } from '../headings.ts';
import { note, stop } from '../problem.ts';
import { understandTable } from '../understand.ts';
import { DELIMITERS, guessDelimiter, readBytes, type Delimiter } from './csv-text.ts';
import type { Asked, Format, Understood } from './format.ts';

/** CSV and its kin: cells between semicolons, commas, tabs or bars. Any text that is nothing else. */
export const csv: Format = { key: 'csv', name: 'CSV', recognises: () => true, understand };

const readingSchema = z.object({
	encoding: z.enum(ENCODINGS).optional(),
	delimiter: z.enum(DELIMITERS).optional()
});

function understand(bytes: Uint8Array, asked: Asked): Understood {
	const { body, written, encoding, cut } = inBytes(bytes);
	const told = readingSchema.safeParse(asked.told?.reading ?? {}).data?.delimiter;
	const delimiter =
		told ?? guessDelimiter(new TextDecoder(written).decode(body.subarray(0, 64 * 1024)));
	const cells = readBytes(body, written, delimiter, cut, asked.onprogress);
	const { table, problems: headings } = nameColumns(cells);
	const reading: { encoding: Encoding; delimiter: Delimiter } = { encoding, delimiter };
	const read = understandTable(table, asked, { format: csv.key, reading, delimiter });
	const last = table.numbers.at(-1)!;
	// No line break at the end is common, and so is a grid with holes; both at once look like a file cut short.
	const openEnd = body.at(-1) !== 0x0a && body.at(-1) !== 0x0d;
	const problems = [...headings, ...read.problems].map((problem) =>
		openEnd && problem.code === 'data.unreadable' && problem.params.row === last
			? stop('data.cut_off', { row: last })
			: problem
	);
	if (openEnd && read.holes > 0) read.questions.push({ column: '', kind: 'whole' });
	else if (openEnd) problems.push(note('data.open_end', { row: last }));
	return {
		...read,
		problems,
		facts: {
			format: csv.name,
			encoding,
			table: read.facts,
			choices: [
				{
					key: 'delimiter',
					value: delimiter,
					options: DELIMITERS.map((value) => ({ value, label: value }))
				}
			],
			about: {}
		}
	};
}
