import type { Db } from '#lib/base/sql.server.ts';
import type { Person } from '#lib/people/person.ts';
import * as budget from './budget.server.ts';
import type { Proposal } from './budget.ts';
import { evidenceFields, optionFields } from './changes.ts';
import * as conflicts from './conflicts.server.ts';
import * as consequences from './consequences.server.ts';
import * as evidence from './evidence.server.ts';
import { head } from './head.server.ts';
import { proposalThen, type HeadThen } from './head-then.ts';
import { standing } from './options.ts';
import * as options from './options.server.ts';
import { saidOf } from './said-then.ts';
import * as views from './views.server.ts';

/** What is frozen beside the text when a case goes out or is answered: all the rest of it, as it stands (C10). */
export async function snapshot(db: Db, person: Person, id: string) {
	const [optionRows, evidenceRows] = [await options.list(db, id), await evidence.list(db, id)];
	const said = {
		lines: await consequences.list(db, person, id),
		views: await views.list(db, id),
		verdicts: await conflicts.list(db, id)
	};
	const { kind, template } = await head(db, person, id);
	return {
		head: headOf({ kind, template, proposal: await budget.ofCase(db, person, id) }),
		options: standing(optionRows).map((option) => ({
			...optionFields(option),
			said: saidOf(option.id, said)
		})),
		evidence: evidenceRows.map(evidenceFields)
	};
}

/** What a case is beside its text, options and evidence. */
export const headOf = ({
	kind,
	template,
	proposal
}: Omit<HeadThen, 'proposal'> & { proposal: Proposal | null }): HeadThen => ({
	kind,
	template,
	proposal: proposal && proposalThen(proposal)
});
