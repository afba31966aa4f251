import type { APIResponse, Page } from '@playwright/test';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Sql } from '#lib/base/sql.server.ts';
import { SCHEMA_NUMBER } from '#lib/document/schema.ts';
import { encodeSync, SYNC } from '#lib/document/wire.ts';
import { COOKIE } from '#lib/people/sessions.server.ts';
import { eventually } from '../support/eventually.ts';
import { snapshot } from '../support/snapshot.ts';
import { expect, test, type World } from './story.ts';

/** Story 7: an observer tries everything: by URL, by form post, by endpoint and by socket. */
test.use({ stage: 'demo' });

type Known = { id: string; kind: string; phase: string };

const PLACES: Record<string, string> = {
	dataset: '/data',
	brief: '/briefs',
	case: '/cases',
	meeting: '/meetings',
	decision: '/decisions',
	goal: '/goals'
};

const objects = (sql: Sql) =>
	sql<Known[]>`select id, kind, phase from objects where kind <> 'brief' or phase = 'published'`;

const HIDDEN = ['draft', 'in_review', 'ready', 'returned'];

test('by URL: reads what has reached the forum, and does not find cases under way', async ({
	world,
	as
}) => {
	const page = await as('ove');
	for (const { id, kind, phase } of await objects(world.db.sql)) {
		const response = await page.request.get(`${PLACES[kind]}/${id}`);
		const hidden = kind === 'case' && HIDDEN.includes(phase);
		expect(response.status(), `${kind} ${phase}`).toBe(hidden ? 404 : 200);
	}
	for (const path of ['/data/new', '/cases/new', '/briefs/new', '/goals/new', '/log'])
		expect((await page.request.get(`/f/centerchefforum${path}`)).status(), path).toBe(403);
	const list = await (await page.request.get('/f/centerchefforum/cases')).text();
	expect(list).not.toContain('Udviklingspuljen: efter hovedtal');
});

test('by form post: every action of every page refuses, and nothing changes', async ({
	world,
	as
}) => {
	const { sql } = world.db;
	const page = await as('ove');
	const before = await snapshot(sql);
	for (const { path, action, form } of await posts(sql)) {
		const answer = await post(page, world.app.url, `${path}?/${action}`, form);
		const result = (await answer.json().catch(() => null)) as {
			type?: string;
			status?: number;
		} | null;
		const status = result?.status ?? answer.status();
		expect([403, 404], `${path}?/${action} answers ${JSON.stringify(result)}`).toContain(status);
		expect(result?.type, `${path}?/${action}`).not.toBe('success');
	}
	expect(await snapshot(sql)).toEqual(before);
});

test('by endpoint: figures are neither understood nor imported for an observer', async ({
	world,
	as
}) => {
	const { sql } = world.db;
	const page = await as('ove');
	const before = await snapshot(sql);
	const [dataset] = await sql<{ id: string }[]>`select id from datasets limit 1`;
	for (const door of ['understand', 'import']) {
		const answer = await page.request.put(`/f/centerchefforum/data/${door}`, {
			data: `${JSON.stringify({ datasetId: dataset!.id, fileName: 'x.csv' })}\nOmråde;År;Antal\nA;2018;7\n`,
			headers: { 'content-type': 'application/octet-stream' }
		});
		expect(answer.status(), door).toBeGreaterThanOrEqual(400);
		expect(answer.status(), door).toBeLessThan(500);
	}
	expect(await snapshot(sql)).toEqual(before);
});

test('by socket: reads a published text, writes nothing, and is not let in to a case under way', async ({
	world,
	as
}) => {
	const { sql } = world.db;
	const page = await as('ove');
	const before = await snapshot(sql);
	const documents = await sql<{ id: string; phase: string }[]>`
		select d.id, o.phase from documents d join objects o on o.id = d.object_id where o.kind = 'case'`;
	for (const { id, phase } of documents) {
		const outcome = await write(world, page, id);
		if (HIDDEN.includes(phase)) expect(outcome, phase).toMatchObject({ closed: 4404 });
	}
	expect(await snapshot(sql)).toEqual(before);
});

