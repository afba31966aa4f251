import type { CubeShape, Dimension } from './cube.ts';
import type { Totals } from './totals.ts';

/**
 * Renamed categories: a person said once that an old code and a new one are the same category. Versions never
 * change; comparison, series and the next import follow what was said. Pure.
 */

export type Mapping = { dimension: string; old: string; new: string };

/** By dimension key: what each old code is called now, chains followed to their end. */
export type Renames = ReadonlyMap<string, ReadonlyMap<string, string>>;

export const NO_RENAMES: Renames = new Map();

export function renamesOf(mappings: Mapping[]): Renames {
	const steps = new Map<string, Map<string, string>>();
	for (const { dimension, old, new: now } of mappings)
		steps.set(dimension, (steps.get(dimension) ?? new Map<string, string>()).set(old, now));
	return new Map(
		[...steps].map(([dimension, codes]) => [
			dimension,
			new Map([...codes.keys()].map((old) => [old, followed(codes, old)]))
		])
	);
}

/** The end of a chain; a ring, which the verb refuses, ends where it began. */
function followed(codes: ReadonlyMap<string, string>, old: string): string {
	const seen = new Set([old]);
	let code = old;
	for (let next = codes.get(code); next !== undefined; next = codes.get(code)) {
		if (seen.has(next)) return old;
		seen.add(next);
		code = next;
	}
	return code;
}

/** What a code is called now. */
export const currentCode = (renames: Renames, dimension: string, code: string): string =>
	renames.get(dimension)?.get(code) ?? code;

/**
 * For each of a dimension's categories, the code it is compared by. Where two of them would be one, each keeps
 * its own: a version that has both says that they are not the same.
 */
export function comparedBy(
	renames: Renames,
	{ key, categories }: Pick<Dimension, 'key' | 'categories'>
): string[] {
	const now = categories.map(({ code }) => currentCode(renames, key, code));
	const counts = new Map<string, number>();
	for (const code of now) counts.set(code, (counts.get(code) ?? 0) + 1);
	return now.map((code, place) => (counts.get(code) === 1 ? code : categories[place]!.code));
}

/** The category of this dimension that a code stands for: itself, or what it was or is now called; null when none. */
export function codeIn(renames: Renames, dimension: Dimension, code: string): string | null {
	const { key, categories } = dimension;
	if (categories.some((category) => category.code === code)) return code;
	const wanted = currentCode(renames, key, code);
	const place = comparedBy(renames, dimension).indexOf(wanted);
	return categories[place]?.code ?? null;
}

/** The shape with old codes as they are called now, and labelled as in `newest`; places stay as they are. */
export function renamed(shape: CubeShape, renames: Renames, newest?: CubeShape): CubeShape {
	if (renames.size === 0) return shape;
	const dimensions = shape.dimensions.map((dimension) => {
		if (!renames.has(dimension.key)) return dimension;
		const labels = new Map(
			newest?.dimensions
				.find(({ key }) => key === dimension.key)
				?.categories.map(({ code, label }) => [code, label])
		);
		const now = comparedBy(renames, dimension);
		const categories = dimension.categories.map((category, place) =>
			now[place] === category.code
				? category
				: { code: now[place]!, label: labels.get(now[place]!) ?? category.label }
		);
		return { ...dimension, categories };
	});
	return { ...shape, dimensions };
}

/** Totals that were declared by code, under the codes as they are called now. */
export function renamedTotals(totals: Totals, { dimensions }: CubeShape, renames: Renames): Totals {
	if (renames.size === 0) return totals;
	return Object.fromEntries(
		Object.entries(totals).map(([key, told]) => {
			const dimension = dimensions.find((one) => one.key === key);
			const compared = dimension ? comparedBy(renames, dimension) : [];
			const now = (code: string) =>
				compared[dimension?.categories.findIndex((one) => one.code === code) ?? -1] ?? code;
			return [
				key,
				told.map((one) =>
					typeof one === 'string' ? now(one) : { total: now(one.total), parts: one.parts.map(now) }
				)
			];
		})
	);
}
