import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { today } from '#lib/base/clock.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import { workdaysFrom } from '#lib/base/workdays.ts';
import * as approvals from '#lib/case/approvals.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import { setKind } from '#lib/case/kind.server.ts';
import { takeOff } from '#lib/case/offrecord.server.ts';
import * as options from '#lib/case/options.server.ts';
import { states, type CaseState } from '#lib/case/states.ts';
import * as urgency from '#lib/case/urgency.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import * as agenda from '#lib/meeting/agenda.server.ts';
import { circulate } from '#lib/meeting/circulate.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import * as written from '#lib/meeting/written.server.ts';
import type { Person } from '#lib/people/person.ts';
import { decide } from '#lib/thread/decide.server.ts';
import { cast, type Cast } from '../support/cast.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

/**
 * Every state × role × verb. A cell has a sign for each role, in this order: the chair, the director who was
 * asked to approve, the case's author (a chief), another chief, an analyst, the secretary, an observer, and
 * someone who is no member.
 *
 *   +  done                              s  refused: the case is settled
 *   -  refused: not theirs to do         x  refused: that step does not exist from here
 *   0  not found: not theirs to know of  r  refused: only what is ready is decided in writing
 *   n  refused: nothing is left to send  o  refused: no written procedure runs
 *
 * The forum asks for approval and allows written procedure, so that every verb has its moment; 'ask' is of a
 * case nobody asked approval of, the other steps of approval of one somebody did.
 */
const TABLE = `
              draft     in_review ready     on_agenda decided   deferred  returned  in_follow_up closed
read          ++++++00  ++++++00  ++++++00  +++++++0  +++++++0  +++++++0  ++++++00  +++++++0  +++++++0
annotate      ++++++00  ++++++00  ++++++00  ++++++-0  ++++++-0  ++++++-0  ++++++00  ++++++-0  ++++++-0
write         ++++++00  ++++++00  ++++++00  ++++++-0  ssssss-0  ++++++-0  ++++++00  ssssss-0  ssssss-0
conceal       +-+---00  +-+---00  +-+---00  +-+----0  -------0  +-+----0  +-+---00  -------0  -------0
to_draft      xxxxxx00  +++--+00  +++--+00  xxxxxx-0  ssssss-0  xxxxxx-0  xxxxxx00  ssssss-0  ssssss-0
to_in_review  +++--+00  xxxxxx00  xxxxxx00  xxxxxx-0  ssssss-0  xxxxxx-0  +++--+00  ssssss-0  ssssss-0
to_ready      +++--+00  +++--+00  xxxxxx00  xxxxxx-0  ssssss-0  +++--+-0  +++--+00  ssssss-0  ssssss-0
to_returned   xxxxxx00  ++----00  ++----00  +----+-0  ssssss-0  xxxxxx-0  xxxxxx00  ssssss-0  ssssss-0
to_deferred   xxxxxx00  xxxxxx00  xxxxxx00  +----+-0  ssssss-0  xxxxxx-0  xxxxxx00  ssssss-0  ssssss-0
to_closed     +++--+00  +++--+00  +++--+00  +----+-0  ssssss-0  +++--+-0  +++--+00  ssssss-0  ssssss-0
set_kind      ++++++00  ++++++00  ++++++00  ++++++-0  ssssss-0  ++++++-0  ++++++00  ssssss-0  ssssss-0
off_record    +++--+00  +++--+00  +++--+00  +++--+-0  ssssss-0  +++--+-0  +++--+00  ssssss-0  ssssss-0
shut_out      +----+00  +----+00  +----+00  +----+-0  +----+-0  +----+-0  +----+00  +----+-0  +----+-0
urgent        +++--+00  +++--+00  +++--+00  +++--+-0  ssssss-0  +++--+-0  +++--+00  ssssss-0  ssssss-0
lift_urgent   +++--+00  +++--+00  +++--+00  +++--+-0  ssssss-0  +++--+-0  +++--+00  ssssss-0  ssssss-0
ask           +++--+00  +++--+00  +++--+00  +++--+-0  ssssss-0  +++--+-0  +++--+00  ssssss-0  ssssss-0
approve       -+----00  -+----00  -+----00  -+-----0  ssssss-0  -+-----0  -+----00  ssssss-0  ssssss-0
send_back     -+----00  -+----00  -+----00  -+-----0  ssssss-0  -+-----0  -+----00  ssssss-0  ssssss-0
withdraw      +++--+00  +++--+00  +++--+00  +++--+-0  ssssss-0  +++--+-0  +++--+00  ssssss-0  ssssss-0
put_on        +----+-0  +----+-0  +----+-0  +----+-0  s----s-0  +----+-0  +----+-0  s----s-0  s----s-0
put_on_late   +----+-0  +----+-0  +----+-0  +----+-0  s----s-0  +----+-0  +----+-0  s----s-0  s----s-0
send_out      +----+-0  +----+-0  +----+-0  +----+-0  n----n-0  +----+-0  +----+-0  n----n-0  n----n-0
take_off      +----+-0  +----+-0  +----+-0  +----+-0  +----+-0  +----+-0  +----+-0  +----+-0  +----+-0
ask_written   r-----00  r-----00  +-----00  r------0  ssssss-0  r------0  r-----00  ssssss-0  ssssss-0
answer        oooo--00  oooo--00  ++++--00  oooo---0  ssssss-0  oooo---0  oooo--00  ssssss-0  ssssss-0
take_back     o-----00  o-----00  +-----00  o------0  ssssss-0  o------0  o-----00  ssssss-0  ssssss-0
settle        o-----00  o-----00  +-----00  o------0  -------0  o------0  o-----00  -------0  -------0
decide        x-----00  x-----00  x-----00  +------0  -------0  x------0  x-----00  -------0  -------0
`;

