import * as Y from 'yjs';
import { plainText } from './content.ts';
import type { Leftover, Why } from './copies.ts';
import { wordDiff } from './difference.ts';
import { isSection } from './keys.ts';
import { read } from './sections.ts';
import type { Segment } from './segments.ts';

/** A text one wrote in and had to leave, with the own clocks from which nothing is known to be saved. */
export type Aside = { doc: Y.Doc; why: Why; clocks: [client: number, from: number][] };

export type Lost = Pick<Leftover, 'section' | 'segments' | 'why'>;

/** What it would have changed against the text as it stands. */
export function against(text: Y.Doc, { doc, why }: Aside): Lost[] {
	const both = new Y.Doc();
	both.transact(() => {
		for (const one of [text, doc]) Y.applyUpdate(both, Y.encodeStateAsUpdate(one));
	});
	const [before, after] = [read(text), read(both)];
	both.destroy();
	return Object.keys(after).flatMap((section): Lost[] => {
		const [was, is] = [before[section], after[section]];
		if (JSON.stringify(was) === JSON.stringify(is)) return [];
		const [then, now] = [plainText(was), plainText(is)];
		if (then === '' && now === '') return [];
		// Only the form was changed: said in words, there is nothing to mark.
		return [{ section, why, segments: then === now ? [] : wordDiff(then, now) }];
	});
}

/** Where the text may no longer be read: one's own words only, and not what stood around them. */
export function ownWords({ doc, why, clocks }: Aside): Lost[] {
	const from = new Map(clocks);
	const mine = ({ client, clock }: Y.ID, length: number) => {
		const first = from.get(client);
		return first !== undefined && clock + length > first;
	};
	return [...doc.share.keys()].filter(isSection).flatMap((section): Lost[] => {
		const words = texts(doc.getXmlFragment(section)).flatMap((text) => {
			let said = '';
			for (let item = text._start; item; item = item.right)
				if (!item.deleted && item.content instanceof Y.ContentString && mine(item.id, item.length))
					said += item.content.str.slice(
						Math.max(0, (from.get(item.id.client) ?? 0) - item.id.clock)
					);
			return said.trim() === '' ? [] : [said];
		});
		const segments = words.flatMap((said, index): Segment[] => [
			...(index > 0 ? [{ change: 'same', text: '\n' } as const] : []),
			{ change: 'added', text: said }
		]);
		return segments.length > 0 ? [{ section, why, segments }] : [];
	});
}

function texts(node: Y.XmlFragment): Y.XmlText[] {
	return node
		.toArray()
		.flatMap((child) =>
			child instanceof Y.XmlText ? [child] : child instanceof Y.XmlElement ? texts(child) : []
		);
}
