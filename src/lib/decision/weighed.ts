/** How a frozen piece of evidence was told and weighed, in the reader's words: the same on page and in files. */
import type { Level } from '../case/appraisal.ts';
import { relationWord, toldSaid } from '../case/evidence-words.ts';
import type { Relation } from '../case/relations.ts';
import type { ToldField } from '../case/told.ts';
import { levelWord } from '../case/words.ts';
import { m } from '#paraglide/messages.js';
import type { DecisionRecord, FrozenEvidence } from './record.ts';

/** Short facts for its line; none in records from before they were kept. */
export function weighed(item: FrozenEvidence): string[] {
	return [
		item.shortlisted ? m.case_shortlisted() : '',
		item.sender ? m.case_evidence_from({ sender: item.sender }) : '',
		item.file ? `${item.file.name} (sha256 ${item.file.sha256.slice(0, 12)}…)` : '',
		item.parked ? (item.parkedReason ?? '') : ''
	].filter(Boolean);
}

/** What was told of it, then what each who appraised it said. */
export function saidOf(
	item: Partial<Pick<FrozenEvidence, 'appraisals'>> & { told?: object }
): string[] {
	const told = Object.entries((item.told ?? {}) as Record<string, string>).map(
		([field, words]) => `${toldSaid(field as ToldField)}: ${words}`
	);
	const appraised = (item.appraisals ?? []).map(({ name, credibility, relevance, reason }) => {
		const as = m.case_appraised_as({
			credibility: levelWord(credibility as Level),
			relevance: levelWord(relevance as Level)
		});
		return `${name}, ${as}: ${reason}`;
	});
	return [...told, ...appraised];
}

/** What supported and contradicted what, a line for each. */
export function between({ links = [], evidence }: DecisionRecord): string[] {
	const title = (id: string) => evidence.find((item) => item.id === id)?.title ?? '';
	return links.map(({ from, to, relation }) =>
		m.case_relation_line({
			from: title(from),
			relation: relationWord(relation as Relation),
			to: title(to)
		})
	);
}
