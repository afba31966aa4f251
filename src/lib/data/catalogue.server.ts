import { today } from '../base/clock.ts';
import type { Db } from '../base/sql.server.ts';
import { hasLeft } from '../forum/leaving.server.ts';
import { keptOrLent } from '../forum/lendings.server.ts';
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
	/** Gone from the forum: somebody must take it over (D13). */
	ownerLeft: boolean;
	departmentName: string;
	/** The forum that keeps it, where it is another that lends it here. */
	lentBy: string | null;
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
	const asked = {
		datasets: looking.sort !== 'indicator',
		indicators:
			looking.sort !== 'dataset' && (words.length > 0 || looking.sort !== null) && SHOWN + 1
	};
	const [found] = await db<{ datasets: DatasetRow[]; indicators: Unaged<IndicatorFound>[] }[]>`
		with ${hitsOf(db, person, forumId, looking, words)}, found_datasets as (
			select h.id, h.title, h."ownerName", h."ownerLeft", h."departmentName", h."lentBy", h.grade, h.synthetic, h."nextUpdate",
				h.version_id "versionId", h.number, h."asOf",
				coalesce(i.measures[1:4], '{}') measures, coalesce(i.count, 0) "measureCount",
				row_number() over (order by ts_rank(h.search, a.any_word) desc, h.title collate "da-x-icu") nth
			from held h cross join asked a left join (
				select id, bit_or(bits) bits, array_agg(label order by label) filter (where listed) measures,
					count(*) filter (where listed)::int count
				from hit group by id
			) i on i.id = h.id
			where ${asked.datasets} and h.bits | coalesce(i.bits, 0) | a.idle = a.every
		), found_indicators as (
			-- Of which at least one word is their own, and not only their dataset's; all when there are no words.
			select i.id "datasetId", i.measure, i.label, i.unit, i.why, h.title "datasetTitle",
				h."ownerName", h.grade, h."asOf", h."nextUpdate", ts_rank(i.search, a.any_word) rank
			from hit i join held h on h.id = i.id cross join asked a
			where ${asked.indicators !== false} and i.listed
				and (a.every = 0 or (i.bits <> 0 and h.bits | i.bits | a.idle = a.every))
			order by rank desc, i.label, h.title limit ${asked.indicators || 0}
		)
		select (select coalesce(json_agg(d order by nth), '[]') from found_datasets d) datasets,
			(select coalesce(json_agg(i order by rank desc, label, "datasetTitle"), '[]')
				from found_indicators i) indicators`;
	const { datasets, indicators } = found!;
	return {
		datasets: datasets.map(({ nth: _, versionId, number, asOf, ...row }) => ({
			...row,
			stale: isStale(row.nextUpdate),
			version: versionId ? { id: versionId, number, asOf } : null
		})),
		indicators: indicators
			.slice(0, SHOWN)
			.map(({ rank: _, ...row }) => ({ ...row, stale: isStale(row.nextUpdate) })),
		more: indicators.length > SHOWN
	};
}

type DatasetRow = Omit<DatasetFound, 'stale' | 'version'> & {
	nth: number;
	versionId: string | null;
	number: number;
	asOf: string;
};
type Unaged<Found> = Omit<Found, 'stale'> & { rank: number };

const isStale = (nextUpdate: string | null) => nextUpdate !== null && nextUpdate < today();

type Part = ReturnType<typeof filtered>;

/**
 * held: datasets one may read and has not narrowed out, with which of the words each holds, as bits. hit: their
 * indicators, with theirs; listed: the newest version has it. asked: all words as bits, and those that carry
 * nothing (og, i), which need not be found. Each query of a word is made once, each row looked at once: with a
 * thousand indicators that is what counts.
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
			select d.id, d.title, p.name "ownerName", ${hasLeft(db, db`d.owner_id`, db`o.forum_id`)} "ownerLeft", coalesce(dep.name, '') "departmentName",
				case when o.forum_id <> ${forumId} then (select name from forums where id = o.forum_id) end "lentBy", d.grade, d.synthetic,
				d.next_update "nextUpdate", c.version_id, v.number, v.as_of "asOf", d.search,
				(select coalesce(bit_or(w.bit), 0) from word w
					where d.search @@ w.query or c.search @@ w.query
						or concat_ws(' ', d.plain, lower(p.name), lower(dep.name)) like w.inside) bits
			from objects o
			join datasets d on d.id = o.id
			join persons p on p.id = d.owner_id
			left join departments dep on dep.id = o.department_id
			left join coverage c on c.dataset_id = d.id
			left join versions v on v.id = c.version_id
			where ${keptOrLent(db, forumId)} and o.kind = 'dataset' and ${reach(db, person, 'read')}
				${filtered(db, looking)}
		), hit as materialized (
			select i.dataset_id id, i.measure, i.label, i.unit, i.why, i.search, i.last_number = h.number listed,
				(select coalesce(bit_or(w.bit), 0) from word w
					where i.plain like w.inside or i.search @@ w.query) bits
			from indicators i join held h on h.id = i.dataset_id
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
			where ${keptOrLent(db, forumId)} and ${reach(db, person, 'read')}
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
