import { expect, test } from 'vitest';
import type { Tx } from '#lib/base/sql.server.ts';
import * as forums from '#lib/forum/forums.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import type { Person } from '#lib/people/person.ts';
import * as persons from '#lib/people/persons.server.ts';
import * as sessions from '#lib/people/sessions.server.ts';
import { headersOf, onDisk, open, path, raw, saved, sessionOf, synced, until } from './world.ts';
import {
	act,
	hello,
	listeners,
	maja,
	nodes,
	object,
	sees,
	theCase,
	type Text,
	w,
	whileOpen
} from './rights.ts';

/** Every rule of who may read and write, while the text is open (rights.ts says who is who). */

whileOpen();

type Ending = 'not_found' | 'not_allowed' | 'sign_in' | 'reads' | 'writes' | 'stays';
type Rule = {
	/** Continues "… on every node, within a second, and nobody else’s". */
	when: string;
	/** What is open: a case on an agenda unless said otherwise. */
	kind?: 'brief';
	/** How things are before the pages open. */
	given?: (tx: Tx, text: Text) => Promise<unknown>;
	does: (tx: Tx, text: Text) => Promise<unknown>;
	/** Tove’s pages afterwards. */
	then: Ending;
	/** Whether it is about her wherever she is, about her and this text, or about all who have it open. */
	about: 'her' | 'her and the text' | 'the text';
};

const rules: Rule[] = [
	{
		when: 'a member is removed from the forum',
		does: (tx) => forums.removeMember(tx, maja, w.forumId, w.tove.id),
		then: 'not_found',
		about: 'her'
	},
	{
		when: 'a writer becomes an observer',
		does: (tx) => forums.setRole(tx, maja, w.forumId, w.tove.id, 'observer'),
		then: 'reads',
		about: 'her'
	},
	{
		when: 'an observer becomes a writer again',
		given: (tx) => forums.setRole(tx, maja, w.forumId, w.tove.id, 'observer'),
		does: (tx) => forums.setRole(tx, maja, w.forumId, w.tove.id, 'chief'),
		then: 'writes',
		about: 'her'
	},
	{
		when: 'a role changes that writes as before',
		does: (tx) => forums.setRole(tx, maja, w.forumId, w.tove.id, 'analyst'),
		then: 'stays',
		about: 'her'
	},
	{
		when: 'someone is declared not impartial',
		does: (tx, text) => objects.exclude(tx, maja, text.object, w.tove.id, 'egen sag'),
		then: 'not_allowed',
		about: 'her and the text'
	},
	{
		when: 'it becomes confidential',
		does: (tx, text) => objects.setConfidential(tx, w.jonas, text.object, true),
		then: 'not_allowed',
		about: 'her and the text'
	},
	{
		when: 'someone who writes along becomes an author',
		does: (tx, text) => objects.addAuthor(tx, w.jonas, text.object, w.tove.id),
		then: 'stays',
		about: 'her and the text'
	},
	{
		when: 'an author is taken out of a draft',
		kind: 'brief',
		given: (tx, text) => objects.addAuthor(tx, w.jonas, text.object, w.tove.id),
		does: (tx, text) => objects.removeAuthor(tx, w.jonas, text.object, w.tove.id),
		then: 'not_found',
		about: 'her and the text'
	},
	{
		when: 'the text is frozen',
		does: (tx, text) => documents.close(tx, w.jonas, text.document),
		then: 'reads',
		about: 'the text'
	},
	{
		when: 'the case is settled',
		does: (tx, text) => objects.setPhase(tx, text.object, 'decided'),
		then: 'reads',
		about: 'the text'
	},
	{
		when: 'the draft is published',
		kind: 'brief',
		given: (tx, text) => objects.addAuthor(tx, w.jonas, text.object, w.tove.id),
		does: async (tx, text) => {
			await documents.close(tx, w.jonas, text.document);
			await objects.setPhase(tx, text.object, 'published');
		},
		then: 'reads',
		about: 'the text'
	},
	{
		when: 'the case is taken up again',
		given: (tx, text) => objects.setPhase(tx, text.object, 'decided'),
		does: (tx, text) => objects.setPhase(tx, text.object, 'on_agenda'),
		then: 'writes',
		about: 'the text'
	},
	{
		when: 'the case leaves the agenda, for an observer',
		given: (tx) => forums.setRole(tx, maja, w.forumId, w.tove.id, 'observer'),
		does: (tx, text) => objects.setPhase(tx, text.object, 'in_review'),
		then: 'not_found',
		about: 'her and the text'
	},
	{
		when: 'someone signs out',
		does: (tx) => sessions.close(tx, w.tove, sessionOf(w.tove)),
		then: 'sign_in',
		about: 'her'
	},
	{
		when: 'a person is deactivated',
		does: (tx) => persons.deactivate(tx, maja, w.tove.id),
		then: 'sign_in',
		about: 'her'
	},
	{
		when: 'someone moves to another department, which no text’s access rests on',
		does: async (tx) => {
			const [row] = await tx<{ id: string }[]>`
				insert into departments (name) values ('Økonomi') returning id`;
			await persons.move(tx, maja, w.tove.id, row!.id);
		},
		then: 'stays',
		about: 'her'
	}
];

const OUT: Ending[] = ['not_found', 'not_allowed', 'sign_in'];
const GUARD = ['closed', 'not_allowed'];

