import type { Identity, Presence as Entry } from '../wire.ts';

const LARGEST = 2_000; // characters of one person's state
const GATHER = 40; // milliseconds: carets of a whole room go out together

/** Who holds a client id: a socket here, or another node by its id. */
type Seen<Socket> = { holder: Socket | string; person: string; clock: number; state: string };

/** Everything new, and what of it other nodes do not know. */
export type Changes = { entries: Entry[]; fromHere: Entry[] };

/**
 * Who is in a room and where their caret is, on all nodes. What a state says about the person is the
 * server's word, and its clock is written by the server from time: a reconnecting or moving page is visible
 * at once, and nobody can speak for, or silence, someone else.
 */
export class Presence<Socket extends object> {
	#seen = new Map<number, Seen<Socket>>();
	/** Client ids to tell of, and those gone with the clock of their going. */
	#changed = new Map<number, { here: boolean; gone: number | undefined }>();
	#timer: NodeJS.Timeout | undefined;
	#tell: (changes: Changes) => void;
	#now: () => number;

	constructor(tell: (changes: Changes) => void, now: () => number) {
		this.#tell = tell;
		this.#now = now;
	}

	/** The id of the person who is here as this client, if anyone is. */
	person(client: number): string | undefined {
		return this.#seen.get(client)?.person;
	}

	/** `state` is the client's own JSON: only the caret is taken from it. */
	set(socket: Socket, client: number, person: Identity, state: string): void {
		if (state.length > LARGEST) return;
		const said: unknown = JSON.parse(state);
		if (said === null || typeof said !== 'object') return this.#drop(client, true);
		const cursor = 'cursor' in said && typeof said.cursor === 'object' ? said.cursor : null;
		const clock = Math.max(this.#now(), (this.#seen.get(client)?.clock ?? 0) + 1);
		const whole = JSON.stringify({ user: person, cursor });
		this.#seen.set(client, { holder: socket, person: person.id, clock, state: whole });
		this.#later(client, true);
	}

	/** What another node says of those who are there. It has judged them. */
	hear(node: string, entries: Entry[]): void {
		for (const { client, clock, state } of entries) {
			const seen = this.#seen.get(client);
			if (seen && seen.clock >= clock) continue;
			if (state === 'null') {
				if (seen?.holder === node) this.#drop(client, false);
				continue;
			}
			const { user } = JSON.parse(state) as { user: Identity };
			this.#seen.set(client, { holder: node, person: user.id, clock, state });
			this.#later(client, false);
		}
	}

	/** Everything this socket, or node, stood for goes. */
	leave(holder: Socket | string): void {
		for (const [client, seen] of this.#seen)
			if (seen.holder === holder) this.#drop(client, typeof holder !== 'string');
	}

	all(): Entry[] {
		return this.#entries(() => true);
	}

	/** Those with a socket on this node. */
	here(): Entry[] {
		return this.#entries((seen) => typeof seen.holder !== 'string');
	}

	/** What has not been told of yet, for someone who has something to say anyway; it is not told again. */
	take(): Changes | undefined {
		if (this.#changed.size === 0) return undefined;
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const entries: Entry[] = [];
		const fromHere: Entry[] = [];
		for (const [client, { here, gone }] of this.#changed) {
			const seen = this.#seen.get(client);
			const entry = seen
				? { client, clock: seen.clock, state: seen.state }
				: { client, clock: gone ?? this.#now(), state: 'null' };
			entries.push(entry);
			if (here) fromHere.push(entry);
		}
		this.#changed.clear();
		return { entries, fromHere };
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	#entries(which: (seen: Seen<Socket>) => boolean): Entry[] {
		const found = [...this.#seen].filter(([, seen]) => which(seen));
		return found.map(([client, { clock, state }]) => ({ client, clock, state }));
	}

	#drop(client: number, here: boolean): void {
		const seen = this.#seen.get(client);
		if (!seen) return;
		this.#seen.delete(client);
		this.#later(client, here, Math.max(this.#now(), seen.clock + 1));
	}

	#later(client: number, here: boolean, gone?: number): void {
		this.#changed.set(client, { here, gone });
		this.#timer ??= setTimeout(() => {
			const changes = this.take();
			if (changes) this.#tell(changes);
		}, GATHER);
	}
}
