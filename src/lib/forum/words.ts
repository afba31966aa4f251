/** What a charter's choices are called. */
import { m } from '#paraglide/messages.js';
import type { AfterDeadline, ApprovalRule, WrittenRule } from './charter.ts';

const approvals: Record<ApprovalRule, () => string> = {
	none: m.forum_approval_none,
	shown: m.forum_approval_shown,
	required: m.forum_approval_required
};
const deadlines: Record<AfterDeadline, () => string> = {
	shown: m.forum_after_deadline_shown,
	urgent: m.forum_after_deadline_urgent
};
const written: Record<WrittenRule, () => string> = {
	none: m.forum_written_none,
	allowed: m.forum_written_allowed,
	one_stops: m.forum_written_one_stops
};

export const approvalWord = (rule: ApprovalRule): string => approvals[rule]();
export const afterDeadlineWord = (rule: AfterDeadline): string => deadlines[rule]();
export const writtenWord = (rule: WrittenRule): string => written[rule]();
