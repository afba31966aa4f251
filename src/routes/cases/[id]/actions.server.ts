import { z } from 'zod';
import { annotationActions } from '#lib/annotation/actions.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import * as evidence from '#lib/case/evidence.server.ts';
import { states } from '#lib/case/states.ts';
import { kinds } from '#lib/case/template.ts';
import { opennessActions } from '#lib/forum/actions.server.ts';
import { decideActions } from '#lib/thread/decide-actions.server.ts';
import * as inWriting from '#lib/thread/in-writing.server.ts';
import type { Actions } from './$types';
import { act, text } from './act.server.ts';
import { budgetActions } from './budget.server.ts';
import { evidenceActions } from './evidence.server.ts';
import { optionActions } from './options.server.ts';
import { procedureActions } from './procedure.server.ts';
import { weighActions } from './weigh.server.ts';
import { unknownActions } from './unknown.server.ts';

export const caseActions = {
	...annotationActions(evidence.pinned),
	...opennessActions(cases),
	head: act(
		z.object({
			title: text(200),
			question: text(1000),
			kind: z.enum(kinds).optional(),
			/** What one saw: only what one made another is changed, and what others changed meanwhile stays. */
			was: z.enum(kinds).optional(),
			wasTitle: z.string().trim().optional(),
			wasQuestion: z.string().trim().optional()
		}),
		async (tx, { title, question, kind, was, wasTitle, wasQuestion }, id, { locals }) => {
			if (title !== wasTitle) await cases.setTitle(tx, locals.person, id, title);
			if (question !== wasQuestion) await cases.setQuestion(tx, locals.person, id, question);
			if (kind && kind !== was) await inWriting.setKind(tx, locals.person, id, kind, was);
		}
	),
	state: act(
		z.object({ to: z.enum(states), reason: text(2000) }),
		(tx, { to, reason }, id, { locals }) => inWriting.setState(tx, locals.person, id, to, reason)
	),
	...budgetActions,
	...evidenceActions,
	...optionActions,
	...procedureActions,
	...weighActions,
	...unknownActions,
	...decideActions
} satisfies Actions;
