import { csv } from './csv.ts';
import { jsonstat } from './jsonstat.ts';
import { px } from './px.ts';
import { xlsx } from './xlsx.ts';
import type { Asked, Format, Understood } from './format.ts';

/** The formats that can be read, most particular first: any text may be CSV. */
const FORMATS: readonly Format[] = [xlsx, jsonstat, px, csv];

/** Reads a file in whatever format it is. The one way from bytes to a cube. */
export function understand(bytes: Uint8Array, asked: Asked = {}): Understood {
	const format = FORMATS.find((one) => one.recognises(bytes))!;
	// Said of a file in another format, it is no more than an earlier recipe.
	const told = asked.told?.format === format.key ? asked.told : undefined;
	return format.understand(bytes, { ...asked, told, earlier: asked.earlier ?? asked.told });
}
