import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as evidence from '#lib/case/evidence.server.ts';
import * as files from '#lib/case/files.server.ts';
import * as options from '#lib/case/options.server.ts';
import { page as casePage } from '#lib/case/read.server.ts';
import { check, verify } from '#lib/decision/record.ts';
import * as decisions from '#lib/decision/read.server.ts';
import { addEvidenceAfter } from '#lib/decision/late.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import * as objects from '#lib/forum/objects.server.ts';
import { board, ofDecision } from '#lib/goal/page.server.ts';
import * as votes from '#lib/meeting/votes.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { decided, refusal, story, type Story, written } from './story.ts';

let db: TestDatabase;
let told: Story;
beforeEach(async () => {
	db = await freshDatabase();
	told = await story(db.sql);
});
afterEach(() => db.drop());

describe('a decision', () => {
	it('settles the case, closes its text, freezes everything and makes the goal, in one gesture', async () => {
		const id = await decided(told);

		const page = await decisions.page(db.sql, told.tove, id);
		expect(page.record.decision).toMatchObject({
			option: told.options.eight,
			standing: 'decided',
			by: { name: 'Maja Krog' }
		});
		expect(page.record.options.map(({ title }) => title)).toContain('Otte områder');
		expect(JSON.stringify(page.record.text.recommendation)).toContain('udvides til otte områder');
		const roles = Object.fromEntries(page.record.evidence.map((item) => [item.id, item.role]));
		expect(roles).toEqual({
			[told.evidence.line]: 'made',
			[told.evidence.practice]: 'supports',
			[told.evidence.bar]: 'unused'
		});
		const line = page.record.figures.find((figure) => figure.id === told.figureId)!;
		expect(line.cells.map(({ value }) => value).toSorted()).toEqual([30, 31, 41, 44, 52, 55]);

		const found = await casePage(db.sql, told.tove, told.caseId);
		expect(found.readable && found.state.is).toBe('in_follow_up');
		expect((await documents.ofObject(db.sql, told.caseId))!.closedAt).not.toBeNull();
		const [goal] = await ofDecision(db.sql, told.tove, id);
		expect(goal).toMatchObject({
			status: 'no_data',
			verdict: { reason: 'only_baseline', period: '2018', value: 55 }
		});
		expect(goal!.measured!.aim.baseline).toEqual({ period: '2018', value: 55 });
	});

	it('is kept with a hash that its own export verifies and a changed one does not', async () => {
		const id = await decided(told);
		const { record, hash } = await decisions.recordOf(db.sql, told.jonas, id);
		expect(await verify(record, hash)).toBe(true);
		const kept = (other: string) => decisions.hashKept(db.sql, told.jonas, other);
		expect((await check(JSON.stringify({ record, hash }), kept)).result).toBe('intact');
		record.figures[0]!.cells[0]!.value = 1;
		expect((await check(JSON.stringify({ record, hash }), kept)).result).toBe('altered');
		const hidden = (other: string) => decisions.hashKept(db.sql, told.nina, other);
		expect((await check(JSON.stringify({ record, hash }), hidden)).result).toBe('unknown');
	});

	it('cites every value its used figures show, and none of the unused one', async () => {
		const id = await decided(told);
		const rows = await db.sql<{ figure: string; value: number }[]>`
			select figure_id figure, value from cited_values where decision_id = ${id}`;
		expect(rows).toHaveLength(6);
		expect(new Set(rows.map(({ figure }) => figure))).toEqual(new Set([told.figureId]));
	});

	it('is recommended and awaits when the council settles it', async () => {
		const id = await decided(told, { decider: 'council' });
		const [row] = await db.sql`select standing from decisions where id = ${id}`;
		expect(row).toEqual({ standing: 'recommended' });
	});

	it('can end in an action, or in a stated reason for none, and shows when it has neither', async () => {
		const due = '2019-01-31';
		const action = { title: 'Skriv til fonden', ownerId: told.tove.id, due };
		const id = await decided(told, { goals: [], actions: [action] });
		const page = await decisions.page(db.sql, told.tove, id);
		expect(page.actions).toMatchObject([
			{ title: 'Skriv til fonden', ownerName: 'Tove Holm', due }
		]);
		expect(page.record.followUp).toMatchObject({ goals: [], none: null });
		const brief = await decisions.ofCase(db.sql, told.caseId);
		expect(brief).toMatchObject({ actions: 1, noFollowUp: null, revised: 0 });
	});

	it('is taken once, also when the button is pressed twice at the same time', async () => {
		const both = await Promise.allSettled([decided(told), decided(told)]);
		expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
		const before = await written(db.sql);
		expect(await refusal(decided(told))).toBe('decision.already_decided');
		expect(await written(db.sql)).toEqual(before);
	});

	it('waits for an open vote to close, and then keeps its count without names', async () => {
		await told.act((tx) => meetings.open(tx, told.sigrid, told.meetingId));
		const round = await told.act((tx) =>
			votes.openRound(tx, told.sigrid, told.itemId, { question: 'Tilslutning?', among: 'yes_no' })
		);
		await told.act((tx) => votes.vote(tx, told.jonas, round, 'yes'));
		await told.act((tx) => votes.vote(tx, told.tove, round, 'no'));
		expect(await refusal(decided(told))).toBe('decision.vote_open');
		await told.act((tx) => votes.closeRound(tx, told.sigrid, told.itemId, round));
		const id = await decided(told, { method: 'vote' });
		const { record } = await decisions.recordOf(db.sql, told.tove, id);
		expect(record.votes).toEqual([
			{
				question: 'Tilslutning?',
				among: 'yes_no',
				counts: [
					{ choice: 'yes', label: 'yes', count: 1 },
					{ choice: 'no', label: 'no', count: 1 },
					{ choice: 'abstain', label: 'abstain', count: 0 }
				]
			}
		]);
		expect(JSON.stringify(record.votes)).not.toContain('Jonas');
	});
});

