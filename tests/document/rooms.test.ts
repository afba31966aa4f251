import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import type { Admitted, Line } from '#lib/document/sync/connection.server.ts';
import { LIMITS } from '#lib/document/sync/limits.server.ts';
import { Rooms } from '#lib/document/sync/rooms.server.ts';
import { world } from './world.ts';

/** A line that is open, or was closed while the door was judging. */
function line(open: boolean): Line {
	const ws = Object.assign(new EventEmitter(), {
		OPEN: 1,
		readyState: open ? 1 : 3,
		close: () => {},
		pause: () => {},
		resume: () => {},
		terminate: () => {}
	});
	return { ws, stream: new PassThrough().resume() } as never;
}

test('someone who left while the room was read does not take it from those who come in with them', async () => {
	const w = await world();
	const rooms = new Rooms(w.sql, LIMITS);
	const admitted: Admitted = {
		person: { id: w.jonas.id, name: 'Jonas', color: '' },
		session: '',
		token: '',
		write: true
	};
	const enter = (open: boolean) => rooms.enter(line(open), w.documentId, admitted, rooms.changes);
	expect(await Promise.all([enter(false), enter(true), enter(false)])).toEqual([
		'come_back',
		null,
		'come_back'
	]);
	expect(rooms.size).toBe(1);
	await rooms.close(0);
	await w.stop();
});