test('someone without a session is let in nowhere', async ({ world, request }) => {
	const before = await snapshot(world.db.sql);
	for (const { id, kind } of await objects(world.db.sql)) {
		const answer = await request.get(`${world.app.url}${PLACES[kind]}/${id}`, { maxRedirects: 0 });
		expect(answer.status()).toBe(303);
		expect(answer.headers().location).toContain('/sign-in');
	}
	for (const { path, action, form } of await posts(world.db.sql)) {
		const answer = await request.post(`${world.app.url}${path}?/${action}`, {
			form,
			headers: { origin: world.app.url },
			maxRedirects: 0
		});
		expect([401, 303], `${path}?/${action}`).toContain(answer.status());
	}
	expect(await snapshot(world.db.sql)).toEqual(before);
});

/** As the browser sends a form through `use:enhance`. */
const post = (page: Page, url: string, path: string, form: Post['form']): Promise<APIResponse> =>
	page.request.post(path, {
		form,
		headers: { origin: url, 'x-sveltekit-action': 'true', accept: 'application/json' }
	});

type Post = { path: string; action: string; form: Record<string, string> };

/** Every action there is, each with a form that would be let through for somebody else. */
async function posts(sql: Sql): Promise<Post[]> {
	const one = async (kind: string, phase: string) =>
		(
			await sql<
				{ id: string }[]
			>`select id from objects where kind = ${kind} and phase = ${phase} order by created_at limit 1`
		)[0]!.id;
	const [kase, meeting, decision, goal, brief, dataset] = [
		await one('case', 'on_agenda'),
		await one('meeting', 'circulated'),
		await one('decision', 'decided'),
		await one('goal', 'running'),
		await one('brief', 'published'),
		await one('dataset', 'current')
	];
	const [item] = await sql<
		{ id: string }[]
	>`select id from agenda_items where meeting_id = ${meeting}`;
	const [person] = await sql<
		{ id: string }[]
	>`select person_id id from members where role = 'observer'`;
	const [option] = await sql<{ id: string; row: number }[]>`
		select id, row_version "row" from options where case_id = ${kase} and not status_quo`;
	const [evidence] = await sql<{ id: string }[]>`select id from evidence where case_id = ${kase}`;
	const [note] = await sql<
		{ id: string }[]
	>`select id from annotations where object_id = ${kase} and section is not null`;
	const [figure] = await sql<{ id: string; versionId: string }[]>`
		select id, version_id "versionId" from figures where brief_id = ${brief}`;
	const [milestone] = await sql<
		{ id: string }[]
	>`select id from milestones where target_value is null`;
	const [round] = await sql<{ id: string }[]>`select id from vote_rounds`;
	const [action] = await sql<{ id: string }[]>`select id from actions`;
	const passage = JSON.stringify({ section: 'account', from: 0, to: 9, quote: 'Fraværet ' });
	const notes = (path: string): Post[] => [
		{ path, action: 'annotate', form: { kind: 'fact', body: 'x', passage } },
		{ path, action: 'replyNote', form: { note: note!.id, body: 'x' } },
		{ path, action: 'editNote', form: { note: note!.id, body: 'x' } },
		{ path, action: 'shareNote', form: { note: note!.id } },
		{ path, action: 'resolveNote', form: { note: note!.id } },
		{ path, action: 'reopenNote', form: { note: note!.id } },
		{ path, action: 'reattachNote', form: { note: note!.id, passage } }
	];
	const on = (path: string, actions: Record<string, Record<string, string>>): Post[] =>
		Object.entries(actions).map(([name, form]) => ({ path, action: name, form }));
	const forum = '/f/centerchefforum';
	return [
		...notes(`/cases/${kase}`),
		...on(`/cases/${kase}`, {
			head: { title: 'x', question: 'x' },
			state: { to: 'deferred', reason: 'x' },
			addOption: { title: 'x' },
			editOption: { id: option!.id, rowVersion: String(option!.row), title: 'x' },
			moveOption: { id: option!.id, by: '1' },
			recommend: { option: option!.id },
			withdraw: { id: option!.id },
			addEvidence: { kind: 'practice', title: 'x' },
			stance: { id: evidence!.id, stance: 'contradicts' },
			park: { id: evidence!.id },
			unpark: { id: evidence!.id },
			askApproval: {},
			approve: {},
			sendBack: { comment: 'x' },
			withdrawApproval: {},
			markUrgent: { reason: 'x' },
			liftUrgent: {},
			askWritten: { due: '2030-01-01' },
			answerWritten: { answer: 'agree' },
			withdrawWritten: {},
			offRecord: {}
		}),
		...on(`/meetings/${meeting}`, {
			add: { case: kase, minutes: '10' },
			minutes: { item: item!.id, minutes: '5' },
			step: { item: item!.id, step: '1' },
			place: { item: item!.id, to: '0' },
			remove: { item: item!.id },
			settleQuestion: { case: kase, id: note!.id },
			settleDiffering: { case: kase, id: note!.id },
			circulate: {},
			open: {},
			close: {},
			move: { item: item!.id },
			attend: { person: person!.id, present: 'true' },
			startVote: { item: item!.id, question: 'x', among: 'yes_no' },
			endVote: { item: item!.id, round: round!.id },
			vote: { round: round!.id, choice: 'yes' },
			defer: { case: kase, reason: 'x' },
			decide: { caseId: kase, optionId: option!.id, wording: 'x' }
		}),
		...on(`/goals/${goal}`, {
			checkIn: { body: 'x' },
			override: { status: 'ahead', reason: 'x' },
			addMilestone: { milestone: 'x', due: '2030-01-01' },
			reached: { milestone: milestone!.id },
			review: { day: '2035-01-01' }
		}),
		...on(`/decisions/${decision}`, {
			addEvidence: { kind: 'practice', title: 'x', stance: 'supports' },
			addAction: { actionTitle: 'x', actionOwner: person!.id, actionDue: '2030-01-01' },
			actionDone: { action: action!.id }
		}),
		...on(`/data/${dataset}`, { mark: { measure: 'x', period: '2018', reason: 'x' } }),
		...on(`/briefs/${brief}`, {
			publish: {},
			removeFigure: { figure: figure!.id },
			turn: { case: kase, note: note!.id, into: 'question', words: 'x' },
			makeCase: {}
		}),
		...on(`${forum}/meetings`, { create: { title: 'x', starts: '2030-01-01T09:00', place: '' } }),
		...on(`${forum}/members`, {
			role: { person: person!.id, role: 'director' },
			remove: { person: person!.id, role: 'observer' }
		}),
		...on(`${forum}/charter`, {
			save: { smallNumberLimit: '5', circulateWorkdays: '3' },
			directors: {}
		}),
		...on(`${forum}/backlog`, { propose: { title: 'x' } }),
		...on(`${forum}/goals/new`, {
			create: {
				goalTitle: 'x',
				owner: person!.id,
				targetDate: '2030-01-01',
				measured: 'no',
				reason: 'x',
				sign: 'x'
			}
		})
	];
}

