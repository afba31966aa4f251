import { setTimeout as after } from 'node:timers/promises';
import * as Y from 'yjs';
import * as documents from '#lib/document/documents.server.ts';
import { readAfter, replace } from '#lib/document/sync/log.server.ts';
import { transact, type Sql } from '#lib/base/sql.server.ts';
import { eventually } from '../../support/eventually.ts';
import type { Bed } from './bed.ts';
import { Claims } from './claims.ts';
import { fault, hold, noFaults } from './faults.ts';
import { Line } from './line.ts';
import { Page } from './page.ts';
import { planOf, type Plan, type Step } from './plan.ts';

/** A keep, and what everyone had been told is saved, or seen, before it was begun. */
export type Kept = { id: string; before: Claims };

/** One seed's run: the pages, what they do, and what is done to them. */
export class Run {
	readonly bed: Bed;
	readonly document: string;
	readonly pages: Page[] = [];
	readonly keeps: Kept[] = [];
	/** What happened, for whoever has to find out why. */
	readonly trace: string[] = [];
	/** Claims of pages that are gone. */
	readonly claims: { what: string; claims: Claims }[] = [];
	#plan: Plan;
	#lines: Line[] = [];
	#targets: number[] = [];
	#under: Promise<unknown>[] = [];
	#began = performance.now();

	private constructor(bed: Bed, document: string, plan: Plan) {
		this.bed = bed;
		this.document = document;
		this.#plan = plan;
	}

	static async begin(bed: Bed, seed: number): Promise<Run> {
		const plan = planOf(seed);
		const run = new Run(bed, await bed.document(`Frø ${seed}`), plan);
		for (let number = 0; number < plan.pages; number++) {
			run.#targets[number] = plan.chance.whole(0, 1);
			const line = await Line.open(() => run.#nodeFor(number));
			run.#lines.push(line);
			const { token, reads, person } = bed.people[plan.persons[number]!]!;
			const name = `${person.name} (page ${number})`;
			const page = new Page(
				{ name, token, document: run.document, line, reads },
				plan.chance.fork()
			);
			run.pages.push(page);
			run.claims.push({ what: `${name} saw`, claims: page.seen });
			run.claims.push({ what: `${name} was told saved`, claims: page.saved });
		}
		return run;
	}

	/** Everything that was planned. */
	async carryOut(): Promise<void> {
		for (const step of this.#plan.steps) {
			this.#note(`${step.doing} ${step.who}`);
			await this.#do(step);
			await after(step.pause);
		}
	}

	/** Everything is well again: the network, the nodes, Postgres, the disk. */
	async heal(): Promise<void> {
		this.#note('heal');
		const { bed } = this;
		await bed.heal();
		await Promise.all(this.#under);
		const well = () => noFaults(bed.sql).then(() => bed.readOnly(false));
		await eventually(() => well().then(() => true), { within: 20_000, what: 'Postgres is well' });
		await bed.heal();
		for (const line of this.#lines) line.on();
		for (const page of this.pages) if (!page.refused) page.provider.connect();
	}

	async end(): Promise<void> {
		for (const page of this.pages) page.leave();
		await Promise.all(this.#lines.map((line) => line.close()));
	}

	/** Everything anybody saw, or was told is saved, until now. */
	known(): Claims {
		const all = new Claims();
		for (const { claims } of this.claims) all.add(claims);
		return all;
	}

	async #do({ doing, who, chance }: Step): Promise<void> {
		const { bed, document } = this;
		const { sql } = bed;
		const page = this.pages[who]!;
		const line = this.#lines[who]!;
		const node = who % 2;
		switch (doing) {
			case 'rest':
				return after(chance.whole(5, 25));
			case 'type':
				return this.#write(page, () => page.type(chance, chance.whole(1, 8)));
			case 'burst':
				return this.#write(page, () => {
					for (let left = chance.whole(5, 30); left > 0; left--) page.type(chance, 1);
				});
			case 'paste': // on both sides of what a note can carry
				return this.#write(page, () => page.type(chance, chance.whole(1_000, 20_000)));
			case 'delete':
				return this.#write(page, () => page.delete(chance));
			case 'split':
				return this.#write(page, () => page.split(chance));
			case 'remove':
				return this.#write(page, () => page.remove(chance));
			case 'embolden':
				return this.#write(page, () => page.embolden(chance));
			case 'undo':
				return this.#write(page, () => page.undo(chance));

			case 'cut':
				return line.cut();
			case 'leave':
				return page.provider.disconnect();
			case 'return':
				return page.refused ? undefined : page.provider.connect();
			case 'unplug':
				return line.off();
			case 'plug':
				return line.on();
			case 'hold':
				return line.hold(chance.one(['up', 'down', 'both'] as const));
			case 'release':
				return line.release();
			case 'vanish':
				return line.vanish();
			case 'move':
				this.#targets[who] = 1 - this.#targets[who]!;
				return line.cut();
			case 'reload':
				return page.reload(false);
			case 'copy':
				return page.reload(true);
			case 'everyone': {
				const copies = this.pages.map(() => chance.chance(0.5));
				for (const [index, each] of this.pages.entries()) each.reload(copies[index]!);
				return;
			}

			case 'lock':
				return this.#meanwhile(hold(sql, document, chance.whole(20, 300)));
			case 'slow':
				return this.#meanwhile(fault(sql, 'slow', chance.whole(2, 30)));
			case 'some':
				return this.#meanwhile(fault(sql, 'some', chance.whole(10, 60)));
			case 'full':
			case 'late':
				return this.#meanwhile(fault(sql, doing));
			case 'well':
				return this.#meanwhile(noFaults(sql).then(() => bed.readOnly(false)));
			case 'readOnly':
				return this.#meanwhile(bed.readOnly(true));
			case 'cutPostgres':
				return this.#meanwhile(bed.cutPostgres());
			case 'compact':
				return this.#meanwhile(compact(sql, document));
			case 'section':
				return this.#meanwhile(
					transact((tx) => documents.addSection(tx, document, `part_${'abcdef'[who]}`, 'Nyt.'), sql)
				);
			case 'keep':
				return this.#meanwhile(this.#keep());
			case 'close':
				return this.#meanwhile(this.#close());

			case 'killNode':
				return await bed.endNode(node, 'SIGKILL');
			case 'endNode':
				return await bed.endNode(node, 'SIGTERM');
			case 'killPostgres':
				return await bed.killPostgres();
			case 'crashBackend':
				return this.#meanwhile(bed.crashBackend());
			case 'killBoth':
				await Promise.all([
					bed.killPostgres(),
					...bed.nodes.map((_, i) => bed.endNode(i, 'SIGKILL'))
				]);
				return;
		}
	}

