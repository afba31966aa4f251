import type { Db } from '#lib/base/sql.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import {
	changes,
	evidenceFields,
	optionFields,
	type Changes,
	type EvidenceFields
} from './changes.ts';
import type { HeadThen } from './head-then.ts';
import type { OptionFields } from './options.ts';
import type { CasePage } from './read.server.ts';
import { named, saidOf } from './said-then.ts';
import { headOf } from './snapshot.server.ts';

/** What has changed in a case since it was kept: sent out, approved, or sent back (C7, C10). */
export async function since(
	db: Db,
	found: Pick<
		CasePage,
		'content' | 'options' | 'evidence' | 'said' | 'template' | 'kind' | 'proposal'
	>,
	sent: {
		keepId: string;
		options: OptionFields[];
		evidence: EvidenceFields[];
		head: HeadThen | null;
	}
): Promise<Changes> {
	const then = (await documents.kept(db, sent.keepId)).content;
	const told = changes(
		{ content: then, options: sent.options, evidence: sent.evidence, head: sent.head },
		{
			head: headOf(found),
			content: found.content,
			options: found.options.map((option) => ({
				...optionFields(option),
				said: saidOf(option.id, found.said)
			})),
			evidence: found.evidence.map(evidenceFields)
		},
		found.template
	);
	// Lines that were said anew are listed too: what a line moved then is named as what it moves now.
	const moved = found.said.lines.flatMap(({ indicator }) => indicator ?? []);
	const labelOf = (one: { datasetId: string; measure: string }) =>
		moved.find(({ datasetId, measure }) => datasetId === one.datasetId && measure === one.measure)
			?.label ?? null;
	return {
		...told,
		options: told.options.map((option) => ({
			...option,
			said: option.said.map((change) => named(change, labelOf))
		}))
	};
}
