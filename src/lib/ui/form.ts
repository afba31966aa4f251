/** What a page's `form` holds after `door` refused: enough for a field to show itself again. */
export type Answer =
	| {
			error?: { code: string; message: string; field?: string };
			typed?: Record<string, string | string[]>;
			action?: string;
	  }
	| null
	| undefined;

/** The refusal's sentence, if it is about this field. */
export function problemOf(form: Answer, field: string): string | undefined {
	return form?.error?.field === field ? form.error.message : undefined;
}

/** What was typed in this field, if the form came back. */
export function typedIn(form: Answer, field: string): string | undefined {
	const typed = form?.typed?.[field];
	return typeof typed === 'string' ? typed : undefined;
}

/** The refusal's sentence, when none of the shown fields says it. */
export function problemElsewhere(form: Answer, ...fields: string[]): string | undefined {
	const { error } = form ?? {};
	return error && !fields.includes(error.field ?? '') ? error.message : undefined;
}

/** The answer, if it came from that one of the page's actions: two forms may have a field of one name. */
export function answerOf(form: Answer, action: string): Answer {
	return form?.action === action ? form : undefined;
}