	#write(page: Page, act: () => void): void {
		if (page.writes && !page.refused) act();
	}

	async #keep(): Promise<void> {
		const before = this.known();
		const { person } = this.bed.people[0]!;
		const id = await transact(
			(tx) => documents.keep(tx, person, this.document, 'circulated'),
			this.bed.sql
		);
		this.keeps.push({ id, before });
	}

	async #close(): Promise<void> {
		const { person } = this.bed.people[0]!;
		await transact(async (tx) => {
			await documents.close(tx, person, this.document);
			await tx`insert into chaos_closed (document_id, seq)
				select id, seq from documents where id = ${this.document}`;
		}, this.bed.sql);
		this.#note('closed');
	}

	/** While the pages go on. What was being done to Postgres when it died is not our subject. */
	#meanwhile(work: Promise<unknown>): void {
		this.#under.push(work.catch((error) => this.#note(`  did not happen: ${error}`)));
	}

	#nodeFor(number: number): number | null {
		const wanted = this.#targets[number]!;
		return (this.bed.nodes[wanted] ?? this.bed.nodes[1 - wanted])?.port ?? null;
	}

	#note(what: string): void {
		this.trace.push(`${Math.round(performance.now() - this.#began)} ms ${what}`);
	}
}

/** As another node would: everything so far in one row, without what was deleted. */
async function compact(sql: Sql, document: string): Promise<void> {
	const rows = await readAfter(sql, document, 0);
	const doc = new Y.Doc();
	doc.transact(() => rows.forEach(({ bytes }) => Y.applyUpdate(doc, bytes)));
	const bytes = Y.encodeStateAsUpdate(doc);
	await replace(sql, document, {
		seq: rows.at(-1)!.seq,
		bytes,
		stateVector: Y.encodeStateVector(doc)
	});
	doc.destroy();
}
