/**
 * What a case is made of (product C1, Danish practice §6): its parts, in the order they are read. All but evidence and
 * options, which are rows, are fragments of the case's document. A forum sets its own for each kind of case; a case
 * keeps the parts it was begun with. The house's words for parts live in the messages.
 */
export const kinds = ['decision', 'sparring', 'orientation', 'budget', 'follow_up'] as const;
export type CaseKind = (typeof kinds)[number];

export type TemplatePart = {
	key: string;
	/** The forum's own name and help; without, the house's word for the key. */
	name?: string;
	help?: string;
};

export const sections = [
	'recommendation',
	'background',
	'account',
	'consequences',
	'risk',
	'economy',
	'next'
] as const;
/** Those that only some kinds begin with. */
const others = [
	'proposal',
	'built_on',
	'other_departments',
	'status',
	'learned',
	'adjust'
] as const;
export const houseKeys = [...sections, ...others, 'evidence', 'options'] as const;
export type HouseKey = (typeof houseKeys)[number];

const keyed = (...keys: HouseKey[]): TemplatePart[] => keys.map((key) => ({ key }));

/** The standard case, and what cases begun before forums had templates are made of. */
export const standard = keyed(
	'recommendation',
	'background',
	'account',
	'evidence',
	'options',
	'consequences',
	'risk',
	'economy',
	'next'
);

/** What the house ships: three, of which the standard one serves three kinds. */
export const shipped: Record<CaseKind, TemplatePart[]> = {
	decision: standard,
	sparring: standard,
	orientation: standard,
	budget: keyed(
		'recommendation',
		'proposal',
		'built_on',
		'evidence',
		'options',
		'other_departments',
		'economy',
		'risk',
		'next'
	),
	follow_up: keyed('recommendation', 'status', 'evidence', 'learned', 'options', 'adjust', 'next')
};

/** The decision is put in after the recommendation, and rests on evidence and options: these are always there. */
export const always = ['recommendation', 'evidence', 'options'] as const;
export const MOST_PARTS = 16;

const OWN = /^own_[a-z]{8}$/;
export const isHouseKey = (key: string): key is HouseKey =>
	(houseKeys as readonly string[]).includes(key);

/** Whether a part is text: evidence and options are rows. */
export const isSection = (key: string): boolean =>
	key !== 'evidence' && key !== 'options' && optionOf(key) === null;

/** The fragments a case's document is born with. */
export const sectionsOf = (template: TemplatePart[]): string[] =>
	template.map(({ key }) => key).filter(isSection);

/** The option a fragment belongs to, or null for a section. */
export const optionOf = (name: string) => (name.startsWith('option:') ? name.slice(7) : null);

/**
 * Of everything a document holds, what the case knows: its template's sections and its options' prose. A page that is
 * not ours can write fragments of any name; they are in nobody's case.
 */
export function known<Text>(
	content: Record<string, Text>,
	template: TemplatePart[],
	optionIds: string[]
): Record<string, Text> {
	const names = new Set([...sectionsOf(template), ...optionIds.map((id) => `option:${id}`)]);
	return Object.fromEntries(Object.entries(content).filter(([name]) => names.has(name)));
}

/** A key for a part of the forum's own, from random bytes: letters only, as a fragment's name may be. */
export const ownKey = (bytes: Uint8Array): string =>
	`own_${[...bytes.slice(0, 8)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')}`;

/** Why these parts make no template; null: they do. */
export function wrong(parts: TemplatePart[]): string | null {
	const keys = parts.map(({ key }) => key);
	if (parts.length > MOST_PARTS) return 'template.many';
	if (new Set(keys).size !== keys.length) return 'template.twice';
	if (!keys.every((key) => isHouseKey(key) || OWN.test(key))) return 'template.unknown';
	if (!always.every((key) => keys.includes(key))) return 'template.needed';
	if (parts.some(({ key, name }) => !isHouseKey(key) && !name?.trim())) return 'template.unnamed';
	return null;
}

/** With the empty names and helps left out, as it is kept. */
export const tidied = (parts: TemplatePart[]): TemplatePart[] =>
	parts.map(({ key, name, help }) => ({
		key,
		...(name?.trim() && { name: name.trim() }),
		...(help?.trim() && { help: help.trim() })
	}));

/** A brief's text needs somewhere to stand: without a background, one is put in after the recommendation. */
export function withBackground(template: TemplatePart[]): TemplatePart[] {
	if (template.some(({ key }) => key === 'background')) return template;
	const at = template.findIndex(({ key }) => key === 'recommendation') + 1;
	return template.toSpliced(at, 0, { key: 'background' });
}
