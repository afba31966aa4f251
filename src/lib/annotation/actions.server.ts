import { z } from 'zod';
import type { Db } from '#lib/base/sql.server.ts';
import { parseForms } from '#lib/forum/glossary.ts';
import { termSchema } from '#lib/forum/term-input.ts';
import { door } from '#lib/ui/door.server.ts';
import type { Person } from '#lib/people/person.ts';
import * as annotations from './annotations.server.ts';
import type { PinnedFigure } from './annotations.server.ts';
import { anchorSchema, bodySchema, figureSchema, kindSchema, readSchema } from './input.ts';
import { anchorOf } from './placed.server.ts';
import { read } from './reads.server.ts';

/** A form field that holds JSON. */
const json = <T extends z.ZodType>(schema: T, most = 20_000) =>
	z
		.string()
		.max(most)
		.transform((text, context) => {
			try {
				return JSON.parse(text) as unknown;
			} catch {
				context.addIssue('base.invalid');
				return z.NEVER;
			}
		})
		.pipe(schema);

const wordsSchema = z.object({
	section: z.string().min(1).max(80),
	from: z.int().min(0),
	to: z.int().min(1),
	quote: z.string().max(4000).regex(/\S/u, 'annotation.no_words')
});
/** Words from an editor come with their positions; words from a page that is only read, as letters. */
const passage = json(z.union([anchorSchema, wordsSchema]));
type Passage = z.output<typeof passage>;

const onNote = z.object({ note: z.uuid() });
const proposal = onNote.extend(termSchema);
const said = onNote.extend({ body: bodySchema });
const fresh = z
	.object({
		kind: kindSchema,
		body: bodySchema,
		private: z.string().optional(),
		passage: passage.optional(),
		figure: json(figureSchema).optional()
	})
	.refine(({ passage, figure }) => Boolean(passage) !== Boolean(figure), 'annotation.no_words');

/**
 * What brief and case pages spread into their actions: `...annotationActions((db, id) => figures)`.
 * `figuresOf` tells which figures the page shows and the versions they are pinned to.
 */
export function annotationActions(
	figuresOf: (db: Db, objectId: string) => Promise<PinnedFigure[]>
) {
	return {
		annotate: door(fresh, async (input, { locals, params }) => {
			await locals.transact(async (tx) => {
				const objectId = params.id!;
				const figures = input.figure ? await figuresOf(tx, objectId) : [];
				const on = input.figure
					? { figure: input.figure }
					: { anchor: await anchor(tx, locals.person, objectId, input.passage!) };
				const { kind, body } = input;
				const note = { kind, body, shared: !input.private, on };
				await annotations.add(tx, locals.person, objectId, note, figures);
			});
		}),
		replyNote: door(said, ({ note, body }, { locals }) =>
			locals.transact(async (tx) => void (await annotations.reply(tx, locals.person, note, body)))
		),
		editNote: door(said, ({ note, body }, { locals }) =>
			locals.transact((tx) => annotations.edit(tx, locals.person, note, body))
		),
		shareNote: door(onNote, ({ note }, { locals }) =>
			locals.transact((tx) => annotations.share(tx, locals.person, note))
		),
		readNotes: door(
			z.object({ notes: json(readSchema, 200_000) }),
			({ notes }, { locals, params }) =>
				locals.transact((tx) => read(tx, locals.person, params.id!, notes))
		),
		resolveNote: door(onNote, ({ note }, { locals }) =>
			locals.transact((tx) => annotations.resolve(tx, locals.person, note))
		),
		reopenNote: door(onNote, ({ note }, { locals }) =>
			locals.transact((tx) => annotations.reopen(tx, locals.person, note))
		),
		proposeTerm: door(proposal, ({ note, word, forms, definition }, { locals }) =>
			locals.transact(async (tx) => {
				const term = { word, forms: parseForms(forms, word), definition };
				await annotations.proposeTerm(tx, locals.person, note, term);
			})
		),
		reattachNote: door(onNote.extend({ passage }), (input, { locals, params }) =>
			locals.transact(async (tx) => {
				const found = await anchor(tx, locals.person, params.id!, input.passage);
				await annotations.reattach(tx, locals.person, input.note, found);
			})
		)
	};
}

async function anchor(db: Db, person: Person, objectId: string, passage: Passage) {
	return 'start' in passage ? passage : await anchorOf(db, person, objectId, passage);
}
