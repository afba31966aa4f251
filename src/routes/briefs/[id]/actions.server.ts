import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { annotationActions } from '#lib/annotation/actions.server.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as figures from '#lib/brief/figures.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import { turn } from '#lib/case/turn.server.ts';
import { turningSchema } from '#lib/case/turn-input.ts';
import { opennessActions } from '#lib/forum/actions.server.ts';
import { door } from '#lib/ui/door.server.ts';
import { m } from '#paraglide/messages.js';
import type { Actions } from './$types';
import { act, text, type Event } from './act.server.ts';
import { seen, togetherActions } from './together.server.ts';

const figure = z.object({ figure: z.uuid() });
const nothing = z.object({});

export const briefActions = {
	...annotationActions(figures.pinned),
	...opennessActions(briefs),
	...togetherActions,
	frame: act(
		z.object({ title: text(200), question: text(1000), serves: text(500) }),
		(tx, input, id, { locals }) => briefs.frame(tx, locals.person, id, input)
	),
	moveFigure: act(
		figure.extend({ by: z.enum(['-1', '1']) }),
		(tx, { figure, by }, id, { locals }) =>
			figures.move(tx, locals.person, id, figure, by === '1' ? 1 : -1)
	),
	removeFigure: act(figure, (tx, { figure }, id, { locals }) =>
		figures.remove(tx, locals.person, id, figure)
	),
	newerFigure: act(figure, (tx, { figure }, id, { locals }) =>
		figures.bringNewer(tx, locals.person, id, figure)
	),
	publish: act(seen, (tx, input, id, { locals }) =>
		briefs.publish(tx, locals.person, id, input.seen)
	),
	/** A note on the brief becomes a thing of a case made from it. */
	turn: act(turningSchema.extend({ case: z.uuid() }), (tx, { case: id, ...input }, _, { locals }) =>
		turn(tx, locals.person, id, input)
	),
	makeCase: door(nothing, async (_, { locals, params }: Event) => {
		const { db, person } = locals;
		const { forumId } = await briefs.page(db, person, params.id!);
		const statusQuo = m.case_status_quo();
		const id = await locals.transact((tx) =>
			cases.create(tx, person, { forumId, briefId: params.id!, statusQuo })
		);
		redirect(303, `/cases/${id}`);
	})
} satisfies Actions;
