import { plainText, type Content } from '../document/content.ts';

/** The sections of a brief's document, in the order they are read. */
export const SECTIONS = [
	'headline',
	'messages',
	'story',
	'consequences',
	'options',
	'recommendations',
	'life'
] as const;
export type Section = (typeof SECTIONS)[number];

export const isSection = (name: string): name is Section =>
	(SECTIONS as readonly string[]).includes(name);

/** The text of the one page; what follows stands behind it (B2). */
export const ONE_PAGE: readonly Section[] = ['headline', 'messages'];
/** Offered, and folded away until somebody wants them (B4). */
export const OFFERED: readonly Section[] = ['consequences', 'options', 'recommendations', 'life'];
/** Where a figure may stand in the text behind the one page. */
export const PLACES = ['story', 'consequences', 'options', 'recommendations', 'life'] as const;
export type Place = (typeof PLACES)[number];

/** Beyond these a nudge is shown, because not all one can show is relevant (B2); nobody is stopped. */
export const FEW_FIGURES = 3;
export const FEW_MESSAGES = 3;

export type Missing = 'serves' | 'headline' | 'messages' | 'figures' | 'why' | 'besides_algorithm';

type Told = {
	serves: string | null;
	content: Partial<Record<Section, Content>>;
	figures: { why: string; firstPage: boolean; algorithm?: string | null }[];
};

/** What a reader would ask for: it shows, and stops nobody (rule 7). */
export function missingOf({ serves, content, figures }: Told): Missing[] {
	const missing: Missing[] = [];
	if (!serves) missing.push('serves');
	if (!plainText(content.headline)) missing.push('headline');
	if (messageCount(content.messages) === 0) missing.push('messages');
	if (figures.length === 0) missing.push('figures');
	if (figures.some(({ why }) => !why.trim())) missing.push('why');
	// What an algorithm came to is never the only evidence (B7).
	if (figures.length > 0 && figures.every(({ algorithm }) => algorithm))
		missing.push('besides_algorithm');
	return missing;
}

export type Nudge = 'figures' | 'messages';

/** Where a first page holds more than one reads. */
export function nudgesOf({ content, figures }: Omit<Told, 'serves'>): Nudge[] {
	const nudges: Nudge[] = [];
	if (messageCount(content.messages) > FEW_MESSAGES) nudges.push('messages');
	if (figures.filter(({ firstPage }) => firstPage).length > FEW_FIGURES) nudges.push('figures');
	return nudges;
}

/** Each point of a list is a message, and so is each paragraph outside one. */
export function messageCount(messages: Content | undefined): number {
	return (messages?.content ?? [])
		.flatMap((block) => (/List$/.test(block.type) ? (block.content ?? []) : [block]))
		.filter((block) => block.type !== 'heading' && plainText(block).trim() !== '').length;
}
