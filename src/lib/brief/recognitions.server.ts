import { anchorOf } from '../annotation/placed.server.ts';
import { resolve } from '../annotation/anchor.ts';
import { isDay } from '../base/clock.ts';
import { notAllowed, notFound, refuse } from '../base/errors.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import * as documents from '../document/documents.server.ts';
import { may, type Facts } from '../forum/access.ts';
import { reach, standings } from '../forum/objects.server.ts';
import * as readers from '../forum/readers.server.ts';
import type { Person } from '../people/person.ts';
import { hold, step, tell } from './hold.server.ts';
import type { Sentence } from './recognition.ts';
import type { Step } from './steps.ts';
import type { Owner, Recognition } from './together.ts';

/**
 * Those who own a brief's figures are asked whether they recognise what is said of them (B6). Their answer shows at
 * the sentence it was asked about, and stops nobody.
 */

export type Asked = { datasetId: string; personId: string; on: Sentence | { figureId: string } };

export async function ask(
	tx: Tx,
	person: Person,
	briefId: string,
	input: { asked: Asked[]; due?: string | null; seen?: Step }
): Promise<void> {
	if (input.asked.length === 0) refuse('brief.recognition_nothing', { field: 'ask' });
	if (input.due && !isDay(input.due)) refuse('brief.due_not_a_day', { field: 'due' });
	const facts = await step(tx, person, briefId, 'owners', input.seen);
	const owners = await ownersOf(tx, briefId);
	for (const { datasetId, personId, on } of input.asked) {
		const owner = owners.find((one) => one.datasetId === datasetId && one.personId === personId);
		if (!owner) return refuse('brief.not_its_owner', { status: 409 });
		if (!owner.outside && !(await readers.letRead(tx, person, facts, personId)))
			refuse('brief.owner_cannot_read', { status: 409 });
		await tx`
			insert into brief_recognitions ${tx({
				brief_id: briefId,
				dataset_id: datasetId,
				person_id: personId,
				due: input.due || null,
				asked_by: person.id,
				...('figureId' in on
					? { figure_id: await figureIn(tx, briefId, on.figureId) }
					: await words(tx, person, briefId, on))
			})}`;
	}
	await tell(tx, person, facts, 'brief.recognition_asked', {
		of: [...new Set(input.asked.map(({ personId }) => personId))]
	});
}

/**
 * Yes, or no because: also when the brief has been published since. Answered anew, what was answered before stays
 * behind it, with its time; the same again changes nothing.
 */
export async function answer(
	tx: Tx,
	person: Person,
	briefId: string,
	id: string,
	said: { recognised: boolean; reason: string }
): Promise<void> {
	const { facts } = await hold(tx, person, 'annotate', briefId);
	await settle(tx, person, facts, id, said);
}

/** Writes down the answer of the one who was asked. The caller has judged, and holds the brief. */
export async function settle(
	tx: Tx,
	person: Person,
	facts: Pick<Facts, 'id' | 'forumId'>,
	id: string,
	said: { recognised: boolean; reason: string }
): Promise<void> {
	const [row] = await tx<Standing[]>`
		select person_id "personId", withdrawn_at "withdrawnAt", recognised, reason
		from brief_recognitions where id = ${id} and brief_id = ${facts.id} for update`;
	if (!row) return notFound();
	if (row.personId !== person.id) notAllowed();
	if (row.withdrawnAt) refuse('brief.recognition_settled', { status: 409 });
	const { recognised } = said;
	const reason = said.reason.trim();
	if (!recognised && !reason) refuse('brief.recognition_why_missing', { field: 'reason' });
	if (row.recognised === recognised && row.reason === reason) return;
	await tx`
		insert into brief_recognitions_before (recognition_id, recognised, reason, at)
		select id, recognised, reason, answered_at from brief_recognitions
		where id = ${id} and answered_at is not null`;
	await tx`
		update brief_recognitions set recognised = ${recognised}, reason = ${reason},
			answered_at = clock_timestamp()
		where id = ${id}`;
	const anew = row.recognised !== null;
	await tell(tx, person, facts, anew ? 'brief.recognition_changed' : 'brief.recognition_answered', {
		recognition: id,
		recognised
	});
}

type Standing = {
	personId: string;
	withdrawnAt: Date | null;
	recognised: boolean | null;
	reason: string;
};

type Row = Omit<Recognition, 'anchor' | 'place'> & {
	section: string | null;
	start: Buffer;
	end: Buffer;
	quote: string;
	prefix: string;
	suffix: string;
};

