import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { plainText } from '#lib/document/content.ts';
import { build, read } from '#lib/document/convert.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import { behind, project, standing, Unreadable } from '#lib/document/projection.server.ts';
import { projectAll, startProjector } from '#lib/document/projector.server.ts';
import { readAfter } from '#lib/document/sync/log.server.ts';
import { compact, leaveAll, open, saved, synced, until, world, type World } from './world.ts';
import { rowOf, say, words, writeTo } from './writing.ts';

let w: World;

let jobs: { stop(): Promise<void> }[];

beforeEach(async () => {
	w = await world();
	jobs = [];
});

afterEach(async () => {
	leaveAll();
	await Promise.all(jobs.map((job) => job.stop()));
	await w.stop();
});

const row = (id?: string) => rowOf(w, id);

const write = (edit: (doc: Y.Doc) => void, id?: string) => writeTo(w, edit, id);

/** Another case with a text of its own. */
async function another(title: string): Promise<string> {
	const [object] = await w.sql<{ id: string }[]>`
		insert into objects (kind, forum_id, title, phase, created_by)
		values ('case', ${w.forumId}, ${title}, 'on_agenda', ${w.jonas.id}) returning id`;
	return await w.sql.begin((tx) =>
		documents.create(tx as never, w.jonas, object!.id, { account: title })
	);
}

const start = async (options = {}) => {
	const failures: string[] = [];
	const job = await startProjector(w.sql, {
		quiet: 60,
		everyMs: 60_000,
		failed: (id) => failures.push(id),
		...options
	});
	jobs.push(job);
	return { ...job, failures };
};

describe('projecting', () => {
	test('stores what the log says, at its number, with words to search', async () => {
		await write(say(' Mere.'));
		const fromLog = await documents.content(w.sql, w.documentId);
		expect(await project(w.sql, w.documentId)).toBe(true);
		expect(await row()).toEqual({
			epoch: 1,
			seq: 2,
			content: fromLog,
			text: 'Første afsnit. Mere.'
		});
		expect(await documents.content(w.sql, w.documentId)).toEqual(fromLog);
	});

	test('twice, or twice at once, is once', async () => {
		const both = await Promise.all([project(w.sql, w.documentId), project(w.sql, w.documentId)]);
		expect(both).toContain(true);
		const first = await row();
		expect(await project(w.sql, w.documentId)).toBe(false);
		expect(await row()).toEqual(first);
	});

	test('never puts an older text in a newer one’s place', async () => {
		await project(w.sql, w.documentId);
		await w.sql`update document_texts set seq = 9, text = 'nyere'`;
		expect(await project(w.sql, w.documentId)).toBe(false);
		expect(await row()).toMatchObject({ seq: 9, text: 'nyere' });
		expect(await standing(w.sql, w.documentId)).toBeNull(); // nor is one believed that runs ahead
	});

	test('a page shows what is acknowledged, whether or not the projection has come so far', async () => {
		await projectAll(w.sql);
		await write(say(' Lige skrevet.'));
		expect(await standing(w.sql, w.documentId)).toBeNull();
		const shown = await documents.content(w.sql, w.documentId);
		expect(plainText(shown.account)).toBe('Første afsnit. Lige skrevet.');
		await projectAll(w.sql);
		expect(await standing(w.sql, w.documentId)).toEqual(shown);
		expect(await behind(w.sql, [], 10)).toEqual([]);
	});

	test('a text restored to an earlier number is read again, for its epoch is a new one', async () => {
		await write(say(' Fortrudt.'));
		await projectAll(w.sql);
		await w.sql`delete from document_updates where document_id = ${w.documentId} and seq = 2`;
		await w.sql`update documents set seq = 1, epoch = epoch + 1 where id = ${w.documentId}`;
		await write(say(' I stedet.'));
		expect(plainText((await documents.content(w.sql, w.documentId)).account)).toBe(
			'Første afsnit. I stedet.'
		);
		await projectAll(w.sql);
		expect(await row()).toMatchObject({ epoch: 2, seq: 2, text: 'Første afsnit. I stedet.' });
	});

	test('what is no text is left out, and keeps nobody from the rest', async () => {
		await write((doc) => {
			doc.getArray('next').insert(0, [1, new Y.Map(), new Y.Doc()]);
			doc.getText('money').insert(0, 'ikke et afsnit');
			const paragraph = new Y.XmlElement('paragraph');
			paragraph.setAttribute('big', 10n as never);
			const text = new Y.XmlText('nul\0tegn');
			paragraph.insert(0, [text]);
			text.insertEmbed(3, { image: 'x' });
			text.format(0, 2, { link: { href: '\ud800' } });
			let deep: Y.XmlElement | Y.XmlFragment = doc.getXmlFragment('account');
			deep.insert(0, [paragraph]);
			for (let i = 0; i < 500; i++) {
				const inner: Y.XmlElement = new Y.XmlElement('blockquote');
				deep.insert(0, [inner]);
				deep = inner;
			}
		});
		await project(w.sql, w.documentId);
		expect((await row())!.text).toContain('nultegn');
		expect((await row())!.text).toContain('Første afsnit.');
		const keepId = await w.sql.begin((tx) =>
			documents.keep(tx as never, w.jonas, w.documentId, 'decided')
		);
		const { content } = await documents.kept(w.sql, keepId);
		expect(content).toEqual(await documents.content(w.sql, w.documentId));
		expect(content.next).toEqual({ type: 'doc', content: [] });
	});
});

