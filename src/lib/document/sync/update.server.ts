import * as Y from 'yjs';

/** Clocks by client id: how far something goes. */
export type Clocks = Map<number, number>;
/** Deleted spans by client id: clock, length, clock, length … */
export type Spans = Map<number, Float64Array>;

/** What an update brings, read without building a document. */
export type Update = {
	bytes: Uint8Array;
	/** Per client id: the first clock it carries, and the one after its last. */
	from: Clocks;
	to: Clocks;
	/** Clocks that must be there already for the update to take effect. */
	needs: Clocks;
	deletes: Spans;
};

/** No honest update names more: a page writes under one client id, a returning one under a few. */
const MOST_CLIENTS = 1_000;

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
	if (to.size > MOST_CLIENTS || needs.size > MOST_CLIENTS) throw new Error('too many client ids');
	return { bytes, from, to, needs, deletes: spansOf(ds.clients) };
}

/** What an update, or a whole document's bytes, deletes. */
export function readDeletes(bytes: Uint8Array): Spans {
	return spansOf(Y.decodeUpdate(bytes).ds.clients);
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

/** Whether part of the update is in the log already. */
export function overlaps(update: Update, clocks: Clocks): boolean {
	return [...update.from].some(([client, start]) => start < (clocks.get(client) ?? 0));
}

/** The update without what the log already holds. Its deletions stay. */
export function beyond(update: Update, clocks: Clocks): Update {
	if (!overlaps(update, clocks)) return update;
	return readUpdate(Y.diffUpdate(update.bytes, encodeClocks(clocks)));
}

/** Whether every span in `deletes` is deleted in one of `known` already. */
export function deletesNothingNew(deletes: Spans, known: Spans[]): boolean {
	for (const [client, spans] of deletes) {
		const there = joined(known.flatMap((all) => [...pairs(all.get(client))]));
		for (const [clock, len] of pairs(spans)) if (!covers(there, clock, clock + len)) return false;
	}
	return true;
}

export function advance(clocks: Clocks, to: Clocks): void {
	for (const [client, end] of to) if (end > (clocks.get(client) ?? 0)) clocks.set(client, end);
}

export function encodeClocks(clocks: Clocks): Uint8Array {
	return Y.encodeStateVector(clocks as never);
}

function spansOf(clients: Map<number, { clock: number; len: number }[]>): Spans {
	const spans = [...clients].map(([client, deleted]): [number, Float64Array] => [
		client,
		Float64Array.from(deleted.flatMap(({ clock, len }) => [clock, len]))
	]);
	return new Map(spans);
}

function* pairs(spans: Float64Array | undefined): Generator<[clock: number, len: number]> {
	for (let i = 0; i + 1 < (spans?.length ?? 0); i += 2) yield [spans![i]!, spans![i + 1]!];
}

/** In order, with those that touch made one: start, end. */
function joined(spans: [number, number][]): [start: number, end: number][] {
	const result: [number, number][] = [];
	for (const [clock, len] of spans.sort((a, b) => a[0] - b[0])) {
		const last = result.at(-1);
		if (last && clock <= last[1]) last[1] = Math.max(last[1], clock + len);
		else result.push([clock, clock + len]);
	}
	return result;
}

/** Whether one of the spans, which are in order, holds `start` to `end`. */
function covers(spans: [number, number][], start: number, end: number): boolean {
	let [low, high] = [0, spans.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if (spans[middle]![0] <= start) low = middle + 1;
		else high = middle;
	}
	return low > 0 && end <= spans[low - 1]![1];
}
