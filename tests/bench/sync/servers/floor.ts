import { createServer } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { report } from './report.ts';

/**
 * Every frame to everybody else in the room: the least a server in this runtime can do. What comes as text
 * is a frame in base64 that whoever comes after is handed: the least that opening a document can cost.
 */
const rooms = new Map<string, Set<WebSocket>>();
const handed = new Map<string, Buffer>();
const server = createServer();
const sockets = new WebSocketServer({ server });

sockets.on('connection', (ws, request) => {
	const name = request.url ?? '';
	const room = rooms.get(name) ?? new Set();
	rooms.set(name, room.add(ws));
	ws.on('error', () => ws.terminate());
	const document = handed.get(name);
	if (document) ws.send(document);
	ws.on('message', (data: Buffer, binary) => {
		if (!binary) return void handed.set(name, Buffer.from(data.toString(), 'base64'));
		for (const other of room) if (other !== ws) other.send(data, { binary });
	});
	ws.on('close', () => {
		room.delete(ws);
		if (room.size === 0) rooms.delete(name);
	});
});

await report(server);
