import { m } from '#paraglide/messages.js';
import type { Phase } from './meeting.ts';
import type { Prepared } from './reading.ts';
import type { Answer } from './written.ts';

/** A meeting's course, in the reader's words. */
export function phaseWord(phase: Phase): string {
	return {
		planned: m.meeting_phase_planned,
		circulated: m.meeting_phase_circulated,
		open: m.meeting_phase_open,
		closed: m.meeting_phase_closed
	}[phase]();
}

/** What a vote was for: yes, no, neither, or an option by its title. */
export function choiceWord(choice: string, title: string | null): string {
	if (choice === 'yes') return m.meeting_vote_yes();
	if (choice === 'no') return m.meeting_vote_no();
	if (choice === 'abstain') return m.meeting_vote_abstain();
	return title ?? '';
}

const ANSWER: Record<Answer, () => string> = {
	agree: m.meeting_written_agree,
	against: m.meeting_written_against,
	meeting: m.meeting_written_meeting
};
/** What one may answer in writing. */
export const answerWord = (answer: Answer): string => ANSWER[answer]();

/** How many of the others have opened a case, never so few that it tells of anyone. */
export function preparedWord(told: Prepared): string {
	if ('few' in told) return m.meeting_prepared_few({ count: told.few });
	if ('most' in told) return m.meeting_prepared_most({ of: told.most });
	return m.meeting_prepared(told);
}
