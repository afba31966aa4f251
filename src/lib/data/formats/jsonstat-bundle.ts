import { refuse } from '../../base/errors.ts';

/** The datasets of a JSON-stat file: one, those of a bundle (1.x) or of a collection (2.0). */

export type Named = { key: string; label: string | null; dataset: object };

/** Refuses what holds none: `data.not_jsonstat`, `data.jsonstat_links`, `data.jsonstat_dimension_only`. */
export function datasetsIn(file: unknown): Named[] {
	if (!isObject(file)) return refuse('data.not_jsonstat');
	if (file.class === 'dimension') return refuse('data.jsonstat_dimension_only');
	if (file.class === 'collection') return inCollection(file);
	if (isDataset(file)) return [named('dataset', file)];
	const bundled = Object.entries(file).filter(([, one]) => isDataset(one));
	if (bundled.length === 0) return refuse('data.not_jsonstat');
	return bundled.map(([key, one]) => named(key.slice(0, 200), one as object));
}

function inCollection(file: Record<string, unknown>): Named[] {
	const link = isObject(file.link) ? file.link.item : null;
	const items = Array.isArray(link) ? link.filter(isObject) : [];
	const embedded = items.filter(isDataset);
	if (embedded.length === 0)
		return refuse(items.length > 0 ? 'data.jsonstat_links' : 'data.not_jsonstat');
	const taken = new Set<string>();
	return embedded.map((one, index) => {
		const base = nameOf(one) ?? String(index + 1);
		const key = taken.has(base) ? `${base} (${index + 1})` : base;
		taken.add(key);
		return named(key, one);
	});
}

/** The last piece of its address, or its label. */
function nameOf(one: Record<string, unknown>): string | null {
	const piece =
		typeof one.href === 'string' ? /([^/?#]+?)(?:\.json)?(?:[?#].*)?$/.exec(one.href)?.[1] : null;
	const label = typeof one.label === 'string' ? one.label : null;
	return (piece || label)?.slice(0, 200) || null;
}

const named = (key: string, dataset: object): Named => ({
	key,
	label: 'label' in dataset && typeof dataset.label === 'string' ? dataset.label : null,
	dataset
});

const isDataset = (one: unknown): one is Record<string, unknown> =>
	isObject(one) && isObject(one.dimension) && 'value' in one;

const isObject = (one: unknown): one is Record<string, unknown> =>
	typeof one === 'object' && one !== null && !Array.isArray(one);
