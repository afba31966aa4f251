import { formatNumber, type Locale } from '#lib/base/format.ts';
import type { SaidThen } from './said-then.ts';

/** An option's rules (C5): the status quo is always one, at most one is recommended, money is read as Danes write it. */
export const likelihoods = ['likely', 'possible', 'unlikely'] as const;
export type Likelihood = (typeof likelihoods)[number];

export type Option = {
	id: string;
	position: number;
	title: string;
	statusQuo: boolean;
	recommended: boolean;
	/** DKK; negative is a saving; null is not given. */
	amount: number | null;
	horizon: string;
	funding: string;
	likelihood: Likelihood | null;
	rowVersion: number;
	createdBy: string;
	createdAt: Date;
	withdrawnAt: Date | null;
};

/** As an option stood when the case was circulated. */
export type OptionFields = Pick<
	Option,
	'id' | 'title' | 'statusQuo' | 'recommended' | 'amount' | 'horizon' | 'funding' | 'likelihood'
> & {
	/** What was said of it beside its prose. What was sent before these were kept has none. */
	said?: SaidThen[];
};

export const editable = ['title', 'amount', 'horizon', 'funding', 'likelihood'] as const;

/** The status quo first, then the forum's order. */
export const inOrder = <O extends Pick<Option, 'statusQuo' | 'position'>>(options: O[]) =>
	options.toSorted((a, b) => Number(b.statusQuo) - Number(a.statusQuo) || a.position - b.position);

export const standing = <O extends Pick<Option, 'withdrawnAt'>>(options: O[]) =>
	options.filter((option) => !option.withdrawnAt);

/** New order of the forum's own options: the status quo is not in it, and every other is, once. */
export function isReordering(options: Pick<Option, 'id' | 'statusQuo'>[], ids: string[]): boolean {
	const movable = options.filter((option) => !option.statusQuo).map((option) => option.id);
	return (
		movable.length === ids.length &&
		new Set(ids).size === ids.length &&
		ids.every((id) => movable.includes(id))
	);
}

const scales: [RegExp, number][] = [
	[/\s*(?:mia|mia\.|milliarder|milliard|bn|billion)$/, 1e9],
	[/\s*(?:mio|mio\.|millioner|million|m)$/, 1e6],
	[/\s*(?:t\.?|tusind|thousand|k)$/, 1e3]
];

/**
 * What a person types for money: "2,1 mio. kr.", "2.100.000", "-450.000 kr.", "750 t.kr.".
 * In English the comma groups and the point divides. Null: nothing typed. NaN: not an amount.
 */
export function parseAmount(typed: string, locale: Locale): number | null {
	let text = typed
		.trim()
		.toLowerCase()
		.replaceAll('\u2212', '-')
		.replace(/[\s\u00a0\u202f]+/g, ' ');
	if (text === '') return null;
	text = text
		.replace(/^(dkk|kr\.?) ?/, '')
		.replace(/ ?(dkk|kr\.?|kroner)$/, '')
		.trim();
	let scale = 1;
	for (const [word, factor] of scales) {
		if (!word.test(text)) continue;
		text = text.replace(word, '');
		scale = factor;
		break;
	}
	const [group, point] = locale === 'da' ? ['\\.', ','] : [',', '\\.'];
	const shape = new RegExp(`^[-+]?(\\d+|\\d{1,3}(?:(?:${group}| )\\d{3})+)(?:${point}(\\d+))?$`);
	if (!shape.test(text)) return Number.NaN;
	const plain = text.replaceAll(' ', '').replace(new RegExp(group, 'g'), '').replace(',', '.');
	const amount = Math.round(Number(plain) * scale * 100) / 100;
	return Math.abs(amount) > 1e13 ? Number.NaN : amount + 0;
}

/** "2,15 mio. kr." and "1.234.567 kr.": in millions only when nothing is lost by it. */
export function sayAmount(amount: number, locale: Locale): string {
	const millions = Math.abs(amount) >= 1e6 && amount % 1e4 === 0;
	const number = formatNumber(millions ? amount / 1e6 : amount, locale);
	if (locale === 'da') return millions ? `${number} mio. kr.` : `${number} kr.`;
	return millions ? `DKK ${number} m` : `DKK ${number}`;
}
