import type { Note } from '#lib/base/notify.server.ts';
import type { Sql } from '#lib/base/sql.server.ts';
import type { Closing } from '../closing.ts';
import { Away } from './away.server.ts';
import { Connection, type Admitted, type Line } from './connection.server.ts';
import { guest, judge } from './door.server.ts';
import type { Written } from './intake.server.ts';
import type { Limits } from './limits.server.ts';
import { standings } from './log.server.ts';
import { Nodes } from './nodes.server.ts';
import { Room } from './room.server.ts';
import { Turns } from './turns.server.ts';
import { Writer } from './writer.server.ts';

const TOGETHER = 100; // judged at a time, when everyone is
const AGAIN = 250; // ms until a judgement that failed is made again
const LINGER = 100; // ms; how often a left room is looked at until all of it is on disk

/** Every document open on this node, and the one writer they share. */
export class Rooms {
	readonly nodes: Nodes;
	#sql: Sql;
	#limits: Limits;
	/** The promise is remembered, not the room: two who come at once get the same. */
	#open = new Map<string, Promise<Room | null>>();
	/** The same rooms, once they are there. */
	#rooms = new Map<string, Room>();
	#perPerson = new Map<string, number>();
	#writer: Writer;
	#away = new Away();
	#turns = new Turns();
	/** Rises whenever someone's access may have changed. */
	#changes = 0;

