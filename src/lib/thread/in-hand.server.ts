import type { Db } from '../base/sql.server.ts';
import type { Person } from '../people/person.ts';
import { may } from '../forum/access.ts';
import * as objects from '../forum/objects.server.ts';
import * as figures from '../brief/figures.server.ts';
import * as cases from '../case/cases.server.ts';
import { costOf } from '../case/consequences.ts';
import * as consequences from '../case/consequences.server.ts';
import { ofCase as decisionOf } from '../decision/read.server.ts';
import type { AgendaItem } from '../meeting/meeting.ts';
import { figuresOf, material } from './decide.server.ts';
import * as votes from '../meeting/votes.server.ts';

/** What the room looks at while an item is in hand: the case in short, its figures, its votes. */
export async function caseInHand(db: Db, person: Person, item: AgendaItem) {
	const { standing, facts } = await objects.judge(db, person, 'read', item.caseId);
	const found = await cases.page(db, person, item.caseId);
	if (!found.readable) return null;
	const drawn = figures.data(db, figuresOf(found.evidence));
	const [data, lines, rounds, decision, deciding] = await Promise.all([
		drawn,
		consequences.list(db, person, item.caseId),
		votes.rounds(db, person, item.id),
		decisionOf(db, item.caseId),
		material(db, person, item.caseId, { ...found, figures: drawn })
	]);
	const shown = new Set(figuresOf(found.evidence.filter(({ parkedAt }) => !parkedAt)));
	return {
		id: found.id,
		number: found.number,
		title: found.title,
		question: found.question,
		kind: found.kind,
		content: found.content,
		/** Each with what it costs, as where options are held against each other. */
		options: found.options.map((option) => {
			const own = lines.filter(({ optionId }) => optionId === option.id);
			return { ...option, cost: costOf({ amount: option.amount, lines: own }) };
		}),
		evidence: found.evidence,
		figures: data.filter(({ id }) => shown.has(id)),
		rounds,
		/** What it is to be talked about; readings stay where they were given. */
		unknown: {
			questions: found.unknown.questions,
			differings: found.unknown.differings.map((one) => ({ ...one, readings: null }))
		},
		decision,
		/** What the chair needs to decide it now; null for everyone else. */
		deciding,
		may: { ...found.may, vote: may(standing, 'vote', facts) }
	};
}

export type CaseInHand = NonNullable<Awaited<ReturnType<typeof caseInHand>>>;
