import type { WebSocket } from 'ws';
import type { Note } from '#lib/base/notify.server.ts';
import type { Sql } from '#lib/base/sql.server.ts';
import type { Closing } from '../closing.ts';
import { Connection, type Admitted } from './connection.server.ts';
import { guest, judge } from './door.server.ts';
import { Room } from './room.server.ts';
import { Writer, type Writing } from './writer.server.ts';

const PER_ROOM = 250;
const PER_PERSON = 60;

/** Every document open on this node, and the one writer they share. */
export class Rooms {
	#sql: Sql;
	/** The promise is remembered, not the room: two who come at once get the same. */
	#open = new Map<string, Promise<Room | null>>();
	#perPerson = new Map<string, number>();
	#writer: Writer;

	constructor(sql: Sql) {
		this.#sql = sql;
		this.#writer = new Writer(sql, {
			saved: async (id, writings, first) => {
				const room = await this.#open.get(id);
				await room?.saved(writings as (Writing & { from: Connection })[], first);
			},
			trouble: (id, on) => {
				void this.#open.get(id)?.then((room) => {
					if (!room) return;
					room.trouble = on;
					room.tell({ type: 'trouble', on });
				});
			}
		});
	}

	/** Lets an admitted socket in, or says why not. `gone` tells whether it left meanwhile. */
	async enter(socket: WebSocket, id: string, admitted: Admitted): Promise<Closing | null> {
		const person = admitted.person.id;
		const sockets = this.#perPerson.get(person) ?? 0;
		if (sockets >= PER_PERSON) return 'too_many';
		const room = await this.#room(id);
		if (!room) return 'not_found';
		if (room.connections.size >= PER_ROOM || socket.readyState !== socket.OPEN) {
			this.#release(room);
			return 'too_many';
		}
		const connection = new Connection(socket, room, admitted, (writing) =>
			this.#writer.add(writing)
		);
		room.connections.add(connection);
		this.#perPerson.set(person, (this.#perPerson.get(person) ?? 0) + 1);
		socket.once('close', () => {
			room.connections.delete(connection);
			connection.left();
			const left = (this.#perPerson.get(person) ?? 1) - 1;
			if (left > 0) this.#perPerson.set(person, left);
			else this.#perPerson.delete(person);
			this.#release(room);
		});
		connection.start();
		return null;
	}

	hear(note: Note): void {
		if (note.type === 'update')
			void this.#open
				.get(note.document)
				?.then((room) => room?.heard(note.seq, this.#writer.holds(note.document)));
		else if (note.type === 'document_closed')
			void this.#open.get(note.document)?.then((room) => room && closeText(room));
		else if (note.type === 'access')
			void this.#each((connection) => {
				const { person, session } = connection.admitted;
				const concerns =
					(note.person ?? person.id) === person.id &&
					(note.object ?? connection.room.objectId) === connection.room.objectId &&
					(note.session ?? session) === session;
				if (concerns) this.#again(connection);
			});
	}

	/** Notes may have been missed: every room looks for itself, and everyone is judged again. */
	async lookAgain(): Promise<void> {
		const ids = [...this.#open.keys()];
		if (ids.length === 0) return;
		const closed = await this.#sql<{ id: string }[]>`
			select id from documents where id = any(${ids}::uuid[]) and closed_at is not null`;
		for (const { id } of closed)
			void this.#open.get(id)?.then((room) => room && !room.closed && closeText(room));
		for (const promise of this.#open.values()) void promise.then((room) => room?.catchUp());
		await this.judgeAll();
	}

	async judgeAll(): Promise<void> {
		await this.#each((connection) => this.#again(connection));
	}

	async beat(): Promise<void> {
		await this.#each((connection) => connection.beat());
	}

	/** Sends everyone away to come back, after what they wrote is on disk. */
	async close(patience: number): Promise<void> {
		await this.#writer.drain(patience);
		await this.#each((connection) => connection.close('come_back'));
		for (const promise of this.#open.values()) void promise.then((room) => room?.stop());
	}

	get size(): number {
		return this.#open.size;
	}

	async #room(id: string): Promise<Room | null> {
		for (;;) {
			let promise = this.#open.get(id);
			if (!promise) {
				promise = Room.load(this.#sql, id);
				this.#open.set(id, promise);
				promise.then(
					(room) => room ?? this.#forget(id, promise!),
					() => this.#forget(id, promise!)
				);
			}
			const room = await promise;
			// The second look: the last one out may have closed it while we waited.
			if (!room || this.#open.get(id) === promise) return room;
		}
	}

	#forget(id: string, promise: Promise<Room | null>): void {
		if (this.#open.get(id) === promise) this.#open.delete(id);
	}

	/** A room nobody is in goes, once everything written in it is on disk. */
	#release(room: Room): void {
		if (room.connections.size > 0) return;
		if (this.#writer.holds(room.id)) {
			setTimeout(() => this.#release(room), 100).unref();
			return;
		}
		room.stop();
		this.#open.delete(room.id);
	}

	#again(connection: Connection): void {
		const before = connection.admitted;
		const looking = (async () => {
			try {
				const found = await guest(this.#sql, before.token);
				const now = found && (await judge(this.#sql, found, connection.room.objectId));
				if (connection.over) return;
				if (!now || typeof now === 'string' || now.write !== before.write)
					connection.close('come_back');
			} catch {
				// Postgres is away; nothing can be written either. The next round asks again.
			}
		})();
		connection.judging = looking;
		void looking.finally(() => {
			if (connection.judging === looking) connection.judging = undefined;
		});
	}

	async #each(act: (connection: Connection) => void): Promise<void> {
		for (const promise of this.#open.values()) {
			const room = await promise.catch(() => null);
			for (const connection of room?.connections ?? []) act(connection);
		}
	}
}

/** Read-only from here on, for everyone who has it open. */
function closeText(room: Room): void {
	room.closed = true;
	for (const connection of room.connections) connection.close('come_back');
}
