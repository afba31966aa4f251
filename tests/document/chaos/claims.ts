import * as Y from 'yjs';

type Span = { clock: number; len: number };

/**
 * What must not be lost, in Yjs' own terms: how far each client id's edits go, and which spans are deleted.
 * It is written down at the moment somebody saw it or was told it is saved, and held against the log later.
 */
export class Claims {
	readonly clocks = new Map<number, number>();
	readonly #deleted = new Map<number, Span[]>();

	/** Everything a document holds just now. */
	addState(doc: Y.Doc): void {
		const { sv, ds } = Y.snapshot(doc);
		for (const [client, clock] of sv) this.#reach(client, clock);
		for (const [client, spans] of ds.clients) this.#delete(client, spans);
	}

	addClocks(clocks: Iterable<[number, number]>): void {
		for (const [client, clock] of clocks) this.#reach(client, clock);
	}

	/** What one update brought. */
	addUpdate(bytes: Uint8Array): void {
		const { structs, ds } = Y.decodeUpdate(bytes);
		for (const struct of structs)
			if (!(struct instanceof Y.Skip))
				this.#reach(struct.id.client, struct.id.clock + struct.length);
		for (const [client, spans] of ds.clients) this.#delete(client, spans);
	}

	add(other: Claims): void {
		this.addClocks(other.clocks);
		for (const [client, spans] of other.#deleted) this.#delete(client, spans);
	}

	/** In words, what of it a document lacks; null when nothing. */
	missingIn(doc: Y.Doc): string | null {
		const { sv, ds } = Y.snapshot(doc);
		for (const [client, clock] of this.clocks) {
			const there = sv.get(client) ?? 0;
			if (there < clock) return `edits of ${client} from ${there} to ${clock}`;
		}
		for (const [client, spans] of this.#deleted) {
			const there = ds.clients.get(client) ?? [];
			for (const { clock, len } of spans) {
				const within = (span: Span) => span.clock <= clock && clock + len <= span.clock + span.len;
				if (!there.some(within)) return `a deletion of ${len} from ${clock} on of ${client}`;
			}
		}
		return null;
	}

	#reach(client: number, clock: number): void {
		if (clock > (this.clocks.get(client) ?? 0)) this.clocks.set(client, clock);
	}

	#delete(client: number, spans: readonly Span[]): void {
		const all = [...(this.#deleted.get(client) ?? []), ...spans].sort((a, b) => a.clock - b.clock);
		const joined: Span[] = [];
		for (const { clock, len } of all) {
			const last = joined.at(-1);
			if (last && clock <= last.clock + last.len)
				last.len = Math.max(last.len, clock + len - last.clock);
			else joined.push({ clock, len });
		}
		this.#deleted.set(client, joined);
	}
}