describe('after the decision', () => {
	it('nothing in the case is written any more', async () => {
		await decided(told);
		const before = await written(db.sql);
		expect(
			await refusal(
				told.act((tx) =>
					evidence.add(tx, told.tove, told.caseId, { kind: 'document', title: 'For sent' })
				)
			)
		).toBe('case.settled');
		expect(
			await refusal(told.act((tx) => options.add(tx, told.tove, told.caseId, { title: 'Ny' })))
		).toBe('case.settled');
		expect(await written(db.sql)).toEqual(before);
	});

	it('evidence can still come, and can only support', async () => {
		const id = await decided(told);
		const { hash } = await decisions.recordOf(db.sql, told.tove, id);
		const late = {
			kind: 'research' as const,
			title: 'Ny undersøgelse',
			note: '',
			link: null,
			stance: 'contradicts' as const
		};
		await told.act((tx) => addEvidenceAfter(tx, told.tove, id, late));
		const page = await decisions.page(db.sql, told.tove, id);
		expect(page.added).toMatchObject([{ title: 'Ny undersøgelse', addedByName: 'Tove Holm' }]);
		expect(page.hash).toBe(hash);
		expect(await verify(page.record, page.hash)).toBe(true);
		const roles = await db.sql`
			select role from decision_evidence r join evidence e on e.id = r.evidence_id
			where e.title = 'Ny undersøgelse'`;
		expect(roles).toEqual([{ role: 'supports' }]);
	});

	it('evidence that came late has its file and what its kind tells, and the file is read where the case is', async () => {
		const id = await decided(told);
		const late = { title: '', note: '', link: null, stance: 'supports' as const };
		const bytes = new TextEncoder().encode('Seks møder om morgenen.');
		await told.act((tx) =>
			addEvidenceAfter(tx, told.tove, id, {
				...late,
				kind: 'practice',
				sender: 'Skolelederforeningen',
				told: { role: 'Skoleleder', happened: 'Fraværet faldt', alike: 'hører ikke til' },
				file: { name: 'morgenmøder.txt', bytes }
			})
		);
		const [item] = (await decisions.page(db.sql, told.jonas, id)).added;
		expect(item).toMatchObject({
			title: 'morgenmøder.txt',
			sender: 'Skolelederforeningen',
			told: { role: 'Skoleleder', happened: 'Fraværet faldt' },
			file: { name: 'morgenmøder.txt', size: bytes.length }
		});
		expect(item!.told).not.toHaveProperty('alike');
		const file = await files.read(db.sql, told.jonas, told.caseId, item!.id);
		expect([...file.bytes]).toEqual([...bytes]);
		expect(await refusal(files.read(db.sql, told.nina, told.caseId, item!.id))).toBe(
			'base.not_found'
		);
		const before = await written(db.sql);
		const script = { name: 'x.html', bytes: new TextEncoder().encode('<script>') };
		const attempt = told.act((tx) =>
			addEvidenceAfter(tx, told.tove, id, { ...late, kind: 'document', file: script })
		);
		expect(await refusal(attempt)).toBe('case.file_kind');
		expect(await written(db.sql)).toEqual(before);
	});

	it('an observer reads it and adds nothing', async () => {
		const id = await decided(told);
		expect((await decisions.page(db.sql, told.ove, id)).can).toEqual({
			addEvidence: false,
			addAction: false
		});
		const before = await written(db.sql);
		const late = {
			kind: 'document' as const,
			title: 'Nej',
			note: '',
			link: null,
			stance: 'neutral' as const
		};
		expect(await refusal(told.act((tx) => addEvidenceAfter(tx, told.ove, id, late)))).toBe(
			'base.not_allowed'
		);
		expect(await written(db.sql)).toEqual(before);
	});

	it('is closed to a person shut out of its case, and not found by an outsider', async () => {
		const id = await decided(told);
		await told.act((tx) => objects.exclude(tx, told.maja, told.caseId, told.tove.id, 'inhabil'));
		expect(await refusal(decisions.page(db.sql, told.tove, id))).toBe('base.not_allowed');
		expect(await refusal(decisions.recordOf(db.sql, told.tove, id))).toBe('base.not_allowed');
		expect(await refusal(decisions.page(db.sql, told.nina, id))).toBe('base.not_found');
		expect(await board(db.sql, told.nina, told.forumId)).toEqual([]);
	});
});
