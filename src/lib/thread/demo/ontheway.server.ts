import * as annotations from '../../annotation/annotations.server.ts';
import * as approvals from '../../case/approvals.server.ts';
import * as backlogs from '../../case/backlog.server.ts';
import * as cases from '../../case/cases.server.ts';
import * as urgency from '../../case/urgency.server.ts';
import * as agenda from '../../meeting/agenda.server.ts';
import { circulate } from '../../meeting/circulate.server.ts';
import * as written from '../../meeting/written.server.ts';
import { date, workdaysFromNow } from './dates.ts';
import type { Stage } from './fill.server.ts';
import { makeCase } from './matter.server.ts';
import { answered, backlog, buses, mould, sentBack, youth } from './matters.ts';
import { passage } from './typing.server.ts';

/** Cases on their way through what the charter asks for (C7), and what the forum might take up (C8). */

/** Handed in for approval, and sent back with two comments on its passages. */
export async function fillYouth(stage: Stage): Promise<void> {
	const { lars, per } = stage.people;
	const caseId = await makeCase(stage, lars, youth);
	await stage.act(async (tx) => {
		await approvals.ask(tx, lars, caseId);
		const notes: string[] = [];
		for (const { kind, body, section, quote } of sentBack.notes)
			notes.push(
				await annotations.add(tx, per, caseId, {
					kind,
					body,
					shared: false,
					on: { anchor: await passage(tx, caseId, section, quote) }
				})
			);
		await approvals.sendBack(tx, per, caseId, { comment: sentBack.comment, notes });
	});
}

/** Approved, and answered in writing by some; the chair waits for the rest. */
export async function fillBuses(stage: Stage): Promise<void> {
	const { bo, per, maja } = stage.people;
	const caseId = await makeCase(stage, bo, buses);
	await stage.act(async (tx) => {
		await approvals.ask(tx, bo, caseId);
		await approvals.approve(tx, per, caseId);
		await written.ask(tx, maja, caseId, date(workdaysFromNow(4)));
		for (const [who, answer, words] of answered)
			await written.answer(tx, stage.people[who], caseId, { answer, words });
	});
}

/** Urgent, and put on the agenda after it was sent out. */
export async function fillMould(stage: Stage, meetingId: string): Promise<void> {
	const { karen, sigrid } = stage.people;
	const { urgent, ...text } = mould;
	const caseId = await makeCase(stage, karen, text);
	await stage.act(async (tx) => {
		await urgency.mark(tx, karen, caseId, urgent);
		await cases.setState(tx, karen, caseId, 'ready');
		await agenda.add(tx, sigrid, meetingId, { caseId, minutes: 15 });
		await circulate(tx, sigrid, meetingId);
	});
}

/** Three proposals of three centres; the secretary has put the last but one first. */
export async function fillBacklog({ act, people, departments, forumId }: Stage): Promise<void> {
	await act(async (tx) => {
		const made: string[] = [];
		for (const { by, title, why, departments: touched } of backlog)
			made.push(
				await backlogs.propose(tx, people[by], forumId, {
					title,
					why,
					departments: touched.map((key) => departments[key])
				})
			);
		await backlogs.move(tx, people.sigrid, made[1]!, -1);
	});
}
