import type { Locale } from '../base/format.ts';

/** A number as people type it: '1.250,5' in Danish, '1,250.5' in English. Null: nothing typed. NaN: no number. */
export function typedNumber(typed: string, locale: Locale): number | null {
	const text = typed
		.trim()
		.replace(/[\s\u00a0\u202f]/g, '')
		.replaceAll('\u2212', '-');
	if (!text) return null;
	const [group, point] = locale === 'da' ? ['.', ','] : [',', '.'];
	const shape = new RegExp(`^[-+]?(\\d+|\\d{1,3}(\\${group}\\d{3})+)(\\${point}\\d+)?$`);
	if (!shape.test(text)) return Number.NaN;
	return Number(text.replaceAll(group!, '').replace(point!, '.'));
}
