/**
 * The page's one socket for what changes: it says which topics (object ids) are shown and hears
 * `{ topic }` when one of them changes, so the page loads it again. Nothing else travels here.
 */
export type Live = {
	/** Follows these topics from now on, and no others; hears of what changed since `seen` as well. */
	follow(topics: readonly string[], seen?: string | null): void;
	stop(): void;
};

type Options = {
	url: string | URL;
	/** A topic changed, or may have while the socket was away. */
	onchange: (topic: string) => void;
	/** The server ended the session: signed out, revoked. */
	onended?: () => void;
	/** First wait before coming back, in ms; doubles up to `longest`. */
	wait?: number;
	longest?: number;
};

/** Close codes from 4400 are final, but 4503 means come back. */
const COME_BACK = 4503;

export function live({ url, onchange, onended, wait = 500, longest = 30_000 }: Options): Live {
	let topics: readonly string[] = [];
	let since: string | null | undefined;
	let socket: WebSocket | undefined;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let failures = 0;
	let wasOpen = false;
	let stopped = false;

	function connect() {
		clearTimeout(timer);
		timer = undefined;
		const mine = (socket = new WebSocket(url));
		mine.onopen = () => {
			failures = 0;
			subscribe();
			// What changed while away was not heard: look at everything again.
			if (wasOpen) for (const topic of topics) onchange(topic);
			wasOpen = true;
		};
		mine.onmessage = (event) => {
			const topic = topicIn(event.data);
			if (topic && topics.includes(topic)) onchange(topic);
		};
		mine.onclose = ({ code }) => {
			if (mine !== socket || stopped) return;
			socket = undefined;
			if (code >= 4400 && code < 4500) return onended?.();
			if (topics.length === 0) return;
			const pause = code === COME_BACK ? wait : Math.min(longest, wait * 2 ** failures);
			failures += 1;
			// Not all tabs of a building at the same moment.
			timer = setTimeout(connect, pause * (0.5 + Math.random()));
		};
	}

	function subscribe() {
		if (socket?.readyState === 1)
			socket.send(JSON.stringify({ subscribe: topics, seen: since ?? undefined }));
	}

	return {
		follow(wanted, seen) {
			const same = wanted.length === topics.length && wanted.every((id) => topics.includes(id));
			topics = [...wanted];
			since = seen;
			if (stopped || same) return;
			if (socket) subscribe();
			else if (!timer && topics.length > 0) connect();
		},
		stop() {
			stopped = true;
			clearTimeout(timer);
			socket?.close();
		}
	};
}

function topicIn(data: unknown): string | undefined {
	try {
		const message: unknown = JSON.parse(String(data));
		const topic = (message as { topic?: unknown } | null)?.topic;
		return typeof topic === 'string' ? topic : undefined;
	} catch {
		return undefined;
	}
}
