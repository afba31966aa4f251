import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { capture, resolve } from '#lib/annotation/anchor.ts';
import { lettersOf, readShared } from '#lib/annotation/letters.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import * as history from '#lib/document/history.server.ts';
import { NOW } from '#lib/document/versions.ts';
import { register } from '#lib/forum/objects.server.ts';
import type { Person } from '#lib/people/person.ts';
import { leaveAll, onDisk, open, saved, synced, until, world, type World } from './world.ts';

let w: World;
beforeEach(async () => void (w = await world()));
afterEach(async () => {
	leaveAll();
	await w.stop();
});

const tx = <T>(work: (tx: Tx) => Promise<T>) => w.sql.begin((tx) => work(tx as Tx)) as Promise<T>;
const keep = (person: Person, name: string, id = w.caseId) =>
	tx((tx) => history.keepNamed(tx, person, id, name));
const restore = (person: Person, version: string, section?: string) =>
	tx((tx) => history.restore(tx, person, w.caseId, version, section));
const listed = async (person: Person, id = w.caseId) =>
	(await history.versions(w.sql, person, id)).map(({ name, why }) => name ?? why);
const refused = (work: Promise<unknown>, code: string) =>
	expect(work).rejects.toMatchObject({ name: 'Refusal', code });

describe('versions', () => {
	test('are kept under a name, beside those kept when the text was sent out, newest first', async () => {
		await keep(w.jonas, '  Før høringen ');
		await tx((tx) => documents.keep(tx, w.tove, w.documentId, 'circulated'));
		const [sent, named] = await history.versions(w.sql, w.ove, w.caseId).then(async (seen) => {
			expect(
				seen.map(({ why }) => why),
				'an observer meets a case on an agenda'
			).toEqual(['circulated']);
			return await history.versions(w.sql, w.tove, w.caseId);
		});
		expect(sent).toMatchObject({ why: 'circulated', name: null, byName: 'Tove' });
		expect(named).toMatchObject({ why: 'named', name: 'Før høringen', byName: 'Jonas' });
		await refused(keep(w.jonas, '   '), 'document.name_missing');
		const [event] = await w.sql`select verb, object_id from events order by id desc limit 1`;
		expect(event).toMatchObject({ verb: 'document.kept', object_id: w.caseId });
	});

	test('are compared word by word, any two, or one with the text as it stands', async () => {
		const page = open(await w.node(), w.jonas, w.documentId);
		await synced(page);
		const first = await keep(w.jonas, 'Først');
		page.type(' Andet afsnit.');
		await saved(page);
		const second = await keep(w.jonas, 'Siden');
		page.type(' Tredje.');
		await saved(page);
		const between = (from: string, to: string) =>
			history.compare(w.sql, w.tove, w.caseId, [from, to], ['account']);
		expect(await between(first, second)).toEqual([
			{
				section: 'account',
				segments: [
					{ change: 'same', text: 'Første afsnit.' },
					{ change: 'added', text: ' Andet afsnit.' }
				]
			}
		]);
		expect((await between(second, NOW))[0]!.segments.at(-1)).toEqual({
			change: 'added',
			text: ' Tredje.'
		});
		expect((await between(NOW, first))[0]!.segments.at(-1)!.change).toBe('removed');
		expect(await between(first, first)).toEqual([]);
		await refused(between(first, crypto.randomUUID()), 'base.not_found');
	});
});

