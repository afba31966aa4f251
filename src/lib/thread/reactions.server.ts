import type { EventRow } from '../base/events.server.ts';
import type { Tx } from '../base/sql.server.ts';
import { restrictAll } from '../data/stricter.server.ts';
import { flagRevisions } from '../decision/cited.server.ts';
import { recompute } from '../goal/recompute.server.ts';

/**
 * What follows by itself from what was done: event → verbs. Each verb is run at least once and must
 * therefore do nothing the second time. One failing does not hold the others back.
 */
export type Reaction = (tx: Tx, event: EventRow) => Promise<void>;

export const reactions: Record<string, Record<string, Reaction>> = {
	'forum.charter_changed': {
		'datasets.restrict': async (tx, event) => {
			if (event.detail.smallNumberLimit && event.forumId && event.personId)
				await restrictAll(tx, { id: event.personId }, event.forumId);
		}
	},
	'dataset.version_stored': {
		'goals.recompute': (tx, event) => recompute(tx, versionOf(event)),
		'decisions.flagRevisions': (tx, event) => flagRevisions(tx, versionOf(event))
	}
};

function versionOf(event: EventRow): string {
	const { version } = event.detail;
	if (typeof version !== 'string') throw new Error(`event ${event.id} names no version`);
	return version;
}
