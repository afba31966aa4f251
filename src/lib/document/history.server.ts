import * as Y from 'yjs';
import { notFound, refuse } from '#lib/base/errors.ts';
import { record } from '#lib/base/events.server.ts';
import type { Db, Tx } from '#lib/base/sql.server.ts';
import { may, type Facts, type Standing } from '#lib/forum/access.ts';
import { judge } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { authorsOf, carried, runs, written, type Run, type Written } from './authorship.ts';
import type { Content } from './content.ts';
import { gather, read } from './convert.server.ts';
import * as documents from './documents.server.ts';
import { readAfter } from './sync/log.server.ts';
import { differences, inOrder, NOW, type SectionDifference, type Version } from './versions.ts';

/**
 * How a text came to be: its kept versions, who wrote what, what lies between two, and an earlier one
 * brought back. Whoever reads the object reads its history, as far back as they could have read it.
 */

/** Versions are looked through this far back for whose a word was. */
const FAR = 30;
export const NAME_MAX = 120;

/** The versions this person may read, newest first. */
export async function versions(db: Db, person: Person, objectId: string): Promise<Version[]> {
	const { standing, facts } = await judge(db, person, 'read', objectId);
	const rows = await db<Version[]>`
		select k.id, k.why, k.name, p.name "byName", k.at
		from document_keeps k
		join documents d on d.id = k.document_id
		join persons p on p.id = k.by
		where d.object_id = ${objectId} order by k.at desc, k.id`;
	return rows.filter((version) => mayRead(version, standing, facts));
}

/** Keeps the text as it stands under a name. Who may write may keep. */
export async function keepNamed(
	tx: Tx,
	person: Person,
	objectId: string,
	name: string
): Promise<string> {
	const { facts } = await judge(tx, person, 'write', objectId);
	const called = name.trim();
	if (!called) refuse('document.name_missing', { field: 'name' });
	const document = await documents.ofObject(tx, objectId);
	if (!document) return notFound();
	const id = await documents.keep(tx, person, document.id, 'named', called);
	await tell(tx, person, facts, 'document.kept', { keep: id });
	return id;
}

/**
 * Writes an earlier version anew, as one edit of this person's through the log everyone writes to: pages
 * that are open see it come. How the text stood is kept first, so restoring that undoes it. Sections the
 * version does not have stay as they are. Returns the version that was kept.
 */
export async function restore(
	tx: Tx,
	person: Person,
	objectId: string,
	keepId: string,
	section?: string
): Promise<string> {
	const { facts } = await judge(tx, person, 'write', objectId);
	const version = (await versions(tx, person, objectId)).find(({ id }) => id === keepId);
	const document = await documents.ofObject(tx, objectId);
	if (!version || !document) return notFound();
	if (document.closedAt) refuse('document.closed', { status: 409 });
	const { content } = await documents.kept(tx, keepId);
	const wanted = section ? pick(content, section) : content;
	const before = await documents.keep(tx, person, document.id, 'restored');
	const client = await documents.rewrite(tx, person, document.id, wanted);
	if (client === null) return refuse('document.same', { status: 409 });
	await tx`
		insert into document_restores (before_id, from_id, client_id)
		values (${before}, ${keepId}, ${client})`;
	await tell(tx, person, facts, 'document.restored', { keep: keepId, before });
	return before;
}

export type Read = {
	/** Null for the text as it stands. */
	version: Version | null;
	sections: {
		section: string;
		blocks: { authors: string[]; runs: { text: string; by: string }[] }[];
	}[];
};

/** One version (or the text as it stands) with who wrote what. A name is '' where it was there from the start. */
export async function whoWrote(
	db: Db,
	person: Person,
	objectId: string,
	id: string,
	order: string[] = []
): Promise<Read> {
	const all = await versions(db, person, objectId);
	const version = id === NOW ? null : (all.find((one) => one.id === id) ?? notFound());
	const text = await attributed(db, objectId, version?.id ?? null);
	const names = await namesOf(db, text);
	const said = ({ text, author }: Run) => ({ text, by: names.get(author ?? '') ?? '' });
	return {
		version,
		sections: inOrder(Object.keys(text), order)
			.map((section) => ({
				section,
				blocks: text[section]!.filter((block) => block.some(({ text }) => text.trim())).map(
					(block) => ({
						authors: authorsOf(block).map((author) => names.get(author ?? '') ?? ''),
						runs: runs(block).map(said)
					})
				)
			}))
			.filter(({ blocks }) => blocks.length > 0)
	};
}

/** What lies between two versions, or a version and the text as it stands. */
export async function compare(
	db: Db,
	person: Person,
	objectId: string,
	[from, to]: [string, string],
	order: string[]
): Promise<SectionDifference[]> {
	const all = await versions(db, person, objectId);
	const [before, after] = await Promise.all([from, to].map((id) => textOf(db, objectId, all, id)));
	return differences(before!, after!, order);
}

export type HistoryPage = Awaited<ReturnType<typeof page>>;

