import { z } from 'zod';
import { kinds, ownKey, type TemplatePart } from '#lib/case/template.ts';
import * as templates from '#lib/case/templates.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import { door, page } from '#lib/ui/door.server.ts';
import { m } from '#paraglide/messages.js';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = page(async ({ locals, params, depends, url }) => {
	const forum = await forums.membership(locals.db, locals.person, params.forum!);
	depends(`object:${forum.id}`);
	return {
		title: m.template_title(),
		forum: { slug: forum.slug, name: forum.name },
		conducts: forums.conducts(forum),
		templates: await templates.list(locals.db, locals.person, forum.id),
		/** The kind whose form stands open when the page came back. */
		editing: url.searchParams.get('kind'),
		topics: [forum.id]
	};
});

const texts = (most: number) => z.array(z.string().trim().max(most, 'base.too_long')).max(40);
const which = z.object({ kind: z.enum(kinds), number: z.coerce.number().int().min(0) });
const edited = which.extend({
	key: texts(60),
	name: texts(80),
	help: texts(300),
	add: z.string().trim().max(60).default(''),
	addName: z.string().trim().max(80, 'base.too_long').default(''),
	/** Which button: save, or `up:3`, `down:3`, `remove:3`, `add`. */
	do: z
		.string()
		.regex(/^(save|add|(up|down|remove):\d{1,2})$/)
		.default('save')
});

/** The parts as the form has them, with what its button does to them done. */
function partsOf({ key, name, help, add, addName, do: pressed }: z.output<typeof edited>) {
	const parts: TemplatePart[] = key.map((one, index) => ({
		key: one,
		name: name[index] ?? '',
		help: help[index] ?? ''
	}));
	const [act, place] = pressed.split(':');
	const at = Number(place);
	if (act === 'remove') return parts.toSpliced(at, 1);
	if (act === 'add')
		return [
			...parts,
			add ? { key: add } : { key: ownKey(crypto.getRandomValues(new Uint8Array(8))), name: addName }
		];
	const to = act === 'up' ? at - 1 : act === 'down' ? at + 1 : -1;
	const [one, other] = [parts[at], parts[to]];
	return one && other ? parts.with(at, other).with(to, one) : parts;
}

export const actions: Actions = {
	save: door(edited, async (input, { locals, params }) => {
		const { kind, number } = input;
		await locals.transact((tx) =>
			templates.save(tx, locals.person, params.forum!, kind, partsOf(input), number)
		);
		return { saved: kind };
	}),
	undo: door(which, async ({ kind, number }, { locals, params }) => {
		await locals.transact((tx) => templates.undo(tx, locals.person, params.forum!, kind, number));
		return { saved: kind };
	}),
	ship: door(which, async ({ kind, number }, { locals, params }) => {
		await locals.transact((tx) =>
			templates.save(tx, locals.person, params.forum!, kind, null, number)
		);
		return { saved: kind };
	})
};
