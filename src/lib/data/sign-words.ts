import { m } from '#paraglide/messages.js';
import type { Locale } from '../base/format.ts';
import { knownSign } from './signs.ts';

/** What a mark of the source means: the file's words, or ours where it is one that most senders use. */
export function signWord(sign: string, told: string, locale: Locale): string {
	const known = knownSign(sign);
	// Several that came together in a sum, each with its own meaning.
	if (!told && !known && sign.includes(' '))
		return sign
			.split(' ')
			.map((one) => signWord(one, '', locale))
			.join('; ');
	if (told || !known) return told || m.data_sign_unknown({}, { locale });
	return {
		'..': m.data_sign_dots,
		'...': m.data_sign_confidential,
		'.': m.data_sign_impossible,
		'-': m.data_sign_nil,
		'*': m.data_sign_star,
		b: m.data_sign_break,
		c: m.data_sign_confidential,
		d: m.data_sign_definition,
		e: m.data_sign_estimated,
		f: m.data_sign_forecast,
		n: m.data_sign_insignificant,
		p: m.data_sign_provisional,
		r: m.data_sign_revised,
		u: m.data_sign_unreliable,
		z: m.data_sign_impossible
	}[known]({}, { locale });
}
