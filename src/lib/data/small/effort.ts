/**
 * What guarding has cost so far. The unit is about a nanosecond of a quiet core: a multiplication in the
 * linear program is one, looking a cell up some ten. Counted and not timed, so that the same file gives the
 * same cube on any machine, however busy.
 */
export class Effort {
	/** Beyond it, whole lines are hidden rather than the least that does. */
	readonly most: number;
	spent = 0;

	constructor(most = MOST) {
		this.most = most;
	}

	spend(cost: number): void {
		this.spent += cost;
	}

	get over(): boolean {
		return this.spent >= this.most;
	}

	get halfOver(): boolean {
		return this.spent >= this.most / 2;
	}
}

/** Some seconds, so that what is left is far within what reading a file may take (`reading.server.ts`). */
const MOST = 2.5e9;