describe('an earlier version brought back', () => {
	test('is an edit of that person’s which others see at once, and what they write meanwhile stays', async () => {
		const node = await w.node();
		const [jonas, tove] = [open(node, w.jonas, w.documentId), open(node, w.tove, w.documentId)];
		await synced(jonas, tove);
		const version = await keep(w.jonas, 'Først');
		jonas.type(' Fortrudt.');
		tove.type('Toves risiko.', 'risk');
		await saved(jonas, tove);
		const before = await restore(w.tove, version, 'account');
		await until(() => jonas.text() === 'Første afsnit.', 'the text as it was, on an open page');
		expect(jonas.text('risk')).toBe('Toves risiko.');
		expect(await onDisk(w)).toBe('Første afsnit.');
		tove.type(' Videre.');
		await saved(tove);
		expect(jonas.codes, 'nobody was sent away').toEqual([]);

		// Nothing is lost: how it stood was kept, and is one gesture away.
		expect(await listed(w.jonas)).toEqual(['restored', 'Først']);
		await restore(w.jonas, before);
		await until(() => tove.text() === 'Første afsnit. Fortrudt.', 'the undone text');
	});

	test('leaves notes on their words, or as orphans, and gives them back when it is undone', async () => {
		const page = open(await w.node(), w.jonas, w.documentId);
		await synced(page);
		const version = await keep(w.jonas, 'Først');
		page.type(' Fraværet steg i Nørrevang og Skovbrynet.');
		await saved(page);
		const fragment = page.doc.getXmlFragment('account');
		const on = (quote: string) => {
			const from = readShared(fragment).letters.indexOf(lettersOf(quote));
			return capture(fragment, 'account', from, from + lettersOf(quote).length)!;
		};
		const [kept, gone] = [on('Første afsnit'), on('steg i Nørrevang')];
		const before = await restore(w.jonas, version);
		await until(() => page.text() === 'Første afsnit.', 'the restored text');
		expect(resolve(fragment, kept)).toMatchObject({ kind: 'held', by: 'position' });
		expect(resolve(fragment, gone)).toEqual({ kind: 'orphan' });
		await restore(w.jonas, before);
		await until(() => page.text().includes('Skovbrynet'), 'the undone text');
		expect(resolve(fragment, gone)).toMatchObject({ kind: 'held' });
	});

	test('leaves its words to those who wrote them', async () => {
		const node = await w.node();
		const jonas = open(node, w.jonas, w.documentId);
		await synced(jonas);
		jonas.type(' Skrevet af Jonas.');
		await saved(jonas);
		const version = await keep(w.tove, 'Først');
		jonas.doc.getXmlFragment('account').delete(0, 1);
		await saved(jonas);
		await restore(w.tove, version);
		const read = await history.whoWrote(w.sql, w.ove, w.caseId, NOW);
		expect(read.sections).toEqual([
			{
				section: 'account',
				blocks: [
					{
						authors: ['Jonas', ''],
						runs: [
							{ text: 'Første afsnit. ', by: '' },
							{ text: 'Skrevet af Jonas.', by: 'Jonas' }
						]
					}
				]
			}
		]);
	});

	test('is refused where nothing would change, where it is no version of this text, and when the text is closed', async () => {
		const version = await keep(w.jonas, 'Først');
		await refused(restore(w.jonas, version), 'document.same');
		await refused(restore(w.jonas, version, 'nowhere'), 'document.section_not_there');
		await refused(restore(w.jonas, crypto.randomUUID()), 'base.not_found');
		const other = await w.anew();
		const theirs = await w.sql.begin((tx) =>
			history.keepNamed(tx as never, other.jonas, other.caseId, 'Deres')
		);
		await refused(restore(w.jonas, theirs), 'base.not_found');
		expect(await listed(w.jonas), 'nothing was kept for what did not happen').toEqual(['Først']);
		await tx((tx) => documents.close(tx, w.jonas, w.documentId));
		await refused(restore(w.jonas, version), 'document.closed');
	});
});

test('a page of a text’s history tells of the sections the text has, and of no others', async () => {
	const version = await keep(w.jonas, 'Først');
	const page = open(await w.node(), w.jonas, w.documentId);
	await synced(page);
	page.type('Ingens afsnit.', 'nobodys');
	page.type(' Nyt.');
	await saved(page);
	const asked = { from: version, to: NOW, read: NOW };
	const shown = await history.page(w.sql, w.tove, w.caseId, asked, ['account']);
	expect(shown.compared!.sections.map(({ section }) => section)).toEqual(['account']);
	expect(shown.read!.sections.map(({ section }) => section)).toEqual(['account']);
});

describe('who may', () => {
	test('read and write a case’s history: as they may the case', async () => {
		const version = await keep(w.tove, 'Først');
		for (const person of [w.ove, w.nina]) {
			const code = person === w.nina ? 'base.not_found' : 'base.not_allowed';
			await refused(keep(person, 'Min'), code);
			await refused(restore(person, version), code);
		}
		await refused(history.versions(w.sql, w.nina, w.caseId), 'base.not_found');
		const seen = await history.page(
			w.sql,
			w.ove,
			w.caseId,
			{ from: version, to: NOW, read: version },
			[]
		);
		expect(seen).toMatchObject({ versions: [], mayWrite: false, compared: null, read: null });
		await refused(history.whoWrote(w.sql, w.ove, w.caseId, version), 'base.not_found');
		await refused(history.compare(w.sql, w.ove, w.caseId, [version, NOW], []), 'base.not_found');
	});

	test('read a brief’s drafts: its authors alone, also when it is published', async () => {
		const briefId = await tx(async (tx) => {
			const id = await register(tx, w.jonas, {
				kind: 'brief',
				forumId: w.forumId,
				departmentId: w.jonas.departmentId,
				title: 'Databrief',
				phase: 'draft'
			});
			await documents.create(tx, w.jonas, id, { headline: 'Udkast' });
			return id;
		});
		await keep(w.jonas, 'Udkastet', briefId);
		await refused(listed(w.tove, briefId), 'base.not_found');
		await tx(async (tx) => {
			const document = await documents.ofObject(tx, briefId);
			await documents.keep(tx, w.jonas, document!.id, 'published');
			await documents.close(tx, w.jonas, document!.id);
			await tx`update objects set phase = 'published' where id = ${briefId}`;
		});
		expect(await listed(w.tove, briefId)).toEqual(['published']);
		expect(await listed(w.jonas, briefId)).toEqual(['published', 'Udkastet']);
	});
});
