/** What a form may send of a term: checked at the door. Apart from glossary.ts, so that pages do without the checking. */
import { z } from 'zod';
import { DEFINITION_MAX, FORMS_MAX, parseForms, WORD_MAX } from './glossary.ts';

export const definitionSchema = z.string().trim().max(DEFINITION_MAX, 'base.too_long').default('');

export const termSchema = {
	word: z.string().trim().max(WORD_MAX, 'base.too_long').default(''),
	/** As typed in one field; `parseForms` parts them. */
	forms: z
		.string()
		.max(WORD_MAX * FORMS_MAX, 'base.too_long')
		.default('')
		.refine((typed) => parseForms(typed, '').length <= FORMS_MAX, 'base.too_long'),
	definition: definitionSchema
};
