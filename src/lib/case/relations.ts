/** Which evidence supports or contradicts which (C2), and how that is drawn. */
import { sourceOf, sources, type Evidence, type Stance } from './evidence.ts';

export const relations = ['supports', 'contradicts'] as const;
export type Relation = (typeof relations)[number];

export type EvidenceLink = {
	id: string;
	fromId: string;
	toId: string;
	relation: Relation;
	byName: string;
	at: Date;
};

/** Somebody looked for what speaks against, and found none. */
export type CounterLook = { byName: string; at: Date; where: string };

/** Links between evidence that both still stands. */
export function standingLinks<L extends Pick<EvidenceLink, 'fromId' | 'toId'>>(
	links: L[],
	evidence: Pick<Evidence, 'id' | 'parkedAt'>[]
): L[] {
	const standing = new Set(evidence.filter(({ parkedAt }) => !parkedAt).map(({ id }) => id));
	return links.filter(({ fromId, toId }) => standing.has(fromId) && standing.has(toId));
}

/**
 * Whether to ask what speaks against: when there is evidence enough to lean on, nothing of it contradicts the
 * recommendation or other evidence, and nobody has said that they looked. Asked for once.
 */
export function asksForCounter(
	evidence: (Pick<Evidence, 'id' | 'parkedAt'> & { stance: Stance })[],
	links: Pick<EvidenceLink, 'fromId' | 'toId' | 'relation'>[],
	looks: readonly unknown[]
): boolean {
	return looks.length === 0 && nothingAgainst(evidence, links);
}

export function nothingAgainst(
	evidence: (Pick<Evidence, 'id' | 'parkedAt'> & { stance: Stance })[],
	links: Pick<EvidenceLink, 'fromId' | 'toId' | 'relation'>[]
): boolean {
	const used = evidence.filter(({ parkedAt }) => !parkedAt);
	return (
		used.length > 1 &&
		!used.some(({ stance }) => stance === 'contradicts') &&
		!standingLinks(links, evidence).some(({ relation }) => relation === 'contradicts')
	);
}

export type MapNode = {
	id: string;
	number: number;
	x: number;
	y: number;
};
export type MapEdge = {
	id: string;
	relation: Relation;
	/** SVG path from one disc's rim to the other's. */
	path: string;
	/** Where its sign stands. */
	sign: { x: number; y: number };
};
export type EvidenceMap = { width: number; height: number; nodes: MapNode[]; edges: MapEdge[] };

export const DISC = 13;
const COLUMN = 92;
const ROW = 68;
const TOP = 20;

/**
 * A map of what is linked: a column for each source that has any, in the board's order; numbers run down the
 * columns. Edges bow,
 * so that two opposite ones are told apart and a disc between them is passed.
 */
export function mapOf(
	evidence: Pick<Evidence, 'id' | 'kind' | 'addedAt'>[],
	links: Pick<EvidenceLink, 'id' | 'fromId' | 'toId' | 'relation'>[]
): EvidenceMap {
	const linked = new Set(links.flatMap(({ fromId, toId }) => [fromId, toId]));
	const columns = sources
		.map((source) => evidence.filter((e) => linked.has(e.id) && sourceOf(e.kind) === source))
		.filter((items) => items.length > 0)
		.map((items) => items.toSorted((a, b) => a.addedAt.getTime() - b.addedAt.getTime()));
	let number = 0;
	const nodes = columns.flatMap((items, column) =>
		items.map((item, row) => ({
			id: item.id,
			number: ++number,
			x: COLUMN * (column + 0.5),
			y: TOP + ROW * row
		}))
	);
	const at = new Map(nodes.map((node) => [node.id, node]));
	const edges = links.flatMap((link) => {
		const [from, to] = [at.get(link.fromId), at.get(link.toId)];
		return from && to ? [{ id: link.id, relation: link.relation, ...bow(from, to) }] : [];
	});
	const rows = Math.max(0, ...columns.map((items) => items.length));
	return {
		width: Math.max(COLUMN * columns.length, COLUMN * 2),
		height: rows === 0 ? 0 : 2 * TOP + ROW * (rows - 1),
		nodes,
		edges
	};
}

/**
 * A quadratic curve between two discs' rims. It bows upwards, away from the names under the discs; one that leads
 * back bows further than one that leads on.
 */
function bow(from: { x: number; y: number }, to: { x: number; y: number }) {
	const [dx, dy] = [to.x - from.x, to.y - from.y];
	const length = Math.hypot(dx, dy);
	const back = dx < 0;
	const out = (Math.min(30, 10 + length * 0.12) + (back ? 14 : 0)) * (back ? -1 : 1);
	const middle = {
		x: (from.x + to.x) / 2 + (dy / length) * out,
		y: (from.y + to.y) / 2 - (dx / length) * out
	};
	const rim = (disc: { x: number; y: number }, gap: number) => {
		const far = Math.hypot(middle.x - disc.x, middle.y - disc.y);
		return {
			x: disc.x + ((middle.x - disc.x) / far) * (DISC + gap),
			y: disc.y + ((middle.y - disc.y) / far) * (DISC + gap)
		};
	};
	const [start, end] = [rim(from, 1), rim(to, 5)];
	const r = (n: number) => Math.round(n * 10) / 10;
	return {
		path: `M${r(start.x)} ${r(start.y)}Q${r(middle.x)} ${r(middle.y)} ${r(end.x)} ${r(end.y)}`,
		sign: {
			x: r((start.x + 2 * middle.x + end.x) / 4),
			y: r((start.y + 2 * middle.y + end.y) / 4)
		}
	};
}
