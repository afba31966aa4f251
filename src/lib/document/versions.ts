/** A text's kept versions, and what lies between two of them. Pure. */
import { plainText, type Content } from './content.ts';
import { wordDiff } from './difference.ts';
import type { Segment } from './segments.ts';

/** Why a version was kept: by a person, under a name; by what happened to the text; before an earlier one came back. */
export const WHYS = [
	'named',
	'circulated',
	'published',
	'approved',
	'sent_back',
	'decided',
	'restored'
] as const;
export type WhyKept = (typeof WHYS)[number];

/** The text as it stands. */
export const NOW = 'now';

export type Version = {
	id: string;
	why: WhyKept;
	name: string | null;
	byName: string;
	at: Date;
};

export type SectionDifference = { section: string; segments: Segment[] };

/** What of a text differs between two moments, word by word, by section in the order given; unknown ones last. */
export function differences(
	before: Record<string, Content>,
	after: Record<string, Content>,
	order: string[]
): SectionDifference[] {
	return inOrder([...Object.keys(before), ...Object.keys(after)], order).flatMap((section) => {
		const [was, is] = [plainText(before[section]), plainText(after[section])];
		return was === is ? [] : [{ section, segments: wordDiff(was, is) }];
	});
}

/** Each name once, in the order one reads them; those nobody has heard of last. */
export function inOrder(names: string[], order: string[]): string[] {
	const place = (name: string) => {
		const at = order.indexOf(name);
		return at < 0 ? order.length : at;
	};
	return [...new Set(names)].sort((a, b) => place(a) - place(b) || a.localeCompare(b));
}
