import * as Y from 'yjs';

/** What an update brings, read without building a document. */
export type Update = {
	bytes: Uint8Array;
	/** Per client id: the first clock it carries, and the one after its last. */
	from: Map<number, number>;
	to: Map<number, number>;
	/** Clocks that must be there already for the update to take effect. */
	needs: Map<number, number>;
	/** Deleted spans. */
	deletes: Map<number, { clock: number; len: number }[]>;
};

/** Clocks by client id: how far the log goes. */
export type Clocks = Map<number, number>;

/** Reads an update. Throws on bytes that are none. */
export function readUpdate(bytes: Uint8Array): Update {
	const { structs, ds } = Y.decodeUpdate(bytes);
	const from: Clocks = new Map();
	const to: Clocks = new Map();
	const needs: Clocks = new Map();
	const holes: Clocks = new Map();
	const need = (id: { client: number; clock: number } | null | undefined) => {
		if (id && id.clock + 1 > (needs.get(id.client) ?? 0)) needs.set(id.client, id.clock + 1);
	};
	for (const struct of structs) {
		const { client, clock } = struct.id;
		const end = clock + struct.length;
		if (!Number.isSafeInteger(end)) throw new Error('a clock beyond counting');
		if (struct instanceof Y.Skip) {
			// A hole in the middle: what comes after it cannot stand alone.
			holes.set(client, end);
			continue;
		}
		if (!from.has(client)) from.set(client, clock);
		to.set(client, Math.max(end, to.get(client) ?? 0));
		if (struct instanceof Y.Item) {
			need(struct.origin);
			need(struct.rightOrigin);
			if (struct.parent instanceof Y.ID) need(struct.parent);
		}
	}
	for (const [client, clock] of from) if (clock > 0) need({ client, clock: clock - 1 });
	for (const [client, spans] of ds.clients)
		for (const span of spans) need({ client, clock: span.clock + span.len - 1 });
	// What it brings itself it need not find.
	for (const [client, clock] of needs) {
		const start = from.get(client);
		if (start === undefined || clock > to.get(client)!) continue;
		if (start === 0) needs.delete(client);
		else needs.set(client, start);
	}
	for (const [client, end] of holes) need({ client, clock: end - 1 });
	return { bytes, from, to, needs, deletes: ds.clients };
}

export function isEmpty(update: Update): boolean {
	return update.to.size === 0 && update.deletes.size === 0;
}

/** Whether everything the update builds on is there. */
export function standsOn(update: Update, clocks: Clocks): boolean {
	for (const [client, clock] of update.needs) if (clock > (clocks.get(client) ?? 0)) return false;
	return true;
}

/** Client ids the update brings something new from. */
export function writers(update: Update, clocks: Clocks): number[] {
	return [...update.to].filter(([c, end]) => end > (clocks.get(c) ?? 0)).map(([client]) => client);
}

/** The update without what the log already holds. Its deletions stay. */
export function beyond(update: Update, clocks: Clocks): Update {
	const overlaps = [...update.from].some(([client, start]) => start < (clocks.get(client) ?? 0));
	return overlaps ? readUpdate(Y.diffUpdate(update.bytes, encodeClocks(clocks))) : update;
}

/** Whether every span the update deletes is deleted in `state` (a whole document's bytes) already. */
export function deletesNothingNew(update: Update, state: Uint8Array): boolean {
	if (update.deletes.size === 0) return true;
	const known = Y.decodeUpdate(state).ds.clients;
	for (const [client, spans] of update.deletes) {
		const there = joined(known.get(client) ?? []);
		for (const { clock, len } of spans)
			if (!there.some((span) => span.clock <= clock && clock + len <= span.clock + span.len))
				return false;
	}
	return true;
}

export function advance(clocks: Clocks, update: Pick<Update, 'to'>): void {
	for (const [client, end] of update.to)
		if (end > (clocks.get(client) ?? 0)) clocks.set(client, end);
}

export function encodeClocks(clocks: Clocks): Uint8Array {
	return Y.encodeStateVector(clocks as never);
}

function joined(spans: { clock: number; len: number }[]): { clock: number; len: number }[] {
	const result: { clock: number; len: number }[] = [];
	for (const span of [...spans].sort((a, b) => a.clock - b.clock)) {
		const last = result.at(-1);
		if (last && span.clock <= last.clock + last.len)
			last.len = Math.max(last.len, span.clock + span.len - last.clock);
		else result.push({ ...span });
	}
	return result;
}