/** Opens the document as the page does and sends an edit; tells how it went once the server has answered. */
async function write(
	world: World,
	page: Page,
	documentId: string
): Promise<{ closed?: number; heard: number }> {
	const cookies = await page.context().cookies(world.app.url);
	const token = cookies.find(({ name }) => name === COOKIE)!.value;
	const socket = new WebSocket(
		`${world.app.url.replace('http', 'ws')}/sync/${documentId}?schema=${SCHEMA_NUMBER}`,
		{ headers: { cookie: `${COOKIE}=${token}`, origin: world.app.url } }
	);
	const seen: { closed?: number; heard: number } = { heard: 0 };
	socket.on('message', () => void seen.heard++);
	socket.on('close', (code) => void (seen.closed = code));
	socket.on('error', () => {});
	await eventually(() => seen.heard > 0 || seen.closed !== undefined, {
		what: 'the server answers'
	});
	if (seen.closed !== undefined) return seen;
	const doc = new Y.Doc();
	doc.getXmlFragment('account').insert(0, [new Y.XmlText('Observatøren skriver')]);
	socket.send(encodeSync(SYNC.update, Y.encodeStateAsUpdate(doc)));
	// Its answer to a state vector comes after what it made of the edit: frames are taken in order.
	const heard = seen.heard;
	socket.send(encodeSync(SYNC.step1, Y.encodeStateVector(new Y.Doc())));
	await eventually(() => seen.heard > heard || seen.closed !== undefined, {
		what: 'the server has read the edit'
	});
	socket.close();
	return seen;
}