const SIGNS: Record<string, string> = {
	done: '+',
	'base.not_allowed': '-',
	'base.not_found': '0',
	'case.settled': 's',
	'case.state_cannot_follow': 'x',
	'meeting.written_not_ready': 'r',
	'meeting.written_over': 'o',
	'meeting.nothing_to_circulate': 'n'
};

let db: TestDatabase;
let people: Cast;
let lars: Person;
let first: string;
let second: string;

beforeAll(async () => {
	db = await freshDatabase();
	people = await cast(db.sql);
	const { maja, sigrid, forumId, act } = people;
	await act(async (tx) => {
		const [row] = await tx<{ id: string }[]>`
			insert into persons (name, email, password_hash, department_id)
			values ('Lars Friis', 'lars@example.test', 'none', ${maja.departmentId}) returning id`;
		lars = { ...maja, id: row!.id, name: 'Lars Friis' };
		await forums.addMember(tx, maja, forumId, lars.id, 'director');
		await forums.setCharter(tx, maja, forumId, { approval: 'shown', writtenProcedure: 'allowed' });
		const meeting = { forumId, title: 'Møde', startsAt: new Date(Date.now() + 9e9), place: '' };
		first = await meetings.create(tx, sigrid, meeting);
		second = await meetings.create(tx, sigrid, meeting);
	});
});
afterAll(() => db.drop());

type Attempt = (tx: Tx, person: Person, caseId: string) => Promise<unknown>;

const to =
	(state: CaseState): Attempt =>
	(tx, person, id) =>
		cases.setState(tx, person, id, state, { reason: 'Fordi', via: 'page' });

/** As if the director had been asked already. */
const once =
	(verb: Attempt): Attempt =>
	async (tx, person, id) => {
		await tx`
			insert into approvals (case_id, step, director_id, by)
			values (${id}, 'asked', ${lars.id}, ${people.jonas.id})`;
		await verb(tx, person, id);
	};

/** As if it had been marked as urgent. */
const hastened =
	(verb: Attempt): Attempt =>
	async (tx, person, id) => {
		await tx`
			insert into urgencies (case_id, reason, by) values (${id}, 'Haster', ${people.jonas.id})`;
		await verb(tx, person, id);
	};

/** As if it stood on the first meeting's agenda, whatever became of it since. */
const listed =
	(verb: (tx: Tx, person: Person, itemId: string) => Promise<unknown>): Attempt =>
	async (tx, person, id) => {
		const on = () => tx<{ id: string }[]>`
			select id from agenda_items where meeting_id = ${first} and case_id = ${id}`;
		if ((await on()).length === 0)
			await tx`
				insert into agenda_items (meeting_id, case_id, position, minutes, added_by)
				values (${first}, ${id}, 1, 5, ${people.sigrid.id})`;
		await verb(tx, person, (await on())[0]!.id);
	};

/** As if the chair had sent it to be answered in writing. */
const inWriting =
	(verb: Attempt): Attempt =>
	async (tx, person, id) => {
		const document = await documents.ofObject(tx, id);
		const keep = await documents.keep(tx, people.maja, document!.id, 'circulated');
		if (((await cases.page(tx, people.maja, id)) as { state: { is: string } }).state.is === 'ready')
			await tx`
				insert into written_procedures (case_id, due, one_stops, keep_id, options, evidence, asked_by)
				values (${id}, ${workdaysFrom(today(), 5)}, false, ${keep}, '[]', '[]', ${people.maja.id})`;
		await verb(tx, person, id);
	};

const decided =
	(method: 'chair' | 'written'): Attempt =>
	async (tx, person, caseId) => {
		const [option] = await options.list(tx, caseId);
		await decide(tx, person, {
			caseId,
			optionId: option!.id,
			wording: 'Ja.',
			rationale: { facts: '', values: '', sideConditions: '', constraints: '' },
			dissent: '',
			decider: 'director',
			method,
			roles: {},
			goals: [],
			actions: [],
			none: null
		});
	};

