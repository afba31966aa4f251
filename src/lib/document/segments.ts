/** Two texts as one: what stayed, what was added, what was removed, in order. */
export type Segment = { change: 'same' | 'added' | 'removed'; text: string };

/** A long stretch nobody touched is told by its ends. */
export function shortened(text: string, first: boolean, last: boolean): string {
	const words = text.split(/(?<=\s)/);
	if (words.length < 40) return text;
	const head = first ? '' : words.slice(0, 14).join('');
	const tail = last ? '' : words.slice(-14).join('');
	return `${head.trimEnd()} … ${tail.trimStart()}`;
}

/** Only what was added, to take elsewhere. */
export function addedWords(segments: Segment[]): string {
	return segments
		.filter(({ change, text }) => change === 'added' && text.trim() !== '')
		.map(({ text }) => text.trim())
		.join('\n');
}