describe('a text that is looked at while it is written', () => {
	const shown = async (db: Parameters<typeof documents.content>[0] = w.sql) =>
		plainText((await documents.content(db, w.documentId)).account);

	test('is shown with every acknowledged edit, through compaction and a new epoch', async () => {
		for (let i = 0; i < 5; i++) {
			await write(say(` ${i}`));
			expect(await shown()).toMatch(new RegExp(`${i}$`));
		}
		await write((doc) => words(doc).delete(0, 'Første afsnit.'.length));
		await compact(w);
		await write(say('.'));
		expect(await shown()).toBe('0 1 2 3 4.');
		const section = await documents.fragments(w.sql, w.documentId);
		expect(section('account')!.toString()).toContain('0 1 2 3 4.');
		await w.sql`delete from document_updates where document_id = ${w.documentId}`;
		await w.sql`update documents set seq = 0, epoch = 2 where id = ${w.documentId}`;
		await write((doc) => doc.getXmlFragment('risk').insert(0, [new Y.XmlElement('paragraph')]));
		expect(Object.keys(await documents.content(w.sql, w.documentId))).toEqual(['risk']);
	});

	test('shows nobody what a transaction takes back', async () => {
		expect(await shown()).toBe('Første afsnit.');
		const taken = w.sql.begin(async (tx) => {
			await documents.addSection(tx as never, w.documentId, 'next', 'Fortrudt.');
			expect(Object.keys(await documents.content(tx as never, w.documentId))).toContain('next');
			expect(await shown()).toBe('Første afsnit.');
			throw new Error('taken back');
		});
		await expect(taken).rejects.toThrow('taken back');
		await write(say(' Bagefter.'));
		expect(await documents.content(w.sql, w.documentId)).not.toHaveProperty('next');
		expect(await shown()).toBe('Første afsnit. Bagefter.');
	});

	test('gets no section from being asked for one', async () => {
		const section = await documents.fragments(w.sql, w.documentId);
		expect(section('next')).toBeNull();
		expect(section('__proto__')).toBeNull();
		expect(Object.keys(await documents.content(w.sql, w.documentId))).toEqual(['account', 'risk']);
	});
});

describe('the job', () => {
	test('reads a text once writing rests, and finds what was written before it began', async () => {
		const earlier = await another('Før.');
		await start();
		await until(async () => (await row(earlier))?.text === 'Før.', 'the earlier text');
		const node = await w.node();
		const a = open(node, w.jonas, w.documentId);
		await synced(a);
		a.type(' Skrevet.');
		await saved(a);
		await until(async () => (await row())?.text === 'Første afsnit. Skrevet.', 'the projection');
		expect(await behind(w.sql, [], 10)).toEqual([]);
	});

	test('does not read at every letter, nor wait for ever while people write', async () => {
		await start({ quiet: 300, latest: 500 });
		await until(row, 'the first text');
		const seqs = new Set<number>();
		const began = Date.now();
		for (let i = 0; Date.now() - began < 1_300; i++) {
			await write(say(`${i} `));
			seqs.add((await row())!.seq);
		}
		expect(seqs.size).toBeGreaterThan(1);
		expect(seqs.size).toBeLessThan(5);
		await until(async () => (await behind(w.sql, [], 1)).length === 0, 'the last word');
	});

	test('reads a long text in a thread, to the same words', async () => {
		await write(say('Et langt afsnit. '.repeat(4_000)));
		await start();
		await until(async () => (await row())?.seq === 2, 'the projection');
		const log = await readAfter(w.sql, w.documentId, 0);
		expect((await row())!.content).toEqual(read(build(log.map(({ bytes }) => bytes))));
	});

	test('two of them come to the same, and one alone does after the other is gone', async () => {
		const [one] = [await start(), await start()];
		await write(say(' En.'));
		await until(async () => (await row())?.text === 'Første afsnit. En.', 'the projection');
		await one.stop();
		await write(say(' To.'));
		await until(async () => (await row())?.text === 'Første afsnit. En. To.', 'the projection');
		expect(await row()).toMatchObject({ seq: 3 });
	});

	test('a text that cannot be read stops no other, and is told of once', async () => {
		const poison = await another('Ødelagt.');
		await w.sql`update document_updates set bytes = '\\x0909090909' where document_id = ${poison}`;
		const { failures } = await start();
		await until(async () => (await row())?.text === 'Første afsnit.', 'the other text');
		await write(say(' Videre.'));
		await until(async () => (await row())?.text === 'Første afsnit. Videre.', 'the other text');
		await expect(project(w.sql, poison)).rejects.toThrow(Unreadable);
		expect(await row(poison)).toBeUndefined();
		expect(failures).toEqual([poison]);
	});

	test('a database that is away is told of once, and waited for', async () => {
		const { failures } = await start();
		await until(row, 'the first text');
		await w.sql`alter table document_texts rename to away`;
		await write(say(' Imens.'));
		await until(() => failures.length > 0, 'the word that it is away');
		await write(say(' Mere.'));
		await w.sql`alter table away rename to document_texts`;
		await until(
			async () => (await row())?.text === 'Første afsnit. Imens. Mere.',
			'the projection'
		);
		expect(failures).toEqual(['']);
	});
});
