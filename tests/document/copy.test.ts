import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { findCopy, makeCopy, readCopy, type Copy } from '#lib/document/copy.ts';
import {
	about,
	atRisk,
	copies,
	copyName,
	dropLeftover,
	forget,
	forgetSaved,
	keepLeftovers,
	leftovers,
	unfinished,
	type Leftover
} from '#lib/document/copies.ts';
import { against, ownWords } from '#lib/document/setaside.ts';
import { addedWords } from '#lib/document/segments.ts';
import { eventually } from '../support/eventually.ts';
import { read, type } from './typing.ts';

/** What the browser keeps of a text, and how the page knows what of it the server has. */

const JONAS = '11111111-1111-4111-8111-111111111111';
const TOVE = '22222222-2222-4222-8222-222222222222';
const CASE = '33333333-3333-4333-8333-333333333333';
const BRIEF = '44444444-4444-4444-8444-444444444444';

const kept: Copy[] = [];
let health: boolean[] = [];
const onhealth = (whole: boolean) => void health.push(whole);

beforeEach(() => void (health = []));
afterEach(async () => {
	for (const copy of kept.splice(0)) await copy.close();
	await forget();
});

const copyOf = (doc: Y.Doc) => {
	const other = new Y.Doc();
	Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
	return other;
};

async function make(doc: Y.Doc, epoch = 0, person = JONAS, document = CASE) {
	const copy = (await makeCopy(person, document, epoch, doc, onhealth))!;
	kept.push(copy);
	return copy;
}
async function find(doc: Y.Doc, person = JONAS) {
	const copy = await findCopy(person, CASE, doc, onhealth);
	if (copy) kept.push(copy);
	return copy;
}
const marked = async (epoch = 0) => (await about(copyName(JONAS, CASE, epoch).name)).marks.length;

test('what is typed comes back in another page, known as not saved since it was typed', async () => {
	const doc = new Y.Doc();
	type(doc, 'Fra serveren. ');
	const copy = await make(doc);
	expect(copy.since, 'what came from the server is saved').toBeNull();
	const before = Date.now();
	type(doc, 'Skrevet i toget.');
	await copy.close(); // the tab is closed

	const again = new Y.Doc();
	const found = (await find(again))!;
	expect(read(again)).toBe('Fra serveren. Skrevet i toget.');
	expect(found.since).toBeGreaterThanOrEqual(before);
	expect(again.clientID).not.toBe(doc.clientID);
	expect(await atRisk(JONAS)).toHaveLength(1);

	found.saved();
	expect(found.since).toBeNull();
	await eventually(async () => (await marked()) === 0);
	expect(await atRisk(JONAS)).toEqual([]);
});

test('a mark stays when another tab has written on since it was read', async () => {
	const doc = new Y.Doc();
	const copy = await make(doc);
	type(doc, 'En.');
	await eventually(async () => (await marked()) === 1);
	const other = (await find(new Y.Doc()))!;
	await eventually(() => Date.now() > other.marks[0]![1].at);
	type(doc, ' To.');
	await eventually(async () => (await about(copy.name)).marks[0]?.[1].at !== other.marks[0]![1].at);
	other.saved();
	await about(copy.name); // after it in the store's order
	expect(await marked()).toBe(1);
	copy.saved();
	await eventually(async () => (await marked()) === 0);
});

test('many rows become one, and nothing another tab stored is lost by it', async () => {
	const doc = new Y.Doc();
	const copy = await make(doc);
	for (let count = 0; count < 210; count++) type(doc, 'a');
	const tab = new Y.Doc();
	await find(tab);
	type(tab, 'b', 'risk');
	await eventually(async () => (await marked()) === 2);
	copy.saved();
	await eventually(() => read(doc, 'risk') === 'b');
	const stored = async () => (await readCopy(copy.name)).doc;
	await eventually(async () => read(await stored()).length === 210);
	expect(read(await stored(), 'risk')).toBe('b');
});

test('a copy belongs to one person, document and epoch, and signing out clears them all', async () => {
	await make(new Y.Doc(), 0);
	await make(new Y.Doc(), 0, TOVE);
	await make(new Y.Doc(), 3, JONAS, BRIEF);
	await keepLeftovers(JONAS, [leftover('a')]);
	expect((await copies(JONAS)).map(({ document, epoch }) => [document, epoch])).toEqual([
		[BRIEF, 3],
		[CASE, 0]
	]);
	await forget(TOVE); // she signs in
	expect(await copies(JONAS)).toEqual([]);
	expect(await leftovers(JONAS)).toEqual([]);
	expect(await copies(TOVE)).toHaveLength(1);
	await forget();
	expect(await indexedDB.databases()).toEqual([]);
});

test('what is set aside is not gone on with, and its page is not called finished', async () => {
	const doc = new Y.Doc();
	const copy = await make(doc);
	type(doc, 'For sent.');
	copy.setAside('closed');
	await copy.close();
	expect(await find(new Y.Doc())).toBeNull();
	expect((await about(copy.name)).aside).toBe('closed');
	expect(await unfinished(JONAS, CASE)).toBe(true);
	expect(await unfinished(TOVE, CASE)).toBe(false);
	expect(await unfinished(JONAS, BRIEF)).toBe(false);
});

test('a store that fails is told, and the next one brings everything', async () => {
	const doc = new Y.Doc();
	const copy = await make(doc);
	const put = IDBObjectStore.prototype.add;
	IDBObjectStore.prototype.add = () => {
		throw new DOMException('full', 'QuotaExceededError');
	};
	type(doc, 'Ikke plads. ');
	expect(health).toEqual([false]);
	IDBObjectStore.prototype.add = put;
	type(doc, 'Plads igen.');
	await eventually(() => health.length === 2);
	expect(health).toEqual([false, true]);
	expect(read((await readCopy(copy.name)).doc)).toBe('Ikke plads. Plads igen.');
});

