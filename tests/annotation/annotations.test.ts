import { describe, expect, it } from 'vitest';
import * as annotations from '#lib/annotation/annotations.server.ts';
import { mentionsOf } from '#lib/annotation/mentions.server.ts';
import type { Name } from './place.ts';
import { add, anchor, db, everything, list, onTheDesk, place, refused, see, tx } from './desk.ts';

onTheDesk();

describe('adding a note', () => {
	it('names its author, role and department, and keeps the words it is on', async () => {
		const id = await add('tove');
		const seen = await see('jonas', id);
		expect(seen).toMatchObject({
			kind: 'different_reading',
			body: 'Det ville jeg ikke kalde en stigning.',
			author: { name: 'Tove Holm', role: 'chief', departmentName: 'Center for Dagtilbud og Skole' },
			own: false,
			edits: 0,
			state: 'open',
			replies: [],
			anchor: anchor(),
			attachedBy: null,
			figure: null
		});
		expect((await see('tove', id))!.own).toBe(true);
	});

	it('writes an event on the object that tells its pages, without the words', async () => {
		const id = await add('tove', { body: 'Hemmeligheden' });
		const [event] = await db.sql`
			select verb, object_kind, object_id, forum_id, detail from events where detail->>'annotation' = ${id}`;
		expect(event).toMatchObject({
			verb: 'annotation.added',
			object_kind: 'case',
			object_id: place.caseId,
			forum_id: place.forumId
		});
		expect(JSON.stringify(event)).not.toContain('Hemmeligheden');
	});

	it('is for members but observers, and only where they can read', async () => {
		for (const who of ['maja', 'tove', 'jonas', 'else_', 'sigrid'] as const)
			expect(await add(who)).toBeTypeOf('string');
		const before = await everything();
		await refused(add('ove'), 'base.not_allowed');
		await refused(add('nina'), 'base.not_found');
		await refused(add('tove', {}, place.briefId), 'base.not_found');
		await refused(add('tove', {}, crypto.randomUUID()), 'base.not_found');
		expect(await everything()).toEqual(before);
	});

	it('mentions members by name, and nobody else', async () => {
		const id = await add('tove', {
			body: 'Hvad siger @Else Winther og @Nina Skov? post@jonas bruun'
		});
		expect((await see('jonas', id))!.mentions).toEqual(['Else Winther']);
		await tx((tx) => annotations.reply(tx, place.people.else_, id, '@maja krog bør svare'));
		expect((await see('jonas', id))!.mentions.sort()).toEqual(['Else Winther', 'Maja Krog']);
	});
});

describe('whom a note names', () => {
	const told = async (who: Name, id: string) =>
		(await mentionsOf(db.sql, place.people[who])).some((mention) => mention.id === id);

	it('is told once it is shared, until they answer or it is resolved', async () => {
		const id = await add('tove', { body: '@Maja Krog bør se det', shared: false });
		expect(await told('maja', id)).toBe(false);
		await tx((tx) => annotations.share(tx, place.people.tove, id));
		expect(await told('maja', id)).toBe(true);
		expect(await told('jonas', id)).toBe(false);
		await tx((tx) => annotations.resolve(tx, place.people.jonas, id));
		expect(await told('maja', id)).toBe(false);
		await tx((tx) => annotations.reopen(tx, place.people.jonas, id));
		await tx((tx) => annotations.reply(tx, place.people.maja, id, 'Set.'));
		expect(await told('maja', id)).toBe(false);
		await tx((tx) => annotations.reply(tx, place.people.tove, id, 'Tak. Og nu, @Maja Krog?'));
		expect(await told('maja', id)).toBe(true);
	});

	it('is not told when the words that named them were taken back before anyone read them', async () => {
		const id = await add('tove', { body: '@Maja Krog tager fejl', shared: false });
		await tx((tx) => annotations.edit(tx, place.people.tove, id, 'Tallet er fra 2017.'));
		await tx((tx) => annotations.share(tx, place.people.tove, id));
		expect(await told('maja', id)).toBe(false);
		expect((await see('maja', id))!.mentions).toEqual([]);
	});
});

