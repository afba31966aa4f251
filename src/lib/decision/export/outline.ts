import { formatDate, formatNumber, type Locale } from '../../base/format.ts';
import { proposalLines } from '../../case/budget-words.ts';
import type { EvidenceKind } from '../../case/evidence.ts';
import { sayAmount } from '../../case/options.ts';
import { measureAt } from '../../chart/figure.ts';
import { formulaText } from '../../data/words.ts';
import { evidenceKindWord } from '../../case/words.ts';
import type { Grade } from '../../data/citation.ts';
import { gradeWord } from '../../data/words.ts';
import type { Content } from '../../document/content.ts';
import { m } from '#paraglide/messages.js';
import { thawed } from '../figure.ts';
import type { DecisionRecord, FrozenFigure } from '../record.ts';
import { ROLES } from '../roles.ts';
import { besideLines, textOf } from '../beside.ts';
import { between, saidOf, weighed } from '../weighed.ts';
import { choice, decider, method, role, voteQuestion } from '../words.ts';
import { type Line, lines } from './lines.ts';

/** The record as a document one would hand to a politician: the same outline for PDF and Word. */

export type Block =
	| { type: 'eyebrow' | 'title' | 'question' | 'wording' | 'small'; text: string }
	| { type: 'heading'; level: 2 | 3; text: string }
	| { type: 'text'; text: string }
	| { type: 'lines'; lines: Line[] }
	| { type: 'table'; head: string[]; rows: string[][]; numbers: boolean[] };

/** Called with the reader's language set: words come from the messages. */
export function outline(record: DecisionRecord, hash: string, locale: Locale): Block[] {
	const { decision } = record;
	const date = formatDate(decision.at, locale);
	return [
		{
			type: 'eyebrow',
			text: `${m.decision_case_number({ number: record.case.number })} · ${record.forum.name}, ${date}`
		},
		{ type: 'title', text: record.case.title },
		{ type: 'question', text: record.case.question },
		...(record.case.touches?.length
			? [small(m.case_proposal_touches({ departments: record.case.touches.join(', ') }))]
			: []),
		...decided(record, date, locale),
		...followUp(record, locale),
		...rationale(record),
		...proposal(record, locale),
		...options(record, locale),
		...evidence(record, locale),
		...record.figures.flatMap((figure) => figureBlocks(figure, locale)),
		...text(record),
		heading(m.decision_record()),
		{ type: 'small', text: `${m.decision_record_help()} sha256 ${hash}` }
	];
}

const heading = (text: string, level: 2 | 3 = 2): Block => ({ type: 'heading', level, text });
const small = (text: string): Block => ({ type: 'small', text });

function decided(
	{ decision, options, votes }: DecisionRecord,
	date: string,
	locale: Locale
): Block[] {
	const chosen = options.find(({ id }) => id === decision.option);
	const recommended = decision.standing === 'recommended';
	return [
		heading(recommended ? m.decision_recommended_here() : m.decision_decided()),
		{ type: 'wording', text: decision.wording },
		small(
			`${m.decision_signed({ name: decision.by.name, department: decision.by.department, date })} · ${method(
				decision.method
			)}`
		),
		...(recommended ? [small(m.decision_awaits({ who: decider(decision.decider) }))] : []),
		...(chosen ? [small(`${m.decision_chosen()} ${chosen.title}`)] : []),
		...votes.map(({ question, among, counts }) =>
			small(
				`${voteQuestion(question, among, locale)} ${counts.map((one) => `${choice(one.choice, one.label)}: ${one.count}`).join(' · ')}`
			)
		)
	];
}

function followUp({ followUp }: DecisionRecord, locale: Locale): Block[] {
	const goals = followUp.goals.map(({ title, owner, date, baseline, target, sign }) => {
		const way =
			baseline && target !== null
				? `${formatNumber(baseline.value, locale)} (${baseline.period}) → ${formatNumber(target, locale)}`
				: (sign ?? '');
		return [m.decision_goal(), title, way, owner, formatDate(date, locale)];
	});
	const actions = followUp.actions.map(({ title, owner, due }) => [
		m.decision_action(),
		title,
		'',
		owner,
		formatDate(due, locale)
	]);
	const rows = [...goals, ...actions];
	const none = followUp.none
		? m.decision_no_follow_up_because({ reason: followUp.none })
		: m.decision_no_follow_up();
	return [
		heading(m.decision_follow_up()),
		rows.length
			? {
					type: 'table',
					head: [
						'',
						'',
						m.decision_column_way(),
						m.decision_action_owner(),
						m.decision_column_date()
					],
					rows,
					numbers: [false, false, false, false, false]
				}
			: { type: 'text', text: none }
	];
}

function rationale({ decision }: DecisionRecord): Block[] {
	const parts = [
		[m.decision_facts(), decision.rationale.facts],
		[m.decision_values(), decision.rationale.values],
		[m.decision_side_conditions(), decision.rationale.sideConditions],
		[m.decision_constraints(), decision.rationale.constraints],
		[m.decision_dissent(), decision.dissent]
	].flatMap(([label, text]): Block[] => (text ? [heading(label!, 3), { type: 'text', text }] : []));
	return [
		heading(m.decision_rationale()),
		...(parts.length ? parts : [small(m.decision_rationale_missing())])
	];
}

