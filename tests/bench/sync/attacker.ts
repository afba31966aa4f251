import { ATTACKS, prepare, type Target } from '../../support/hostile.ts';
import { answer } from './answer.ts';
import type { Door } from './kinds.ts';
import { addressOf, greetingFor, wrapFor } from './load/words.ts';

/** Who does harm, in a process of its own: what it costs the attacker must not look like a stall. */

let act: () => Promise<void> = async () => {};

answer({
	prepare({ name, door, victim }: { name: string; door: Door; victim: Target['victim'] }) {
		const attack = ATTACKS.find((one) => one.name === name)!;
		const { headers, path } = addressOf(door);
		act = prepare(attack, {
			host: '127.0.0.1',
			port: door.port,
			path,
			headers,
			wrap: wrapFor(door),
			greeting: greetingFor(door),
			victim,
			hold: 500
		});
		return null;
	},
	act: async () => (await act(), null)
});
