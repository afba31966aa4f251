/** Text on a drawing: how wide it is about, and cut to what there is room for. */

export const FONT = 13;

/** About how wide text in the tool's letters is; there is no page to measure it on. */
export function textWidth(text: string, size = FONT): number {
	let em = 0;
	for (const letter of text)
		em += /[mwMW%@ÆŒ]/.test(letter)
			? 0.82
			: /[iljtf.,:;·'|! ]/.test(letter)
				? 0.28
				: /\p{Lu}/u.test(letter)
					? 0.6
					: 0.51;
	return em * size;
}

/** Cut to a width, with an ellipsis. */
export function shorten(text: string, width: number, size = FONT): string {
	if (textWidth(text, size) <= width + 1) return text;
	let cut = text;
	while (cut.length > 1 && textWidth(cut + '…', size) > width) cut = cut.slice(0, -1).trimEnd();
	return cut + '…';
}

/** Texts above each other, pushed apart so that each can be read; in the order of their places. */
export function pushApart<T extends { y: number }>(
	labels: T[],
	{ gap, top, bottom }: { gap: number; top: number; bottom: number }
): T[] {
	const placed = labels.map((label) => ({ ...label })).sort((a, b) => a.y - b.y);
	for (const [i, label] of placed.entries())
		label.y = Math.max(label.y, i === 0 ? top : placed[i - 1]!.y + gap);
	for (let i = placed.length - 1, floor = bottom; i >= 0; i--) {
		placed[i]!.y = Math.min(placed[i]!.y, floor);
		floor = placed[i]!.y - gap;
	}
	return placed;
}
