import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isWorkday, workdaysBetween } from '#lib/base/workdays.ts';
import { STEPS } from '#lib/case/approval.ts';
import { kinds } from '#lib/case/template.ts';
import { AFTER_DEADLINE, APPROVALS } from '#lib/forum/charter.ts';
import { bar, deadline, unapproved } from '#lib/meeting/deadline.ts';

/** Nine o'clock in Denmark, winter time. */
const at = (day: string) => new Date(`${day}T08:00:00Z`);

describe('the day cases are handed in', () => {
	test.each([
		['five working days before a Thursday', '2026-12-10', 5, '2026-12-03'],
		['over Christmas', '2027-01-05', 4, '2026-12-28'],
		['over Easter', '2026-04-08', 3, '2026-03-31'],
		// Great Prayer Day was a holiday until and with 2023.
		['over Great Prayer Day of 2023', '2023-05-08', 1, '2023-05-04'],
		['over the same Friday a year later, when it was abolished', '2024-04-29', 1, '2024-04-26']
	])('%s', (_name, meeting, days, expected) => {
		expect(deadline(at(meeting), days)!.day).toBe(expected);
	});

	test('is a working day, so many working days before, and past from the day after', () => {
		const day = fc
			.integer({ min: 0, max: 6000 })
			.map((n) => new Date(Date.UTC(2018, 0, 1 + n)).toISOString().slice(0, 10));
		fc.assert(
			fc.property(day, fc.integer({ min: 1, max: 20 }), (meeting, days) => {
				const found = deadline(at(meeting), days, at(meeting))!;
				expect(isWorkday(found.day)).toBe(true);
				// The meeting's own day is not counted, whether it is a working day or not.
				const between = workdaysBetween(found.day, meeting);
				expect(between).toBe(isWorkday(meeting) ? days : days - 1);
				expect(found.past).toBe(true);
				expect(deadline(at(meeting), days, at(found.day))!.past).toBe(false);
			})
		);
	});

	test('is none where none is agreed', () => {
		expect(deadline(at('2026-12-10'), null)).toBeNull();
	});
});

describe('what the charter keeps off an agenda', () => {
	const case_ = fc.record({
		kind: fc.constantFrom(...kinds),
		approval: fc.option(fc.constantFrom(...STEPS)),
		urgent: fc.boolean(),
		past: fc.boolean()
	});
	const charter = fc.record({
		approval: fc.constantFrom(...APPROVALS),
		afterDeadline: fc.constantFrom(...AFTER_DEADLINE)
	});
	test('is nothing unless it says so', () => {
		fc.assert(
			fc.property(case_, (subject) => {
				expect(bar({ approval: 'none', afterDeadline: 'shown' }, subject)).toBeNull();
				expect(bar({ approval: 'shown', afterDeadline: 'shown' }, subject)).toBeNull();
			})
		);
	});
	test('is what it requires approval of and has none, and what is late and not urgent', () => {
		fc.assert(
			fc.property(charter, case_, (agreed, subject) => {
				const stopped = bar(agreed, subject);
				if (agreed.approval === 'required' && unapproved(agreed, subject))
					expect(stopped).toBe('meeting.case_not_approved');
				else if (agreed.afterDeadline === 'urgent' && subject.past)
					expect(stopped).toBe(subject.urgent ? null : 'meeting.case_after_deadline');
				else expect(stopped).toBeNull();
			})
		);
	});
});
