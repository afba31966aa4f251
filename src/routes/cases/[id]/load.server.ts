import { marginOf } from '#lib/annotation/placed.server.ts';
import type { PlacedNote } from '#lib/annotation/note.ts';
import * as figures from '#lib/brief/figures.server.ts';
import * as cases from '#lib/case/cases.server.ts';
import type { CasePage } from '#lib/case/read.server.ts';
import { since } from '#lib/case/since.server.ts';
import { ofCase as decisionOf } from '#lib/decision/read.server.ts';
import { membership } from '#lib/forum/forums.server.ts';
import { openness } from '#lib/forum/openness.server.ts';
import { asideName } from '#lib/case/words.ts';
import { findConflicts } from '#lib/case/conflicts.ts';
import type { Weighed } from '#lib/case/weigh.ts';
import * as goals from '#lib/goal/page.server.ts';
import { running } from '#lib/goal/running.server.ts';
import { statusOf } from '#lib/goal/words.ts';
import { lastOf } from '#lib/meeting/circulate.server.ts';
import * as meetings from '#lib/meeting/meetings.server.ts';
import { figuresOf, material } from '#lib/thread/decide.server.ts';
import * as departments from '#lib/people/departments.server.ts';
import { walk } from '#lib/thread/links.server.ts';
import { procedureOf } from './procedure.server.ts';

/** The case and what other chapters know of it: asked for here, handed on as props. */
export async function everything({ db, person }: App.Locals, id: string) {
	const found = await cases.page(db, person, id);
	const { slug, name } = await membership(db, person, found.forumId);
	const forum = { slug, name };
	if (!found.readable) return { stub: found, forum, title: null };
	const drawn = figures.data(db, figuresOf(found.evidence));
	const [
		charts,
		circulation,
		margin,
		onAgendas,
		decision,
		deciding,
		thread,
		open,
		procedure,
		weighed
	] = await Promise.all([
		drawn,
		sinceCirculation(db, found),
		marginOf(db, person, id, found.document),
		meetings.ofCase(db, id),
		decisionOf(db, id),
		material(db, person, id, {
			options: found.options,
			evidence: found.evidence,
			figures: drawn
		}),
		walk(db, person, id),
		openness(db, person, id, found.owner.id),
		procedureOf(db, person, found),
		weigh(db, person, found)
	]);
	return {
		stub: null,
		title: found.title,
		forum,
		case: found,
		charts,
		walk: thread,
		circulation,
		margin: { ...margin, notes: margin.notes.map((note) => told(note, found)) },
		meeting: onAgendas[0] ?? null,
		decision,
		deciding,
		open,
		procedure,
		weighed,
		goals: decision ? await followUp(db, person, decision.id) : []
	};
}

/** A note on a part the case has set aside says where it stands. */
function told(note: PlacedNote, { aside }: CasePage): PlacedNote {
	const part = aside.parts.find(({ key }) => key === note.anchor?.section);
	return part ? { ...note, aside: asideName(part) } : note;
}

async function sinceCirculation(db: App.Locals['db'], found: CasePage) {
	const sent = await lastOf(db, found.id);
	if (!sent) return null;
	return { at: sent.at, byName: sent.byName, changes: await since(db, found, sent) };
}

/** What was said of the options, held against the goals that run. */
async function weigh(
	db: App.Locals['db'],
	person: App.Locals['person'],
	{ forumId, said, may, options }: CasePage
): Promise<Weighed> {
	const [goals, homes] = await Promise.all([
		running(db, person, forumId),
		may.write ? departments.list(db) : []
	]);
	const standing = new Set(options.map(({ id }) => id));
	const lines = said.lines.filter(({ optionId }) => standing.has(optionId));
	return {
		...said,
		lines,
		goals,
		conflicts: findConflicts(lines, goals),
		departments: homes
	};
}

/** The goals a decision made, with their status in words. */
async function followUp(db: App.Locals['db'], person: App.Locals['person'], decisionId: string) {
	const views = await goals.ofDecision(db, person, decisionId);
	return views
		.filter((goal) => goal.readable)
		.map(({ id, title, status, measured }) => ({
			id,
			title,
			status: statusOf(status, measured !== null)
		}));
}
