import { guessMeasure } from '../guess.ts';
import { looksLikeTotal, type Recipe, type RecipeMeasure } from '../recipe.ts';
import type { Description, DescribedDimension, DescribedMeasure } from './described.ts';
import type { Asked } from './format.ts';

/**
 * The recipe for a file that describes itself: what it says, and on top of that what a person put
 * right, now or in the version before.
 */
export function recipeFor(of: Description, { told, earlier }: Asked): Recipe {
	const said = told ?? earlier;
	const dimensions = new Map(said?.dimensions.map((one) => [one.source, one]));
	const measures = new Map(said?.measures.map((one) => [one.source, one]));
	const axes = of.dimensions.filter((_, index) => index !== of.metric);
	return {
		format: of.format.key,
		reading: of.reading,
		table: null,
		dimensions: axes.map((axis) => {
			const before = dimensions.get(axis.source);
			return {
				source: axis.source,
				label: typed(before?.label, axis.labels) ?? axis.label,
				role: before?.role ?? axis.role
			};
		}),
		measures: of.measures.map((measure) => recipeMeasure(measure, measures.get(measure.source))),
		totals: { ...Object.fromEntries(axes.flatMap(totalsIn)), ...said?.totals },
		merges: said?.merges ?? []
	};
}

function recipeMeasure(of: DescribedMeasure, before: RecipeMeasure | undefined): RecipeMeasure {
	const guess = guessMeasure(of.label, of.unit);
	return {
		...guess,
		source: of.source,
		label: (typed(before?.label, of.labels) ?? guess.label).slice(0, 200) || of.source,
		unit: (typed(before?.unit, of.units) ?? guess.unit).slice(0, 40),
		countsPeople: before?.countsPeople ?? guess.countsPeople,
		additive: before?.additive ?? guess.additive
	};
}

/** What a person typed; a word that the file itself has, in whatever language, is not that. */
const typed = (before: string | undefined, own: string[] = []) =>
	before === undefined || own.includes(before) ? undefined : before;

/** Totals as the file tells them, or else as their labels say. */
function totalsIn(axis: DescribedDimension): [string, string[]][] {
	if (axis.role === 'time' || axis.categories.length < 3) return [];
	const codes =
		axis.totals ??
		axis.categories.filter(({ label }) => looksLikeTotal(label)).map(({ code }) => code);
	return codes.length > 0 && codes.length < axis.categories.length ? [[axis.source, codes]] : [];
}