test('where the browser keeps nothing the page is told so and goes on', async () => {
	const databases = indexedDB.databases;
	indexedDB.databases = () => Promise.reject(new Error('private'));
	try {
		expect(await find(new Y.Doc())).toBeNull();
		indexedDB.databases = undefined as never;
		expect(await makeCopy(JONAS, CASE, 0, new Y.Doc(), onhealth)).toBeNull();
	} finally {
		indexedDB.databases = databases;
	}
});

test('what did not get in is the difference to the text as it stands', () => {
	const text = new Y.Doc();
	type(text, 'Fraværet falder i to områder.');
	const page = copyOf(text);
	const words = (page.getXmlFragment('account').get(0) as Y.XmlElement).get(0) as Y.XmlText;
	words.delete(9, 6);
	words.insert(9, 'stiger');
	type(page, 'Ny risiko.', 'risk');
	type(text, ' Og nu et tredje.'); // by another, meanwhile

	const lost = against(text, { doc: page, why: 'closed', clocks: [] });
	expect(lost.map(({ section }) => section).sort()).toEqual(['account', 'risk']);
	const { segments } = lost.find(({ section }) => section === 'account')!;
	expect(segments.filter(({ change }) => change !== 'same')).toEqual([
		{ change: 'removed', text: 'falder' },
		{ change: 'added', text: 'stiger' }
	]);
	expect(addedWords(segments)).toBe('stiger');
	expect(read(text), 'the text is not touched').toBe(
		'Fraværet falder i to områder. Og nu et tredje.'
	);
	expect(against(text, { doc: copyOf(text), why: 'closed', clocks: [] })).toEqual([]);
});

test('where the text may not be read any more, only one’s own unsaved words are shown', () => {
	const text = new Y.Doc();
	type(text, 'Fortroligt. ');
	const page = copyOf(text);
	type(page, 'Gemt. ');
	const from = Y.getState(page.store, page.clientID);
	type(page, 'Ikke gemt.');
	expect(ownWords({ doc: page, why: 'not_found', clocks: [[page.clientID, from]] })).toEqual([
		{ section: 'account', why: 'not_found', segments: [{ change: 'added', text: 'Ikke gemt.' }] }
	]);
	expect(ownWords({ doc: page, why: 'not_found', clocks: [] })).toEqual([]);
});

test('what did not get in is kept until one is done with it', async () => {
	await keepLeftovers(JONAS, [leftover('a'), leftover('b', BRIEF)]);
	expect((await leftovers(JONAS, CASE)).map(({ id }) => id)).toEqual(['a']);
	expect(await unfinished(JONAS, CASE)).toBe(true);
	expect(await atRisk(JONAS)).toEqual(['Sagen']);
	await dropLeftover(JONAS, 'a');
	expect((await leftovers(JONAS)).map(({ id }) => id)).toEqual(['b']);
	expect(await leftovers(TOVE)).toEqual([]);
});

const leftover = (id: string, document = CASE): Leftover => ({
	id,
	document,
	section: 'account',
	segments: [{ change: 'added', text: 'Ord' }],
	why: 'closed',
	at: 1,
	title: 'Sagen',
	address: `/cases/${document}`
});

/** What this browser keeps, by name. */
const here = async () => (await indexedDB.databases()).map(({ name }) => name!).sort();

test('when the session is over, copies of saved texts go, and nothing unsaved does', async () => {
	const [saved, unsaved] = [new Y.Doc(), new Y.Doc()];
	const one = (await makeCopy(JONAS, CASE, 1, saved, onhealth))!;
	const two = (await makeCopy(JONAS, BRIEF, 1, unsaved, onhealth))!;
	type(saved, 'Gemt.');
	type(unsaved, 'Ikke gemt.');
	one.saved();
	await eventually(async () => (await about(two.name)).marks.length === 1);
	await eventually(async () => (await about(one.name)).marks.length === 0);
	await Promise.all([one.close(), two.close()]);

	expect(await Promise.all([forgetSaved(), forgetSaved()]), 'twice at once is once').toEqual([
		1, 1
	]);
	expect(await here()).toEqual([two.name]);
	const again = new Y.Doc();
	kept.push((await findCopy(JONAS, BRIEF, again, onhealth))!);
	expect(read(again), 'it waits for the person who wrote it').toBe('Ikke gemt.');
	expect(kept[0]!.since, 'as not saved').not.toBeNull();
	await kept.pop()!.close();

	await forget(TOVE);
	expect(await here(), 'another who signs in does not find it').toEqual([]);
});

test('when the session is over, what was set aside or not included is kept and counted by text', async () => {
	const doc = new Y.Doc();
	const aside = (await makeCopy(JONAS, CASE, 1, doc, onhealth))!;
	type(doc, 'For sent.');
	aside.saved();
	aside.setAside('closed');
	await eventually(async () => (await about(aside.name)).aside === 'closed');
	await aside.close();
	const left: Leftover = {
		id: 'a',
		document: CASE,
		section: 'account',
		segments: [{ change: 'added', text: 'Ord' }],
		why: 'closed',
		at: 1,
		title: 'Sagen',
		address: '/cases/x'
	};
	await keepLeftovers(JONAS, [left]);
	await keepLeftovers(TOVE, [{ ...left, id: 'b' }]);
	await dropLeftover(TOVE, 'b');
	const before = await here();
	expect(await forgetSaved()).toBe(1);
	expect(await here(), 'but Tove, who has nothing left').toEqual(
		before.filter((name) => !name.includes(TOVE))
	);
	expect(await leftovers(JONAS)).toEqual([left]);
});
