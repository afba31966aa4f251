import { z } from 'zod';
import { levels } from '#lib/case/appraisal.ts';
import * as appraisals from '#lib/case/appraisals.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import { kinds, stances } from '#lib/case/evidence.ts';
import { act, item, text } from './act.server.ts';

/** What is done to the evidence. */
export const evidenceActions = {
	addEvidence: act(
		z.object({
			kind: z.enum(kinds),
			title: text(300),
			note: text(4000),
			link: text(2000),
			sender: text(500),
			stance: z.enum(stances).default('supports')
		}),
		(tx, input, id, { locals }) => evidence.add(tx, locals.person, id, input)
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
	unpark: act(item, (tx, input, id, { locals }) => evidence.unpark(tx, locals.person, id, input.id))
};
