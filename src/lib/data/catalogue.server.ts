import { today } from '../base/clock.ts';
import type { Db } from '../base/sql.server.ts';
import { reach } from '../forum/objects.server.ts';
import type { Person } from '../people/person.ts';
import { wordsIn, type Looking } from './catalogue.ts';
import type { Grade } from './citation.ts';

/**
 * The catalogue (D7): a forum's datasets and their indicators. Every word must be found: by its Danish stem,
 * by the beginning of one, or inside a word put together, as `fravær` is in `skolefravær`.
 */

export type DatasetFound = {
	id: string;
	title: string;
	ownerName: string;
	departmentName: string;
	grade: Grade | null;
	synthetic: boolean;
	nextUpdate: string | null;
	stale: boolean;
	version: { id: string; number: number; asOf: string } | null;
	/** The first four, by name. */
	measures: string[];
	measureCount: number;
};

export type IndicatorFound = {
	datasetId: string;
	measure: string;
	label: string;
	unit: string;
	why: string | null;
	datasetTitle: string;
	ownerName: string;
	grade: Grade | null;
	asOf: string;
	nextUpdate: string | null;
	stale: boolean;
};

/** At most so many indicators are shown; more words find fewer. */
export const SHOWN = 60;

export async function find(
	db: Db,
	person: Person,
	forumId: string,
	looking: Looking
): Promise<{ datasets: DatasetFound[]; indicators: IndicatorFound[]; more: boolean }> {
	const words = wordsIn(looking.q);
	const hits = hitsOf(db, person, forumId, looking, words);
	const [datasets, indicators] = await Promise.all([
		looking.sort === 'indicator' ? [] : datasetsFound(db, hits),
		looking.sort === 'dataset' || (words.length === 0 && looking.sort === null)
			? []
			: indicatorsFound(db, hits, words.length > 0)
	]);
	return { datasets, indicators: indicators.slice(0, SHOWN), more: indicators.length > SHOWN };
}

async function datasetsFound(db: Db, hits: Part): Promise<DatasetFound[]> {
	const rows = await db<
		(Omit<DatasetFound, 'stale' | 'version'> & {
			versionId: string | null;
			number: number;
			asOf: string;
		})[]
	>`
		with ${hits}
		select h.id, h.title, h."ownerName", h."departmentName", h.grade, h.synthetic, h."nextUpdate",
			v.id "versionId", v.number, v.as_of "asOf",
			array(select label from indicators where dataset_id = h.id and last_number = v.number
				order by label limit 4) measures,
			(select count(*)::int from indicators where dataset_id = h.id and last_number = v.number) "measureCount"
		from held h cross join asked a
		left join versions v on v.id = h.version_id
		left join dataset_hit d on d.id = h.id
		left join (select id, bit_or(bits) bits from indicator_hit group by id) i on i.id = h.id
		where coalesce(d.bits, 0) | coalesce(i.bits, 0) | a.idle = a.every
		order by ts_rank(h.search, a.any_word) desc, h.title collate "da-x-icu"`;
	return rows.map(({ versionId, number, asOf, ...row }) => ({
		...row,
		stale: isStale(row.nextUpdate),
		version: versionId ? { id: versionId, number, asOf } : null
	}));
}

/** Indicators of which at least one word is their own, and not only their dataset's; all when there are no words. */
async function indicatorsFound(db: Db, hits: Part, asked: boolean): Promise<IndicatorFound[]> {
	const own = asked
		? db`join indicator_hit x on x.id = i.dataset_id and x.measure = i.measure
			left join dataset_hit d on d.id = i.dataset_id
			where coalesce(d.bits, 0) | x.bits | a.idle = a.every and`
		: db`where`;
	const rows = await db<Omit<IndicatorFound, 'stale'>[]>`
		with ${hits}
		select i.dataset_id "datasetId", i.measure, i.label, i.unit, i.why, h.title "datasetTitle",
			h."ownerName", h.grade, v.as_of "asOf", h."nextUpdate"
		from indicators i join held h on h.id = i.dataset_id join versions v on v.id = h.version_id
		cross join asked a ${own} v.number = i.last_number
		order by ts_rank(i.search, a.any_word) desc, i.label, h.title limit ${SHOWN + 1}`;
	return rows.map((row) => ({ ...row, stale: isStale(row.nextUpdate) }));
}

