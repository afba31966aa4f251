/** A name as a piece of an address: 'Chefforum for børn & unge' → 'chefforum-for-boern-unge'. */
export function asSlug(name: string): string {
	const letters: Record<string, string> = { æ: 'ae', ø: 'oe', å: 'aa', ß: 'ss' };
	const slug = name
		.toLowerCase()
		.replace(/[æøåß]/g, (letter) => letters[letter]!)
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/[^a-z0-9]+/g, '-')
		.slice(0, 60)
		.replace(/^-+|-+$/g, '');
	return slug.length >= 2 ? slug : 'forum';
}
