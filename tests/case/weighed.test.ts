import { describe, expect, test } from 'vitest';
import * as evidence from '#lib/case/evidence.server.ts';
import * as options from '#lib/case/options.server.ts';
import { caseId, code, everything, make, onTheDesk, people, read, run } from './desk.ts';

onTheDesk();

describe('options', () => {
	test('two who change the same option: the first stands, the second is told and nothing of theirs is written', async () => {
		const id = await run((tx) => options.add(tx, people.jonas, caseId, { title: 'Otte områder' }));
		const seen = (await read(people.tove)).options.find((option) => option.id === id)!;
		const fields = { title: 'Otte områder', horizon: 'per år', funding: '', likelihood: null };
		const results = await Promise.allSettled([
			run((tx) =>
				options.edit(tx, people.jonas, caseId, id, seen.rowVersion, { ...fields, amount: 6e6 })
			),
			run((tx) =>
				options.edit(tx, people.tove, caseId, id, seen.rowVersion, { ...fields, amount: 7e6 })
			)
		]);
		const refused = results.filter((result) => result.status === 'rejected');
		expect(refused).toHaveLength(1);
		expect(refused[0]!.reason).toMatchObject({ code: 'case.option_changed', status: 409 });
		const now = (await read(people.tove)).options.find((option) => option.id === id)!;
		expect(now.rowVersion).toBe(seen.rowVersion + 1);
		expect(now.amount).toBe(results[0]!.status === 'fulfilled' ? 6e6 : 7e6);
	});
	test('two who add at once both do, in different places', async () => {
		await Promise.all(
			['Fem', 'Otte', 'Ti'].map((title) =>
				run((tx) => options.add(tx, people.tove, caseId, { title }))
			)
		);
		const page = await read(people.jonas);
		expect(new Set(page.options.map((option) => option.position)).size).toBe(4);
		expect(page.options[0]!.statusQuo).toBe(true);
		for (const option of page.options) expect(page.content).toHaveProperty(`option:${option.id}`);
	});
	test('the status quo is changed and recommended, never withdrawn or moved', async () => {
		const now = (await read(people.jonas)).options[0]!;
		await run((tx) => options.recommend(tx, people.jonas, caseId, now.id));
		const before = await everything();
		expect(await code(run((tx) => options.withdraw(tx, people.jonas, caseId, now.id)))).toBe(
			'case.status_quo_stays'
		);
		expect(await code(run((tx) => options.move(tx, people.jonas, caseId, now.id, 1)))).toBe(
			'case.status_quo_first'
		);
		expect(await everything()).toEqual(before);
	});
	test('one at most is recommended; a withdrawn one is not, and can come back', async () => {
		const [five, eight] = [
			await run((tx) => options.add(tx, people.jonas, caseId, { title: 'Fem' })),
			await run((tx) => options.add(tx, people.jonas, caseId, { title: 'Otte' }))
		];
		await run((tx) => options.recommend(tx, people.jonas, caseId, five));
		await run((tx) => options.recommend(tx, people.tove, caseId, eight));
		const recommended = async () =>
			(await read(people.jonas)).options.filter((o) => o.recommended).map((o) => o.id);
		expect(await recommended()).toEqual([eight]);
		await run((tx) => options.withdraw(tx, people.jonas, caseId, eight));
		expect(await recommended()).toEqual([]);
		expect((await read(people.jonas)).withdrawn.map((option) => option.id)).toEqual([eight]);
		await run((tx) => options.restore(tx, people.jonas, caseId, eight));
		expect((await read(people.jonas)).options.map((o) => o.title)).toContain('Otte');
	});
	test('move one step at a time, and stay where they are at the ends', async () => {
		for (const title of ['Fem', 'Otte'])
			await run((tx) => options.add(tx, people.jonas, caseId, { title }));
		const titles = async () => (await read(people.jonas)).options.slice(1).map((o) => o.title);
		const eight = (await read(people.jonas)).options[2]!;
		await run((tx) => options.move(tx, people.jonas, caseId, eight.id, -1));
		expect(await titles()).toEqual(['Otte', 'Fem']);
		await run((tx) => options.move(tx, people.jonas, caseId, eight.id, -1));
		expect(await titles()).toEqual(['Otte', 'Fem']);
	});
	test('an option of another case is not found', async () => {
		const other = (await read(people.jonas, await make())).options[0]!;
		expect(await code(run((tx) => options.recommend(tx, people.jonas, caseId, other.id)))).toBe(
			'base.not_found'
		);
	});
});

describe('evidence', () => {
	test('is set aside and taken up again, never gone', async () => {
		const id = await run((tx) =>
			evidence.add(tx, people.tove, caseId, { kind: 'practice', title: 'Skolelederne', note: '' })
		);
		await run((tx) => evidence.park(tx, people.jonas, caseId, id));
		let page = await read(people.jonas);
		expect(page.evidence).toMatchObject([{ id, parkedByName: people.jonas.name }]);
		expect(page.meter.find(({ source }) => source === 'experience')!.count).toBe(0);
		await run((tx) => evidence.unpark(tx, people.jonas, caseId, id));
		page = await read(people.jonas);
		expect(page.evidence[0]!.parkedAt).toBeNull();
	});
	test('a DOI becomes a link; what is not the web’s is refused', async () => {
		const add = (link: string) =>
			run((tx) =>
				evidence.add(tx, people.tove, caseId, { kind: 'research', title: 'Studie', link })
			);
		await add('10.1000/182');
		expect((await read(people.jonas)).evidence[0]!.link).toBe('https://doi.org/10.1000/182');
		for (const link of ['javascript:alert(1)', 'data:text/html,x', 'ingen adresse'])
			expect(await code(add(link))).toBe('case.link_unreadable');
	});
	test('a figure nobody published is not evidence', async () => {
		expect(
			await code(
				run((tx) =>
					evidence.add(tx, people.tove, caseId, {
						kind: 'figure',
						title: 'Fravær',
						figureId: '00000000-0000-4000-8000-000000000000'
					})
				)
			)
		).toBe('case.figure_not_found');
	});
});
