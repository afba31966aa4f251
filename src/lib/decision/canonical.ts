/**
 * One text for one value (RFC 8785): keys in UTF-16 order, numbers as ECMAScript writes them, no
 * white space. Anyone with the exported record can make the same text, and so the same hash.
 */
export function canonical(value: unknown): string {
	if (value === null || typeof value === 'boolean') return JSON.stringify(value);
	if (typeof value === 'number') {
		if (!Number.isFinite(value)) throw new TypeError('canonical: a number must be finite');
		return JSON.stringify(value);
	}
	if (typeof value === 'string') {
		if (!value.isWellFormed()) throw new TypeError('canonical: a lone surrogate has no UTF-8');
		return JSON.stringify(value);
	}
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (typeof value === 'object' && isPlain(value)) {
		const members = Object.entries(value)
			.filter(([, member]) => member !== undefined)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, member]) => `${canonical(key)}:${canonical(member)}`);
		return `{${members.join(',')}}`;
	}
	throw new TypeError(`canonical: ${typeof value} has no JSON`);
}

/** Hex sha256 of the canonical form; the same on server and in the browser. */
export async function sha256(value: unknown): Promise<string> {
	const bytes = new TextEncoder().encode(canonical(value));
	const digest = await crypto.subtle.digest('SHA-256', bytes);
	return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A Date would otherwise become `{}` without a word. */
function isPlain(value: object): boolean {
	const proto = Object.getPrototypeOf(value);
	return proto === Object.prototype || proto === null;
}
