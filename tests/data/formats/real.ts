import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import type { Cube } from '#lib/data/cube.ts';
import { understand } from '#lib/data/formats/formats.ts';
import type { Asked, Understood } from '#lib/data/formats/format.ts';
import type { Recipe } from '#lib/data/recipe.ts';

/** Files of others, beside the project where it is developed; they are no part of it. */
export const REAL_FOLDER = fileURLToPath(new URL('../../../../shared/data/real/', import.meta.url));
export const haveReal = existsSync(REAL_FOLDER);

/** Tests on those files; without them a title that says so. */
export function onRealFiles(title: string, tests: () => void): void {
	if (haveReal) describe(title, tests);
	else describe(title, () => it.skip('the real files are not beside the project'));
}

export const real = (name: string) => new Uint8Array(readFileSync(`${REAL_FOLDER}${name}`));

export const read = (name: string, asked: Asked = {}): Understood => understand(real(name), asked);

/** Reads it again with something chosen: a sheet, a dataset, a language. */
export function choose(bytes: Uint8Array, reading: Recipe['reading']): Understood {
	const { recipe } = understand(bytes);
	return understand(bytes, {
		told: { ...recipe, reading: { ...recipe.reading, ...reading } }
	});
}

/** A cell by labels or codes of all its categories and its measure, in any order. */
export function cellAt({ shape, cells, marks }: Cube, ...words: string[]) {
	const left = [...words];
	/** The first word left that names one of them; where there is only one, none need. */
	const take = (names: (string | undefined)[][]): number => {
		for (const [at, word] of left.entries()) {
			const place = names.findIndex((one) => one.includes(word));
			if (place === -1) continue;
			left.splice(at, 1);
			return place;
		}
		if (names.length === 1) return 0;
		throw new Error(`nothing of ${names.slice(0, 3).join(', ')} … among ${words.join(' / ')}`);
	};
	const measure = take(shape.measures.map(({ label, source, key }) => [label, source, key]));
	let position = 0;
	for (const { categories } of shape.dimensions)
		position =
			position * categories.length + take(categories.map(({ code, label }) => [code, label]));
	const mark = marks?.[measure]?.get(position);
	return { value: cells[measure]!.valueAt(position), ...(mark === undefined ? {} : { mark }) };
}

export const sizes = ({ shape }: Cube) =>
	shape.dimensions.map(({ categories }) => categories.length);

export const sum = ({ cells }: Cube) => {
	let all = 0;
	for (const one of cells) for (const [, { value }] of one) all += value ?? 0;
	return all;
};

export const stops = ({ problems }: Understood) =>
	problems.filter(({ severity }) => severity === 'stop').map(({ code }) => code);
