import type { ObjectKind } from '#lib/forum/access.ts';
import { log } from '#lib/forum/activity.server.ts';
import { did } from '#lib/forum/did.server.ts';
import { pathOf } from '#lib/forum/paths.ts';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoadEvent } from './$types';

const PAGE = 100;

export const load = page(async ({ locals, params, url }: PageServerLoadEvent) => {
	const before = Number(url.searchParams.get('before')) || undefined;
	const rows = await log(locals.db, locals.person, params.forum, { before, limit: PAGE });
	return {
		happenings: rows.map(({ id, at, personName, verb, kind, objectId, title, aboutName }) => ({
			id,
			at,
			who: personName,
			did: did(verb, locals.locale),
			href: objectId ? pathOf(kind as ObjectKind, objectId) : null,
			title,
			about: aboutName
		})),
		older: rows.length === PAGE ? rows.at(-1)!.id : null
	};
});
