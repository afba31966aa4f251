import { readFile } from 'node:fs/promises';
import { argv, exit, stderr, stdout } from 'node:process';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { isRefusal } from '../lib/base/errors.ts';
import { describeFile } from '../lib/data/write/describe.ts';
import { explain } from '../lib/ui/explain.server.ts';
import { readyWords } from './parts/words.ts';

/**
 * `npm run --silent describe -- FILE [sheet=…] [range=…] [dataset=…] [language=…]`: what the import
 * understands a file to be, as JSON-stat 2.0. One line and exit 1 when it cannot.
 */
const [file, ...choices] = argv.slice(2);
await readyWords();
try {
	if (!file) throw new Error('Give a file: npm run --silent describe -- FILE');
	const reading = choices.map((choice) => /^(?:--)?([a-z]+)=(.*)$/s.exec(choice)?.slice(1) ?? []);
	const pieces = describeFile(await readFile(file), Object.fromEntries(reading), (code, params) =>
		explain(code, params, 'en')
	);
	await pipeline(Readable.from(pieces), stdout, { end: false });
} catch (error) {
	const { message, code } = error as NodeJS.ErrnoException;
	const unread = { ENOENT: 'There is no file', EISDIR: 'There is a folder and no file' }[
		code ?? ''
	];
	const why = unread ? `${unread} at ${file}.` : message;
	stderr.write(`${isRefusal(error) ? explain(error.code, error.params, 'en') : why}\n`);
	exit(1);
}
