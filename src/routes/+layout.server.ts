import type { Charter } from '#lib/forum/charter.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { standingOf } from '#lib/forum/objects.server.ts';
import type { LayoutServerLoad } from './$types';

type Frame = {
	locale: App.Locals['locale'];
	person: { id: string; name: string; title: string; departmentName: string } | null;
	/** The forum worked in: the address names it, or the object shown belongs to it. */
	forum: Omit<forums.Membership, keyof Charter> | null;
	/** What the page had seen: what changed since is told when it begins to listen. */
	seen: string | null;
	/** All the person's forums. */
	forums: { slug: string; name: string }[];
};

/** What the frame needs: who is here, which forum is worked in, which others there are. */
export const load: LayoutServerLoad<Frame> = async ({ locals, params, depends }) => {
	const { visitor, db, locale } = locals;
	if (!visitor) return { locale, person: null, forum: null, seen: null, forums: [] };
	depends('frame');
	const all = await forums.memberships(db, visitor);
	const shown = params.id ? await standingOf(db, visitor.id, params.id) : null;
	const forum =
		all.find(({ id, slug }) => slug === params.forum || id === shown?.facts.forumId) ?? all[0];
	const { id, name, title, departmentName } = visitor;
	return {
		locale,
		person: { id, name, title, departmentName },
		forum: forum ? presented(forum) : null,
		seen: locals.seen,
		forums: all.map(({ slug, name }) => ({ slug, name }))
	};
};

function presented({ id, slug, name, municipality, fictional, role, chair }: forums.Membership) {
	return { id, slug, name, municipality, fictional, role, chair };
}
