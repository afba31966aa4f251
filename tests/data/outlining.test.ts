import { describe, expect, it, vi } from 'vitest';
import { readOutline, type Read } from '#lib/data/geojson.ts';
import { LIMITS, outlinesIn } from '#lib/data/outlining.server.ts';
import { refused } from './place.ts';

/** A wavy country of many areas: some hundred kilobytes. */
function country(areas: number, points: number): Uint8Array {
	const ring = (x: number) => {
		const up = Array.from({ length: points }, (_, i) => [x + Math.sin(i) / 9, 54 + i / points]);
		return [...up, ...up.toReversed().map(([a, b]) => [a! + 1, b]), up[0]];
	};
	const features = Array.from({ length: areas }, (_, at) => ({
		type: 'Feature',
		properties: { kode: `A${at}`, navn: `Område ${at}` },
		geometry: { type: 'Polygon', coordinates: [ring(8 + at)] }
	}));
	return new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features }));
}

describe('a file of outlines read in a thread', () => {
	const bytes = country(20, 600);
	const categories = [{ code: 'A3', label: 'Område 3' }];

	it('comes to the same as one read on the spot, and the process goes on meanwhile', async () => {
		let turns = 0;
		const clock = setInterval(() => turns++, 5);
		const read = (await outlinesIn({ bytes, categories })) as Read;
		clearInterval(clock);
		expect(turns).toBeGreaterThan(2);
		expect(read).toEqual(readOutline(bytes, categories));
		expect(read.areas).toHaveLength(20);
		expect(bytes.length).toBeGreaterThan(0); // still the caller's
	});

	it('is told why not, as on the spot', async () => {
		const half = bytes.slice(0, -100);
		expect(await outlinesIn({ bytes: half, categories })).toEqual({
			code: 'data.outline_not_json'
		});
	});

	it('that takes too long or too much memory is stopped with a sentence, and the next is read', async () => {
		const read = (limits: typeof LIMITS) => refused(outlinesIn({ bytes, categories }, limits));
		expect(await read({ ...LIMITS, seconds: 0.01 })).toMatchObject({
			code: 'data.too_slow',
			params: { field: 'file' }
		});
		expect(await read({ ...LIMITS, megabytes: 8 })).toMatchObject({ code: 'data.too_heavy' });
		expect(await outlinesIn({ bytes, categories })).toHaveProperty('areas');
	});

	it('waits its turn, and when too many wait it is told so', async () => {
		vi.resetModules(); // nobody else's files are counted
		const { outlinesIn } = await import('#lib/data/outlining.server.ts');
		const many = Array.from({ length: 6 }, () => outlinesIn({ bytes, categories }).catch((e) => e));
		const answers = await Promise.all(many);
		expect(answers.filter((one) => 'areas' in one)).toHaveLength(4);
		expect(answers.filter(({ code }) => code === 'data.busy')).toHaveLength(2);
	});
});
