/** Short words on what just happened, with a way back. Undo over "are you sure?". */
export type Toast = { id: number; message: string; undo?: () => void | Promise<void> };

const STAYS = 8_000;
let next = 1;
const timers = new Map<number, ReturnType<typeof setTimeout>>();

class Toasts {
	list = $state<Toast[]>([]);

	/** Shows `message`; with `undo`, a button that runs it. */
	say(message: string, undo?: Toast['undo']): void {
		const id = next++;
		this.list.push({ id, message, undo });
		this.resume(id);
	}

	drop(id: number): void {
		clearTimeout(timers.get(id));
		timers.delete(id);
		this.list = this.list.filter((toast) => toast.id !== id);
	}

	/** Stays while someone points at it or stands in it (WCAG 2.2.1). */
	pause(id: number): void {
		clearTimeout(timers.get(id));
	}

	resume(id: number): void {
		clearTimeout(timers.get(id));
		timers.set(
			id,
			setTimeout(() => this.drop(id), STAYS)
		);
	}
}

/** Used in the browser only: one page, one list. */
export const toasts = new Toasts();
export const say = toasts.say.bind(toasts);
