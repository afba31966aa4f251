import type { Db } from '../base/sql.server.ts';

/** People leave: out of the forum, or out of the organisation. */

type Piece = ReturnType<Db>;

/** A condition: this person is no active member of this forum. Both are columns of the query around it. */
export const hasLeft = (db: Db, person: Piece, forum: Piece) => db`not exists (
	select from members lm join persons lp on lp.id = lm.person_id
	where lp.deactivated_at is null and lm.person_id = ${person} and lm.forum_id = ${forum})`;
