/** Colours people are told apart by, on faces and carets. White words on each read at 4.5:1 or better. */
const COLOURS = [
	'#1d4f6e',
	'#7a4b8b',
	'#8a5a00',
	'#24704a',
	'#a8322a',
	'#3d5a9e',
	'#7d3f5c',
	'#52652a',
	'#00696b',
	'#8b4726',
	'#5b4aa0',
	'#4f5d6b'
];

/** A person's colour: the same everywhere, from their id. */
export function personColour(id: string): string {
	let sum = 0;
	for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
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
