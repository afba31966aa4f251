import type { Tx } from '../../base/sql.server.ts';
import * as appraisals from '../../case/appraisals.server.ts';
import * as consequences from '../../case/consequences.server.ts';
import * as evidence from '../../case/evidence.server.ts';
import * as options from '../../case/options.server.ts';
import { inOrder } from '../../case/options.ts';
import * as relations from '../../case/relations.server.ts';
import { turn } from '../../case/turn.server.ts';
import * as views from '../../case/views.server.ts';
import { date, workdaysFromNow } from './dates.ts';
import type { Stage } from './fill.server.ts';
import * as said from './weighed.ts';

/** What is said of the housing plan's options and evidence before it goes out (C2, C5, C6). */
export async function weigh(stage: Stage, tx: Tx, caseId: string): Promise<void> {
	const { people, departments } = stage;
	const ways = inOrder(await options.list(tx, caseId));
	for (const [who, which, part, level, words] of said.views)
		await views.view(tx, people[who], caseId, ways[which]!.id, { part, level, words });
	for (const [home, what, likelihood] of said.asked)
		await consequences.say(tx, people.jonas, caseId, ways[2]!.id, {
			about: 'department',
			what,
			effect: 'cost',
			departmentId: departments[home],
			likelihood
		});
	const told = (await evidence.list(tx, caseId)).filter(({ kind }) => kind !== 'figure');
	for (const [who, which, credibility, relevance, reason] of said.appraisals)
		await appraisals.appraise(tx, people[who], caseId, told[which]!.id, {
			credibility,
			relevance,
			reason
		});
	for (const [from, to, relation] of said.relations)
		await relations.relate(tx, people.jonas, caseId, {
			fromId: told[from]!.id,
			toId: told[to]!.id,
			relation
		});
	await evidence.shortlist(tx, people.jonas, caseId, told[0]!.id, true);
}

/** Notes that became more (A4): one is evidence, one a missing fact somebody is asked for, one for the room. */
export async function turnNotes(
	{ people }: Stage,
	tx: Tx,
	caseId: string,
	notes: { practice: string; question: string; reading: string }
): Promise<void> {
	const { jonas, tove, else: analyst } = people;
	await turn(tx, jonas, caseId, {
		note: notes.practice,
		into: 'evidence',
		words: said.turned.evidence
	});
	await turn(tx, jonas, caseId, {
		note: notes.question,
		into: 'request',
		words: said.turned.request,
		asked: analyst.id,
		due: date(workdaysFromNow(3))
	});
	await turn(tx, tove, caseId, {
		note: notes.reading,
		into: 'differing',
		words: said.turned.differing,
		reading: said.turned.reading
	});
}
