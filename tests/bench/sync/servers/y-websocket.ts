import { createServer } from 'node:http';
import { peer } from '../peers.ts';
import { report } from './report.ts';

/** @y/websocket-server as its own bin/server starts it; YPERSISTENCE decides whether it keeps anything. */
const { setupWSConnection } = await peer('@y/websocket-server/src/utils.js');
const { default: ws } = await peer('@y/websocket-server/node_modules/ws/index.js');

const server = createServer();
const sockets = new ws.Server({ noServer: true });
sockets.on('connection', setupWSConnection);
server.on('upgrade', (request, socket, head) =>
	sockets.handleUpgrade(request, socket, head, (one: unknown) =>
		sockets.emit('connection', one, request)
	)
);

await report(server);
