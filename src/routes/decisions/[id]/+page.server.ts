import { z } from 'zod';
import { citations } from '#lib/data/citation.server.ts';
import * as tasks from '#lib/decision/actions.server.ts';
import { MOST_FILE_BYTES } from '#lib/case/file.ts';
import { toldFields } from '#lib/case/told.ts';
import { addEvidenceAfter } from '#lib/decision/late.server.ts';
import { refuse } from '#lib/base/errors.ts';
import { bounded } from '#lib/ui/multipart.server.ts';
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

type Event = Parameters<Actions[string]>[0];

const text = z.string().trim().max(4000).default('');

const told = Object.fromEntries(
	toldFields.map((field) => [field, z.string().trim().max(2000, 'base.too_long').default('')])
);

const evidence = z.object({
	...told,
	file: z.instanceof(File).optional(),
	sender: z.string().trim().max(500, 'base.too_long').default(''),
	kind: z.enum(['document', 'research', 'practice', 'stakeholder', 'comparable_case']),
	title: text,
	note: text,
	link: text,
	stance: z.enum(['supports', 'contradicts', 'neutral'])
});

const adding = door(evidence, async ({ file, ...input }, { locals, params }: Event) => {
	const words = input as Record<string, unknown>;
	await locals.transact(async (tx) =>
		addEvidenceAfter(tx, locals.person, params.id!, {
			...input,
			link: input.link || null,
			told: Object.fromEntries(toldFields.map((field) => [field, String(words[field] ?? '')])),
			file: file?.name ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null
		})
	);
});
const tooLarge = door(z.object({}), () =>
	refuse('case.file_too_large', { field: 'file', limit: MOST_FILE_BYTES / 1024 / 1024 })
);

export const actions: Actions = {
	addEvidence: bounded(MOST_FILE_BYTES, adding, tooLarge),
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
