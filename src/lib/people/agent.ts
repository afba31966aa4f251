/** 'Firefox', 'Windows' from a browser's long name for itself; empty where it cannot be told. */
export function agentOf(userAgent: string): { browser: string; system: string } {
	const first = (names: [RegExp, string][]) =>
		names.find(([pattern]) => pattern.test(userAgent))?.[1] ?? '';
	return {
		// Each claims to be those after it.
		browser: first([
			[/Edg/, 'Edge'],
			[/OPR|Opera/, 'Opera'],
			[/Firefox|FxiOS/, 'Firefox'],
			[/Chrom|CriOS/, 'Chrome'],
			[/Safari/, 'Safari']
		]),
		system: first([
			[/iPhone|iPad/, 'iOS'],
			[/Android/, 'Android'],
			[/Windows/, 'Windows'],
			[/Mac OS X/, 'macOS'],
			[/CrOS/, 'ChromeOS'],
			[/Linux/, 'Linux']
		])
	};
}
