/**
 * One after the other, with everyone else's letters in between: when two hundred come at once, those who
 * write in other rooms do not wait for all of them.
 */
export class Turns {
	#last: Promise<void> = Promise.resolve();

	next(): Promise<void> {
		return (this.#last = this.#last.then(() => new Promise((resolve) => setImmediate(resolve))));
	}
}
