import { refuse } from '../../base/errors.ts';
import type { Category } from '../cube.ts';
import { headingIs } from '../guess.ts';
import { isPeriod } from '../periods.ts';
import { refuseLarge, type DescribedDimension, type DescribedMeasure } from './described.ts';
import {
	dimensionSchema,
	idsSchema,
	notesOf,
	roleSchema,
	sizesSchema,
	type Dataset,
	type JsonDimension
} from './jsonstat-schema.ts';

export type Dimensions = {
	dimensions: DescribedDimension[];
	metric: number | null;
	measures: DescribedMeasure[];
	/** Further dimensions that the file calls metric: read as dimensions like others. */
	renamed: string[];
};

/** The dataset's dimensions in order, with roles and measures. Refuses with the name of what does not fit. */
export function readDimensions(dataset: Dataset): Dimensions {
	const { ids, sizes, role } = headOf(dataset);
	refuseLarge(sizes);
	const read = ids.map((id) => {
		const parsed = dimensionSchema.safeParse(
			Object.hasOwn(dataset.dimension, id) ? dataset.dimension[id] : undefined
		);
		if (!parsed.success)
			refuse('data.jsonstat_shape', {
				keyword: ['dimension', id, ...parsed.error.issues[0]!.path].join('.').slice(0, 200)
			});
		return parsed.data!;
	});
	const metrics = ids.filter((id) => role.metric?.includes(id));
	const metric = metrics.length > 0 ? ids.indexOf(metrics[0]!) : null;
	const time = timeIn(ids, read, role, metric);
	const dimensions = ids.map((id, index): DescribedDimension => {
		const { label, note, category } = read[index]!;
		const categories = categoriesOf(id, read[index]!, sizes[index]!);
		const area = role.geo ? role.geo.includes(id) : isArea(id, label);
		const total = rootOf(categories, category.child);
		return {
			source: id.slice(0, 200) || 'x',
			label: (label || id).slice(0, 200) || 'x',
			role: index === time ? 'time' : area ? 'area' : 'category',
			categories,
			...(total ? { totals: [total] } : {}),
			...(note ? { note: notesOf(note).join('\n') } : {})
		};
	});
	return {
		dimensions,
		metric,
		measures: measuresOf(
			dataset,
			metric === null ? null : { ...dimensions[metric]!, of: read[metric]! }
		),
		renamed: metrics.slice(1)
	};
}

/** id, size and role: at the top in 2.0, inside `dimension` in 1.x. */
function headOf({ id, size, role, dimension }: Dataset) {
	const ids = idsSchema.safeParse(id ?? dimension.id);
	if (!ids.success || ids.data.length === 0 || new Set(ids.data).size !== ids.data.length)
		return refuse('data.jsonstat_shape', { keyword: 'id' });
	const sizes = sizesSchema.safeParse(size ?? dimension.size);
	if (!sizes.success || sizes.data.length !== ids.data.length)
		return refuse('data.jsonstat_shape', { keyword: 'size' });
	return {
		ids: ids.data,
		sizes: sizes.data,
		role: role ?? roleSchema.safeParse(dimension.role).data ?? {}
	};
}

function categoriesOf(id: string, { category }: JsonDimension, size: number): Category[] {
	const codes = codesOf(id, category, size);
	const parents = new Map(
		Object.entries(category.child ?? {}).flatMap(([parent, children]) =>
			children.filter((child) => child !== parent).map((child) => [child, parent] as const)
		)
	);
	return codes.map((code) => {
		const note =
			category.note && Object.hasOwn(category.note, code) ? category.note[code] : undefined;
		return {
			code,
			label:
				(category.label && Object.hasOwn(category.label, code) && category.label[code]?.trim()) ||
				code,
			...(parents.has(code) ? { parent: parents.get(code)! } : {}),
			...(note ? { note: notesOf(note).join('\n') } : {})
		};
	});
}

/** Codes in the order of their index; a single category may have a label only. */
function codesOf(id: string, { index, label }: JsonDimension['category'], size: number): string[] {
	const given =
		index ?? (label && Object.keys(label).length === 1 ? Object.keys(label) : undefined);
	if (!given) return refuse('data.jsonstat_shape', { keyword: `dimension.${id}.category.index` });
	const codes = Array.isArray(given) ? given : placed(id, given);
	if (codes.length !== size)
		return refuse('data.jsonstat_size', { dimension: id, size, count: codes.length });
	const seen = new Set<string>();
	for (const code of codes) {
		if (seen.has(code)) refuse('data.jsonstat_same', { dimension: id, value: code.slice(0, 100) });
		seen.add(code);
	}
	return codes;
}

function placed(id: string, index: Record<string, number>): string[] {
	const codes = Object.keys(index).sort((a, b) => index[a]! - index[b]!);
	if (codes.some((code, place) => index[code] !== place))
		refuse('data.jsonstat_shape', { keyword: `dimension.${id}.category.index` });
	return codes;
}

function timeIn(
	ids: string[],
	read: JsonDimension[],
	role: { time?: string[] },
	metric: number | null
): number {
	if (role.time && role.time.length > 0) return ids.findIndex((id) => role.time!.includes(id));
	return ids.findIndex((id, index) => {
		if (index === metric) return false;
		const { index: codes, label } = read[index]!.category;
		const all = Array.isArray(codes) ? codes : Object.keys(codes ?? label ?? {});
		return (
			(headingIs('time', id) || headingIs('time', read[index]!.label ?? '')) && all.every(isPeriod)
		);
	});
}

const isArea = (id: string, label: string | null | undefined) =>
	/^geo$/i.test(id) || headingIs('area', id) || headingIs('area', label ?? '');

/** The one category that all others hang under: their total. */
function rootOf(
	categories: Category[],
	child: Record<string, string[]> | undefined
): string | null {
	if (!child) return null;
	const roots = categories.filter(({ parent }) => parent === undefined);
	return roots.length === 1 && categories.length > 2 ? roots[0]!.code : null;
}

function measuresOf(
	dataset: Dataset,
	metric: (DescribedDimension & { of: JsonDimension }) | null
): DescribedMeasure[] {
	const own = dataset.extension?.px?.decimals ?? null;
	if (!metric) {
		const label = dataset.label?.trim() || 'value';
		return [{ source: 'value', label: label.slice(0, 200), unit: null, decimals: capped(own) }];
	}
	const units = metric.of.category.unit ?? {};
	return metric.categories.map(({ code, label, note }) => {
		const unit = Object.hasOwn(units, code) ? units[code] : undefined;
		return {
			source: code.slice(0, 200) || 'x',
			label,
			unit: unit?.label || unit?.symbol || unit?.base || unit?.type || null,
			decimals: capped(unit?.decimals ?? own),
			...(note ? { note } : {})
		};
	});
}

const capped = (decimals: number | null) => (decimals === null ? null : Math.min(6, decimals));
