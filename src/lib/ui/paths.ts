/** A path on this server to go on to, or the front page: never another site's address. */
export function localPath(wanted: string | null | undefined): string {
	if (!wanted) return '/';
	const url = URL.parse(wanted, 'http://here');
	if (!url || url.origin !== 'http://here' || !wanted.startsWith('/')) return '/';
	return url.pathname + url.search + url.hash;
}
