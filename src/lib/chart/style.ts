import { gridOf, type FigureData } from './figure.ts';

/** How each series is drawn: colour, point and stroke differ together, never colour alone. */
export const STYLES = [
	{ colour: 'var(--c1)', symbol: 'circle', dash: 'solid' },
	{ colour: 'var(--c2)', symbol: 'rect', dash: [7, 3] },
	{ colour: 'var(--c3)', symbol: 'triangle', dash: [2, 3] },
	{ colour: 'var(--c4)', symbol: 'diamond', dash: [9, 3, 2, 3] },
	{ colour: 'var(--c5)', symbol: 'emptyCircle', dash: [4, 4] },
	{ colour: 'var(--c6)', symbol: 'emptyRect', dash: [12, 4] }
] as const;
export const PALE = { colour: 'var(--pale)', symbol: 'circle', dash: 'solid' } as const;

/** A series' style. More series than can be told apart are pale, but those to be seen first. */
export function styleOf(figure: FigureData, column: number) {
	if (figure.pale) return PALE;
	const { columns } = gridOf(figure);
	const code = columns[column]?.code;
	const picked = columns.filter((c) => c && figure.spec.highlight?.includes(c.code));
	if (picked.length > 0 && columns.length > 1 && figure.spec.kind !== 'stacked') {
		const at = picked.findIndex((c) => c?.code === code);
		return STYLES[at] ?? PALE;
	}
	return columns.length > STYLES.length ? PALE : STYLES[column]!;
}

/** What a legend says: the colour of each series. */
export function legendOf(figure: FigureData): { label: string; colour: string }[] {
	const { columns } = gridOf(figure);
	const grouped = figure.spec.kind === 'bar' || figure.spec.kind === 'stacked';
	if (!grouped || columns.length < 2) return [];
	return columns.map((column, i) => ({
		label: column?.label ?? '',
		colour: styleOf(figure, i).colour
	}));
}