	constructor(sql: Sql, limits: Limits) {
		this.#sql = sql;
		this.#limits = limits;
		this.nodes = new Nodes(sql, {
			documents: () => [...this.#rooms.keys()],
			opened: (by, ids) => ids.filter((id) => this.#meet(this.#rooms.get(id), by)),
			left: (by, ids) => ids.forEach((id) => part(this.#rooms.get(id), by)),
			presence: (by, id, entries) => this.#rooms.get(id)?.presence.hear(by, entries),
			gone: (by) => this.#rooms.forEach((room) => part(room, by))
		});
		this.#writer = new Writer(sql, {
			saved: (id, writings, first) =>
				this.#with(id, (room) => room.saved(writings as Written[], first)),
			trouble: (id, on) => {
				const room = this.#rooms.get(id);
				if (!room) return;
				room.trouble = on;
				room.tell({ type: 'trouble', on });
			},
			node: () => ({ by: this.nodes.id, carry: this.nodes.others })
		});
	}

	/** Rises whenever someone's access may have changed: who is judged before and comes in after is judged again. */
	get changes(): number {
		return this.#changes;
	}

	/** Lets an admitted socket in, or says why not. `judged`: what `changes` was before it was judged. */
	async enter(line: Line, id: string, admitted: Admitted, judged: number): Promise<Closing | null> {
		const person = admitted.person.id;
		if ((this.#perPerson.get(person) ?? 0) >= this.#limits.perPerson) return 'too_many';
		if (!this.#open.has(id) && this.#open.size >= this.#limits.documents) return 'crowded';
		await this.#turns.next();
		let room: Room | null;
		do {
			room = await this.#room(id);
			if (!room) return 'not_found';
			// The second look, with nothing between it and what follows: the last one out may have closed it.
		} while (this.#rooms.get(id) !== room);
		if (line.ws.readyState !== line.ws.OPEN) return this.#refuse(room, 'come_back');
		const many = (this.#perPerson.get(person) ?? 0) >= this.#limits.perPerson;
		if (many || room.connections.size >= this.#limits.perDocument)
			return this.#refuse(room, 'too_many');
		const connection = new Connection(line, room, admitted, this.#limits, (writing) =>
			this.#writer.add(writing)
		);
		room.connections.add(connection);
		this.#perPerson.set(person, (this.#perPerson.get(person) ?? 0) + 1);
		line.ws.once('close', () => this.#left(connection));
		if (judged !== this.#changes) void this.#again(connection);
		connection.start();
		return null;
	}

	hear(note: Note): void {
		this.nodes.hear(note);
		if (note.type === 'update') {
			const edits = note.edits?.map((edit) => new Uint8Array(Buffer.from(edit, 'base64')));
			this.#with(note.document, (room) => room.heard(note.seq, note.first, edits));
		} else if (note.type === 'document_closed') this.#with(note.document, this.#close);
		else if (note.type === 'access') {
			this.#changes++;
			this.#each((connection) => {
				const { person, session } = connection.admitted;
				const concerns =
					(note.person ?? person.id) === person.id &&
					(note.object ?? connection.room.objectId) === connection.room.objectId &&
					(note.session ?? session) === session;
				if (concerns) void this.#again(connection);
			});
		}
	}

	/** Notes may have been missed: every room is compared with the log, and everyone is judged again. */
	async lookAgain(): Promise<void> {
		this.#changes++;
		// Also those still being read: what they read may be older than the notes that were missed.
		for (const { id, seq, closed } of await standings(this.#sql, [...this.#open.keys()]))
			this.#with(id, (room) => {
				if (closed && !room.closed) this.#close(room);
				else if (room.seq < seq) void room.catchUp(seq);
			});
		void this.judgeAll({ insist: true });
	}

	/** Some at a time, so that nobody’s edits wait for the judgement of a thousand others. */
	async judgeAll({ insist = false } = {}): Promise<void> {
		const all = [...this.#rooms.values()].flatMap((room) => [...room.connections]);
		for (let at = 0; at < all.length; at += TOGETHER)
			await Promise.all(
				all.slice(at, at + TOGETHER).map((connection) => this.#again(connection, insist))
			);
	}

	beat(): void {
		this.#each((connection) => connection.beat());
	}

	/** Sends everyone away to come back, after what they wrote is on disk. */
	async close(patience: number): Promise<void> {
		await this.#writer.drain(patience);
		this.#each((connection) => connection.close('come_back'));
		await this.nodes.leave().catch(() => {}); // the others will notice
		this.#rooms.forEach((room) => room.stop());
		await this.#away.stop();
	}

	get size(): number {
		return this.#open.size;
	}

	#room(id: string): Promise<Room | null> {
		let promise = this.#open.get(id);
		if (!promise) {
			promise = this.#load(id);
			this.#open.set(id, promise);
		}
		return promise;
	}

	async #load(id: string): Promise<Room | null> {
		const { nodes } = this;
		const [away, turns] = [this.#away, this.#turns];
		const around = { sql: this.#sql, away, turns, nodes, onclosed: this.#close };
		const room = await Room.load(around, id).catch((error) => {
			this.#open.delete(id);
			throw error;
		});
		if (!room) {
			this.#open.delete(id);
			return null;
		}
		this.#rooms.set(id, room);
		this.nodes.open(id);
		return room;
	}

	#left(connection: Connection): void {
		const { room, admitted } = connection;
		room.connections.delete(connection);
		connection.left();
		const left = (this.#perPerson.get(admitted.person.id) ?? 1) - 1;
		if (left > 0) this.#perPerson.set(admitted.person.id, left);
		else this.#perPerson.delete(admitted.person.id);
		this.#release(room);
	}

	#refuse(room: Room, why: Closing): Closing {
		this.#release(room);
		return why;
	}

	/** A room nobody is in goes, once everything written in it is on disk. */
	#release(room: Room): void {
		if (room.connections.size > 0 || this.#rooms.get(room.id) !== room) return;
		if (this.#writer.holds(room.id)) {
			setTimeout(() => this.#release(room), LINGER).unref();
			return;
		}
		this.#forget(room);
	}

	#forget(room: Room): void {
		this.#open.delete(room.id);
		this.#rooms.delete(room.id);
		this.nodes.shut(room.id);
		room.stop();
		room.tidy();
	}

	/** Read-only from here on: everyone who has it open comes back to it as it now is, in its new epoch. */
	#close = (room: Room): void => {
		if (this.#rooms.get(room.id) !== room) return;
		room.closed = true;
		for (const connection of room.connections) connection.close('come_back');
		this.#forget(room);
	};

	/** Another node has this document too. Whether it had not been heard of, and is to hear of this one. */
	#meet(room: Room | undefined, by: string): boolean {
		if (!room || room.elsewhere.has(by)) return false;
		room.elsewhere.add(by);
		const here = room.presence.here();
		if (here.length > 0) this.nodes.show(room.id, here);
		return true;
	}

	/** `insist`: something may have changed, so edits wait until the database could be asked. */
	#again(connection: Connection, insist = true): Promise<void> {
		const looking = this.#look(connection, insist);
		connection.judging = looking;
		return looking.finally(() => {
			if (connection.judging === looking) connection.judging = undefined;
		});
	}

	async #look(connection: Connection, insist: boolean): Promise<void> {
		const before = connection.admitted;
		while (!connection.over) {
			try {
				const found = await guest(this.#sql, before.token);
				const now = found && (await judge(this.#sql, found, connection.room.objectId));
				if (!now || typeof now === 'string' || now.write !== before.write)
					connection.close('come_back');
				return;
			} catch {
				if (!insist) return; // Postgres is away; the next round asks again
				await new Promise((resolve) => setTimeout(resolve, AGAIN));
			}
		}
	}

	/** Acts on a room at once, or when it has been read; notes may come before it is. */
	#with(id: string, act: (room: Room) => void): void {
		const room = this.#rooms.get(id);
		if (room) act(room);
		else
			this.#open.get(id)?.then(
				(loaded) => loaded && act(loaded),
				() => {}
			);
	}

	#each(act: (connection: Connection) => void): void {
		for (const room of this.#rooms.values())
			for (const connection of room.connections) act(connection);
	}
}

function part(room: Room | undefined, node: string): void {
	room?.elsewhere.delete(node);
	room?.presence.leave(node);
}
