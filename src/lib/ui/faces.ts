/** Colours people are told apart by, on faces and carets. White text on each is 4.5:1 or better. */
const COLOURS = [
	'#1d4f6e',
	'#7a4b8b',
	'#8a5a00',
	'#24704a',
	'#a13d5c',
	'#3f5aa8',
	'#6b5d2e',
	'#0f6f74',
	'#94472a',
	'#5b5f6b'
];

/** A person's colour: the same everywhere, from their id. */
export function personColour(id: string): string {
	let sum = 0;
	for (const char of id) sum = (sum * 31 + char.codePointAt(0)!) >>> 0;
	return COLOURS[sum % COLOURS.length]!;
}

/** 'Maja Krog' → 'MK'. */
export function initials(name: string): string {
	const words = name.trim().split(/\s+/);
	return [words[0], words.length > 1 ? words.at(-1) : undefined]
		.map((word) => word?.[0] ?? '')
		.join('')
		.toLocaleUpperCase('da');
}
