import type { RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import type { Tx } from '../base/sql.server.ts';
import type { Person } from '../people/person.ts';
import * as persons from '../people/persons.server.ts';
import { door } from '../ui/door.server.ts';
import * as objects from './objects.server.ts';
import type { Changed } from './openness.ts';

type Event = RequestEvent & { params: { id?: string } };
type Verb = (tx: Tx, person: Person, id: string, whom: string) => Promise<void>;

/** What the chapter that owns the object does itself. */
type Own = { addAuthor: Verb; removeAuthor: Verb; setOwner?: Verb };

/** Another member, and the object where the page shows more than one. */
const member = z.object({ person: z.uuid('base.required'), object: z.uuid().optional() });

/** The forms of who is in on an object (Openness.svelte), for a page's actions. */
export const opennessActions = ({ addAuthor, removeAuthor, setOwner }: Own) => ({
	addAuthor: about('author_added', addAuthor),
	removeAuthor: about('author_removed', removeAuthor),
	...(setOwner ? { handOver: handOver(setOwner) } : {}),
	conceal: door(
		z.object({ confidential: z.enum(['true', 'false']) }),
		async (input, event: Event) => {
			const on = input.confidential === 'true';
			const { transact, person } = event.locals;
			await transact((tx) => objects.setConfidential(tx, person, event.params.id!, on));
			return { changed: on ? 'concealed' : 'opened', id: '', name: '', with: '' } satisfies Changed;
		}
	),
	...impartialActions
});

/** The forms of who is shut out (Impartial.svelte). */
export const impartialActions = {
	exclude: door(
		member.extend({
			reason: z.string().trim().min(1, 'forum.exclusion_reason_missing').max(1000, 'base.too_long')
		}),
		async ({ person: id, object, reason }, event: Event) => {
			const { transact, person } = event.locals;
			const name = await transact(async (tx) => {
				await objects.exclude(tx, person, object ?? event.params.id!, id, reason);
				return (await persons.find(tx, id)).name;
			});
			return { changed: 'excluded', id, name, with: reason } satisfies Changed;
		}
	),
	readmit: door(member, async ({ person: id, object }, event: Event) => {
		const { transact, person } = event.locals;
		const [name, reason] = await transact(async (tx) => {
			const reason = await objects.readmit(tx, person, object ?? event.params.id!, id);
			return [(await persons.find(tx, id)).name, reason] as const;
		});
		return { changed: 'readmitted', id, name, with: reason } satisfies Changed;
	})
};

function about(changed: 'author_added' | 'author_removed', verb: Verb) {
	return door(member, async ({ person: id }, event: Event) => {
		const { transact, person } = event.locals;
		const name = await transact(async (tx) => {
			await verb(tx, person, event.params.id!, id);
			return (await persons.find(tx, id)).name;
		});
		return { changed, id, name, with: '' } satisfies Changed;
	});
}

function handOver(verb: Verb) {
	const from = member.extend({ from: z.uuid() });
	return door(from, async (input, event: Event) => {
		const { transact, person } = event.locals;
		const name = await transact(async (tx) => {
			await verb(tx, person, event.params.id!, input.person);
			return (await persons.find(tx, input.person)).name;
		});
		return { changed: 'handed', id: input.person, name, with: input.from } satisfies Changed;
	});
}
