/**
 * What a case keeps of the kinds it has been and that its kind now has no place for (C9): neither counted, shown nor
 * frozen, and back where it was when the kind is changed back.
 */
import { isEmpty, type Content } from '#lib/document/content.ts';
import { isSection, type CaseKind, type TemplatePart } from './template.ts';

export type Been = { kind: CaseKind; template: TemplatePart[] };

export type SetAside = {
	/** Parts with words in them, each with the kind it belongs to, in the order they were read. */
	parts: (TemplatePart & { kind: CaseKind })[];
	/** An amount and a year were proposed when it was a budget proposal. */
	proposal: boolean;
};

/** `been`: what it has been, newest first; a part that several had comes back with the newest. */
export function setAside(
	now: Been,
	been: Been[],
	content: Record<string, Content | undefined>,
	proposed: boolean
): SetAside {
	const taken = new Set(now.template.map(({ key }) => key));
	const parts: SetAside['parts'] = [];
	for (const { kind, template } of been)
		for (const part of template) {
			if (taken.has(part.key) || !isSection(part.key) || isEmpty(content[part.key])) continue;
			taken.add(part.key);
			parts.push({ ...part, kind });
		}
	return { parts, proposal: proposed && now.kind !== 'budget' };
}
