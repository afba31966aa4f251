import { z } from 'zod';
import { citations } from '#lib/data/citation.server.ts';
import * as tasks from '#lib/decision/actions.server.ts';
import { addEvidenceAfter } from '#lib/decision/decisions.server.ts';
import * as decisions from '#lib/decision/read.server.ts';
import { members } from '#lib/forum/forums.server.ts';
import { ofDecision } from '#lib/goal/page.server.ts';
import { walk } from '#lib/thread/links.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, depends }) => {
	const { db, person } = locals;
	const decision = await decisions.page(db, person, params.id);
	depends(`object:${decision.id}`, `object:${decision.caseId}`);
	const [goals, thread, people, cited] = await Promise.all([
		ofDecision(db, person, decision.id),
		walk(db, person, decision.id),
		decision.can.addAction ? members(db, decision.forumId) : [],
		citations(
			db,
			decision.record.figures.map(({ citation }) => citation.versionId)
		)
	]);
	return {
		title: decision.record.case.title,
		decision,
		goals,
		citations: cited,
		people: people
			.filter(({ role }) => role !== 'observer')
			.map(({ personId, name }) => ({ id: personId, name })),
		walk: thread,
		topics: [decision.id, decision.caseId, ...goals.map(({ id }) => id)]
	};
});

const text = z.string().trim().max(4000).default('');

const evidence = z.object({
	kind: z.enum(['document', 'research', 'practice', 'stakeholder', 'comparable_case']),
	title: text,
	note: text,
	link: text,
	stance: z.enum(['supports', 'contradicts', 'neutral'])
});

export const actions: Actions = {
	addEvidence: door(evidence, (input, { locals, params }) =>
		locals.transact((tx) =>
			addEvidenceAfter(tx, locals.person, params.id!, { ...input, link: input.link || null })
		)
	),
	addAction: door(
		z.object({ actionTitle: text, actionOwner: z.uuid(), actionDue: text }),
		(input, { locals, params }) =>
			locals.transact((tx) =>
				tasks.add(tx, locals.person, params.id!, {
					title: input.actionTitle,
					ownerId: input.actionOwner,
					due: input.actionDue
				})
			)
	),
	actionDone: door(z.object({ action: z.uuid() }), (input, { locals, params }) =>
		locals.transact((tx) => tasks.done(tx, locals.person, params.id!, input.action))
	)
};
