/**
 * The standard case (product C1, Danish practice §6). `sections` are the fragments of the case's
 * document; `parts` is the order they are read in, with what is rows (evidence, options) among them.
 * Labels and help texts are words and live in the messages: case_section_<key>, case_help_<key>.
 */
export const sections = [
	'recommendation',
	'background',
	'account',
	'consequences',
	'risk',
	'economy',
	'next'
] as const;
export type Section = (typeof sections)[number];

export const parts = [
	'recommendation',
	'background',
	'account',
	'evidence',
	'options',
	'consequences',
	'risk',
	'economy',
	'next'
] as const;
export type Part = (typeof parts)[number];

export const kinds = ['decision', 'sparring', 'orientation', 'budget', 'follow_up'] as const;
export type CaseKind = (typeof kinds)[number];

export const isSection = (name: string): name is Section =>
	(sections as readonly string[]).includes(name);

/** The option a fragment belongs to, or null for a section. */
export const optionOf = (name: string) => (name.startsWith('option:') ? name.slice(7) : null);
