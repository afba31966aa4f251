import { z } from 'zod';
import { verdicts } from '#lib/case/conflicts.ts';
import * as consequences from '#lib/case/consequences.server.ts';
import { abouts, directions, effects } from '#lib/case/consequences.ts';
import { likelihoods, parseAmount } from '#lib/case/options.ts';
import * as views from '#lib/case/views.server.ts';
import { viewLevels, viewParts } from '#lib/case/views.ts';
import { sayVerdict } from '#lib/thread/verdict.server.ts';
import type { Locale } from '#lib/base/format.ts';
import { act, item, text } from './act.server.ts';

const oneOf = <const Values extends readonly string[]>(values: Values) =>
	z
		.enum(['', ...values])
		.default('')
		.transform((value) => (value || null) as Values[number] | null);

const year = z
	.string()
	.trim()
	.regex(/^(\d{4})?$/, 'option.year')
	.default('')
	.transform((typed) => (typed ? Number(typed) : null));

const line = item.extend({
	about: z.enum(abouts),
	what: text(500),
	effect: oneOf(effects),
	amount: text(60),
	yearly: z.literal('on').optional(),
	from: year,
	to: year,
	funding: text(300),
	department: z.uuid().or(z.literal('')).default(''),
	likelihood: oneOf(likelihoods),
	assumption: text(500),
	toldBy: text(200),
	indicator: z
		.string()
		.regex(/^([0-9a-f-]{36}\|.{1,200})?$/)
		.default(''),
	direction: oneOf(directions)
});

/** A line as it was typed: its indicator is `dataset|measure`. */
function said(input: z.output<typeof line>, locale: Locale): consequences.Input {
	const { indicator, direction, department, amount, yearly, id: _, ...rest } = input;
	const bar = indicator.indexOf('|');
	return {
		...rest,
		amount: parseAmount(amount, locale),
		yearly: yearly === 'on',
		departmentId: department || null,
		indicator: indicator
			? { datasetId: indicator.slice(0, bar), measure: indicator.slice(bar + 1), direction }
			: null
	};
}

/** What is said of the options beside their prose. */
export const weighActions = {
	addLine: act(line, (tx, input, id, { locals }) =>
		consequences.say(tx, locals.person, id, input.id, said(input, locals.locale))
	),
	rewordLine: act(line, (tx, input, id, { locals }) =>
		consequences.reword(tx, locals.person, id, input.id, said(input, locals.locale))
	),
	takeBackLine: act(item.extend({ reason: text(500) }), (tx, input, id, { locals }) =>
		consequences.takeBack(tx, locals.person, id, input.id, input.reason)
	),
	putBackLine: act(item, (tx, input, id, { locals }) =>
		consequences.putBack(tx, locals.person, id, input.id)
	),
	viewOption: act(
		item.extend({ part: z.enum(viewParts), level: z.enum(viewLevels), words: text(80) }),
		(tx, { id: optionId, ...input }, id, { locals }) =>
			views.view(tx, locals.person, id, optionId, input)
	),
	conflictVerdict: act(
		item.extend({
			goal: z.uuid(),
			verdict: z.enum(verdicts),
			reason: text(500)
		}),
		(tx, { id: optionId, goal: goalId, ...input }, id, { locals }) =>
			sayVerdict(tx, locals.person, id, optionId, { goalId, ...input })
	)
};
