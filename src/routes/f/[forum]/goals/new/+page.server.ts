import { notAllowed } from '#lib/base/errors.ts';
import { mayCreate } from '#lib/forum/access.ts';
import { redirect } from '@sveltejs/kit';
import type { Db } from '#lib/base/sql.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { membership, members } from '#lib/forum/forums.server.ts';
import { goalFields, goalFrom } from '#lib/goal/form.ts';
import * as goals from '#lib/goal/goals.server.ts';
import { fromDataset, fromDecision } from '#lib/goal/offer.server.ts';
import type { Person } from '#lib/people/person.ts';
import { door, page } from '#lib/ui/door.server.ts';
import { m } from '#paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, url }) => {
	const { db, person, locale } = locals;
	const forum = await mayMake(db, person, params.forum!);
	const [all, people, offer] = await Promise.all([
		datasets.list(db, person, forum.id),
		members(db, forum.id),
		offered(db, person, url.searchParams)
	]);
	return {
		title: m.goal_new({}, { locale }),
		slug: forum.slug,
		datasets: all.map(({ id, title }) => ({ id, title })),
		people: people
			.filter(({ role }) => role !== 'observer')
			.map(({ personId, name }) => ({ id: personId, name })),
		...offer
	};
});

export const actions: Actions = {
	create: door(goalFields, async (fields, { locals, params, url }) => {
		const { person, locale } = locals;
		const id = await locals.transact(async (tx) => {
			const forum = await mayMake(tx, person, params.forum!);
			const { indicators, decision } = await offered(tx, person, url.searchParams);
			const goal = goalFrom(fields, indicators, locale);
			return await goals.create(tx, person, { ...goal, forumId: forum.id, decisionId: decision });
		});
		redirect(303, `/goals/${id}`);
	})
};

async function mayMake(db: Db, person: Person, slug: string) {
	const forum = await membership(db, person, slug);
	return mayCreate(forum.role, 'goal', forum.chair) ? forum : notAllowed();
}

/** The address says what the goal is made from: `?decision=` or `?dataset=&measure=`. */
async function offered(db: Db, person: Person, query: URLSearchParams) {
	const decision = query.get('decision');
	const dataset = query.get('dataset');
	const offer = dataset
		? await fromDataset(db, person, dataset, query.get('measure'))
		: { measures: [], measure: null, indicators: [] };
	const pinned = decision ? await fromDecision(db, person, decision) : [];
	return { ...offer, dataset, decision, indicators: [...pinned, ...offer.indicators] };
}