function proposal({ proposal }: DecisionRecord, locale: Locale): Block[] {
	if (!proposal) return [];
	const [first, ...rest] = proposalLines(proposal, locale);
	return [heading(m.budget_proposed()), { type: 'text', text: first! }, ...rest.map(small)];
}

function options(record: DecisionRecord, locale: Locale): Block[] {
	return [
		heading(m.decision_options()),
		...record.options.flatMap((option): Block[] => {
			const chosen = option.id === record.decision.option;
			const facts = [
				chosen ? m.decision_option_chosen() : m.decision_option_rejected(),
				option.amount === null ? '' : sayAmount(option.amount, locale),
				option.horizon,
				option.funding,
				option.withdrawn ? m.decision_option_withdrawn() : ''
			];
			const content = record.text[`option:${option.id}`] as Content | undefined;
			return [
				heading(option.title, 3),
				small(facts.filter(Boolean).join(' · ')),
				...(content ? [{ type: 'lines' as const, lines: lines(content) }] : []),
				...besideLines(option, locale).map(small)
			];
		})
	];
}

function evidence(record: DecisionRecord, locale: Locale): Block[] {
	const groups = ROLES.flatMap((one): Block[] => {
		const items = record.evidence.filter((item) => item.role === one);
		return items.length
			? [
					heading(role(one), 3),
					...items.flatMap((item): Block[] => [
						{ type: 'text', text: item.link ? `${item.title} (${item.link})` : item.title },
						small(
							[
								evidenceKindWord(item.kind as EvidenceKind),
								m.decision_added({ name: item.addedBy, date: formatDate(item.addedAt, locale) }),
								item.stance === 'contradicts' ? m.decision_contradicts() : '',
								item.parked ? m.decision_parked() : '',
								...weighed(item),
								item.note
							]
								.filter(Boolean)
								.join(' · ')
						),
						...saidOf(item).map(small)
					])
				]
			: [];
	});
	return [
		heading(m.decision_evidence()),
		...(groups.length ? groups : [small(m.decision_evidence_none())]),
		...between(record).map(small),
		...(record.looks ?? []).map(({ by, at, where }) =>
			small(
				`${m.case_counter_looked_by({ name: by, date: formatDate(at, locale) })} ${where}`.trim()
			)
		)
	];
}

function figureBlocks(figure: FrozenFigure, locale: Locale): Block[] {
	const { citation, measure } = figure;
	const telling = figure.dimensions.filter(({ categories }) => categories.length > 1);
	const label = (key: string, code: string) =>
		figure.dimensions.find((one) => one.key === key)?.categories.find((one) => one.code === code)
			?.label ?? code;
	const value = (cell: FrozenFigure['cells'][number]) =>
		cell.value !== null
			? formatNumber(cell.value, locale, {
					decimals: measureAt(thawed(figure), cell.coordinates).decimals
				})
			: cell.status === 's'
				? m.decision_cell_suppressed()
				: m.decision_cell_missing();
	const source = (citation: FrozenFigure['citation']) => [
		citation.title,
		m.decision_version({ number: citation.number, date: formatDate(citation.asOf, locale) }),
		`${citation.owner}, ${citation.department}`,
		citation.source ?? '',
		gradeWord(citation.grade as Grade | null),
		citation.synthetic ? m.decision_synthetic() : '',
		citation.registration ? `${m.data_field_registration()}: ${citation.registration}` : '',
		citation.limit !== null && figure.cells.some(({ status }) => status === 's')
			? m.chart_limit({ limit: citation.limit })
			: ''
	];
	return [
		heading(`${m.decision_figure()}: ${figure.title}`, 3),
		...(figure.algorithm ? [small(m.chart_algorithm({ name: figure.algorithm }))] : []),
		...(figure.why ? [small(figure.why)] : []),
		{
			type: 'table',
			head: [
				...telling.map((one) => one.label),
				figure.coupled ? m.decision_figure() : `${measure.label} (${measure.unit})`
			],
			rows: figure.cells.map((cell) => [
				...telling.map(({ key }) => label(key, cell.coordinates[key] ?? '')),
				value(cell)
			]),
			numbers: [...telling.map(() => false), true]
		},
		...figure.breaks.map(({ period, reason }) => small(m.decision_break({ period, reason }))),
		...(figure.derived
			? [
					small(
						m.chart_derived({ formula: formulaText(figure.derived.formula, figure.derived.of) })
					)
				]
			: []),
		...(figure.coupled ? [small(m.chart_together_only())] : []),
		...(figure.coupled?.sides.map((side) => side.citation) ?? [citation]).map((one) =>
			small(source(one).filter(Boolean).join(' · '))
		)
	];
}

function text(record: DecisionRecord): Block[] {
	const written = textOf(record).flatMap(({ name, content }): Block[] => {
		const found = content ? lines(content) : [];
		return found.length ? [heading(name, 3), { type: 'lines', lines: found }] : [];
	});
	return [
		heading(m.decision_text()),
		...(written.length ? written : [small(m.decision_text_none())])
	];
}
