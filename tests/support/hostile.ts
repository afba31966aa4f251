import { deflateRawSync } from 'node:zlib';
import { encodeSync, MESSAGE, SYNC } from '#lib/document/wire.ts';
import * as make from './hostile-frames.ts';
import { dial, enter, frame, held, pour, sendAll, upgraded, upgradeHead } from './hostile-wire.ts';
import type { Target } from './hostile-wire.ts';

export { FORGED } from './hostile-frames.ts';
export type { Target } from './hostile-wire.ts';

/**
 * Hostile input, by name. `frames` are made beforehand (it may take a second and holds up no socket);
 * `act` does it. Each ends by itself within a few seconds and leaves no socket behind. The same list is
 * used by the tests, against our own server, and by the bench, against a peer on this machine.
 */
export type Attack = {
	name: string;
	frames?: (target: Target) => Uint8Array[];
	act: (target: Target, frames: Uint8Array[]) => Promise<void>;
};

const MEGABYTE = 1024 * 1024;
/** Client ids the attacker invents. */
const ME = 77;

export const ATTACKS: Attack[] = [
	said('an empty frame', () => [new Uint8Array()]),
	{
		name: 'text frames',
		act: async (target) => {
			const [ws, socket] = [await enter(target), await upgraded(target)];
			ws?.send('{"type":"update"}');
			await pour(socket, [frame(1, Uint8Array.of(0xff, 0xfe, 0xfd))]); // no UTF-8
			await held(target);
			ws?.terminate();
			socket.destroy();
		}
	},
	each('messages of kinds a page never sends', () =>
		[2, 4, 5, 6, 7, 9, 42, MESSAGE.saved, MESSAGE.word, 255, 65_535].map((kind) =>
			make.message(kind, 1, 0, 0, 0)
		)
	),
	each('numbers that never end', () => [
		Uint8Array.of(0xff),
		new Uint8Array(64).fill(0xff),
		Uint8Array.of(0, 2, 0xff, 0xff),
		Uint8Array.of(0, 0, 0x80),
		Uint8Array.of(1, 0xff, 0xff, 0xff)
	]),
	each('lengths far beyond the message', () => [
		make.boast(0xffffffff),
		make.boast(Number.MAX_SAFE_INTEGER),
		...(['clients', 'structs', 'deletes'] as const).map((place) =>
			make.update(make.boastInside(place))
		)
	]),
	each('random bytes as edits', () =>
		Array.from({ length: 50 }, (_, seed) => make.update(make.noise(seed, 10 + seed * 7)))
	),
	each('edits cut short', () => {
		const whole = make.crumbs(ME, 400);
		return [1, 2, 3, 5, 8, 50, 200].map((end) => make.update(whole.subarray(0, end)));
	}),
	each('questions that make no sense', () =>
		[make.noise(1, 40), new Uint8Array(), Uint8Array.of(0xff, 0xff, 0xff)].map((bytes) =>
			encodeSync(SYNC.step1, bytes)
		)
	),
	{
		name: '150 questions whose answers are not read',
		act: async (target) => {
			const ws = await enter(target);
			ws?.pause();
			const question = encodeSync(SYNC.step1, Uint8Array.of(0));
			if (ws) await sendAll(ws, worded(target, Array(150).fill(question)));
			await held(target);
			ws?.terminate();
		}
	},
	said('1 MB of edits whose predecessors never come', () =>
		Array.from({ length: 4_000 }, (_, i) => make.update(make.orphan(ME, 10 + i * 300, 230)))
	),
	said('a flood of presence', ({ victim }) =>
		Array.from({ length: 20_000 }, (_, i) => make.caret(victim.client + 1, i + 1, `${i}`))
	),
	each('presence of 4 MB, of 1.9 MB, and of 50,000 ids', ({ victim }) => [
		make.caret(victim.client + 1, 1, 'big', 'x'.repeat(4 * MEGABYTE)),
		make.caret(victim.client + 2, 1, 'big', 'x'.repeat(1_900_000)),
		make.crowd(50_000)
	]),
	said('presence in the name of another', ({ victim }) => [
		make.caret(ME, 1, 'me'),
		make.caret(victim.client, 4_000_000_000, make.FORGED),
		make.caret(ME, 2, make.FORGED)
	]),
	said('an edit in the name of another', ({ victim }) => [
		make.update(make.letter(victim.client, victim.clock, make.FORGED))
	]),
	{
		name: 'a frame of 120 MB',
		act: async (target) => {
			const socket = await upgraded(target);
			const megabyte = Buffer.alloc(MEGABYTE);
			await pour(socket, [
				frame(2, new Uint8Array(), { declared: 120 * MEGABYTE }),
				...Array<Buffer>(120).fill(megabyte)
			]);
			await held(target);
			socket.destroy();
		}
	},
	{
		name: 'a bomb that unpacks to 200 MB',
		frames: () => [deflateRawSync(Buffer.alloc(200 * MEGABYTE))],
		act: async (target, [bomb]) => {
			for (const asked of [{ 'Sec-WebSocket-Extensions': 'permessage-deflate' }, {}]) {
				const socket = await upgraded(target, asked as Record<string, string>);
				await pour(socket, [frame(2, bomb!, { rsv: 4 })]);
				await held(target);
				socket.destroy();
			}
		}
	},
	bytes('frames of reserved kinds, and unmasked ones', [
		frame(3, new Uint8Array(4)),
		frame(11, new Uint8Array(4)),
		frame(2, new Uint8Array(4), { rsv: 1 }),
		frame(2, Uint8Array.of(0, 0, 1, 0), { masked: false }),
		frame(9, new Uint8Array(2_000)),
		frame(0, new Uint8Array(4)),
		frame(8, Uint8Array.of(0))
	]),
	{
		name: 'a message in 200,000 pieces',
		act: async (target) => {
			const socket = await upgraded(target);
			const pieces = Buffer.concat(Array(20_000).fill(frame(0, Uint8Array.of(1), { fin: false })));
			await pour(socket, [
				frame(2, Uint8Array.of(0), { fin: false }),
				...Array<Buffer>(10).fill(pieces)
			]);
			await held(target);
			socket.destroy();
		}
	},
	{
		name: 'a flood of pings',
		act: async (target) => {
			const socket = await upgraded(target);
			const pings = Buffer.concat(Array(10_000).fill(frame(9, new Uint8Array(100))));
			await pour(socket, Array<Buffer>(20).fill(pings));
			await held(target);
			socket.destroy();
		}
	},
	crowdOf('200 half-open sockets', 200, async (target) => {
		const socket = await upgraded(target);
		socket.pause();
		return () => socket.destroy();
	}),
	crowdOf('2,000 upgrades without a session', 2_000, async (target) => {
		const socket = await upgraded({ ...target, headers: { Origin: target.headers.Origin ?? '' } });
		return () => socket.destroy();
	}),
	crowdOf('300 upgrades that never finish', 300, async (target) => {
		const socket = await dial(target);
		socket.write(upgradeHead(target).slice(0, 60));
		const drip = setInterval(() => socket.write('a'), 100);
		return () => {
			clearInterval(drip);
			socket.destroy();
		};
	}),
	each('one-letter edits: 7.5 MB in one message, and 1.9 MB', () =>
		[7_500_000, 1_900_000].map((size, i) => make.update(make.crumbs(ME + i, size)))
	),
	each('a million deletions in one message, and 450,000', () =>
		[1_000_000, 450_000].map((spans) => make.update(make.perforation(ME, spans)))
	),
	each('clocks beyond counting', () => [
		make.update(make.letter(ME, Number.MAX_SAFE_INTEGER)),
		make.update(make.letter(ME, 2 ** 40)),
		make.update(make.letter(0xffffffff, 0)),
		make.update(make.letter(2 ** 45, 0)),
		make.update(make.deletion(ME, 0, Number.MAX_SAFE_INTEGER))
	]),
	said('20,000 elements one inside another, then deleted', () => [
		make.update(make.abyss(ME, 20_000)),
		make.update(make.deletion(ME, 0, 1))
	]),
	crowdOf('300 sockets of one person', 300, async (target) => {
		const ws = await enter(target);
		return () => ws?.terminate();
	})
];

