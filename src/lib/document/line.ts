import type { WebsocketProvider } from 'y-websocket';
import { closingOf } from './closing.ts';
import { MESSAGE } from './wire.ts';

/** In ms. */
const LOOK = 1_000;
/** Quiet for this long while something is not saved: the page asks whether anyone is there. */
const QUIET = 3_000;
/** An answer, or a socket that opens, takes no longer; doubles each time it did. */
const ANSWER = 3_000;
const LONGEST = 24_000;
/** The longest pause before trying again: back within a second where the network allows. */
const PAUSE = 500;
const SPREAD = 250; // not all pages of a building at the same moment
/** A node with too many documents is left in peace for a while. */
const CROWDED = 5_000;

/**
 * Brings the connection back, and finds out that it is gone when nobody says so. A cut Wi-Fi closes no
 * socket: what is typed goes nowhere, and only silence tells.
 */
export class Line {
	#provider: WebsocketProvider;
	#unsaved: () => number | null;
	#timer: ReturnType<typeof setInterval>;
	#asked: number | undefined;
	#opening: { socket: unknown; at: number } | undefined;
	#patience = ANSWER;

	/** `unsaved`: since when something is not saved; null when nothing is. */
	constructor(provider: WebsocketProvider, unsaved: () => number | null) {
		this.#provider = provider;
		this.#unsaved = unsaved;
		this.#timer = setInterval(() => this.#look(), LOOK);
		this.#pace(PAUSE);
		provider.on('connection-close', this.#closed);
		provider.on('sync', this.#synced);
	}

	destroy(): void {
		clearInterval(this.#timer);
		this.#provider.off('connection-close', this.#closed);
		this.#provider.off('sync', this.#synced);
	}

	/** The network is back, or the page is looked at again: no waiting. */
	hurry(): void {
		const { ws, wsconnected, shouldConnect } = this.#provider;
		if (!shouldConnect) return;
		if (wsconnected) this.#ask();
		else if (ws)
			this.#anew(); // it has been trying since the network was away
		else this.#provider.connect();
	}

	#look(): void {
		const now = Date.now();
		const { ws, wsconnected, wsconnecting, wsLastMessageReceived: heard } = this.#provider;
		if (wsconnecting) {
			if (this.#opening?.socket !== ws) this.#opening = { socket: ws, at: now };
			else if (now - this.#opening!.at > this.#patience) this.#anew();
		}
		if (!wsconnected) return;
		if (this.#asked !== undefined && heard > this.#asked) this.#asked = undefined;
		if (this.#asked !== undefined) {
			if (now - this.#asked > this.#patience) this.#anew();
			return;
		}
		const since = this.#unsaved();
		if (since !== null && now - since > QUIET && now - heard > QUIET) this.#ask();
	}

	/** Anything that comes is an answer. */
	#ask(): void {
		if (this.#asked !== undefined) return;
		this.#asked = Date.now();
		const { ws } = this.#provider;
		if (ws?.readyState === ws?.OPEN) ws?.send(new Uint8Array([MESSAGE.queryAwareness]));
	}

	#anew(): void {
		this.#patience = Math.min(LONGEST, this.#patience * 2);
		this.#provider.disconnect();
		this.#provider.connect();
	}

	#closed = (event: { code: number } | null): void => {
		this.#asked = undefined;
		this.#pace(event && closingOf(event.code) === 'crowded' ? CROWDED : PAUSE);
	};

	#synced = (is: boolean): void => {
		if (is) this.#patience = ANSWER;
	};

	#pace(pause: number): void {
		this.#provider.maxBackoffTime = pause + Math.random() * (pause === PAUSE ? SPREAD : pause);
	}
}
