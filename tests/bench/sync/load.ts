import { answer } from './answer.ts';
import { arrive, fill, give, hold, join, letGo, marks, warm } from './load/documents.ts';
import { cut } from './load/presence.ts';
import { Typing, type Plan } from './load/typing.ts';
import { paste, stand, tell } from './load/victim.ts';

/** The load generator, in a process of its own so that it and what it measures do not share a thread. */

/** By name: several servers may have people sitting while one is measured. */
const typing = new Map<string, Typing>();
const at = (name = '') => typing.get(name)!;

answer({
	async sit({ name = '', ...plan }: Plan & { name?: string }) {
		typing.set(name, new Typing(plan));
		await at(name).open();
		return null;
	},
	type: (name?: string) => (at(name).begin(), null),
	count: (name?: string) => (at(name).count(), null),
	end: (name?: string) => at(name).end(),
	leave: async (name?: string) => {
		await at(name).leave();
		typing.delete(name ?? '');
		return null;
	},
	/** Seconds of CPU of this process: near the wall's it measures itself. */
	cpu: () => {
		const { user, system } = process.cpuUsage();
		return (user + system) / 1e6;
	},
	arrive,
	cut,
	fill,
	give,
	hold,
	join,
	letGo,
	marks,
	paste,
	stand,
	tell,
	warm
});
