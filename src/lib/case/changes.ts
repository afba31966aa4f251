/**
 * What has changed since the case was circulated (C10): the text word by word, options field by
 * field, evidence added or parked. Pure; the circulated side is what was frozen, never today's rows.
 */
import { plainText, type Content } from '#lib/document/content.ts';
import { wordDiff } from '#lib/document/difference.ts';
import type { Segment } from '#lib/document/segments.ts';
import type { Evidence } from './evidence.ts';
import type { Option, OptionFields } from './options.ts';
import { headChange, type HeadChange, type HeadThen } from './head-then.ts';
import { saidChanges, type SaidChange } from './said-then.ts';
import { known, standard, type TemplatePart } from './template.ts';

/** A document's sections by name. */
export type Sections = Record<string, Content>;

/** `name`: the forum's own, where it has one. */
export type SectionChange = { section: string; name?: string; segments: Segment[] };
export type OptionField = keyof Omit<OptionFields, 'id' | 'statusQuo' | 'said'>;
export type OptionChange = {
	id: string;
	title: string;
	change: 'added' | 'withdrawn' | 'changed';
	fields: {
		field: OptionField;
		before: string | number | boolean | null;
		after: string | number | boolean | null;
	}[];
	said: SaidChange[];
};
export type EvidenceFields = {
	id: string;
	kind: string;
	title: string;
	stance: string;
	parked: boolean;
};
export type EvidenceChange = {
	id: string;
	title: string;
	change: 'added' | 'parked' | 'unparked' | 'stance';
};

export type Circulated = {
	content: Sections;
	options: OptionFields[];
	evidence: EvidenceFields[];
	/** null: sent before it was kept. */
	head?: HeadThen | null;
};

export type Changes = {
	head: HeadChange;
	sections: SectionChange[];
	options: OptionChange[];
	evidence: EvidenceChange[];
	count: number;
};

export const optionFields = ({
	id,
	title,
	statusQuo,
	recommended,
	amount,
	horizon,
	funding,
	likelihood
}: Option): OptionFields => ({
	id,
	title,
	statusQuo,
	recommended,
	amount,
	horizon,
	funding,
	likelihood
});

export const evidenceFields = ({
	id,
	kind,
	title,
	stance,
	parkedAt
}: Evidence): EvidenceFields => ({
	id,
	kind,
	title,
	stance,
	parked: parkedAt !== null
});

export function changes(
	circulated: Circulated,
	now: Circulated,
	template: TemplatePart[] = standard
): Changes {
	const found = {
		head: headChange(circulated.head, now.head),
		sections: sectionChanges(circulated, now, template),
		options: optionChanges(circulated.options, now.options),
		evidence: evidenceChanges(circulated.evidence, now.evidence)
	};
	return {
		...found,
		count:
			Number(found.head.kind !== null) +
			Number(found.head.proposal !== null) +
			found.sections.length +
			found.options.length +
			found.evidence.length
	};
}

function sectionChanges(
	sent: Circulated,
	now: Circulated,
	template: TemplatePart[]
): SectionChange[] {
	const ids = [...sent.options, ...now.options].map(({ id }) => id);
	// By the parts it had then: what was set aside with another kind was sent, and does not stand there now.
	const then = sent.head?.template ?? template;
	const before = { ...sent, content: known(sent.content, then, ids) };
	const gone = new Set(
		before.options.filter((o) => !now.options.some(({ id }) => id === o.id)).map((o) => o.id)
	);
	// A withdrawn option is told once, as withdrawn; its words are still in the document.
	const names = [...new Set([...Object.keys(before.content), ...Object.keys(now.content)])]
		.filter((name) => !name.startsWith('option:') || !gone.has(name.slice(7)))
		.filter((name) => name in before.content || name in known(now.content, template, ids))
		.sort((a, b) => rank(a, template, then) - rank(b, template, then));
	const shown = known(now.content, template, ids);
	return names.flatMap((section) => {
		const was = plainText(before.content[section]);
		const is = plainText(shown[section]);
		if (was === is) return [];
		const name = [...template, ...then].find(({ key }) => key === section)?.name;
		return [{ section, ...(name && { name }), segments: wordDiff(was, is) }];
	});
}

const compared = ['title', 'recommended', 'amount', 'horizon', 'funding', 'likelihood'] as const;

function optionChanges(before: OptionFields[], now: OptionFields[]): OptionChange[] {
	const found: OptionChange[] = [];
	for (const option of now) {
		const was = before.find(({ id }) => id === option.id);
		if (!was) {
			found.push({ id: option.id, title: option.title, change: 'added', fields: [], said: [] });
			continue;
		}
		const fields = compared
			.filter((field) => was[field] !== option[field])
			.map((field) => ({ field, before: was[field], after: option[field] }));
		const said = saidChanges(was.said, option.said);
		if (fields.length + said.length)
			found.push({ id: option.id, title: option.title, change: 'changed', fields, said });
	}
	for (const was of before)
		if (!now.some(({ id }) => id === was.id))
			found.push({ id: was.id, title: was.title, change: 'withdrawn', fields: [], said: [] });
	return found;
}

function evidenceChanges(before: EvidenceFields[], now: EvidenceFields[]): EvidenceChange[] {
	return now.flatMap(({ id, title, stance, parked }): EvidenceChange[] => {
		const was = before.find((item) => item.id === id);
		if (!was) return [{ id, title, change: 'added' }];
		if (was.parked !== parked) return [{ id, title, change: parked ? 'parked' : 'unparked' }];
		return was.stance === stance ? [] : [{ id, title, change: 'stance' }];
	});
}

/** Sections in the order they are read, options' prose where the options stand; those of before come last. */
function rank(name: string, now: TemplatePart[], then: TemplatePart[]): number {
	const part = name.startsWith('option:') ? 'options' : name;
	return [...now, ...then].findIndex(({ key }) => key === part);
}
