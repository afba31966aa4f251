import type { FigureData } from '../chart/figure.ts';
import { isEmpty, type Content } from '../document/content.ts';
import { OFFERED, ONE_PAGE, SECTIONS, isSection, type Place, type Section } from './brief.ts';

/** Views of one brief (B5): its one page, all of it, and all of it as one department meets it. */
export type View = { kind: 'one' | 'full' } | { kind: 'lens'; department: string };

/** The view an address asks for: `?view=one`, `?lens=Jobcenter`; else all of it. */
export function viewFrom(asked: { get(name: string): string | null }, departments: string[]): View {
	const lens = asked.get('lens');
	if (lens && departments.includes(lens)) return { kind: 'lens', department: lens };
	return { kind: asked.get('view') === 'one' ? 'one' : 'full' };
}

/** The parts of a brief as one reads them. */
export type Part = Section | 'figures' | 'rivals' | 'behind' | 'left_out';

/** The one page, in any view: what prints. */
export const onOnePage = (part: Part): boolean =>
	part === 'figures' || (isSection(part) && ONE_PAGE.includes(part));

type Told = {
	write: boolean;
	content: Partial<Record<Section, Content>>;
	figures: { firstPage: boolean; section: Place | null }[];
	rivals: unknown[];
	leftOut: unknown[];
	assignments: { section: Section; departmentName: string; doneAt: Date | null }[];
};

/** Which parts a view shows, in reading order. */
export function partsOf(view: View, told: Told): Part[] {
	const { write, content, figures, rivals, leftOut, assignments } = told;
	const ofLens = (part: Part) =>
		view.kind !== 'lens' ||
		assignments.some((one) => one.section === part && one.departmentName === view.department);
	const holds = (section: Section) =>
		!isEmpty(content[section]) || figures.some((one) => !one.firstPage && one.section === section);
	const behind = figures.some((one) => !one.firstPage && !one.section);
	const all: Part[] = [
		'headline',
		'messages',
		'figures',
		...SECTIONS.filter((section) => !ONE_PAGE.includes(section)),
		'rivals',
		'behind',
		'left_out'
	];
	return all.filter((part) => {
		if (onOnePage(part)) return true;
		if (view.kind === 'one') return false;
		if (part === 'behind') return behind;
		if (part === 'rivals')
			return view.kind === 'full' && (write ? figures.length > 1 : rivals.length > 0);
		if (part === 'left_out') return view.kind === 'full' && (write || leftOut.length > 0);
		if (isSection(part) && view.kind === 'lens' && !ofLens(part))
			return figures.some((one) => !one.firstPage && one.section === part);
		return !isSection(part) || write || !OFFERED.includes(part) || holds(part);
	});
}

/** An offered section nobody has begun or been given is one line until it is wanted. */
export const folded = (part: Part, { content, figures, assignments }: Told): boolean =>
	isSection(part) &&
	OFFERED.includes(part) &&
	isEmpty(content[part]) &&
	!figures.some(({ section }) => section === part) &&
	!assignments.some(({ section }) => section === part);

/** The codes of a figure's categories that are this department, along its axis or its series. */
export function rowsOf(
	{ spec, dimensions }: Pick<FigureData, 'spec' | 'dimensions'>,
	department: string
): string[] {
	const name = short(department);
	return dimensions
		.filter(({ key, role }) => role !== 'time' && (key === spec.x || key === spec.series))
		.flatMap(({ categories }) => categories)
		.filter(({ label }) => short(label) === name)
		.map(({ code }) => code);
}

/** The figure with this department's rows standing out; null when it has none. */
export function throughLens<F extends Pick<FigureData, 'spec' | 'dimensions'>>(
	figure: F,
	department: string
): F | null {
	const highlight = rowsOf(figure, department);
	return highlight.length === 0 ? null : { ...figure, spec: { ...figure.spec, highlight } };
}

/** "Center for Dagtilbud og Skole" is "Dagtilbud og Skole" in many a table. */
const short = (name: string): string =>
	name
		.toLocaleLowerCase('da')
		.replace(/^(?:center|forvaltning(?:en)?|afdeling(?:en)?)\s+for\s+/, '')
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
