import * as messages from '#paraglide/messages.js';
import type { Locale } from '../base/format.ts';

type Message = (params: { verb: string }, options: { locale: Locale }) => string;

/** An event's verb in words: 'case.circulated' → 'sendte sagen ud'. On the server only, where all words are at hand. */
export function did(verb: string, locale: Locale): string {
	const all = messages as unknown as Record<string, Message | undefined>;
	const message = all[`forum_did_${verb.replace('.', '_')}`] ?? all['forum_did_something']!;
	return message({ verb }, { locale });
}
