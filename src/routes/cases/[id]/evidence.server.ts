import { z } from 'zod';
import { refuse } from '#lib/base/errors.ts';
import { levels } from '#lib/case/appraisal.ts';
import * as appraisals from '#lib/case/appraisals.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import { kinds, stances } from '#lib/case/evidence.ts';
import { MOST_FILE_BYTES } from '#lib/case/file.ts';
import * as relationship from '#lib/case/relations.server.ts';
import { relations } from '#lib/case/relations.ts';
import { toldFields } from '#lib/case/told.ts';
import { bounded } from '#lib/ui/multipart.server.ts';
import type { Actions } from './$types';
import { act, item, text } from './act.server.ts';

const told = Object.fromEntries(toldFields.map((field) => [field, text(2000)]));
const words = z.object({ title: text(300), note: text(4000), sender: text(500), ...told });
const toldIn = (input: Record<string, unknown>) =>
	Object.fromEntries(toldFields.map((field) => [field, String(input[field] ?? '')]));

const adding = act(
	words.extend({
		kind: z.enum(kinds),
		// A pasted line may be longer than a title: its link is taken out of it.
		title: text(2000),
		stance: z.enum(stances).default('supports'),
		file: z.instanceof(File).optional()
	}),
	async (tx, { file, ...input }, id, { locals }) =>
		await evidence.add(tx, locals.person, id, {
			...input,
			told: toldIn(input),
			file: file?.name ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null
		})
);
/** Of a larger body only the words before the file are read, so that they stand in the form again. */
const tooLarge = act(z.object({}), async () =>
	refuse('case.file_too_large', { field: 'file', limit: MOST_FILE_BYTES / 1024 / 1024 })
);

const addEvidence: Actions[string] = bounded(MOST_FILE_BYTES, adding, tooLarge);

/** What is done to the evidence. */
export const evidenceActions = {
	addEvidence,
	addFigure: act(
		z.object({ figure: z.uuid('case.figure_not_found') }),
		(tx, { figure }, id, { locals }) =>
			evidence.add(tx, locals.person, id, { kind: 'figure', title: '', figureId: figure })
	),
	describe: act(
		words.extend({ id: z.uuid(), link: text(2000) }),
		async (tx, { id: evidenceId, ...input }, id, { locals }) => {
			await evidence.describe(tx, locals.person, id, evidenceId, {
				...input,
				told: toldIn(input)
			});
		},
		({ id }) => `evidence-${id}`
	),
	stance: act(item.extend({ stance: z.enum(stances) }), (tx, input, id, { locals }) =>
		evidence.setStance(tx, locals.person, id, input.id, input.stance)
	),
	park: act(item.extend({ why: text(1000) }), (tx, input, id, { locals }) =>
		evidence.park(tx, locals.person, id, input.id, input.why)
	),
	shortlist: act(item.extend({ on: z.enum(['true', 'false']) }), (tx, input, id, { locals }) =>
		evidence.shortlist(tx, locals.person, id, input.id, input.on === 'true')
	),
	appraise: act(
		item.extend({ credibility: z.enum(levels), relevance: z.enum(levels), reason: text(2000) }),
		(tx, { id: evidenceId, ...input }, id, { locals }) =>
			appraisals.appraise(tx, locals.person, id, evidenceId, input)
	),
	unpark: act(item, (tx, input, id, { locals }) =>
		evidence.unpark(tx, locals.person, id, input.id)
	),
	relate: act(
		item.extend({ to: z.uuid(), relation: z.enum(relations) }),
		(tx, { id: fromId, to: toId, relation }, id, { locals }) =>
			relationship.relate(tx, locals.person, id, { fromId, toId, relation })
	),
	unrelate: act(item, (tx, input, id, { locals }) =>
		relationship.unrelate(tx, locals.person, id, input.id)
	),
	looked: act(z.object({ where: text(1000) }), (tx, { where }, id, { locals }) =>
		relationship.looked(tx, locals.person, id, where)
	)
};
