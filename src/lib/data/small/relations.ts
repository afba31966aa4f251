import type { CubeShape, Dimension } from '../cube.ts';
import { totalsOf, type Totals } from '../totals.ts';
import { findRelations, weigh } from './find.ts';
import type { Relation } from './lines.ts';
import type { Places } from './places.ts';

/**
 * Everything in the cube that adds up to something else: totals that were told, that their label gives
 * away, that the file's own hierarchy names, and that hold arithmetically without anyone saying so; along
 * each dimension and across the measures that count.
 */
export function relationsIn(
	places: Places,
	shape: CubeShape,
	declared: Totals,
	decimals: number
): { told: Relation[]; found: Relation[] } {
	const told = shape.dimensions.flatMap((dimension, axis) =>
		toldOf(dimension, axis, declared).filter((relation) => believable(places, relation))
	);
	const found = places.lengths.flatMap((_, axis) =>
		findRelations(
			places,
			axis,
			decimals,
			told.filter((relation) => relation.axis === axis)
		)
	);
	return { told, found };
}

function toldOf(dimension: Dimension, axis: number, declared: Totals): Relation[] {
	const place = new Map(dimension.categories.map(({ code }, at) => [code, at]));
	const named = (declared[dimension.key] ?? []).filter((one) => typeof one !== 'string');
	const relations: Relation[] = named.flatMap(({ total, parts }) => {
		const at = place.get(total);
		const of = parts.flatMap((part) => (part === total ? [] : (place.get(part) ?? [])));
		return at === undefined || of.length === 0 ? [] : [{ axis, parts: of, totals: [at] }];
	});
	const done = new Set(relations.flatMap(({ totals }) => totals));
	const totals = totalsOf(dimension, declared).map((code) => place.get(code)!);
	const parts = dimension.categories.flatMap((_, at) =>
		totals.includes(at) || done.has(at) ? [] : [at]
	);
	// Beneath a hierarchy, "all" is all of its leaves.
	for (const total of totals)
		if (!done.has(total) && parts.length > 0) relations.push({ axis, parts, totals: [total] });
	return relations;
}

/**
 * A told total that is another number on most lines where all of it is there is no total of these, and
 * would only hide what need not be hidden. Rounding does not make it one: each part may be off by a half.
 */
function believable(places: Places, relation: Relation): boolean {
	const { lines, holding } = weigh(places, relation, (relation.parts.length + 1) / 2);
	return lines === 0 || holding * 2 >= lines;
}