/** All that were asked and not taken back, with the place of their words as the text stands. The caller has judged. */
export async function list(db: Db, briefId: string, documentId: string): Promise<Recognition[]> {
	const rows = await db<Row[]>`
		select r.id, o.title "datasetTitle", r.person_id "personId", p.name, d.name "departmentName",
			r.section, r.start_position "start", r.end_position "end", r.quote, r.prefix, r.suffix,
			r.figure_id "figureId", r.due::text, r.recognised, r.reason, r.answered_at "answeredAt",
			(select coalesce(json_agg(json_build_object('recognised', x.recognised, 'reason', x.reason, 'at', x.at)
				order by x.id), '[]') from brief_recognitions_before x where x.recognition_id = r.id) before
		from brief_recognitions r join persons p on p.id = r.person_id
		join departments d on d.id = p.department_id join objects o on o.id = r.dataset_id
		where r.brief_id = ${briefId} and r.withdrawn_at is null order by r.asked_at, r.id`;
	const fragments = rows.some(({ section }) => section)
		? await documents.fragments(db, documentId)
		: null;
	return rows.map(({ section, start, end, quote, prefix, suffix, before, ...rest }) => {
		const row = { ...rest, before: before.map((one) => ({ ...one, at: new Date(one.at) })) };
		if (section === null) return { ...row, anchor: null, place: null };
		const anchor = {
			section,
			start: start.toString('base64'),
			end: end.toString('base64'),
			quote,
			prefix,
			suffix
		};
		const fragment = fragments!(section);
		const found = fragment && resolve(fragment, anchor);
		const place = found?.kind === 'held' ? { from: found.from, to: found.to } : null;
		return { ...row, anchor, place };
	});
}

/** Who owns, or knows beside the owner, what a brief's figures show, and whether they can be asked. */
export async function ownersOf(db: Db, briefId: string): Promise<Owner[]> {
	const rows = await db<Omit<Owner, 'canRead' | 'writes' | 'outside'>[]>`
		select distinct on (o.title, d.id, p.name) d.id "datasetId", o.title "datasetTitle", p.id "personId", p.name
		from figures f join figure_versions w on w.figure_id = f.id join versions v on v.id = w.version_id
		join datasets d on d.id = v.dataset_id join objects o on o.id = d.id
		join persons p on p.id in (d.owner_id, d.second_id)
		where f.brief_id = ${briefId} and f.removed_at is null order by o.title, d.id, p.name`;
	const stands = await standings(
		db,
		rows.map(({ personId }) => ({ person: personId, object: briefId }))
	);
	const keep = await standings(
		db,
		rows.map(({ personId, datasetId }) => ({ person: personId, object: datasetId }))
	);
	return rows.map((row, i) => ({
		...row,
		outside:
			stands[i]?.standing.role === null &&
			!stands[i].facts.confidential &&
			!stands[i].standing.excluded &&
			keep[i] != null &&
			keep[i].standing.role !== null &&
			may(keep[i].standing, 'read', keep[i].facts),
		writes: stands[i]?.standing.author ?? false,
		canRead:
			stands[i] != null && may({ ...stands[i].standing, asked: true }, 'annotate', stands[i].facts)
	}));
}

type Waiting = {
	id: string;
	title: string;
	due: string | null;
	briefId: string;
	briefTitle: string;
};

/** What this person is asked to recognise and has not answered, also in what has been published since. */
export async function waitingFor(db: Db, person: Person): Promise<Waiting[]> {
	return await db<Waiting[]>`
		select r.id, coalesce(r.quote, f.title) title, r.due::text, o.id "briefId", o.title "briefTitle"
		from brief_recognitions r join objects o on o.id = r.brief_id left join figures f on f.id = r.figure_id
		where r.person_id = ${person.id} and r.answered_at is null and r.withdrawn_at is null
			and ${reach(db, person, 'read')}`;
}

async function figureIn(tx: Tx, briefId: string, figureId: string): Promise<string> {
	const [figure] = await tx`
		select from figures where id = ${figureId} and brief_id = ${briefId} and removed_at is null`;
	return figure ? figureId : notFound();
}

async function words(tx: Tx, person: Person, briefId: string, sentence: Sentence) {
	const { section, start, end, quote, prefix, suffix } = await anchorOf(
		tx,
		person,
		briefId,
		sentence
	);
	const bytes = (text: string) => Buffer.from(text, 'base64');
	return { section, start_position: bytes(start), end_position: bytes(end), quote, prefix, suffix };
}
