import { error, fail, isHttpError, isRedirect, type RequestEvent } from '@sveltejs/kit';
import { z } from 'zod';
import { isRefusal } from '#lib/base/errors.ts';
import { explain } from './explain.server.ts';

/** What a form gets back when it was not let through. */
export type Refused = {
	error: { code: string; message: string; field?: string };
	/** What was typed, to stand in the form again. Never passwords or files. */
	typed: Record<string, string | string[]>;
	/** Which of the page's actions answered. */
	action: string;
};

/**
 * A form action: parses the form by the schema, then runs one verb. What the schema or the verb refuses
 * becomes `fail` with a sentence in the reader's language; anything else passes through.
 * Fields named twice, or `name[]`, arrive as lists. A schema message that is a code ('base.required')
 * is explained; other schema failures say `base.invalid`.
 */
export function door<Schema extends z.ZodType, Event extends RequestEvent, Result>(
	schema: Schema,
	verb: (input: z.output<Schema>, event: Event) => Promise<Result>
) {
	return async (event: Event) => {
		const form = await event.request.formData();
		const fields = read(form);
		const refused = (status: number, code: string, params = {}, field?: string) =>
			fail(status, {
				error: { code, message: explain(code, params, event.locals.locale), field },
				typed: typed(fields),
				action: /^\?\/(\w+)/.exec(event.url.search)?.[1] ?? 'default'
			} satisfies Refused);

		const parsed = schema.safeParse(fields);
		if (!parsed.success) {
			const issue = parsed.error.issues[0]!;
			const code = /^[a-z]+\.[a-z_]+$/.test(issue.message) ? issue.message : 'base.invalid';
			const field = issue.path.join('.');
			return refused(400, code, { field, ...limits(issue) }, field || undefined);
		}
		try {
			return await verb(parsed.data, event);
		} catch (e) {
			if (!isRefusal(e)) throw e;
			const { field } = e.params;
			return refused(e.status, e.code, e.params, field === undefined ? undefined : String(field));
		}
	};
}

/** Says that this person's browser may keep the page, to open it without a network (service-worker.ts). */
export const keptFor = (person: { id: string }) => ({ 'x-kept-for': person.id });

/** A load: what a verb refuses becomes the error page with that status and sentence, never a 500. */
export function page<Event extends { locals: App.Locals }, Result>(
	load: (event: Event) => Promise<Result>
) {
	return async (event: Event): Promise<Result> => {
		try {
			return await load(event);
		} catch (e) {
			if (!isRefusal(e)) throw e;
			const message = explain(e.code, e.params, event.locals.locale);
			return error(e.status, { code: e.code, message });
		}
	};
}

/** A +server.ts handler: what a verb refuses becomes `{ error: { code, message } }` with its status. */
export function endpoint<Event extends { locals: App.Locals }>(
	handle: (event: Event) => Promise<Response>
) {
	return async (event: Event): Promise<Response> => {
		try {
			return await handle(event);
		} catch (e) {
			if (isRedirect(e) || isHttpError(e) || !isRefusal(e)) throw e;
			const message = explain(e.code, e.params, event.locals.locale);
			return Response.json({ error: { code: e.code, message } }, { status: e.status });
		}
	};
}

type Fields = Record<string, FormDataEntryValue | FormDataEntryValue[]>;

function read(form: FormData): Fields {
	const fields: Fields = {};
	for (const key of new Set(form.keys())) {
		const values = form.getAll(key);
		if (key.endsWith('[]')) fields[key.slice(0, -2)] = values;
		else fields[key] = values.length > 1 ? values : values[0]!;
	}
	return fields;
}

function typed(fields: Fields): Refused['typed'] {
	const kept: Refused['typed'] = {};
	for (const [key, value] of Object.entries(fields)) {
		if (/password/i.test(key)) continue;
		if (typeof value === 'string') kept[key] = value;
		else if (Array.isArray(value)) kept[key] = value.filter((v) => typeof v === 'string');
	}
	return kept;
}

function limits(issue: z.core.$ZodIssue): Record<string, number> {
	if (issue.code === 'too_big') return { limit: Number(issue.maximum) };
	if (issue.code === 'too_small') return { limit: Number(issue.minimum) };
	return {};
}
