import { capture, resolve, type Anchor } from '#lib/annotation/anchor.ts';
import { SECTION, wordsAt, writers, type Writer } from './writers.ts';

/** The text annotations are tried on, and the words one is on. */

export const TEXT = [
	'Fraværet er ikke, hvor planen er. I de to områder er det faldet siden 2015.',
	'I fem af de ti områder udenfor er fraværet steget, mest i Mølleparken og Nørrevang.',
	'Skoledistriktet blev lagt om i 2017.'
];
export const QUOTE = 'fem af de ti områder udenfor er fraværet steget';

/** Writers of one text, and an annotation on words of it. */
export function annotated(count = 1, text = TEXT, quote = QUOTE): [Writer[], Anchor] {
	const all = writers(count, text);
	const { from, to } = all[0]!.letters(quote);
	return [all, capture(all[0]!.fragment, SECTION, from, to)!];
}

/** Which words the annotation is on, and by which rule; null when it is an orphan. */
export function found(writer: Writer, anchor: Anchor): [string, string] | null {
	const here = resolve(writer.fragment, anchor);
	return here.kind === 'orphan' ? null : [here.by, wordsAt(writer, here.from, here.to)];
}
