import { m } from '#paraglide/messages.js';
import type { FigureKind } from '../chart/figure.ts';
import type { Missing, Section } from './brief.ts';

/** The parts of a brief as one reads them. */
export type Part = Section | 'figures' | 'behind' | 'left_out';

export function partWord(part: Part): string {
	return {
		headline: m.brief_section_headline,
		messages: m.brief_section_messages,
		figures: m.brief_section_figures,
		story: m.brief_section_story,
		behind: m.brief_section_behind,
		left_out: m.brief_section_left_out
	}[part]();
}

export function partHelp(section: Section): string {
	return {
		headline: m.brief_help_headline,
		messages: m.brief_help_messages,
		story: m.brief_help_story
	}[section]();
}

/** What is missing, in one line. */
export function missingWords(missing: Missing[]): string {
	return missing
		.map((what) =>
			({
				serves: m.brief_missing_serves,
				headline: m.brief_missing_headline,
				messages: m.brief_missing_messages,
				figures: m.brief_missing_figures,
				why: m.brief_missing_why
			})[what]()
		)
		.join(', ');
}

export function kindWord(kind: FigureKind): string {
	return {
		line: m.brief_kind_line,
		bar: m.brief_kind_bar,
		stacked: m.brief_kind_stacked,
		range: m.brief_kind_range,
		map: m.brief_kind_map,
		panels: m.brief_kind_panels,
		table: m.brief_kind_table,
		number: m.brief_kind_number,
		beside: m.brief_kind_beside,
		scatter: m.brief_kind_scatter
	}[kind]();
}
