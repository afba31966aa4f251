/** A person's colour, the same everywhere and for everyone. White words on each read at 4.5:1 or better. */
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

export function colourOf(personId: string): string {
	let sum = 0;
	for (const letter of personId) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
	return COLOURS[sum % COLOURS.length]!;
}
