import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { INTERNET, type Wires } from '#lib/base/outside.server.ts';

/** A machine of the open internet, on this one: https with a certificate only its wires believe in. */
export type Outside = {
	/** https://figures.test:<port>; other.test is the same machine under another name. */
	url: string;
	port: number;
	wires: Wires;
	/** Every request so far: method, path, headers, body. */
	heard: Heard[];
	answer: RequestListener;
	stop: () => Promise<void>;
};
type Heard = {
	method: string;
	path: string;
	host: string;
	headers: Record<string, string | string[] | undefined>;
	body: string;
};

export async function outside(): Promise<Outside> {
	const heard: Heard[] = [];
	const server = createServer({ key: KEY, cert: CERTIFICATE }, async (request, response) => {
		let body = '';
		for await (const part of request) body += part;
		const { method = '', url: path = '', headers } = request;
		heard.push({ method, path, host: headers.host ?? '', headers, body });
		place.answer(request, response);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const place: Outside = {
		url: `https://figures.test:${port}`,
		port,
		heard,
		answer: (_, response) => response.writeHead(404).end(),
		wires: {
			resolve: async (host) =>
				/^(figures|other)\.test$/.test(host)
					? [{ address: '127.0.0.1', family: 4 }]
					: Promise.reject(new Error('ENOTFOUND')),
			// This one address stands for the open internet; every other is judged as it always is.
			isOpen: (address) => address === '127.0.0.1' || INTERNET.isOpen(address),
			ca: CERTIFICATE
		},
		stop: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		}
	};
	return place;
}

/** Made for this file, for names that cannot be anybody's (RFC 2606). */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBqzCCAVCgAwIBAgIUM9g7yZakBFDulEEbLiWWi9HJemswCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMZmlndXJlcy50ZXN0MCAXDTI2MTEyMjEzMzAxOFoYDzIxMjYx
MDI5MTMzMDE4WjAXMRUwEwYDVQQDDAxmaWd1cmVzLnRlc3QwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAAQjAx8uRISAtmD0hZHQ9Aewzc5WRV9lsPbWniMPl9DIVds5
1PBo9uWXrDRdZM8z/WwJaepdbuo29RVA5kkOdPjAo3gwdjAdBgNVHQ4EFgQUkB+t
wl7WE0Mk7adwbNq4NIEy098wHwYDVR0jBBgwFoAUkB+twl7WE0Mk7adwbNq4NIEy
098wDwYDVR0TAQH/BAUwAwEB/zAjBgNVHREEHDAaggxmaWd1cmVzLnRlc3SCCm90
aGVyLnRlc3QwCgYIKoZIzj0EAwIDSQAwRgIhAINscLkmi43uUZtVKSv+pyFVSw8j
Or7PZuHstakX7ofPAiEAoc5zVmYVfcKMtRdEA8wn6UOZVHi51eAUjU9HKrIngNI=
-----END CERTIFICATE-----
`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgevU3Xu2lw2Yuqe/8
IhcY5udH8vZzY9VzRNQXdZtHxLWhRANCAAQjAx8uRISAtmD0hZHQ9Aewzc5WRV9l
sPbWniMPl9DIVds51PBo9uWXrDRdZM8z/WwJaepdbuo29RVA5kkOdPjA
-----END PRIVATE KEY-----
`;
