import type { Db } from '#lib/base/sql.server.ts';
import { may } from '#lib/forum/access.ts';
import { members } from '#lib/forum/forums.server.ts';
import { standings } from '#lib/forum/objects.server.ts';

/** Members who could answer in this case: they may write it. */
export async function askable(
	db: Db,
	{ id, forumId }: { id: string; forumId: string }
): Promise<{ id: string; name: string }[]> {
	const all = await members(db, forumId);
	const stands = await standings(
		db,
		all.map(({ personId }) => ({ person: personId, object: id }))
	);
	return all
		.filter((_, index) => {
			const one = stands[index];
			return one && may(one.standing, 'write', one.facts);
		})
		.map(({ personId, name }) => ({ id: personId, name }));
}