/** Makes what the attack sends, then says how to begin. */
export function prepare(attack: Attack, target: Target): () => Promise<void> {
	const frames = attack.frames?.(target) ?? [];
	return () => attack.act(target, frames);
}

/** All over one socket. */
function said(name: string, messages: (target: Target) => Uint8Array[]): Attack {
	return {
		name,
		frames: (target) => worded(target, messages(target)),
		act: async (target, frames) => {
			const ws = await enter(target);
			if (ws) await sendAll(ws, frames);
			await held(target);
			ws?.terminate();
		}
	};
}

/** Each over a socket of its own: the first might end it. */
function each(name: string, messages: (target: Target) => Uint8Array[]): Attack {
	return {
		name,
		frames: (target) => worded(target, messages(target)),
		act: async (target, frames) => {
			for (const one of frames) {
				const ws = await enter(target);
				if (ws) await sendAll(ws, [one]);
				await held({ ...target, hold: (target.hold ?? 1_000) / frames.length });
				ws?.terminate();
			}
		}
	};
}

/** Frames below the message, each on a connection of its own. */
function bytes(name: string, frames: Buffer[]): Attack {
	return {
		name,
		act: async (target) => {
			for (const one of frames) {
				const socket = await upgraded(target);
				await pour(socket, [one]);
				await held({ ...target, hold: (target.hold ?? 1_000) / frames.length });
				socket.destroy();
			}
		}
	};
}

const AT_ONCE = 50;

/** Many connections that are held, then let go. */
function crowdOf(
	name: string,
	count: number,
	open: (target: Target) => Promise<() => void>
): Attack {
	return {
		name,
		act: async (target) => {
			const close: (() => void)[] = [];
			const until = Date.now() + 5_000;
			for (let made = 0; made < count && Date.now() < until; made += AT_ONCE)
				close.push(...(await Promise.all(Array.from({ length: AT_ONCE }, () => open(target)))));
			await held(target);
			for (const one of close) one();
		}
	};
}

function worded(target: Target, messages: Uint8Array[]): Uint8Array[] {
	return target.wrap ? messages.map(target.wrap) : messages;
}
