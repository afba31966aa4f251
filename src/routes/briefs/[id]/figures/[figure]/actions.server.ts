import { z } from 'zod';
import { refuse } from '#lib/base/errors.ts';
import { specFrom, writtenNumber, type Fields } from '#lib/brief/fields.ts';
import * as figures from '#lib/brief/figures.server.ts';
import { fitting } from '#lib/data/outlines.server.ts';
import { judge } from '#lib/forum/objects.server.ts';
import * as versions from '#lib/data/versions.server.ts';
import { door } from '#lib/ui/door.server.ts';
import type { Actions } from './$types';

const input = z.looseObject({
	version: z.uuid(),
	title: z.string().trim().min(1, 'brief.figure_title_missing').max(200, 'base.too_long'),
	why: z.string().trim().max(1000, 'base.too_long').default(''),
	firstPage: z.literal('on').optional()
});

/** Stores what the form describes: a new figure on the version shown, or another look of an old one. */
export const saveFigure = door(
	input,
	async ({ version, title, why, firstPage, ...rest }, event: Parameters<Actions[string]>[0]) => {
		const { id: briefId, figure: figureId } = event.params as { id: string; figure: string };
		const { transact, person } = event.locals;
		await transact(async (tx) => {
			const stored = figureId === 'new' ? null : await figures.one(tx, person, briefId, figureId);
			const versionId = stored?.versionId ?? version;
			const shape = await versions.shape(tx, versionId);
			const { facts } = await judge(tx, person, 'write', briefId);
			const maps = await fitting(tx, facts.forumId, versionId);
			const said = fields(rest);
			if (writtenNumber(said.get('target')) === null)
				refuse('brief.target_not_number', { field: 'target' });
			const figure = {
				title,
				why,
				firstPage: firstPage === 'on',
				spec: specFrom(said, shape, maps)
			};
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
