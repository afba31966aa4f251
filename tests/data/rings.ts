import type { Ring } from '#lib/data/outline.ts';

/** What a path draws, for asking what lies inside it. */

export function ringsIn(d: string): Ring[] {
	return d
		.split('z')
		.filter(Boolean)
		.map((ring) => {
			const [x, y, ...steps] = [...ring.matchAll(/-?\d+/g)].map(([n]) => Number(n));
			const points: Ring = [[x!, y!]];
			for (let i = 0; i + 1 < steps.length; i += 2) {
				const [px, py] = points.at(-1)!;
				points.push([px + steps[i]!, py + steps[i + 1]!]);
			}
			return points;
		});
}

/** Even-odd, by crossings to the left. */
export function inside(rings: Ring[], { x, y }: { x: number; y: number }): boolean {
	let odd = false;
	for (const ring of rings)
		for (const [i, [ax, ay]] of ring.entries()) {
			const [bx, by] = ring[(i + 1) % ring.length]!;
			if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) odd = !odd;
		}
	return odd;
}
