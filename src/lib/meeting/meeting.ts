/** Words and rules of a meeting: its course, its agenda's times, and how votes are counted. */

import type { Step } from '#lib/case/approval.ts';
import { isSettled } from '#lib/case/states.ts';
import type { CaseKind } from '#lib/case/template.ts';

export const PHASES = ['planned', 'circulated', 'open', 'closed'] as const;
export type Phase = (typeof PHASES)[number];

export type AgendaItem = {
	id: string;
	caseId: string;
	caseNumber: number;
	title: string;
	question: string;
	kind: CaseKind;
	state: string;
	minutes: number;
	presenterId: string | null;
	presenterName: string | null;
	/** Added after the agenda went out, and marked so (C8). */
	late: boolean;
	/** Put on after the day of handing in. */
	afterDeadline: boolean;
	/** The newest step of its approval; null where nobody has asked for any. */
	approval: Step | null;
	/** Why it is urgent, if it is; null too where the reader may not read it. */
	urgent: string | null;
	/** When this case was last sent out, if it was. */
	circulatedAt: Date | null;
	/** Whether the reader has opened what was sent. */
	opened: boolean;
	/** False: the reader may know of the case, not read it. */
	readable: boolean;
};

/** Is it still to be sent out, by a reader who may? */
export const isToSend = (item: Pick<AgendaItem, 'circulatedAt' | 'readable' | 'state'>): boolean =>
	!item.circulatedAt && item.readable && !isSettled(item.state);

/** When each item begins, in minutes after the meeting does, and how long the whole takes. */
export function timetable(items: { minutes: number }[]): { starts: number[]; total: number } {
	const starts: number[] = [];
	let total = 0;
	for (const item of items) {
		starts.push(total);
		total += item.minutes;
	}
	return { starts, total };
}

/** The order after moving one item a step up (-1) or down (+1); the same order when it is at the end already. */
export function moved<T extends { id: string }>(items: T[], id: string, step: -1 | 1): T[] {
	const from = items.findIndex((item) => item.id === id);
	const to = from + step;
	if (from < 0 || to < 0 || to >= items.length) return items;
	const order = [...items];
	[order[from], order[to]] = [order[to]!, order[from]!];
	return order;
}

export type Among = 'yes_no' | 'options';

/** What one may answer in a round. */
export function choices(among: Among, optionIds: string[]): string[] {
	return [...(among === 'yes_no' ? ['yes', 'no'] : optionIds), 'abstain'];
}

/** Votes per choice, every choice listed, also those nobody took. */
export function tally(choicesOpen: string[], votes: string[]): { choice: string; count: number }[] {
	return choicesOpen.map((choice) => ({
		choice,
		count: votes.filter((vote) => vote === choice).length
	}));
}

/** A calendar file (RFC 5545) for one meeting. Times in UTC; long lines folded at 75 octets. */
export function calendarFile(meeting: {
	id: string;
	title: string;
	place: string;
	startsAt: Date;
	minutes: number;
	stamp: Date;
	items: { title: string; minutes: number }[];
}): string {
	const moment = (date: Date) => date.toISOString().replace(/[-:]|\.\d{3}/g, '');
	const end = new Date(meeting.startsAt.getTime() + Math.max(meeting.minutes, 30) * 60_000);
	const agenda = meeting.items.map((item, i) => `${i + 1}. ${item.title} (${item.minutes} min.)`);
	return (
		[
			'BEGIN:VCALENDAR',
			'VERSION:2.0',
			'PRODID:-//Raadslag//Raadslag//DA',
			'BEGIN:VEVENT',
			`UID:${meeting.id}@raadslag`,
			`DTSTAMP:${moment(meeting.stamp)}`,
			`DTSTART:${moment(meeting.startsAt)}`,
			`DTEND:${moment(end)}`,
			`SUMMARY:${escaped(meeting.title)}`,
			...(meeting.place ? [`LOCATION:${escaped(meeting.place)}`] : []),
			...(agenda.length ? [`DESCRIPTION:${escaped(agenda.join('\n'))}`] : []),
			'END:VEVENT',
			'END:VCALENDAR'
		]
			.map(folded)
			.join('\r\n') + '\r\n'
	);
}

const escaped = (text: string): string =>
	text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n');

function folded(line: string): string {
	const encoder = new TextEncoder();
	const lines: string[] = [];
	let part = '';
	let size = 0;
	for (const sign of line) {
		const octets = encoder.encode(sign).length;
		if (size + octets > 75) {
			lines.push(part);
			part = ' ';
			size = 1;
		}
		part += sign;
		size += octets;
	}
	return [...lines, part].join('\r\n');
}
