import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openRoom, type Room } from '#lib/document/room.svelte.ts';

/** What a page says of its connection, with the engine and the browser's events told by hand. */

const LONG = 60_000;
const engine = { connect: vi.fn(), disconnect: vi.fn(), alone: vi.fn(), destroy: vi.fn() };
vi.mock('#lib/document/engine.ts', () => ({
	Engine: class {
		constructor() {
			return engine;
		}
	}
}));

let room: Room;
beforeEach(async () => {
	vi.useFakeTimers();
	const page = new EventTarget();
	for (const [name, value] of Object.entries({
		addEventListener: page.addEventListener.bind(page),
		removeEventListener: page.removeEventListener.bind(page),
		dispatchEvent: page.dispatchEvent.bind(page),
		navigator: { onLine: true },
		document: new EventTarget()
	}))
		vi.stubGlobal(name, value);
	room = openRoom({ documentId: crypto.randomUUID(), person: { id: 'p', name: 'Tove' } });
	await vi.dynamicImportSettled();
	room.reached(true);
});
afterEach(() => {
	room.leave();
	vi.useRealTimers();
	vi.unstubAllGlobals();
	vi.clearAllMocks();
});

test('a blink is not told; what lasts longer is, until the server is reached', () => {
	room.reached(false);
	vi.advanceTimersByTime(1_000);
	expect(room.away).toBe(false);
	vi.advanceTimersByTime(LONG);
	expect(room.away).toBe(true);
	expect(engine.alone).toHaveBeenCalledOnce();
	room.reached(true);
	vi.advanceTimersByTime(LONG);
	expect(room.away).toBe(false);
});

test('a machine that says at once that its network is gone, and at once that it is back, is not away after', () => {
	room.reached(false); // the socket closes first,
	dispatchEvent(new Event('offline')); // then the machine says why
	expect(room.away).toBe(true);
	expect(engine.disconnect).toHaveBeenCalledOnce();
	room.reached(false); // each try that fails is told
	dispatchEvent(new Event('online'));
	expect(engine.connect).toHaveBeenCalledOnce();
	room.reached(true);
	vi.advanceTimersByTime(LONG);
	expect(room.away).toBe(false);
	expect(engine.alone).toHaveBeenCalledOnce();
});
