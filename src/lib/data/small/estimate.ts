import type { Line, Lines } from './lines.ts';
import { HIDDEN, UNKNOWN } from './places.ts';

/**
 * Some table that fits what is shown, where numbers are not known here: the sender suppressed them, or an
 * earlier edition did and kept nothing. Line after line what is unknown on it is given what the rest
 * leaves, until all fit (Kaczmarz' method, never below nought).
 */
export function estimate(lines: Lines): void {
	const { places } = lines;
	const unknown: number[] = [];
	for (let cell = 0; cell < places.count; cell++)
		if (places.states[cell] === HIDDEN && places.marks[cell]! & UNKNOWN) unknown.push(cell);
	if (unknown.length === 0) return;
	const known = new Map<string, { line: Line; parts: number[]; totals: number[] }>();
	for (const cell of unknown)
		for (const line of lines.of(cell)) {
			const key = `${lines.relations.indexOf(line.relation)}:${line.base}`;
			if (known.has(key)) continue;
			const [parts, totals] = [lines.members(line, 'parts'), lines.members(line, 'totals')];
			known.set(key, { line, parts, totals });
		}
	const free = new Set(unknown);
	for (const cell of unknown) places.values[cell] = 1;
	for (let round = 0; round < 300; round++) {
		let worst = 0;
		for (const { parts, totals } of known.values()) {
			let off = 0;
			let count = 0;
			for (const cell of parts) {
				off += places.values[cell]!;
				if (free.has(cell)) count++;
			}
			for (const cell of totals) {
				off -= places.values[cell]!;
				if (free.has(cell)) count++;
			}
			if (Math.abs(off) < 1e-9) continue;
			worst = Math.max(worst, Math.abs(off));
			for (const cell of parts)
				if (free.has(cell)) places.values[cell] = Math.max(0, places.values[cell]! - off / count);
			for (const cell of totals)
				if (free.has(cell)) places.values[cell] = Math.max(0, places.values[cell]! + off / count);
		}
		if (worst < 1e-7) return;
	}
}
