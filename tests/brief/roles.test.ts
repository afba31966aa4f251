import { describe, expect, test } from 'vitest';
import * as assignments from '#lib/brief/assignments.server.ts';
import * as briefs from '#lib/brief/briefs.server.ts';
import * as leftout from '#lib/brief/leftout.server.ts';
import * as recognitions from '#lib/brief/recognitions.server.ts';
import * as reviews from '#lib/brief/reviews.server.ts';
import { isRefusal } from '#lib/base/errors.ts';
import type { Tx } from '#lib/base/sql.server.ts';
import * as documents from '#lib/document/documents.server.ts';
import type { Person } from '#lib/people/person.ts';
import { NAMES, type Name } from '../support/cast.ts';
import { datasetId, db, onTheDesk, page, who } from './desk.ts';

import { askElse, askJonas, DUE, toves } from './draft.ts';

onTheDesk();

/** As each role, before anyone is asked, and as those who are. */
describe('who may do what to a brief that is not published', () => {
	const outcome = async (person: Person, verb: (tx: Tx, person: Person) => Promise<unknown>) => {
		let said = 'did';
		await who
			.act(async (tx) => {
				await verb(tx, person);
				throw new Error('undone');
			})
			.catch((e: unknown) => {
				if (isRefusal(e)) said = e.code;
				else if (!(e instanceof Error && e.message === 'undone')) throw e;
			});
		return said;
	};
	const wanted: Record<Name, [string, string]> = {
		maja: ['base.not_found', 'base.not_found'],
		jonas: ['base.not_allowed', 'did'],
		tove: ['did', 'base.not_found'],
		else_: ['base.not_allowed', 'base.not_found'],
		sigrid: ['base.not_found', 'base.not_found'],
		ove: ['base.not_found', 'base.not_found'],
		nina: ['base.not_found', 'base.not_found']
	};

	test.each(NAMES)('%s', async (name) => {
		const brief = await toves();
		const { id, sentence } = brief;
		await askJonas(id);
		await askElse(brief);
		const [asked] = (await page(id, who.tove)).recognitions;
		const [write, review] = wanted[name];
		const verbs: [string, (tx: Tx, person: Person) => Promise<unknown>][] = [
			[
				write,
				(tx, p) =>
					assignments.assign(tx, p, id, { section: 'story', personId: who.jonas.id, due: DUE })
			],
			[write, (tx, p) => reviews.ask(tx, p, id, { personIds: [who.sigrid.id] })],
			[write, (tx, p) => reviews.takeBack(tx, p, id)],
			[
				write,
				(tx, p) =>
					recognitions.ask(tx, p, id, {
						asked: [{ datasetId, personId: who.else_.id, on: sentence }]
					})
			],
			[write, (tx, p) => leftout.leaveOut(tx, p, id, { what: 'Noget', why: 'Derfor' })],
			[write, (tx, p) => briefs.publish(tx, p, id)],
			[review, (tx, p) => reviews.answer(tx, p, id, { answer: 'comments', words: '' })],
			[
				name === 'else_' ? 'did' : name === 'jonas' || name === 'tove' ? 'base.not_allowed' : write,
				(tx, p) => recognitions.answer(tx, p, id, asked!.id, { recognised: true, reason: '' })
			]
		];
		const outcomes: string[] = [];
		for (const [, verb] of verbs) outcomes.push(await outcome(who[name], verb));
		expect(outcomes).toEqual(verbs.map(([wanted]) => wanted));
		const document = (await documents.ofObject(db.sql, id))!;
		expect(document.closedAt).toBeNull();
	});
});
