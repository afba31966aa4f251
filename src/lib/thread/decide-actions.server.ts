import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { METHODS } from '../decision/record.ts';
import { DECIDERS, type EvidenceRole, ROLES } from '../decision/roles.ts';
import { goalFields, goalFrom } from '../goal/form.ts';
import { door } from '../ui/door.server.ts';
import { decide, material } from './decide.server.ts';

/** The action behind DecisionForm.svelte, for every page that shows it: `actions = { …, ...decideActions }`. */

const text = z.string().trim().max(20_000).default('');

const fields = goalFields.extend({
	caseId: z.uuid(),
	optionId: z.uuid('decision.no_such_option'),
	wording: text,
	facts: text,
	values: text,
	sideConditions: text,
	constraints: text,
	dissent: text,
	decider: z.enum(DECIDERS).default('director'),
	method: z.enum(METHODS).default('chair'),
	follow: z.enum(['goal', 'action', 'none', 'later']).default('later'),
	actionTitle: text,
	actionOwner: text,
	actionDue: text,
	none: text
});

/** Roles come as `role:<evidence id>`, one for each piece of evidence. */
const schema = z.looseObject(fields.shape);

export const decideActions = {
	decide: door(schema, async (input, { locals }: RequestEvent) => {
		await locals.transact(async (tx) => {
			// Nothing to decide here: the verb says why, and nothing is written.
			const found = await material(tx, locals.person, input.caseId);
			const goal = input.follow === 'goal';
			await decide(tx, locals.person, {
				caseId: input.caseId,
				optionId: input.optionId,
				wording: input.wording,
				rationale: {
					facts: input.facts,
					values: input.values,
					sideConditions: input.sideConditions,
					constraints: input.constraints
				},
				dissent: input.dissent,
				decider: input.decider,
				method: input.method,
				roles: rolesIn(input),
				goals: goal && found ? [goalFrom(input, found.indicators, locals.locale)] : [],
				actions:
					input.follow === 'action'
						? [{ title: input.actionTitle, ownerId: input.actionOwner, due: input.actionDue }]
						: [],
				none: input.follow === 'none' ? input.none || null : null
			});
		});
	})
};

function rolesIn(input: Record<string, unknown>): Record<string, EvidenceRole> {
	const role = z.enum(ROLES);
	return Object.fromEntries(
		Object.entries(input).flatMap(([key, value]) => {
			const parsed = key.startsWith('role:') ? role.safeParse(value) : null;
			return parsed?.success ? [[key.slice(5), parsed.data]] : [];
		})
	);
}