test.each(rules)(
	'$when: it holds on every node, within a second, and for nobody else',
	async (rule) => {
		const text = rule.kind ? await object(rule.kind, 'draft') : theCase();
		const beside = await object('case', 'on_agenda');
		await act(async (tx) => rule.given?.(tx, text));
		const on = (person: Person, { document }: Text) =>
			nodes.map((node) => open(node, person, document));
		const [hers, his] = [on(w.tove, text), on(w.jonas, text)];
		const [hersBeside, hisBeside] = [on(w.tove, beside), on(w.jonas, beside)];
		const all = [hers, his, hersBeside, hisBeside].flat();
		await synced(...all);
		for (const page of hers) page.provider.awareness.setLocalStateField('cursor', null);
		await until(() => hers.every((page) => his.every((other) => sees(other, page))), 'her carets');
		const live = await listeners(text.object);

		const since = Date.now();
		await act((tx) => rule.does(tx, text));
		const changed = rule.then === 'stays' ? [] : [...hers];
		if (changed.length > 0 && rule.about === 'her') changed.push(...hersBeside);
		if (rule.about === 'the text') changed.push(...his);
		await until(() => changed.every((page) => page.codes.length > 0), 'every page to be closed');
		if (OUT.includes(rule.then))
			await until(
				() => !hers.some((page) => his.some((other) => sees(other, page))),
				'her carets to go'
			);
		if (rule.then === 'sign_in') await until(() => live.closed('sign_in'), 'live pages to close');
		else if (rule.then === 'not_found') await until(live.silent, 'live pages to hear no more');
		expect(Date.now() - since).toBeLessThan(1_000);

		if (OUT.includes(rule.then))
			await until(() => changed.every((page) => page.codes.includes(rule.then)), rule.then);
		else {
			const write = rule.then !== 'reads';
			await until(() => changed.every((page) => hello(page).write === write), 'a new hello');
			await synced(...changed);
			await until(live.hears, 'live pages to hear');
		}
		if (rule.then === 'not_found') expect(await live.round()).toEqual([0, 0]);

		// What she writes now counts only where she may write; everyone else writes on.
		for (const page of hers) page.type(' Tove.');
		const counts = rule.then === 'writes' || rule.then === 'stays';
		if (rule.then === 'reads')
			await until(() => hers.every(({ codes }) => GUARD.includes(codes.at(-1)!)), 'the guard');
		const out = OUT.includes(rule.then) ? changed : [];
		const writers = all.filter((page) => !out.includes(page) && hello(page).write);
		for (const page of writers) page.type(' Videre.');
		await saved(...writers);
		expect((await onDisk({ ...w, documentId: text.document })).includes('Tove')).toBe(counts);
		const untouched = all.filter((page) => !changed.includes(page));
		expect(untouched.map(({ codes }) => codes)).toEqual(untouched.map(() => []));
	}
);

type Return = {
	/** Continues "… gets in on every node, and hears of it". */
	when: string;
	kind?: 'brief';
	given?: (tx: Tx, text: Text) => Promise<unknown>;
	before: Ending;
	does: (tx: Tx, text: Text) => Promise<unknown>;
};

const returns: Return[] = [
	{
		when: 'whose exclusion is lifted',
		given: (tx, text) => objects.exclude(tx, maja, text.object, w.tove.id, 'egen sag'),
		before: 'not_allowed',
		does: (tx, text) => objects.readmit(tx, maja, text.object, w.tove.id)
	},
	{
		when: 'for whom confidentiality is lifted',
		given: (tx, text) => objects.setConfidential(tx, w.jonas, text.object, true),
		before: 'not_allowed',
		does: (tx, text) => objects.setConfidential(tx, maja, text.object, false)
	},
	{
		when: 'who is made an author of something confidential',
		given: (tx, text) => objects.setConfidential(tx, w.jonas, text.object, true),
		before: 'not_allowed',
		does: (tx, text) => objects.addAuthor(tx, w.jonas, text.object, w.tove.id)
	},
	{
		when: 'who is made an author of a draft',
		kind: 'brief',
		before: 'not_found',
		does: (tx, text) => objects.addAuthor(tx, w.jonas, text.object, w.tove.id)
	},
	{
		when: 'who is taken into the forum',
		given: (tx) => forums.removeMember(tx, maja, w.forumId, w.tove.id),
		before: 'not_found',
		does: (tx) => forums.addMember(tx, maja, w.forumId, w.tove.id, 'chief')
	}
];

test.each(returns)('someone $when gets in on every node, and hears of it', async (rule) => {
	const text = rule.kind ? await object(rule.kind, 'draft') : theCase();
	await act(async (tx) => rule.given?.(tx, text));
	for (const node of nodes) {
		const { closed, frames } = await raw(node, headersOf(node, w.tove), path(text.document));
		expect(await closed).toBe(rule.before);
		expect(frames).toEqual([]);
	}
	const his = nodes.map((node) => open(node, w.jonas, text.document));
	await synced(...his);
	const live = await listeners(text.object, rule.before !== 'not_found');
	if (rule.before === 'not_found') expect(await live.round()).toEqual([0, 0]);
	await act((tx) => rule.does(tx, text));
	const hers = nodes.map((node) => open(node, w.tove, text.document));
	await synced(...hers);
	await until(live.hears, 'live pages to hear');
	for (const page of hers) page.type(' Tove.');
	await saved(...hers);
	expect(await onDisk({ ...w, documentId: text.document })).toContain('Tove.');
	expect([...hers, ...his].map(({ codes }) => codes)).toEqual([[], [], [], []]);
});
