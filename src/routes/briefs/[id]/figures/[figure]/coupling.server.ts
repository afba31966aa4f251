import { coupledWishFrom, couplingChoice, standing } from '#lib/brief/fields.ts';
import type { StoredFigure } from '#lib/brief/drawn.server.ts';
import { COUPLED_KINDS, coupledProblem, coupledSpec } from '#lib/chart/coupled.ts';
import { dimensionsOf, figureOf } from '#lib/chart/coupled.server.ts';
import type { FigureKind } from '#lib/chart/figure.ts';
import * as couplings from '#lib/data/couplings.server.ts';
import { explain } from '#lib/ui/explain.server.ts';

/** The form of a figure that shows two datasets side by side: the same fields, but what they share to choose among. */
export async function couplingForm(
	{ db, person, locale }: Pick<App.Locals, 'db' | 'person' | 'locale'>,
	couplingId: string,
	stored: Pick<
		StoredFigure,
		'spec' | 'title' | 'why' | 'firstPage' | 'section' | 'algorithm'
	> | null,
	asked: URLSearchParams
) {
	const coupling = await couplings.page(db, person, couplingId);
	const dimensions = dimensionsOf(coupling);
	const { measure, label, versionId } = coupling.parts[0]!;
	// What was chosen of a dataset says nothing of a coupling.
	const other = asked.has('version') && asked.get('version') !== versionId;
	const said = other ? new URLSearchParams() : asked;
	const spec =
		stored && !asked.has('kind')
			? stored.spec
			: coupledSpec(dimensions, measure, coupledWishFrom(said, dimensions));
	const typed = (!other && asked.get('title')?.trim()) || stored?.title || coupling.title;
	const why = asked.get('why') ?? stored?.why ?? '';
	const problem = coupling.result ? coupledProblem(spec, dimensions) : 'brief.coupling_not_agreed';
	const kinds: FigureKind[] = [...COUPLED_KINDS];
	return {
		datasetId: couplingChoice(couplingId),
		versionId,
		shape: {
			dimensions,
			measures: [
				{
					key: measure,
					label,
					unit: '',
					decimals: 0,
					countsPeople: false,
					additive: false
				}
			]
		},
		maps: [],
		kinds,
		coupled: true,
		spec,
		target: undefined,
		targetProblem: null,
		title: typed,
		why,
		...standing(asked, stored),
		problem: problem && explain(problem, {}, locale),
		preview: problem
			? null
			: await figureOf(db, coupling, spec, { id: 'preview', title: typed, why })
	};
}
