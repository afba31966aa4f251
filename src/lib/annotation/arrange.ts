/**
 * Notes beside their words: each as near its own line as room allows, in order, none over another.
 * The one in hand stands exactly at its line; those above it move up, those below move down.
 */
export type Block = { id: string; top: number; height: number };

/** Where each block stands. Nothing stands above `from`. */
export function arrange(
	blocks: Block[],
	{ gap, from, inHand }: { gap: number; from: number; inHand?: string | null }
): Map<string, number> {
	const sorted = blocks.toSorted((a, b) => a.top - b.top);
	const tops = sorted.map(({ top }) => Math.max(top, from));
	const pin = sorted.findIndex(({ id }) => id === inHand);
	for (let i = Math.max(pin, 0) - 1; i >= 0; i--)
		tops[i] = Math.min(tops[i]!, tops[i + 1]! - gap - sorted[i]!.height);
	// Pushed over the upper edge: they come down again, and push the one in hand if they must.
	let edge = from;
	for (let i = 0; i < sorted.length; i++) {
		tops[i] = Math.max(tops[i]!, edge);
		edge = tops[i]! + sorted[i]!.height + gap;
	}
	return new Map(sorted.map(({ id }, i) => [id, tops[i]!]));
}
