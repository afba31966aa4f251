type Found<T> = NonNullable<Exclude<T, false>>;

/**
 * Waits until `look` gives something other than undefined, null or false, and returns it. While it
 * throws it is asked again, but for an error of class `unless`: that one ends the wait.
 */
export async function eventually<T>(
	look: () => T | Promise<T>,
	options: { within?: number; what?: string; unless?: new (...args: never[]) => Error } = {}
): Promise<Found<T>> {
	const { within = 10_000, what = look.toString(), unless } = options;
	const deadline = Date.now() + within;
	for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
		let failure: unknown;
		try {
			const found = await look();
			if (found !== undefined && found !== null && found !== false) return found as Found<T>;
		} catch (error) {
			if (unless && error instanceof unless) throw error;
			failure = error;
		}
		if (Date.now() > deadline)
			throw failure ?? new Error(`did not happen within ${within} ms: ${what}`);
		await new Promise((again) => setTimeout(again, pause));
	}
}
