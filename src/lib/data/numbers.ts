/** Numbers as people write them: '2.118', '5,8', '1 234', '2,66627E+11'. */

export type NumberFormat = {
	decimal: ',' | '.';
	/** Between thousands; '' for none. Blanks are always allowed there. */
	thousands: '.' | ',' | '';
};

/** What Danish sources write where there is no number. */
export const MISSING = ['', '..', '.', '-', '–', '…', '...', 'NA', 'N/A', 'n.a.', 'null'] as const;
const MISSING_SET: ReadonlySet<string> = new Set(MISSING.map((token) => token.toLowerCase()));

export function isMissing(cell: string, tokens: ReadonlySet<string> = MISSING_SET): boolean {
	return tokens.has(cell.trim().toLowerCase());
}

const NUMERIC = /^[+-]?(?:\d[\d., \u00a0\u202f]*|[.,]\d+)(?:e[+-]?\d+)?$/i;

/** Most cells of most files: digits that are read alike in every way of writing. */
const PLAIN = /^\d{1,15}$/;

/** Could this be a number in some way of writing? */
export function looksNumeric(cell: string): boolean {
	return PLAIN.test(cell) || NUMERIC.test(plain(cell));
}

/** '<10': the sender has already suppressed the number. */
export function suppressedBySender(cell: string): boolean {
	return /^<\s*\d+$/.test(cell.trim());
}

/** The number in a cell, or null when it cannot be read in this format. */
export function readNumber(cell: string, format: NumberFormat): number | null {
	if (PLAIN.test(cell)) return Number(cell);
	const text = plain(cell);
	const found = PATTERNS[format.decimal][format.thousands === '' ? 'none' : 'some'].exec(text);
	if (!found) return null;
	const whole = found[2]!.replace(/[., \u00a0\u202f]/g, '');
	const number = Number(
		`${found[1] ?? ''}${whole || '0'}${found[3] ? `.${found[3]}` : ''}${found[4] ?? ''}`
	);
	return Number.isFinite(number) ? number : null;
}

/** How many decimals a cell shows; 6 at most. */
export function decimalsOf(cell: string, format: NumberFormat): number {
	if (PLAIN.test(cell)) return 0;
	const text = plain(cell);
	const at = text.lastIndexOf(format.decimal);
	if (at === -1 || /e/i.test(text)) return 0;
	return Math.min(6, text.length - at - 1);
}

/**
 * How a file writes numbers, from all its numeric cells. What can only be one way decides; '2.807'
 * beside '444' can be two, and then thousands win unless the cells are comma-separated.
 */
export function guessFormat(cells: Iterable<string>, delimiter: string): NumberFormat {
	let comma = 0;
	let point = 0;
	for (const cell of cells) {
		if (PLAIN.test(cell)) continue;
		const decimal = certainDecimal(plain(cell));
		if (decimal === ',') comma++;
		else if (decimal === '.') point++;
	}
	if (comma === 0 && point === 0) {
		return delimiter === ',' ? { decimal: '.', thousands: ',' } : { decimal: ',', thousands: '.' };
	}
	return comma >= point ? { decimal: ',', thousands: '.' } : { decimal: '.', thousands: ',' };
}

/** The decimal sign this cell must have; null when it could be either or has none. */
function certainDecimal(text: string): ',' | '.' | null {
	if (!NUMERIC.test(text)) return null;
	const comma = text.lastIndexOf(',');
	const point = text.lastIndexOf('.');
	if (comma === -1 && point === -1) return null;
	if (comma !== -1 && point !== -1) return comma > point ? ',' : '.';
	const sign = comma === -1 ? '.' : ',';
	const parts = text.split(sign);
	if (parts.length > 2) return sign === ',' ? '.' : ','; // 1.234.567: the sign stands between thousands
	const [whole, rest] = parts as [string, string];
	const grouped = /^\d{3}$/.test(rest) && /^[+-]?[1-9]\d{0,2}$/.test(whole);
	return grouped ? null : sign;
}

const plain = (cell: string) =>
	cell
		.trim()
		.replace(/\s*%$/, '')
		.replace(/^[−–](?=[\d.,])/, '-');

const BLANK = '[ \\u00a0\\u202f]';
function pattern(decimal: ',' | '.', group: string): RegExp {
	const sign = decimal === ',' ? ',' : '\\.';
	return new RegExp(
		`^([+-])?(\\d{1,3}(?:${group}\\d{3})+|\\d+|(?=${sign}\\d))(?:${sign}(\\d+))?(e[+-]?\\d+)?$`,
		'i'
	);
}
const PATTERNS = {
	',': { some: pattern(',', `(?:\\.|${BLANK})`), none: pattern(',', BLANK) },
	'.': { some: pattern('.', `(?:,|${BLANK})`), none: pattern('.', BLANK) }
};
