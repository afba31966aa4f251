import type { Door } from '../kinds.ts';
import { spread, type Spread } from './figures.ts';
import { Seat } from './seat.ts';
import { findMarks, pen, present, type Pen } from './words.ts';

/**
 * People in rooms, some of whom type. An edit counts as delivered to a screen when its mark first arrives
 * there, in whatever frame: servers may put several into one. The writer's own screen does not count.
 */
export type Plan = {
	/** Who sits where; the first `writing` of each room type. */
	rooms: { doors: Door[]; writing: number }[];
	/** Edits per second and writer. */
	rate: number;
	/** Most seconds it may last. */
	seconds: number;
};

export type Typed = Spread & {
	/** Edits sent, and how often one reached another screen, in the time measured. */
	sent: number;
	deliveries: number;
	/** Deliveries that never came. */
	missing: number;
	/** Of the edits sent, those at least one other had seen when it ended. */
	seen: string[];
	/** Edits the server (ours only) has said are on disk. */
	saved: number;
	/** Sockets that were closed under way. */
	closed: number;
};

type Writer = { seat: Seat; room: number; pen: Pen; next: number; due: number };

const LATE = 3_000; // ms to wait for what is still under way

export class Typing {
	#plan: Plan;
	#rooms: Seat[][];
	#writers: Writer[] = [];
	#most: number;
	#sentAt: Float64Array;
	/** How many other screens have each edit; and per seat, which. */
	#arrived: Uint16Array;
	/** Edits sent while counting; what is typed to warm up is not counted. */
	#counted: Uint8Array;
	#counting = false;
	#signs = 0;
	#delays: number[] = [];
	#timer: NodeJS.Timeout | undefined;

	constructor(plan: Plan) {
		this.#plan = plan;
		this.#most = Math.ceil(plan.rate * plan.seconds) + 1;
		this.#rooms = plan.rooms.map(({ doors }) => doors.map((door) => new Seat(door)));
		plan.rooms.forEach(({ doors, writing }, room) => {
			for (let i = 0; i < writing; i++) {
				const number = this.#writers.length;
				const made = pen(doors[i]!, number, this.#most);
				const seat = this.#rooms[room]![i]!;
				this.#writers.push({ seat, room, pen: made, next: 0, due: 0 });
			}
		});
		const edits = this.#writers.length * this.#most;
		this.#sentAt = new Float64Array(edits);
		this.#arrived = new Uint16Array(edits);
		this.#counted = new Uint8Array(edits);
	}

	async open(): Promise<void> {
		this.#rooms.forEach((seats, room) => seats.forEach((seat) => this.#listen(seat, room)));
		for (const seats of this.#rooms)
			for (let i = 0; i < seats.length; i += 20)
				await Promise.all(seats.slice(i, i + 20).map((seat) => seat.open()));
	}

	begin(): void {
		// As a page does now and then: Hocuspocus sends away who has said nothing for a minute.
		for (const [i, seat] of this.#readers().entries())
			seat.send(present(seat.door, i, ++this.#signs));
		const now = performance.now();
		const step = 1_000 / this.#plan.rate;
		// Evenly over the time between two edits of one writer.
		this.#writers.forEach((writer, i) => (writer.due = now + (step * i) / this.#writers.length));
		this.#tick(step);
	}

	/** What is sent from here on, until it ends, is counted. */
	count(): void {
		this.#counting = true;
	}

	/** Ends the typing, waits for what is under way, and counts. It may begin again. */
	async end(): Promise<Typed> {
		clearTimeout(this.#timer);
		this.#counting = false;
		const until = performance.now() + LATE;
		while (this.#missing() > 0 && performance.now() < until && this.#open() > 0) await pause(20);
		const now = performance.now();
		const delays = [...this.#delays];
		// What never came is as late as we have waited, at least.
		this.#each((edit) => this.#lacks(edit) > 0 && delays.push(now - this.#sentAt[edit]!));
		const seats = this.#rooms.flat();
		let sent = 0;
		this.#each(() => sent++);
		return {
			...spread(delays),
			sent,
			deliveries: this.#delays.length,
			missing: this.#missing(),
			seen: this.#seen(),
			saved: seats.reduce((sum, seat) => sum + seat.saved, 0),
			closed: seats.length - this.#open()
		};
	}

	async leave(): Promise<void> {
		await Promise.all(this.#rooms.flat().map((seat) => seat.leave()));
	}

	#readers(): Seat[] {
		return this.#rooms.flatMap((seats, room) => seats.slice(this.#plan.rooms[room]!.writing));
	}

	#tick(step: number): void {
		const now = performance.now();
		let soonest = Infinity;
		for (const [number, writer] of this.#writers.entries()) {
			if (writer.due <= now && writer.next < this.#most) {
				const edit = number * this.#most + writer.next;
				this.#sentAt[edit] = performance.now();
				if (this.#counting) this.#counted[edit] = 1;
				writer.seat.send(writer.pen.edits[writer.next]!);
				writer.seat.send(writer.pen.carets[writer.next]!);
				writer.next++;
				writer.due += step;
			}
			soonest = Math.min(soonest, writer.due);
		}
		this.#timer = setTimeout(() => this.#tick(step), Math.max(0, soonest - performance.now()));
	}

	#listen(seat: Seat, room: number): void {
		const has = new Uint8Array(this.#sentAt.length);
		seat.onedit = (frame) => {
			const now = performance.now();
			findMarks(frame, (number, nth) => {
				const writer = this.#writers[number];
				const edit = number * this.#most + nth;
				if (!writer || writer.room !== room || nth >= writer.next) return;
				if (writer.seat === seat || has[edit]) return;
				has[edit] = 1;
				this.#arrived[edit]!++;
				if (this.#counted[edit]) this.#delays.push(now - this.#sentAt[edit]!);
			});
		};
	}

	#each(act: (edit: number) => void): void {
		this.#writers.forEach((writer, i) => {
			for (let edit = i * this.#most; edit < i * this.#most + writer.next; edit++)
				if (this.#counted[edit]) act(edit);
		});
	}

	#lacks(edit: number): number {
		const { room } = this.#writers[Math.floor(edit / this.#most)]!;
		return this.#rooms[room]!.length - 1 - this.#arrived[edit]!;
	}

	#missing(): number {
		let missing = 0;
		this.#each((edit) => (missing += this.#lacks(edit)));
		return missing;
	}

	#seen(): string[] {
		const seen: string[] = [];
		this.#writers.forEach((writer, i) => {
			for (let nth = 0; nth < writer.next; nth++)
				if (this.#arrived[i * this.#most + nth]! > 0) seen.push(`${i}.${nth}`);
		});
		return seen;
	}

	#open(): number {
		return this.#rooms.flat().filter((seat) => seat.code === 0).length;
	}
}

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