const isStale = (nextUpdate: string | null) => nextUpdate !== null && nextUpdate < today();

type Part = ReturnType<typeof filtered>;

/**
 * held: what one may read and has not narrowed out. dataset_hit, indicator_hit: which of the words each holds, as
 * bits. asked: all words as bits, and those that carry nothing (og, i), which need not be found. Each query of a
 * word is made once, each row looked at once for a word: with a thousand indicators that is what counts.
 */
function hitsOf(db: Db, person: Person, forumId: string, looking: Looking, words: string[]): Part {
	return db`
		word as materialized (
			select 1 << (n - 1)::int bit, to_tsquery('danish', stem) query, inside
			from unnest(${words.map(stemOf)}::text[], ${words.map(insideOf)}::text[])
				with ordinality w (stem, inside, n)
		), asked as materialized (
			select coalesce(bit_or(bit), 0) every, coalesce(bit_or(bit) filter (where numnode(query) = 0), 0) idle,
				to_tsquery('danish', ${words.map(stemOf).join('|')}) any_word
			from word
		), held as materialized (
			select d.id, d.title, p.name "ownerName", coalesce(dep.name, '') "departmentName", d.grade, d.synthetic,
				d.next_update "nextUpdate", c.version_id, d.search, c.search covers,
				concat_ws(' ', d.plain, lower(p.name), lower(dep.name)) plain
			from objects o
			join datasets d on d.id = o.id
			join persons p on p.id = d.owner_id
			left join departments dep on dep.id = o.department_id
			left join coverage c on c.dataset_id = d.id
			where o.forum_id = ${forumId} and o.kind = 'dataset' and ${reach(db, person, 'read')}
				${filtered(db, looking)}
		), dataset_hit as materialized (
			select h.id, bit_or(w.bit) bits from held h join word w
				on h.search @@ w.query or h.covers @@ w.query or h.plain like w.inside
			group by h.id
		), indicator_hit as materialized (
			select i.dataset_id id, i.measure, bit_or(w.bit) bits
			from indicators i join held h on h.id = i.dataset_id join word w
				on i.plain like w.inside or i.search @@ w.query
			group by i.dataset_id, i.measure
		)`;
}

const stemOf = (word: string) => `'${word}':*`;
const insideOf = (word: string) => `%${word.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;

function filtered(db: Db, { department, owner, grade, fresh, area, year }: Looking) {
	const asked = [
		department && db`and o.department_id = ${department}`,
		owner && db`and (d.owner_id = ${owner} or d.second_id = ${owner})`,
		grade && (grade === 'none' ? db`and d.grade is null` : db`and d.grade = ${grade}`),
		fresh === 'stale' && db`and d.next_update < ${today()}`,
		fresh === 'fresh' && db`and d.next_update >= ${today()}`,
		fresh === 'none' && db`and d.next_update is null`,
		area && db`and c.areas ilike ${insideOf(area)}`,
		year && db`and ${year} between c.first_year and c.last_year`
	].filter((part) => typeof part === 'object' && part !== null);
	return asked.reduce((all, one) => db`${all} ${one}`, db``);
}

export type Choices = Record<'departments' | 'owners', { id: string; name: string }[]>;

/** What one can narrow it down by: the departments and owners that keep something one may read. */
export async function choices(db: Db, person: Person, forumId: string): Promise<Choices> {
	const rows = await db<{ kind: keyof Choices; id: string; name: string }[]>`
		with kept as (
			select o.department_id, d.owner_id, d.second_id from datasets d join objects o on o.id = d.id
			where o.forum_id = ${forumId} and ${reach(db, person, 'read')}
		)
		select 'departments' kind, id, name from departments where id in (select department_id from kept)
		union all
		select 'owners', id, name from persons
		where id in (select owner_id from kept union select second_id from kept)
		order by kind, name`;
	const of = (wanted: keyof Choices) =>
		rows.filter(({ kind }) => kind === wanted).map(({ id, name }) => ({ id, name }));
	return { departments: of('departments'), owners: of('owners') };
}