describe('a private note', () => {
	it('is read by its author alone until shared', async () => {
		const id = await add('tove', { shared: false });
		expect(await see('tove', id)).toMatchObject({ sharedAt: null });
		for (const who of ['maja', 'jonas', 'else_', 'sigrid', 'ove'] as const)
			expect(await see(who, id)).toBeUndefined();
		await tx((tx) => annotations.share(tx, place.people.tove, id));
		for (const who of ['maja', 'jonas', 'else_', 'sigrid', 'ove'] as const)
			expect((await see(who, id))!.sharedAt).toBeInstanceOf(Date);
	});

	it('is not found by others, whatever they try, and leaves no trace on the object', async () => {
		const id = await add('tove', { shared: false });
		await tx((tx) => annotations.edit(tx, place.people.tove, id, 'Et andet ord'));
		const before = await everything();
		const { jonas } = place.people;
		await refused(
			tx((tx) => annotations.share(tx, jonas, id)),
			'base.not_found'
		);
		await refused(
			tx((tx) => annotations.edit(tx, jonas, id, 'x')),
			'base.not_found'
		);
		await refused(
			tx((tx) => annotations.reply(tx, jonas, id, 'x')),
			'base.not_found'
		);
		await refused(
			tx((tx) => annotations.resolve(tx, jonas, id)),
			'base.not_found'
		);
		await refused(
			tx((tx) => annotations.reattach(tx, jonas, id, anchor())),
			'base.not_found'
		);
		expect(await everything()).toEqual(before);
		const events = await db.sql`
			select forum_id from events where object_id = ${id} and object_kind = 'annotation'`;
		expect(events.map((event) => event.forum_id)).toEqual([null, null]);
		expect(await db.sql`select from events where detail->>'annotation' = ${id}`).toHaveLength(0);
	});

	it('shows others only what it said from when it was shared', async () => {
		const id = await add('tove', { shared: false, body: 'Sludder' });
		await tx((tx) => annotations.edit(tx, place.people.tove, id, 'Jeg er uenig'));
		await tx((tx) => annotations.share(tx, place.people.tove, id));
		await tx((tx) => annotations.edit(tx, place.people.tove, id, 'Jeg læser det anderledes'));
		const bodies = async (who: Name) =>
			await annotations.history(db.sql, place.people[who], place.caseId, id);
		expect(await bodies('jonas')).toEqual(['Jeg er uenig', 'Jeg læser det anderledes']);
		expect(await bodies('tove')).toEqual(['Sludder', 'Jeg er uenig', 'Jeg læser det anderledes']);
		expect((await see('jonas', id))!.edits).toBe(1);
		expect((await see('tove', id))!.edits).toBe(2);
		expect(
			await annotations.history(db.sql, place.people.tove, place.caseId, crypto.randomUUID())
		).toEqual([]);
	});
});

