import { createServer, connect, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import type { BrowserContext, CDPSession, Page } from '@playwright/test';

/**
 * The wire one person's browser hangs on, that can be pulled out and put in again: a SOCKS5 proxy
 * (RFC 1928) on loopback. The browser's own way of being offline is not used for someone whose page is
 * open when the network returns: the browser at hand then loses its network process one time in ten, and
 * with it every cookie.
 */
export type Cable = {
	/** For the context that hangs on it. */
	proxy: { server: string };
	/** Every connection ends and none is made; the pages are told, as a machine tells them. */
	pull: (context: BrowserContext) => Promise<void>;
	plug: (context: BrowserContext) => Promise<void>;
};

const NO_AUTHENTICATION = Buffer.from([5, 0]);
const CONNECTED = Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]);

export async function cable(): Promise<Cable> {
	const sockets = new Set<Socket>();
	const told = new Map<Page, CDPSession>();
	let pulled = false;
	const hold = (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => socket.destroy());
		socket.on('close', () => sockets.delete(socket));
	};
	const server = createServer((browser) => {
		if (pulled) return browser.destroy();
		hold(browser);
		browser.once('data', () => {
			browser.write(NO_AUTHENTICATION);
			browser.once('data', (request: Buffer) => {
				// Everything it asks for is this machine; the last two bytes are the port.
				const app = connect(request.readUInt16BE(request.length - 2), 'localhost');
				hold(app);
				app.once('connect', () => {
					browser.write(CONNECTED);
					browser.pipe(app).pipe(browser);
				});
				app.on('close', () => browser.destroy());
				browser.on('close', () => app.destroy());
			});
		});
	});
	server.listen(0, '127.0.0.1').unref(); // connections end with the browser's
	await once(server, 'listening');
	const tell = async (context: BrowserContext, offline: boolean) => {
		for (const page of context.pages()) {
			// What is said lasts as long as the session it is said in.
			const browser = told.get(page) ?? (await context.newCDPSession(page));
			told.set(page, browser);
			const speed = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
			await browser.send('Network.overrideNetworkState', { offline, ...speed });
		}
	};
	return {
		proxy: { server: `socks5://127.0.0.1:${(server.address() as AddressInfo).port}` },
		async pull(context) {
			pulled = true;
			for (const socket of sockets) socket.destroy();
			await tell(context, true);
		},
		async plug(context) {
			pulled = false;
			await tell(context, false);
		}
	};
}
