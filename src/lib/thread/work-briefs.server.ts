import type { Db } from '#lib/base/sql.server.ts';
import * as assignments from '#lib/brief/assignments.server.ts';
import type { Section } from '#lib/brief/brief.ts';
import * as orders from '#lib/brief/ordered.server.ts';
import * as outsiders from '#lib/brief/outsiders.server.ts';
import * as recognitions from '#lib/brief/recognitions.server.ts';
import * as reviews from '#lib/brief/reviews.server.ts';
import { partWord } from '#lib/brief/words.ts';
import { pathOf } from '#lib/forum/paths.ts';
import type { Person } from '#lib/people/person.ts';
import type { WorkItem } from './work.ts';

/** What others ask of this person for a brief. */
export async function inBriefs(db: Db, person: Person): Promise<WorkItem[]> {
	const [sections, peers, recognise, elsewhere, ordered] = await Promise.all([
		assignments.waitingFor(db, person),
		reviews.waitingFor(db, person),
		recognitions.waitingFor(db, person),
		outsiders.waitingFor(db, person),
		orders.waitingFor(db, person)
	]);
	return [
		...sections.map(({ id, section, due, briefId, briefTitle }) => ({
			kind: 'section' as const,
			id,
			title: partWord(section as Section),
			where: briefTitle,
			href: `${pathOf('brief', briefId)}#${section}`,
			due
		})),
		...peers.map(({ id, title, due, briefId }) => ({
			kind: 'peer' as const,
			id,
			title,
			where: null,
			href: `${pathOf('brief', briefId)}#review`,
			due
		})),
		...recognise.map(({ id, title, due, briefId, briefTitle }) => ({
			kind: 'recognise' as const,
			id,
			title,
			where: briefTitle,
			href: `${pathOf('brief', briefId)}#recognise-${id}`,
			due
		})),
		...elsewhere.map(({ id, title, due, briefTitle }) => ({
			kind: 'recognise' as const,
			id,
			title,
			where: briefTitle,
			href: `/recognitions/${id}`,
			due
		})),
		...ordered.map(({ id, title, due, where, slug, briefId }) => ({
			kind: 'order' as const,
			id,
			title,
			where,
			href: briefId ? pathOf('brief', briefId) : `/f/${slug}/briefs#order-${id}`,
			due
		}))
	];
}