describe('what a person said', () => {
	it('is changed by nobody else, whatever their role', async () => {
		const id = await add('tove');
		const before = await everything();
		for (const who of ['maja', 'jonas', 'else_', 'sigrid', 'ove'] as const) {
			const person = place.people[who];
			await refused(
				tx((tx) => annotations.edit(tx, person, id, 'Jeg er enig')),
				'base.not_allowed'
			);
			await refused(
				tx((tx) => annotations.share(tx, person, id)),
				'base.not_allowed'
			);
			await refused(
				tx((tx) => annotations.reattach(tx, person, id, anchor())),
				'base.not_allowed'
			);
		}
		await refused(
			tx((tx) => annotations.edit(tx, place.people.nina, id, 'x')),
			'base.not_found'
		);
		expect(await everything()).toEqual(before);
		expect((await see('maja', id))!.body).toBe('Det ville jeg ikke kalde en stigning.');
	});

	it('is read in its earlier wordings by those who could read them', async () => {
		const id = await add('tove', { shared: false });
		const say = (body: string) => tx((tx) => annotations.edit(tx, place.people.tove, id, body));
		const earlier = async (who: Name) => (await see(who, id))!.earlier.map(({ body }) => body);
		await say('Andet udkast.');
		await tx((tx) => annotations.share(tx, place.people.tove, id));
		expect(await earlier('jonas')).toEqual([]);
		await say('Delt og rettet.');
		expect(await earlier('jonas')).toEqual(['Andet udkast.']);
		expect(await earlier('ove')).toEqual(['Andet udkast.']);
		expect(await earlier('tove')).toEqual([
			'Det ville jeg ikke kalde en stigning.',
			'Andet udkast.'
		]);
	});

	it('keeps its history when the author says it differently', async () => {
		const id = await add('tove');
		await tx((tx) => annotations.edit(tx, place.people.tove, id, 'Tre af de fem steg.'));
		expect(await see('jonas', id)).toMatchObject({ body: 'Tre af de fem steg.', edits: 1 });
		const said = await annotations.history(db.sql, place.people.jonas, place.caseId, id);
		expect(said).toEqual(['Det ville jeg ikke kalde en stigning.', 'Tre af de fem steg.']);
	});

	it('cannot be changed in the tables either', async () => {
		const id = await add('tove');
		for (const change of [
			db.sql`update annotations set body = 'x' where id = ${id}`,
			db.sql`delete from annotations where id = ${id}`,
			db.sql`delete from annotation_shares where annotation_id = ${id}`
		])
			await expect(change).rejects.toThrow(/never changed or removed/);
	});
});

describe('a thread', () => {
	it('takes replies from those who may annotate, oldest first', async () => {
		const id = await add('tove');
		await tx((tx) =>
			annotations.reply(tx, place.people.jonas, id, 'Enig. Skal vi vise intervallet?')
		);
		await tx((tx) => annotations.reply(tx, place.people.tove, id, 'Ja tak.'));
		const before = await everything();
		await refused(
			tx((tx) => annotations.reply(tx, place.people.ove, id, 'x')),
			'base.not_allowed'
		);
		await refused(
			tx((tx) => annotations.reply(tx, place.people.nina, id, 'x')),
			'base.not_found'
		);
		expect(await everything()).toEqual(before);
		expect((await see('ove', id))!.replies).toMatchObject([
			{
				authorName: 'Jonas Bruun',
				departmentName: 'Center for Social og Handicap',
				body: 'Enig. Skal vi vise intervallet?'
			},
			{ authorName: 'Tove Holm', body: 'Ja tak.' }
		]);
	});

	it('is resolved and reopened by anyone who may annotate, and twice is once', async () => {
		const id = await add('tove');
		const both = [place.people.jonas, place.people.maja].map((person) =>
			tx((tx) => annotations.resolve(tx, person, id))
		);
		await Promise.all(both);
		expect((await see('tove', id))!.state).toBe('resolved');
		const rows = await db.sql`select from annotation_states where annotation_id = ${id}`;
		expect(rows).toHaveLength(1);
		await refused(
			tx((tx) => annotations.reopen(tx, place.people.ove, id)),
			'base.not_allowed'
		);
		await tx((tx) => annotations.reopen(tx, place.people.else_, id));
		await tx((tx) => annotations.reopen(tx, place.people.else_, id));
		expect(await see('tove', id)).toMatchObject({ state: 'open', stateBy: 'Else Winther' });
	});
});

describe('who is shut out of a case', () => {
	it('neither reads nor adds there', async () => {
		const id = await add('sigrid');
		await place.shutOut(place.people.sigrid);
		const before = await everything();
		await refused(list('sigrid'), 'base.not_allowed');
		await refused(add('sigrid'), 'base.not_allowed');
		await refused(
			tx((tx) => annotations.edit(tx, place.people.sigrid, id, 'x')),
			'base.not_allowed'
		);
		await refused(list('nina'), 'base.not_found');
		expect(await everything()).toEqual(before);
		expect(await see('tove', id)).toBeDefined();
	});
});
