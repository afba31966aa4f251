import { createServer } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { report } from './report.ts';

/** Every frame to everybody else in the room: the least a server in this runtime can do. */
const rooms = new Map<string, Set<WebSocket>>();
const server = createServer();
const sockets = new WebSocketServer({ server });

sockets.on('connection', (ws, request) => {
	const name = request.url ?? '';
	const room = rooms.get(name) ?? new Set();
	rooms.set(name, room.add(ws));
	ws.on('error', () => ws.terminate());
	ws.on('message', (data: Buffer, binary) => {
		for (const other of room) if (other !== ws) other.send(data, { binary });
	});
	ws.on('close', () => {
		room.delete(ws);
		if (room.size === 0) rooms.delete(name);
	});
});

await report(server);
