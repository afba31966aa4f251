import type { WebSocket } from 'ws';
import { z } from 'zod';
import { changedSince } from '#lib/base/events.server.ts';
import type { Note } from '#lib/base/notify.server.ts';
import type { Sql } from '#lib/base/sql.server.ts';
import { CLOSING } from '../closing.ts';
import { guest, mayHear, type Guest } from './door.server.ts';

/**
 * Live pages: a page names the objects and forums it shows, and hears when one of them changed. It hears
 * that, never what: the page loads again and is judged as any page is.
 */

const asked = z.object({
	subscribe: z.array(z.uuid()).max(100),
	/** What the page had seen when it was made, as Postgres writes a snapshot. */
	seen: z
		.string()
		.max(2_000)
		.regex(/^\d{1,18}:\d{1,18}:[\d,]*$/)
		.optional()
});
const UNREAD_BYTES = 1024 * 1024;
const TOGETHER = 20; // judged at a time, when everyone is

type Listener = {
	socket: WebSocket;
	guest: Guest;
	topics: Set<string>;
	asked: string[];
	/** Judgements one after the other: an older one must not have the last word. */
	judged: Promise<void>;
};

export class Live {
	#sql: Sql;
	#listeners = new Set<Listener>();

	constructor(sql: Sql) {
		this.#sql = sql;
	}

	enter(socket: WebSocket, guest: Guest): void {
		const listener: Listener = {
			socket,
			guest,
			topics: new Set(),
			asked: [],
			judged: Promise.resolve()
		};
		this.#listeners.add(listener);
		socket.once('close', () => this.#listeners.delete(listener));
		socket.on('message', (data: Buffer, binary: boolean) => {
			const message = binary ? undefined : asked.safeParse(parse(data.toString()));
			if (!message?.success) return socket.close(CLOSING.bad_frame, 'bad_frame');
			listener.asked = message.data.subscribe;
			void this.#judge(listener).then(() => this.#tellSince(listener, message.data.seen));
		});
	}

	hear(note: Note): void {
		if (note.type === 'topic') {
			for (const { socket, topics } of this.#listeners)
				if (topics.has(note.topic)) tell(socket, note.topic);
		} else if (note.type === 'access') {
			for (const listener of this.#listeners) {
				const { person, session } = listener.guest;
				const concerns =
					(note.person ?? person.id) === person.id &&
					(note.session ?? session) === session &&
					(!note.object || listener.asked.includes(note.object));
				if (concerns) void this.#judge(listener, note.object);
			}
		}
	}

	/** Notes may have been missed: pages load again, and everyone is judged again. */
	async lookAgain(): Promise<void> {
		await this.judgeAll();
		for (const { socket, topics } of this.#listeners)
			for (const topic of topics) tell(socket, topic);
	}

	/** Some at a time: whoever comes to the door meanwhile stands in the same line. */
	async judgeAll(): Promise<void> {
		const all = [...this.#listeners];
		for (let at = 0; at < all.length; at += TOGETHER)
			await Promise.all(all.slice(at, at + TOGETHER).map((listener) => this.#judge(listener)));
	}

	close(): void {
		for (const { socket } of this.#listeners) socket.close(CLOSING.come_back, 'come_back');
	}

	/** Between the page's making and now things may have changed that it did not hear of. */
	async #tellSince({ socket, topics }: Listener, seen: string | undefined): Promise<void> {
		if (!seen || topics.size === 0) return;
		// Where it cannot be found out, all of it may have changed.
		const changed = await changedSince(this.#sql, [...topics], seen).catch(() => topics);
		for (const topic of changed) tell(socket, topic);
	}

	/** Which of the topics asked for this person may know of. A page is told of one it loses, once. */
	#judge(listener: Listener, changed?: string): Promise<void> {
		return (listener.judged = listener.judged.then(() => this.#judgeNow(listener, changed)));
	}

	async #judgeNow(listener: Listener, changed?: string): Promise<void> {
		try {
			const found = await guest(this.#sql, listener.guest.token);
			if (!found) return listener.socket.close(CLOSING.sign_in, 'sign_in');
			const topics = new Set<string>();
			const heard = await Promise.all(
				listener.asked.map((topic) => mayHear(this.#sql, found.person.id, topic))
			);
			listener.asked.forEach((topic, index) => heard[index] && topics.add(topic));
			const before = listener.topics;
			listener.topics = topics;
			for (const topic of before)
				if (!topics.has(topic) && listener.asked.includes(topic)) tell(listener.socket, topic);
			if (changed && topics.has(changed)) tell(listener.socket, changed);
		} catch {
			listener.socket.close(CLOSING.come_back, 'come_back'); // Postgres could not be asked
		}
	}
}

function tell(socket: WebSocket, topic: string): void {
	if (socket.readyState !== socket.OPEN) return;
	if (socket.bufferedAmount > UNREAD_BYTES) return socket.terminate();
	socket.send(JSON.stringify({ topic }));
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
