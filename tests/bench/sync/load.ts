import { answer } from './answer.ts';
import { arrive, fill, hold, join, letGo, marks, warm } from './load/documents.ts';
import { cut } from './load/presence.ts';
import { Typing, type Plan } from './load/typing.ts';
import { paste, stand, tell } from './load/victim.ts';

/** The load generator, in a process of its own so that it and what it measures do not share a thread. */

let typing: Typing | undefined;

answer({
	async sit(plan: Plan) {
		typing = new Typing(plan);
		await typing.open();
		return null;
	},
	type: () => (typing!.begin(), null),
	count: () => (typing!.count(), null),
	end: () => typing!.end(),
	leave: async () => {
		await typing?.leave();
		typing = undefined;
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
	hold,
	join,
	letGo,
	marks,
	paste,
	stand,
	tell,
	warm
});