const VERBS: Record<string, Attempt> = {
	read: (tx, person, id) => cases.page(tx, person, id),
	annotate: (tx, person, id) => objects.judge(tx, person, 'annotate', id),
	write: (tx, person, id) => cases.setQuestion(tx, person, id, 'Hvorfor?'),
	conceal: (tx, person, id) => objects.setConfidential(tx, person, id, true),
	to_draft: to('draft'),
	to_in_review: to('in_review'),
	to_ready: to('ready'),
	to_returned: to('returned'),
	to_deferred: to('deferred'),
	to_closed: to('closed'),
	set_kind: (tx, person, id) => setKind(tx, person, id, 'follow_up'),
	off_record: async (tx, person, id) => {
		await tx`update cases set kind = 'sparring' where id = ${id}`;
		await takeOff(tx, person, id);
	},
	shut_out: (tx, person, id) => objects.exclude(tx, person, id, people.tove.id, 'Part i sagen'),
	urgent: (tx, person, id) => urgency.mark(tx, person, id, 'Haster'),
	lift_urgent: hastened(urgency.lift),
	ask: (tx, person, id) => approvals.ask(tx, person, id, lars.id),
	approve: once(approvals.approve),
	send_back: once((tx, person, id) =>
		approvals.sendBack(tx, person, id, { comment: 'Mere', notes: [] })
	),
	withdraw: once(approvals.withdraw),
	put_on: (tx, person, id) => agenda.add(tx, person, second, { caseId: id, minutes: 5 }),
	put_on_late: async (tx, person, id) => {
		await objects.setPhase(tx, second, 'circulated');
		await agenda.add(tx, person, second, { caseId: id, minutes: 5 });
		const [item] = await tx`select late from agenda_items where meeting_id = ${second}`;
		expect(item!.late).toBe(true);
	},
	send_out: listed((tx, person) => circulate(tx, person, first)),
	take_off: listed((tx, person, item) => agenda.remove(tx, person, first, item)),
	ask_written: (tx, person, id) => written.ask(tx, person, id, workdaysFrom(today(), 5)),
	answer: inWriting((tx, person, id) =>
		written.answer(tx, person, id, { answer: 'agree', words: '' })
	),
	take_back: inWriting(written.withdraw),
	settle: inWriting(async (tx, person, id) => {
		for (const one of [people.maja, lars, people.jonas, people.tove])
			await tx`
				insert into written_answers (procedure_id, person_id, answer, words)
				select id, ${one.id}, 'agree', '' from written_procedures where case_id = ${id}`;
		await decided('written')(tx, person, id);
	}),
	decide: decided('chair')
};

const back = new Error('rolled back');

/** A case in that state, what becomes of each verb for each role, and everything rolled back again. */
async function tried(state: CaseState): Promise<Record<string, string>> {
	const { maja, jonas, tove, else_, sigrid, ove, nina } = people;
	const roles = [maja, lars, jonas, tove, else_, sigrid, ove, nina];
	const cells: Record<string, string> = {};
	await people
		.act(async (tx) => {
			const id = await cases.create(tx, jonas, {
				forumId: people.forumId,
				title: 'Otte områder',
				question: 'Hvilke områder?'
			});
			if (state === 'on_agenda') await agenda.add(tx, sigrid, first, { caseId: id, minutes: 5 });
			else if (state !== 'draft') {
				await tx`insert into case_states (case_id, state, by) values (${id}, ${state}, ${jonas.id})`;
				await objects.setPhase(tx, id, state);
			}
			for (const [name, verb] of Object.entries(VERBS)) {
				const signs: string[] = [];
				for (const person of roles) signs.push(await sign(tx, verb, person, id));
				cells[name] = signs.join('');
			}
			throw back;
		})
		.catch((error) => {
			if (error !== back) throw error;
		});
	return cells;
}

async function sign(tx: Tx, verb: Attempt, person: Person, id: string): Promise<string> {
	try {
		await tx.savepoint(async (inner) => {
			await verb(inner as Tx, person, id);
			throw back;
		});
		return '?';
	} catch (error) {
		if (error === back) return SIGNS.done!;
		const { code, name } = error as { code: string; name: string };
		if (name !== 'Refusal') throw error;
		return SIGNS[code] ?? `[${code}]`;
	}
}

const [head, ...rows] = TABLE.trim()
	.split('\n')
	.map((line) => line.trim().split(/\s+/));
const expected = (state: CaseState) =>
	Object.fromEntries(rows.map(([verb, ...cells]) => [verb, cells[head!.indexOf(state)]]));

describe('what each role can do with a case', () => {
	test('is written down for every state and verb', () => {
		expect(head).toEqual(states);
		expect(rows.map(([verb]) => verb)).toEqual(Object.keys(VERBS));
	});
	test.each(states)('%s', async (state) => {
		expect(await tried(state)).toEqual(expected(state));
	});
});
