import { notAllowed } from '#lib/base/errors.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import {
	couplingChoice,
	couplingIn,
	specFrom,
	standing,
	writtenNumber
} from '#lib/brief/fields.ts';
import { kindsOf, specProblem } from '#lib/brief/figure.ts';
import * as figures from '#lib/brief/figures.server.ts';
import * as couplings from '#lib/data/couplings.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { offered as measuresOf } from '#lib/data/formulas.server.ts';
import { fitting } from '#lib/data/outlines.server.ts';
import { membership } from '#lib/forum/forums.server.ts';
import { explain } from '#lib/ui/explain.server.ts';
import { couplingForm } from './coupling.server.ts';

/** The figure's form as its address describes it, and how the figure would look. */
export async function figureForm(
	{ db, person, locale }: App.Locals,
	briefId: string,
	figureId: string,
	asked: URLSearchParams
) {
	const brief = await briefs.page(db, person, briefId);
	if (!brief.may.write) notAllowed();
	const { slug } = await membership(db, person, brief.forumId);
	const stored = figureId === 'new' ? null : await figures.one(db, person, briefId, figureId);
	const offered = stored ? [] : await fresh(db, person, brief.forumId);
	const coupled = stored ? [] : await couplings.agreedIn(db, person, brief.forumId);
	const picked = offered.find(({ id }) => id === asked.get('dataset')) ?? offered[0];
	const versionId = stored?.versionId ?? picked?.version.id;
	const base = {
		brief: { id: brief.id, title: brief.title, question: brief.question },
		slug,
		datasets: [
			...offered.map(({ id, title, version }) => ({ id, title, number: version.number })),
			...coupled.map(({ id, title }) => ({ id: couplingChoice(id), title, number: null }))
		]
	};
	const couplingId = stored ? stored.couplingId : couplingIn(asked.get('dataset'));
	if (couplingId && (stored || coupled.some(({ id }) => id === couplingId)))
		return {
			...base,
			chosen: await couplingForm({ db, person, locale }, couplingId, stored, asked)
		};
	if (!versionId) return { ...base, chosen: null };

	const shape = await measuresOf(db, versionId, stored?.spec.measure);
	const maps = await fitting(db, brief.forumId, versionId);
	const edited = stored !== null && !asked.has('kind');
	// What was chosen of another dataset says nothing of this one.
	const other = asked.has('version') && asked.get('version') !== versionId;
	const spec = edited ? stored.spec : specFrom(other ? new URLSearchParams() : asked, shape, maps);
	const measure = shape.measures.find(({ key }) => key === spec.measure);
	const typed = (!other && asked.get('title')?.trim()) || stored?.title || '';
	// A title that only names another measure was proposed, not written.
	const named = !stored && shape.measures.some(({ label }) => label === typed);
	const title = typed && !named ? typed : (measure?.label ?? '');
	const why = asked.get('why') ?? stored?.why ?? '';
	const problem = specProblem(spec, shape);
	const target = edited ? undefined : (asked.get('target') ?? undefined);
	const noTarget = !other && writtenNumber(target ?? null) === null;
	return {
		...base,
		chosen: {
			datasetId: stored?.datasetId ?? picked!.id,
			kinds: kindsOf(shape, maps, measure),
			coupled: false,
			versionId,
			shape,
			maps,
			spec,
			target: noTarget ? target : undefined,
			targetProblem: noTarget ? explain('brief.target_not_number', {}, locale) : null,
			title,
			why,
			...standing(asked, stored),
			problem: problem && explain(problem, {}, locale),
			preview: problem
				? null
				: await figures.preview(db, versionId, spec, {
						title,
						why,
						algorithm: standing(asked, stored).algorithm || null
					})
		}
	};
}

/** The forum's datasets that have figures, each with its newest version. */
async function fresh(db: App.Locals['db'], person: App.Locals['person'], forumId: string) {
	const all = await datasets.list(db, person, forumId);
	return all.flatMap(({ id, title, version }) => (version ? [{ id, title, version }] : []));
}
