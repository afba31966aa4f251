import type { Db, Tx } from '../base/sql.server.ts';
import { record } from '../base/events.server.ts';
import { refuse } from '../base/errors.ts';
import type { Person } from '../people/person.ts';
import * as objects from '../forum/objects.server.ts';
import * as documents from '../document/documents.server.ts';
import * as cases from '../case/cases.server.ts';
import type { EvidenceFields } from '../case/changes.ts';
import type { HeadThen } from '../case/head-then.ts';
import type { OptionFields } from '../case/options.ts';
import { items } from './agenda.server.ts';
import { isToSend } from './meeting.ts';

/** Circulation freezes what was sent (C10): text, options and evidence as they stood. Writing goes on. */

/**
 * Sends the meeting's agenda out: every case on it that has not been sent yet, is not settled, and that this person may
 * read; the rest waits for the chair. Returns how many went.
 */
export async function circulate(tx: Tx, person: Person, meetingId: string): Promise<number> {
	await objects.judge(tx, person, 'manage', meetingId);
	// Two who send at once take turns; the second finds nothing left to send.
	await tx`select from meetings where id = ${meetingId} for update`;
	const { facts } = await objects.judge(tx, person, 'manage', meetingId);
	// A case that is being decided meanwhile is waited for, and then left out.
	await tx`
		select from objects where id in (
			select case_id from agenda_items where meeting_id = ${meetingId} and removed_at is null)
		order by id for no key update`;
	const waiting = (await items(tx, person, meetingId)).filter(isToSend);
	if (waiting.length === 0) refuse('meeting.nothing_to_circulate');
	for (const item of waiting) await send(tx, person, item.id, item.caseId, facts.forumId);
	if (facts.phase === 'planned') await objects.setPhase(tx, meetingId, 'circulated');
	await record(tx, {
		person: person.id,
		verb: 'meeting.circulated',
		kind: 'meeting',
		object: meetingId,
		forum: facts.forumId,
		detail: { cases: waiting.map((item) => item.caseId) }
	});
	return waiting.length;
}

async function send(tx: Tx, person: Person, itemId: string, caseId: string, forumId: string) {
	await objects.judge(tx, person, 'circulate', caseId);
	const document = await documents.ofObject(tx, caseId);
	const keepId = await documents.keep(tx, person, document!.id, 'circulated');
	const { options, evidence, head } = await cases.snapshot(tx, person, caseId);
	await tx`
		insert into circulations (item_id, case_id, keep_id, options, evidence, head, by)
		values (${itemId}, ${caseId}, ${keepId}, ${tx.json(options as never)}, ${tx.json(evidence as never)},
			${tx.json(head as never)}, ${person.id})`;
	await record(tx, {
		person: person.id,
		verb: 'case.circulated',
		kind: 'case',
		object: caseId,
		forum: forumId,
		detail: { item: itemId, keep: keepId }
	});
}

export type Circulation = {
	id: string;
	keepId: string;
	at: Date;
	byName: string;
	options: OptionFields[];
	evidence: EvidenceFields[];
	head: HeadThen | null;
};

/** What was last sent out of a case, with an agenda or to be answered in writing; null when it never was. */
export async function lastOf(db: Db, caseId: string): Promise<Circulation | null> {
	const [row] = await db<Circulation[]>`
		select u.id, u.keep_id "keepId", u.at, p.name "byName", u.options, u.evidence, u.head
		from (
			select id, keep_id, at, by, options, evidence, head from circulations where case_id = ${caseId}
			union all
			select id, keep_id, asked_at, asked_by, options, evidence, head from written_procedures
			where case_id = ${caseId}
		) u join persons p on p.id = u.by order by u.at desc limit 1`;
	return row ?? null;
}
