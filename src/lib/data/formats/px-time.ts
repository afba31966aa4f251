import { refuse } from '../../base/errors.ts';
import type { PxCatalogue } from './px-catalogue.ts';

/** TIMEVAL: TLIST(A1),"1994","1995" or TLIST(A1,"1994"-"1996"): year, half, third, quarter, month, week, day. */

type Scale = 'A' | 'H' | 'T' | 'Q' | 'M' | 'W' | 'D';
const PARTS: Record<Scale, number> = { A: 1, H: 2, T: 3, Q: 4, M: 12, W: 53, D: 0 };

/** Each value's time as 'A1994', 'Q20041'; null when the variable is no time. */
export function timesOf(of: PxCatalogue, name: string, length: number): string[] | null {
	const told = of.main('TIMEVAL', name);
	if (!told) return null;
	const items = told.items;
	const scale = /^([AHTQMWD])1?$/i.exec(items[1]?.text ?? '')?.[1]?.toUpperCase() as
		Scale | undefined;
	if (items[0]?.text.toUpperCase() !== 'TLIST' || !scale)
		return refuse('data.px_keyword', { keyword: `TIMEVAL("${name}")`, line: told.line });
	const values = items.slice(2);
	if (values.length === 0) return null;
	if (values.length === 2 && values[1]!.link === '-')
		return rangeOf(scale, values[0]!.text, length);
	if (values.length !== length)
		refuse('data.px_count', {
			keyword: `TIMEVAL("${name}")`,
			count: values.length,
			expected: length
		});
	return values.map(({ text }) => scale + text.trim());
}

/** 'Q20041' → '2004Q1': as people and other files write it. */
export function periodOf(time: string): string {
	const [scale, digits] = [time[0] as Scale, time.slice(1)];
	const year = digits.slice(0, 4);
	const rest = digits.slice(4);
	if (scale === 'A' || rest === '') return digits;
	if (scale === 'D') return `${year}-${rest.slice(0, 2)}-${rest.slice(2, 4)}`;
	return scale === 'M' || scale === 'W'
		? `${year}${scale}${rest.padStart(2, '0')}`
		: `${year}${scale}${rest}`;
}

/** From the first, one after the other, as many as there are values. */
function rangeOf(scale: Scale, first: string, length: number): string[] | null {
	const parts = PARTS[scale];
	const year = Number(first.slice(0, 4));
	if (!Number.isInteger(year) || parts === 0) return null;
	const start = scale === 'A' ? 0 : Number(first.slice(4)) - 1;
	return Array.from({ length }, (_, index) => {
		const at = start + index;
		const part = (at % parts) + 1;
		const rest =
			scale === 'A' ? '' : scale === 'M' || scale === 'W' ? String(part).padStart(2, '0') : part;
		return `${scale}${year + Math.floor(at / parts)}${rest}`;
	});
}
