import { refuse } from '../base/errors.ts';
import { record } from '../base/events.server.ts';
import type { Tx } from '../base/sql.server.ts';
import type { Facts, Standing, Verb } from '../forum/access.ts';
import { judge, setPhase } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { after, type Move, type Step } from './steps.ts';

/**
 * Holds a brief still until the transaction ends, and judges. Publishing holds it too, so nothing slips
 * into a brief while it is being published.
 */
export async function hold(
	tx: Tx,
	person: Person,
	verb: Verb & ('write' | 'publish' | 'read' | 'annotate'),
	id: string
): Promise<{ standing: Standing; facts: Facts }> {
	const known = await judge(tx, person, 'know', id);
	if (known.facts.kind !== 'brief') refuse('base.not_found', { status: 404 });
	const [row] = await tx<{ phase: string }[]>`
		select phase from objects where id = ${id} for no key update`;
	// Published while the form stood open: the author is told so, others that it is not theirs.
	const writes = verb === 'write' || verb === 'publish';
	if (writes && row?.phase === 'published' && known.standing.author)
		refuse('brief.published', { status: 409 });
	return await judge(tx, person, verb, id);
}

/**
 * Takes a brief one step along. `seen`: the step it was at when the one who moves it looked; when another has
 * moved it since, they are told and nothing is done.
 */
export async function step(
	tx: Tx,
	person: Person,
	id: string,
	move: Move,
	seen?: Step
): Promise<Facts> {
	const { facts } = await hold(tx, person, 'publish', id);
	const from = facts.phase as Step;
	const to = after(from, move);
	if (to === null || (seen !== undefined && seen !== from)) refuse('brief.moved', { status: 409 });
	if (to !== from) await setPhase(tx, id, to);
	return facts;
}

/** Writes down what was done to a brief. */
export const tell = (
	tx: Tx,
	person: Person,
	{ id, forumId }: Pick<Facts, 'id' | 'forumId'>,
	verb: string,
	detail: Record<string, unknown> = {}
) => record(tx, { person: person.id, verb, kind: 'brief', object: id, forum: forumId, detail });
