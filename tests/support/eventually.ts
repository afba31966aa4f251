/** Waits until `look` gives something other than undefined, null or false, and returns it. */
export async function eventually<T>(
	look: () => T | Promise<T>,
	{ within = 10_000, what = look.toString() }: { within?: number; what?: string } = {}
): Promise<NonNullable<Exclude<T, false>>> {
	const deadline = Date.now() + within;
	for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
		let failure: unknown;
		try {
			const found = await look();
			if (found !== undefined && found !== null && found !== false)
				return found as NonNullable<Exclude<T, false>>;
		} catch (error) {
			failure = error;
		}
		if (Date.now() > deadline)
			throw failure ?? new Error(`did not happen within ${within} ms: ${what}`);
		await new Promise((again) => setTimeout(again, pause));
	}
}
