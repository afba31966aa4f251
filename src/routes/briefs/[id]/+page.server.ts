import { marginOf } from '#lib/annotation/placed.server.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import { viewFrom } from '#lib/brief/view.ts';
import { ofBrief } from '#lib/case/turned.server.ts';
import { mayCreate } from '#lib/forum/access.ts';
import { membership } from '#lib/forum/forums.server.ts';
import { titlesOf } from '#lib/forum/titles.server.ts';
import { openness } from '#lib/forum/openness.server.ts';
import { walk } from '#lib/thread/links.server.ts';
import { keptFor, page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';
import { briefActions } from './actions.server.ts';

export const load: PageServerLoad = page(async ({ locals, params, depends, setHeaders, url }) => {
	const { db, person } = locals;
	depends(`object:${params.id}`);
	const brief = await briefs.page(db, person, params.id!);
	if (brief.may.write) setHeaders(keptFor(person));
	const [forum, margin, thread, open, became] = await Promise.all([
		membership(db, person, brief.forumId),
		marginOf(db, person, params.id!),
		walk(db, person, params.id!),
		openness(db, person, params.id!),
		ofBrief(db, person, params.id!)
	]);
	const goals =
		brief.may.write && !brief.serves ? await titlesOf(db, person, brief.forumId, 'goal') : [];
	const departments = [...new Set(open.members.map(({ departmentName }) => departmentName))].sort(
		(a, b) => a.localeCompare(b, 'da')
	);
	return {
		title: brief.title,
		brief,
		slug: forum.slug,
		forumName: forum.name,
		mayMakeCase: brief.phase === 'published' && mayCreate(forum.role, 'case', forum.chair),
		open,
		departments,
		goals,
		view: viewFrom(url.searchParams, departments),
		margin,
		became,
		walk: thread,
		topics: [params.id!, ...new Set(brief.figures.map(({ citation }) => citation.datasetId))]
	};
});

export const actions = briefActions;
