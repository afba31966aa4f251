import type { Db } from '../base/sql.server.ts';
import type { Charter } from '../forum/charter.ts';
import type { Person } from '../people/person.ts';
import { deadline, type Deadline } from './deadline.ts';
import * as meetings from './meetings.server.ts';
import { running } from './written.read.server.ts';

/** By when a case is handed in, and for which meeting: the nearest it stands on, else the forum's next. */
export type HandIn = Deadline & {
	meeting: { id: string; startsAt: Date };
	/** Whether the case stands on that meeting's agenda. */
	on: boolean;
};

/**
 * Null where the charter has no deadline, or no meeting is planned; and where there is nothing to hand in any more: the
 * case has gone out with its agenda, is in a meeting that is held now, or is being answered in writing.
 */
export async function handInOf(
	db: Db,
	person: Person,
	caseId: string,
	{ forumId, charter }: { forumId: string; charter: Pick<Charter, 'handInWorkdays'> }
): Promise<HandIn | null> {
	if (charter.handInWorkdays === null) return null;
	const coming = ({ phase }: meetings.MeetingRow) => phase === 'planned' || phase === 'circulated';
	const standsOn = await meetings.ofCase(db, caseId); // the last first
	if (standsOn.some(({ phase }) => phase === 'open')) return null;
	const on = standsOn.findLast(coming);
	if (on?.phase === 'circulated' || (await running(db, caseId))) return null;
	const meeting = on ?? (await meetings.list(db, person, forumId)).find(coming);
	const found = meeting && deadline(meeting.startsAt, charter.handInWorkdays);
	if (!found) return null;
	return { ...found, meeting: { id: meeting.id, startsAt: meeting.startsAt }, on: Boolean(on) };
}
