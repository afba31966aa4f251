import * as budget from '../../case/budget.server.ts';
import * as consequences from '../../case/consequences.server.ts';
import * as evidence from '../../case/evidence.server.ts';
import * as options from '../../case/options.server.ts';
import { budgets, budgetYear, frames } from './budgets.ts';
import type { Stage } from './fill.server.ts';
import { makeCase } from './matter.server.ts';
import { write } from './typing.server.ts';
import { optionSection } from '../../document/keys.ts';

type Proposal = (typeof budgets)[number];

/** Next year's budget (C11): frames the secretary has set, and what three centres propose. */
export async function fillBudget(stage: Stage, figureId: string): Promise<void> {
	const { act, people, departments, forumId } = stage;
	const year = budgetYear();
	await act(async (tx) => {
		for (const [home, amount] of frames)
			await budget.setFrame(tx, people.sigrid, forumId, {
				departmentId: departments[home],
				year,
				amount
			});
	});
	for (const proposal of budgets) await propose(stage, proposal, year, figureId);
}

async function propose(stage: Stage, proposal: Proposal, year: number, figureId: string) {
	const { act, people, departments } = stage;
	const author = people[proposal.by];
	const { title, question, recommendation, statusQuo } = proposal;
	const text = { title, question, recommendation: [...recommendation], statusQuo: [...statusQuo] };
	const caseId = await makeCase(
		stage,
		author,
		{ ...text, options: [], evidence: [] },
		{ kind: 'budget' }
	);
	await act(async (tx) => {
		const { way, amount, lasting, whyNot } = proposal;
		await budget.propose(tx, author, caseId, {
			departmentId: departments[proposal.department],
			way,
			amount,
			year,
			lasting,
			whyNot
		});
		if (proposal.figure)
			await evidence.add(tx, author, caseId, { kind: 'figure', title: '', figureId });
		if (!proposal.option) return;
		const optionId = await options.add(tx, author, caseId, { title: proposal.option.title });
		await write(tx, author, caseId, { [optionSection(optionId)]: [...proposal.option.prose] });
		for (const { department, ...line } of proposal.lines)
			await consequences.say(tx, author, caseId, optionId, {
				about: line.about,
				what: line.what,
				effect: line.effect,
				likelihood: line.likelihood,
				departmentId: departments[department],
				amount: line.amount,
				yearly: !('once' in line),
				from: year
			});
		await options.recommend(tx, author, caseId, optionId);
	});
}
