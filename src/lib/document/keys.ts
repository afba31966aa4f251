/**
 * The names inside a document: one fragment per section. Only this chapter knows that a section is a
 * Yjs fragment of the same name.
 */

/** A section's prose that belongs to a row: `option:<id>`. */
export const optionSection = (id: string): string => `option:${id}`;

const NAME = /^[a-z][a-z_]{0,39}(:[0-9a-f-]{36})?$/;

/** Whether a name can be a section's: lower-case words, or a word and a row's id. */
export function isSection(name: string): boolean {
	return NAME.test(name);
}
