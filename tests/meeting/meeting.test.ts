import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { calendarFile, choices, moved, tally, timetable } from '#lib/meeting/meeting.ts';

const items = fc
	.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 12 })
	.map((ids) => ids.map((id) => ({ id })));

describe('the timetable', () => {
	it('begins every item when the ones before it have had their time', () => {
		expect(timetable([{ minutes: 10 }, { minutes: 20 }, { minutes: 5 }])).toEqual({
			starts: [0, 10, 30],
			total: 35
		});
	});
});

describe('moving an item', () => {
	it('keeps every item and moves only its neighbour', () => {
		fc.assert(
			fc.property(items, fc.nat(11), fc.constantFrom<-1 | 1>(-1, 1), (list, at, step) => {
				const id = list[at % list.length]!.id;
				const after = moved(list, id, step);
				expect(new Set(after)).toEqual(new Set(list));
				expect(after.filter((item, i) => item !== list[i]).length).toBeLessThanOrEqual(2);
			})
		);
	});
	it('is undone by moving it back', () => {
		fc.assert(
			fc.property(items, fc.nat(11), (list, at) => {
				const i = at % list.length;
				if (i === list.length - 1) return;
				const id = list[i]!.id;
				expect(moved(moved(list, id, 1), id, -1)).toEqual(list);
			})
		);
	});
	it('leaves the order alone at either end and for an unknown item', () => {
		const list = [{ id: 'a' }, { id: 'b' }];
		expect(moved(list, 'a', -1)).toBe(list);
		expect(moved(list, 'b', 1)).toBe(list);
		expect(moved(list, 'x', 1)).toBe(list);
	});
});

describe('a vote', () => {
	it('counts every vote once, and lists the choices nobody took', () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom('yes', 'no', 'abstain')), (votes) => {
				const counted = tally(choices('yes_no', []), votes);
				expect(counted.map((row) => row.choice)).toEqual(['yes', 'no', 'abstain']);
				expect(counted.reduce((sum, row) => sum + row.count, 0)).toBe(votes.length);
			})
		);
	});
	it('is among the options when the round says so, and one may always abstain', () => {
		expect(choices('options', ['a', 'b'])).toEqual(['a', 'b', 'abstain']);
	});
});

describe('the calendar file', () => {
	const meeting = {
		id: '1',
		title: 'Centerchefforum; ordinært, møde',
		place: 'Mødelokale 3',
		startsAt: new Date('2018-10-11T07:00:00Z'),
		minutes: 90,
		stamp: new Date('2018-10-01T12:00:00Z'),
		items: [{ title: 'Fra to til otte områder i boligplanen? Æ'.repeat(4), minutes: 30 }]
	};
	it('says when, where and what, with its signs escaped', () => {
		const file = calendarFile(meeting);
		expect(file).toContain('DTSTART:20181011T070000Z');
		expect(file).toContain('DTEND:20181011T083000Z');
		expect(file).toContain('SUMMARY:Centerchefforum\\; ordinært\\, møde');
	});
	it('has no line over 75 octets, and unfolds to what it was', () => {
		const file = calendarFile(meeting);
		for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
		expect(file.replaceAll('\r\n ', '')).toContain(meeting.items[0]!.title);
	});
});
