import { z } from 'zod';
import { refuse } from '../../base/errors.ts';
import { note, stop } from '../problem.ts';
import { understandDescribed, type Description, type Put } from './described.ts';
import { dayOf } from './about-day.ts';
import type { About, Asked, Choice, Format, Understood } from './format.ts';
import { parseBounded } from './jsonstat-bytes.ts';
import { datasetsIn, type Named } from './jsonstat-bundle.ts';
import { readDimensions } from './jsonstat-dimensions.ts';
import { datasetSchema, notesOf, type Dataset } from './jsonstat-schema.ts';
import { nothing } from './nothing.ts';

/** JSON-stat: 2.0 datasets and collections, 1.x bundles. After the format as json-stat.org publishes it. */
export const jsonstat: Format = { key: 'jsonstat', name: 'JSON-stat', recognises, understand };

const readingSchema = z.object({ dataset: z.string().max(400).nullish() });

/** Text that begins as JSON does. */
function recognises(bytes: Uint8Array): boolean {
	let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
	while (at < bytes.length && (bytes[at] === 32 || (bytes[at]! >= 9 && bytes[at]! <= 13))) at++;
	return bytes[at] === 0x7b || (bytes[at] === 0x5b && !/[;\t]/.test(firstLine(bytes, at)));
}

function understand(bytes: Uint8Array, asked: Asked): Understood {
	const datasets = datasetsIn(parseBounded(bytes));
	const wanted = [asked.told, asked.earlier].map(
		(recipe) => readingSchema.safeParse(recipe?.reading ?? {}).data?.dataset
	);
	const chosen =
		datasets.length === 1
			? datasets[0]
			: (datasets.find(({ key }) => key === wanted[0]) ??
				(wanted[0] ? undefined : datasets.find(({ key }) => key === wanted[1])));
	const choices = choicesOf(datasets, chosen);
	if (!chosen)
		return nothing(jsonstat, { encoding: 'utf-8', choices }, [
			stop('data.which_dataset', { datasets: datasets.map(({ key }) => key).join(', ') })
		]);
	const parsed = datasetSchema.safeParse(chosen.dataset);
	if (!parsed.success)
		refuse('data.jsonstat_shape', { keyword: parsed.error.issues[0]!.path.join('.') || 'dataset' });
	const dataset = parsed.data!;
	const { dimensions, metric, measures, renamed } = readDimensions(dataset);
	const description: Description = {
		format: { key: jsonstat.key, name: jsonstat.name },
		reading: { dataset: datasets.length > 1 ? chosen.key : null },
		encoding: 'utf-8',
		choices,
		about: aboutOf(dataset),
		dimensions,
		metric,
		measures,
		marks: dataset.extension?.status?.label ?? {},
		problems: renamed.map((dimension) => note('data.jsonstat_one_metric', { dimension }))
	};
	const cells = dimensions.reduce((product, { categories }) => product * categories.length, 1);
	return understandDescribed(description, asked, (put) => readValues(dataset, cells, put));
}

function aboutOf({ label, source, updated, note, extension }: Dataset): About {
	const updatedOn = dayOf(updated);
	// PxWeb says these in an extension; its versions spell them differently.
	const nextUpdate = dayOf(extension?.px?.nextUpdate ?? extension?.px?.['next-update']);
	const rhythm = extension?.px?.updateFrequency;
	return {
		...(label ? { title: label.slice(0, 500) } : {}),
		...(source ? { source: source.slice(0, 2000) } : {}),
		...(updated ? { updated: updated.slice(0, 40) } : {}),
		...(updatedOn ? { updatedOn } : {}),
		...(nextUpdate ? { nextUpdate } : {}),
		...(rhythm ? { rhythm: rhythm.slice(0, 200) } : {}),
		...(note ? { notes: notesOf(note) } : {})
	};
}

function choicesOf(datasets: Named[], chosen: Named | undefined): Choice[] {
	if (datasets.length === 1) return [];
	return [
		{
			key: 'dataset',
			value: chosen?.key ?? null,
			options: datasets.map(({ key, label }) => ({
				value: key,
				label: label && label !== key ? `${key}: ${label}`.slice(0, 200) : key
			}))
		}
	];
}

/** Dense values are a list; sparse ones an object by place, and what is not there is missing. */
function readValues({ value, status }: Dataset, cells: number, put: Put): void {
	const statusAt = statusReader(status, cells);
	if (Array.isArray(value)) {
		if (value.length !== cells)
			refuse('data.jsonstat_values', { count: value.length, expected: cells });
		for (let place = 0; place < cells; place++)
			put(place, cellOf(value[place], place), statusAt(place));
		return;
	}
	if (typeof value !== 'object' || value === null)
		refuse('data.jsonstat_shape', { keyword: 'value' });
	for (const key in value as object) {
		const place = placeOf(key, cells, 'value');
		put(place, cellOf((value as Record<string, unknown>)[key], place), statusAt(place));
	}
	// A status without a value says why there is none.
	if (typeof status === 'object' && status !== null && !Array.isArray(status))
		for (const key in status)
			if (!Object.hasOwn(value as object, key))
				put(placeOf(key, cells, 'status'), null, statusAt(Number(key)));
}

/** Status is one text for all, a list (of one: for all), or an object by place. */
function statusReader(status: unknown, cells: number): (place: number) => string | null {
	const text = (one: unknown) => (typeof one === 'string' && one !== '' ? one.slice(0, 40) : null);
	if (status === undefined || status === null) return () => null;
	if (typeof status === 'string') return () => text(status);
	if (Array.isArray(status)) {
		if (status.length === 1) return () => text(status[0]);
		if (status.length !== cells)
			refuse('data.jsonstat_status', { count: status.length, expected: cells });
		return (place) => text(status[place]);
	}
	if (typeof status !== 'object') return refuse('data.jsonstat_shape', { keyword: 'status' });
	return (place) =>
		Object.hasOwn(status, place) ? text((status as Record<string, unknown>)[place]) : null;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/;

function cellOf(value: unknown, place: number): number | string | null {
	if (value === null || value === undefined) return null;
	if (typeof value === 'string') {
		const text = value.trim();
		if (text === '') return null;
		return NUMBER.test(text) ? cellOf(Number(text), place) : text;
	}
	if (typeof value !== 'number' || !Number.isFinite(value))
		refuse('data.jsonstat_value', { place: place + 1 });
	return value as number;
}

function placeOf(key: string, cells: number, keyword: string): number {
	const place = /^(?:0|[1-9]\d{0,9})$/.test(key) ? Number(key) : cells;
	if (place >= cells) refuse('data.jsonstat_place', { keyword, place: key.slice(0, 40), cells });
	return place;
}

const firstLine = (bytes: Uint8Array, at: number) =>
	new TextDecoder('latin1').decode(bytes.subarray(at, at + 200)).split('\n')[0]!;
