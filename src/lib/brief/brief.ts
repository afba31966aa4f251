/** The sections of a brief's document, in the order they are read. */
export const SECTIONS = ['headline', 'messages', 'story'] as const;
export type Section = (typeof SECTIONS)[number];

/** Beyond these a nudge is shown, because not all one can show is relevant (B2); nobody is stopped. */
export const FEW_FIGURES = 3;
export const FEW_MESSAGES = 3;
