import { today } from '../base/clock.ts';
import type { Db, Tx } from '../base/sql.server.ts';
import { handOver as handOverAction } from '../decision/actions.server.ts';
import { handOver as handOverDataset, setSecond } from '../data/owner.server.ts';
import { handOver as handOverPull } from '../data/pulls.server.ts';
import { handOver as handOverAccount } from '../forum/accounts.server.ts';
import { mayCreate } from '../forum/access.ts';
import { conducts, membership } from '../forum/forums.server.ts';
import { hasLeft } from '../forum/leaving.server.ts';
import type { Left, LeftKind } from '../forum/leaving.ts';
import { reach } from '../forum/objects.server.ts';
import { handOver as handOverGoal } from '../goal/goals.server.ts';
import type { Person } from '../people/person.ts';

/**
 * What those who left had in hand, over all chapters: datasets and what is fetched or sent to them, goals that
 * run, actions not done (D13). Service accounts are for those who may hand them over or make one.
 */
export async function leftBehind(db: Db, person: Person, forumId: string): Promise<Left[]> {
	const gone = (column: ReturnType<Db>) => hasLeft(db, column, db`o.forum_id`);
	const forum = await membership(db, person, forumId);
	const accounts = mayCreate(forum.role, 'dataset', forum.chair) || conducts(forum);
	const seen = db`o.forum_id = ${forumId} and ${reach(db, person, 'read')}`;
	return await db<Left[]>`
		select * from (
			select 'dataset' kind, d.id, o.id "objectId", d.title, p.id "ownerId", p.name "ownerName",
				case when ${gone(db`d.second_id`)} then null else d.second_id end "nextId", d.next_update due
			from datasets d join objects o on o.id = d.id join persons p on p.id = d.owner_id
			where ${seen} and ${gone(db`d.owner_id`)}
			union all
			select 'second', d.id, o.id, d.title, p.id, p.name, null, null
			from datasets d join objects o on o.id = d.id join persons p on p.id = d.second_id
			where ${seen} and ${gone(db`d.second_id`)}
			union all
			select 'pull', u.dataset_id, o.id, d.title, p.id, p.name,
				case when ${gone(db`d.owner_id`)} then null else d.owner_id end, d.next_update
			from pulls u join datasets d on d.id = u.dataset_id join objects o on o.id = d.id
			join persons p on p.id = u.set_by
			where ${seen} and ${gone(db`u.set_by`)}
			union all
			select 'account', a.id, a.forum_id, s.name, p.id, p.name, null, a.expires_on
			from service_accounts a join persons s on s.id = a.id join persons p on p.id = a.responsible_id
			where a.forum_id = ${forumId} and ${accounts} and a.revoked_at is null
				and a.expires_on >= ${today()} and ${hasLeft(db, db`a.responsible_id`, db`a.forum_id`)}
			union all
			select 'goal', g.id, o.id, g.title, p.id, p.name, null, g.target_date
			from goals g join objects o on o.id = g.id join persons p on p.id = g.owner_id
			where ${seen} and o.phase = 'running' and ${gone(db`g.owner_id`)}
			union all
			select 'action', a.id, o.id, a.title, p.id, p.name, null, a.due
			from actions a join objects o on o.id = a.decision_id join persons p on p.id = a.owner_id
			where ${seen} and a.done_at is null and ${gone(db`a.owner_id`)}
		) left_behind
		order by due nulls last, title collate "da-x-icu", kind`;
}

/** Gives one of them to someone who is here. Each chapter judges and records its own. */
export async function handOver(
	tx: Tx,
	person: Person,
	{ kind, id, objectId, to }: { kind: LeftKind; id: string; objectId: string; to: string }
): Promise<void> {
	if (kind === 'dataset') await handOverDataset(tx, person, id, to);
	else if (kind === 'second') await setSecond(tx, person, id, to);
	else if (kind === 'pull') await handOverPull(tx, person, id, to);
	else if (kind === 'account') await handOverAccount(tx, person, objectId, id, to);
	else if (kind === 'goal') await handOverGoal(tx, person, id, to);
	else await handOverAction(tx, person, objectId, id, to);
}
