import { z } from 'zod';
import { refuse } from '#lib/base/errors.ts';
import { PLACES } from '#lib/brief/brief.ts';
import {
	BEHIND,
	coupledWishFrom,
	couplingIn,
	FIRST,
	placeIn,
	specFrom,
	writtenNumber,
	type Fields
} from '#lib/brief/fields.ts';
import * as figures from '#lib/brief/figures.server.ts';
import { coupledSpec } from '#lib/chart/coupled.ts';
import { dimensionsOf } from '#lib/chart/coupled.server.ts';
import * as couplings from '#lib/data/couplings.server.ts';
import { readable } from '#lib/data/formulas.server.ts';
import { fitting } from '#lib/data/outlines.server.ts';
import { judge } from '#lib/forum/objects.server.ts';
import { door } from '#lib/ui/door.server.ts';
import type { Actions } from './$types';

const input = z.looseObject({
	version: z.uuid(),
	title: z.string().trim().min(1, 'brief.figure_title_missing').max(200, 'base.too_long'),
	why: z.string().trim().max(1000, 'base.too_long').default(''),
	place: z.enum([FIRST, BEHIND, ...PLACES]).default(FIRST),
	algorithm: z.string().trim().max(200, 'base.too_long').default('')
});

/** Stores what the form describes: a new figure on the version shown, or another look of an old one. */
export const saveFigure = door(
	input,
	async (
		{ version, title, why, place, algorithm, ...rest },
		event: Parameters<Actions[string]>[0]
	) => {
		const { id: briefId, figure: figureId } = event.params as { id: string; figure: string };
		const { transact, person } = event.locals;
		await transact(async (tx) => {
			const stored = figureId === 'new' ? null : await figures.one(tx, person, briefId, figureId);
			const said = fields(rest);
			const look = { title, why, algorithm, ...placeIn(place) };
			const couplingId = stored ? stored.couplingId : couplingIn(said.get('dataset'));
			if (couplingId) {
				const { parts, ...coupling } = await couplings.page(tx, person, couplingId);
				const dimensions = dimensionsOf(coupling);
				const wish = coupledWishFrom(said, dimensions);
				const figure = { ...look, spec: coupledSpec(dimensions, parts[0]!.measure, wish) };
				if (stored) await figures.edit(tx, person, briefId, stored.id, figure);
				else await figures.addCoupled(tx, person, briefId, { ...figure, couplingId });
				return;
			}
			const versionId = stored?.versionId ?? version;
			const shape = await readable(tx, versionId);
			const { facts } = await judge(tx, person, 'write', briefId);
			const maps = await fitting(tx, facts.forumId, versionId);
			if (writtenNumber(said.get('target')) === null)
				refuse('brief.target_not_number', { field: 'target' });
			const figure = { ...look, spec: specFrom(said, shape, maps) };
			if (stored) await figures.edit(tx, person, briefId, stored.id, figure);
			else await figures.add(tx, person, briefId, { ...figure, versionId: version });
		});
	}
);

function fields(form: Record<string, unknown>): Fields {
	const getAll = (name: string) =>
		[form[name]].flat().filter((value): value is string => typeof value === 'string');
	return { getAll, get: (name) => getAll(name)[0] ?? null };
}
