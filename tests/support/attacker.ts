import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ATTACKS, prepare, type Target } from './hostile.ts';
import { pause } from './hostile-wire.ts';

/** Who does harm, in a process of its own: what an attack costs the attacker must not look like a stall. */
export type Attacker = {
	/** Makes what the attack sends. Resolves to what begins it, which resolves to the codes it was answered with. */
	prepare: (name: string, target: Target) => Promise<() => Promise<number[]>>;
	end: () => Promise<void>;
};

type Order = { name?: string; target?: Target };

export function startAttacker(): Attacker {
	const child = fork(fileURLToPath(import.meta.url), [], {
		env: { ...process.env, NODE_OPTIONS: '' },
		stdio: ['ignore', 'inherit', 'inherit', 'ipc']
	});
	const ask = async (order: Order) => {
		child.send(order);
		const [codes] = await once(child, 'message');
		return codes as number[];
	};
	return {
		async prepare(name, target) {
			await ask({ name, target });
			return () => ask({});
		},
		async end() {
			child.kill('SIGKILL');
			await once(child, 'exit');
		}
	};
}

let act: () => Promise<void> = async () => {};
let codes: number[] = [];

if (import.meta.main && process.send) {
	process.once('disconnect', () => process.exit());
	process.on('message', async ({ name, target }: Order) => {
		if (name && target) {
			codes = [];
			const attack = ATTACKS.find((one) => one.name === name)!;
			act = prepare(attack, { ...target, onclosed: (code) => void codes.push(code) });
		} else {
			await act();
			await pause(50); // for the ends of its sockets
		}
		process.send!(codes);
	});
}
