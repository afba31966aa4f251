import type { Identity, Presence as Entry } from '../wire.ts';

const LARGEST = 2_000; // characters of one person's state
const GATHER = 30; // milliseconds: carets of a whole room go out together

type Seen<Socket> = { socket: Socket; clock: number; state: string };

/**
 * Who is in a room and where their caret is. What a state says about the person is the server's word, and
 * its clock is written here from time: a reconnecting or moving page is visible at once, and nobody can
 * speak for, or silence, someone else.
 */
export class Presence<Socket> {
	#seen = new Map<number, Seen<Socket>>();
	#changed = new Set<number>();
	#timer: NodeJS.Timeout | undefined;
	#send: (entries: Entry[]) => void;

	constructor(send: (entries: Entry[]) => void) {
		this.#send = send;
	}

	/** The socket whose id this is, if anyone's. */
	holder(client: number): Socket | undefined {
		return this.#seen.get(client)?.socket;
	}

	/** `state` is the client's own JSON: only the caret is taken from it. */
	set(socket: Socket, client: number, person: Identity, state: string): void {
		if (state.length > LARGEST) return;
		const said: unknown = JSON.parse(state);
		if (said === null || typeof said !== 'object') return this.#drop(client);
		const cursor = 'cursor' in said && typeof said.cursor === 'object' ? said.cursor : null;
		this.#mark(client, socket, JSON.stringify({ user: person, cursor }));
	}

	/** Everything this socket stood for goes. */
	leave(socket: Socket): void {
		for (const [client, seen] of this.#seen) if (seen.socket === socket) this.#drop(client);
	}

	all(): Entry[] {
		return [...this.#seen].map(([client, { clock, state }]) => ({ client, clock, state }));
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	#mark(client: number, socket: Socket, state: string): void {
		const clock = Math.max(Date.now(), (this.#seen.get(client)?.clock ?? 0) + 1);
		this.#seen.set(client, { socket, clock, state });
		this.#later(client);
	}

	#drop(client: number): void {
		const seen = this.#seen.get(client);
		if (!seen) return;
		this.#seen.delete(client);
		this.#gone.set(client, Math.max(Date.now(), seen.clock + 1));
		this.#later(client);
	}

	#gone = new Map<number, number>();

	#later(client: number): void {
		this.#changed.add(client);
		this.#timer ??= setTimeout(() => this.#flush(), GATHER);
	}

	#flush(): void {
		this.#timer = undefined;
		const entries = [...this.#changed].map((client): Entry => {
			const seen = this.#seen.get(client);
			return seen
				? { client, clock: seen.clock, state: seen.state }
				: { client, clock: this.#gone.get(client) ?? Date.now(), state: 'null' };
		});
		this.#changed.clear();
		this.#gone.clear();
		this.#send(entries);
	}
}
