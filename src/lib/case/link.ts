/** Addresses people paste: found in a line, made whole, never visited. */

/** A DOI as ISO 26324 has it: a prefix of 10 and a registrant, then anything without white space. */
const DOI = /(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)?(10\.\d{4,9}\/\S+)/i;
const URL_IN = /(?:https?:\/\/|www\.)\S+/i;
/** Nothing else on the line: vive.dk/da/udgivelser. */
const BARE = /^[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}\/\S*$/u;
/** What is only there because it stood in a sentence. */
const AFTER = /[.,;:!?»”"'’>]+$/;

/**
 * The web's own address of what was typed: a DOI as https://doi.org/…, an address without its protocol with
 * https. Null for what is not one: a link is put in front of everybody who reads the case.
 */
export function webLink(typed: string): string | null {
	const words = typed.trim();
	const doi = new RegExp(`^${DOI.source}$`, 'i').exec(words);
	if (doi) return doiLink(doi[1]!, /^https?:/i.test(words));
	if (!words || /\s/.test(words)) return null;
	const address = URL.parse(words) ?? URL.parse(`https://${words}`);
	if (!address || !['http:', 'https:'].includes(address.protocol)) return null;
	if (address.username || address.password) return null;
	return address.hostname.includes('.') ? address.href : null;
}

/**
 * A line as somebody typed or pasted it: its title, and the link in it if there is one. With nothing but a link,
 * the link says what it is called until somebody writes better.
 */
export function readLine(line: string): { title: string; link: string | null } {
	const words = line.trim();
	const found = URL_IN.exec(words) ?? DOI.exec(words) ?? BARE.exec(words);
	const typed = found && trimmed(found[0]);
	const link = typed ? webLink(typed) : null;
	if (!typed || !link) return { title: words, link: null };
	const rest = (words.slice(0, found.index) + words.slice(found.index + typed.length))
		.replace(/[<(«"“]\s*[>)»"”]/g, ' ')
		.replace(/^[\s\-–—:,.;|]+|[\s\-–—:,;|]+$/g, '')
		.replace(/\s+/g, ' ');
	return { title: rest || nameOf(link), link };
}

export const isDoi = (link: string | null): boolean =>
	link?.startsWith('https://doi.org/10.') ?? false;

/** A DOI may hold signs that would end the path of an address; in one that was copied they do. */
function doiLink(doi: string, copied: boolean): string | null {
	const path = copied ? doi : doi.replace(/[?#%]/g, encodeURIComponent);
	const address = URL.parse(`https://doi.org/${trimmed(path)}`);
	return address && address.pathname.length > 1 ? address.href : null;
}

/** 'kl.dk/skole/fravaer', 'doi:10.1000/182'. */
function nameOf(link: string): string {
	const { hostname, pathname } = new URL(link);
	const path = decoded(pathname).replace(/\/$/, '');
	return hostname === 'doi.org' ? `doi:${path.slice(1)}` : hostname.replace(/^www\./, '') + path;
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

/** A closing bracket belongs to an address only when it was opened in it: 10.1016/S0140-6736(05)67394-1. */
function trimmed(address: string): string {
	let kept = address.replace(AFTER, '');
	while (kept.endsWith(')') && kept.split(')').length > kept.split('(').length)
		kept = kept.slice(0, -1).replace(AFTER, '');
	return kept;
}
