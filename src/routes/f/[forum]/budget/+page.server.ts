import { z } from 'zod';
import { today } from '#lib/base/clock.ts';
import * as budget from '#lib/case/budget.server.ts';
import { parseAmount } from '#lib/case/options.ts';
import { budgetRound } from '#lib/thread/budget-round.server.ts';
import * as departments from '#lib/people/departments.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import { m } from '#paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, depends, url }) => {
	const asked = Number(url.searchParams.get('year') ?? 0);
	// The year that is budgeted for is the next one.
	const next = Number(today().slice(0, 4)) + 1;
	const year = Number.isInteger(asked) && asked >= 2000 && asked <= 2100 ? asked : null;
	const { db, person } = locals;
	let round = await budgetRound(db, person, params.forum!, year ?? next);
	const shown = year ?? (round.years.includes(next) ? next : (round.years.at(-1) ?? next));
	if (shown !== (year ?? next)) round = await budgetRound(db, person, params.forum!, shown);
	depends(`object:${round.forum.id}`);
	return {
		title: m.budget_title(),
		round,
		year: shown,
		departments: round.conducts ? await departments.list(db) : [],
		topics: [round.forum.id]
	};
});

const frame = z.object({
	department: z.uuid(),
	year: z
		.string()
		.trim()
		.regex(/^\d{4}$/, 'option.year')
		.transform(Number),
	amount: z.string().trim().max(60, 'base.too_long').default('')
});

export const actions: Actions = {
	frame: door(frame, ({ department, year, amount }, { locals, params }) =>
		locals.transact((tx) =>
			budget.setFrame(tx, locals.person, params.forum!, {
				departmentId: department,
				year,
				amount: parseAmount(amount, locals.locale)
			})
		)
	)
};
