import type { Db } from '#lib/base/sql.server.ts';
import { slice } from '#lib/data/cells.server.ts';
import { judge } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { list } from './read.server.ts';
import { collection, MEDIA_TYPE, type Of, type SeenCell } from './jsonld.ts';
import type { Note } from './note.ts';

/** The notes on an object that this person may read, as W3C annotations. */
export async function exported(db: Db, person: Person, objectId: string, of: Of): Promise<object> {
	const notes = await list(db, person, objectId);
	const held: (Note & { seenCells: SeenCell[] })[] = [];
	for (const note of notes) held.push({ ...note, seenCells: await seenCells(db, note) });
	return collection(held, of);
}

/** The same as a file to take home. */
export async function download(
	db: Db,
	person: Person,
	objectId: string,
	of: Omit<Of, 'title'>
): Promise<Response> {
	const { facts } = await judge(db, person, 'read', objectId);
	const [object] = await db<{ title: string }[]>`select title from objects where id = ${objectId}`;
	const said = await exported(db, person, objectId, { ...of, title: object!.title });
	return new Response(JSON.stringify(said, null, '\t'), {
		headers: {
			'content-type': MEDIA_TYPE,
			'content-disposition': `attachment; filename="${facts.kind}-annotations.jsonld"`
		}
	});
}

/** A whole series of a large cube would be a copy of it: what the figure could show is enough. */
const MOST = 500;

/** What the author had in front of them: versions never change. */
async function seenCells(db: Db, { figure }: Note): Promise<SeenCell[]> {
	if (!figure) return [];
	const { versionId, target } = figure;
	const where = Object.fromEntries(
		Object.entries(target.coordinates).map(([key, code]) => [key, [code]])
	);
	const cells = await slice(db, versionId, target.measure, where);
	return cells
		.slice(0, MOST)
		.map(({ coordinates, value, status }) => ({ dimensions: coordinates, value, status }));
}
