import { describe, expect, it } from 'vitest';
import * as annotations from '#lib/annotation/annotations.server.ts';
import { read } from '#lib/annotation/reads.server.ts';
import { asRead } from '#lib/annotation/unread.ts';
import type { Name } from './place.ts';
import { add, db, everything, list, onTheDesk, place, refused, see, tx } from './desk.ts';

onTheDesk();

const people = () => place.people;
/** As the page sends what it showed. */
const had = async (who: Name, id: string, objectId = place.caseId) => {
	const seen = (await see(who, id)) ?? { id, said: 1 };
	const notes = JSON.parse(asRead([seen])) as { id: string; said: number }[];
	await tx((tx) => read(tx, people()[who], objectId, notes));
};
const unread = async (who: Name) =>
	(await list(who)).filter((note) => note.unread).map(({ id }) => id);

describe('a note is unread', () => {
	it('to each who may read it but its author, until they have had it in hand', async () => {
		const id = await add('tove');
		expect(await unread('tove')).not.toContain(id);
		for (const who of ['maja', 'jonas', 'else_', 'sigrid'] as const)
			expect(await unread(who), who).toContain(id);
		const before = await everything();
		await had('jonas', id);
		expect(await everything(), 'no event tells of it').toEqual(before);
		expect(await unread('jonas')).not.toContain(id);
		expect(await unread('maja')).toContain(id);
	});

	it('again when others have said more in it, and not for what one says oneself', async () => {
		const id = await add('tove');
		await had('jonas', id);
		await tx((tx) => annotations.reply(tx, people().jonas, id, 'Hvorfor?'));
		expect(await unread('jonas')).not.toContain(id);
		expect(await unread('tove')).toContain(id);
		await had('tove', id);
		await tx((tx) => annotations.reply(tx, people().tove, id, 'Derfor.'));
		expect(await unread('tove')).not.toContain(id);
		expect(await unread('jonas')).toContain(id);
		await had('jonas', id);
		await tx((tx) => annotations.edit(tx, people().tove, id, 'Det er ikke en stigning.'));
		expect(await unread('jonas')).toContain(id);
		expect(await unread('tove')).not.toContain(id);
	});

	it('as to what came while the page stood open', async () => {
		const id = await add('tove');
		const shown = await see('jonas', id);
		await tx((tx) => annotations.reply(tx, people().maja, id, 'Enig.'));
		await tx((tx) => read(tx, people().jonas, place.caseId, [{ id, said: shown!.said }]));
		expect(await unread('jonas')).toContain(id);
		await had('jonas', id);
		await tx((tx) => read(tx, people().jonas, place.caseId, [{ id, said: 1 }]));
		expect(await unread('jonas'), 'less takes nothing back').not.toContain(id);
	});

	it('when it is shared, whatever was said in it before', async () => {
		const id = await add('tove', { shared: false });
		await tx((tx) => annotations.edit(tx, people().tove, id, 'Ikke endnu.'));
		expect(await unread('jonas')).not.toContain(id);
		await tx((tx) => annotations.share(tx, people().tove, id));
		expect(await see('jonas', id)).toMatchObject({ said: 1, unread: true });
	});
});

describe('having read', () => {
	it('leaves no trace where one may not read', async () => {
		const quiet = await add('tove', { shared: false });
		const id = await add('tove');
		const rows = () => db.sql`select * from annotation_reads order by annotation_id, person_id`;
		const before = await rows();
		await had('jonas', quiet);
		await refused(had('nina', id), 'base.not_found');
		await refused(had('tove', id, place.briefId), 'base.not_found');
		await tx((tx) => read(tx, people().jonas, place.caseId, []));
		expect(await rows()).toEqual(before);
	});

	it('at the same moment on two screens is one row', async () => {
		const id = await add('tove');
		await Promise.all([had('jonas', id), had('jonas', id)]);
		const rows = await db.sql`select said from annotation_reads where annotation_id = ${id}`;
		expect(rows).toEqual([{ said: 1 }]);
	});
});