/**
 * What the history page shows: always the versions, and what was asked for of them. `order` is the sections the
 * object knows: a page that is not ours can write others, and they are in nobody's text.
 */
export async function page(
	db: Db,
	person: Person,
	objectId: string,
	asked: { from: string | null; to: string | null; read: string | null },
	order: string[]
) {
	const { standing, facts } = await judge(db, person, 'read', objectId);
	const document = await documents.ofObject(db, objectId);
	const all = await versions(db, person, objectId);
	const known = (id: string | null) =>
		id !== null && (id === NOW || all.some((version) => version.id === id));
	const here = ({ section }: { section: string }) => order.includes(section);
	const pair =
		known(asked.from) && known(asked.to) ? ([asked.from!, asked.to!] as [string, string]) : null;
	const [compared, shown] = await Promise.all([
		pair && compare(db, person, objectId, pair, order),
		known(asked.read) ? whoWrote(db, person, objectId, asked.read!, order) : null
	]);
	return {
		versions: all,
		mayWrite: may(standing, 'write', facts) && document !== null && !document.closedAt,
		compared: pair && compared && { from: pair[0], to: pair[1], sections: compared.filter(here) },
		read: shown && { ...shown, sections: shown.sections.filter(here) }
	};
}

/**
 * A brief is its authors' until it is published, and an observer meets a case on an agenda: earlier
 * versions were not for them then, and are not now.
 */
function mayRead({ why }: Version, standing: Standing, facts: Facts): boolean {
	if (facts.kind === 'brief') return standing.author || why === 'published';
	return standing.role !== 'observer' || ['circulated', 'decided'].includes(why);
}

async function textOf(
	db: Db,
	objectId: string,
	all: Version[],
	id: string
): Promise<Record<string, Content>> {
	if (id !== NOW) {
		if (!all.some((version) => version.id === id)) return notFound();
		return (await documents.kept(db, id)).content;
	}
	const document = await documents.ofObject(db, objectId);
	return document ? await documents.content(db, document.id) : {};
}

/** Whose each word is, worked out from the oldest version on; `upTo` null is the text as it stands. */
async function attributed(db: Db, objectId: string, upTo: string | null): Promise<Written> {
	const document = await documents.ofObject(db, objectId);
	if (!document) return {};
	const [keeps, owners, restores] = await Promise.all([
		db<{ id: string; bytes: Uint8Array }[]>`
			select id, bytes from (
				select id, bytes, at from document_keeps where document_id = ${document.id}
					and at <= coalesce((select at from document_keeps where id = ${upTo}), 'infinity')
				order by at desc limit ${FAR}
			) newest order by at`,
		db<{ client: number; person: string | null }[]>`
			select client_id::float8 client, person_id person
			from document_clients where document_id = ${document.id}`,
		db<{ from: string; client: number }[]>`
			select r.from_id "from", r.client_id::float8 client from document_restores r
			join document_keeps k on k.id = r.before_id where k.document_id = ${document.id}`
	]);
	const persons = new Map(owners.map(({ client, person }) => [client, person]));
	const known = new Map<string, Written>();
	const stages: { id: string | null; updates: Uint8Array[] }[] = keeps.map(({ id, bytes }) => ({
		id,
		updates: [bytes]
	}));
	if (upTo === null)
		stages.push({
			id: null,
			updates: (await readAfter(db, document.id, 0)).map(({ bytes }) => bytes)
		});
	let last: Written = {};
	for (const { id, updates } of stages) {
		const doc = sections(await gather(updates));
		let now = carried(last, written(doc, persons));
		// What came back is theirs who had written it, not whoever brought it back.
		for (const { from, client } of restores) {
			const source = known.get(from);
			if (source) now = carried(source, now, new Set([client]));
		}
		last = now;
		if (id) known.set(id, now);
		doc.destroy();
	}
	return last;
}

/** A document read from bytes does not know which of its roots are text until they are asked for. */
function sections(doc: Y.Doc): Y.Doc {
	for (const name of Object.keys(read(doc))) doc.getXmlFragment(name);
	return doc;
}

async function namesOf(db: Db, text: Written): Promise<Map<string, string>> {
	const ids = new Set(
		Object.values(text).flatMap((blocks) => blocks.flat().map(({ author }) => author))
	);
	const people = await db<{ id: string; name: string }[]>`
		select id, name from persons where id = any(${[...ids].filter((id) => id !== null)}::uuid[])`;
	return new Map(people.map(({ id, name }) => [id, name]));
}

function pick(content: Record<string, Content>, section: string): Record<string, Content> {
	const found = content[section];
	return found ? { [section]: found } : refuse('document.section_not_there', { status: 409 });
}

const tell = (
	tx: Tx,
	person: Person,
	facts: Facts,
	verb: string,
	detail: Record<string, unknown>
) =>
	record(tx, {
		person: person.id,
		verb,
		kind: facts.kind,
		object: facts.id,
		forum: facts.forumId,
		detail
	});
