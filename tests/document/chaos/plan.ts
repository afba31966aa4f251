import { random, type Random } from './random.ts';

/** What may happen, and how often in proportion. */
const EVERYDAY = {
	type: 34,
	burst: 8,
	paste: 3,
	delete: 14,
	split: 6,
	remove: 2,
	embolden: 4,
	undo: 5,
	rest: 8
};
const NETWORK = {
	cut: 5,
	leave: 4,
	return: 6,
	unplug: 3,
	plug: 6,
	hold: 4,
	release: 6,
	vanish: 3,
	move: 4,
	reload: 4,
	copy: 3,
	everyone: 2
};
const STORAGE = {
	lock: 4,
	slow: 2,
	some: 2,
	full: 2,
	late: 2,
	well: 6,
	readOnly: 1,
	cutPostgres: 2,
	compact: 4,
	keep: 3,
	section: 1
};
const DISASTERS = {
	killNode: 5,
	endNode: 2,
	killPostgres: 1,
	crashBackend: 1,
	killBoth: 1
};
const KINDS = { everyday: 70, network: 20, storage: 10 };

export type Doing =
	| keyof typeof EVERYDAY
	| keyof typeof NETWORK
	| keyof typeof STORAGE
	| keyof typeof DISASTERS
	| 'close';

export type Step = {
	doing: Doing;
	/** Which page or node, by number. */
	who: number;
	/** Milliseconds until the next. */
	pause: number;
	chance: Random;
};

export type Plan = {
	pages: number;
	/** Which persons, by number; two pages may be one person's. */
	persons: number[];
	steps: Step[];
	chance: Random;
};

/** Everything that will happen in a run; only the network's and the processes' own timing is not in it. */
export function planOf(seed: number): Plan {
	const chance = random(seed);
	const pages = chance.whole(3, 6);
	const persons = Array.from({ length: pages }, () => chance.whole(0, 5));
	persons[0] = chance.whole(0, 4); // somebody must be able to write
	const step = (doing: Doing): Step => ({
		doing,
		who: chance.whole(0, pages - 1),
		pause: chance.chance(0.5) ? 0 : chance.whole(1, 8),
		chance: chance.fork()
	});
	const steps = Array.from({ length: chance.whole(40, 70) }, () => {
		const kind = chance.weighted(KINDS);
		if (kind === 'everyday') return step(chance.weighted(EVERYDAY));
		return step(kind === 'network' ? chance.weighted(NETWORK) : chance.weighted(STORAGE));
	});
	const put = (doing: Doing, from: number) => {
		const place = Math.floor(steps.length * (from + chance.next() * (1 - from)));
		steps.splice(place, 0, step(doing));
	};
	for (let left = Number(chance.weighted({ none: 55, 1: 35, 2: 10 })) || 0; left > 0; left--)
		put(chance.weighted(DISASTERS), 0.1);
	if (chance.chance(0.3)) put('close', 0.5);
	return { pages, persons, steps, chance };
}
