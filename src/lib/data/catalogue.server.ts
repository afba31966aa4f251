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
	measures: string[];
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
	const [datasets, indicators] = await Promise.all([
		looking.sort === 'indicator' ? [] : datasetsFound(db, person, forumId, looking, words),
		looking.sort === 'dataset' || (words.length === 0 && looking.sort === null)
			? []
			: indicatorsFound(db, person, forumId, looking, words)
	]);
	return { datasets, indicators: indicators.slice(0, SHOWN), more: indicators.length > SHOWN };
}

async function datasetsFound(
	db: Db,
	person: Person,
	forumId: string,
	looking: Looking,
	words: string[]
): Promise<DatasetFound[]> {
	const found = words.map(
		(word) => db`and (${inDataset(db, word)} or exists (
			select from indicators i where i.dataset_id = d.id and ${inIndicator(db, word)}))`
	);
	const rows = await db<
		(Omit<DatasetFound, 'stale' | 'version'> & {
			versionId: string | null;
			number: number;
			asOf: string;
		})[]
	>`
		select d.id, d.title, p.name "ownerName", coalesce(dep.name, '') "departmentName", d.grade, d.synthetic,
			d.next_update "nextUpdate", v.id "versionId", v.number, v.as_of "asOf", array(
				select label from indicators where dataset_id = d.id and last_number = v.number
				order by label collate "da-x-icu" limit 50) measures
		from datasets d ${around(db)} left join versions v on v.id = c.version_id
		where o.forum_id = ${forumId} and ${reach(db, person, 'read')} ${filtered(db, looking)}
			${joined(db, found)}
		order by ${ranked(db, db`d.search`, words)} desc, d.title collate "da-x-icu"`;
	return rows.map(({ versionId, number, asOf, ...row }) => ({
		...row,
		stale: isStale(row.nextUpdate),
		version: versionId ? { id: versionId, number, asOf } : null
	}));
}

/** Indicators of which at least one word is their own, and not only their dataset's. */
async function indicatorsFound(
	db: Db,
	person: Person,
	forumId: string,
	looking: Looking,
	words: string[]
): Promise<IndicatorFound[]> {
	const found = words.map((word) => db`and (${inIndicator(db, word)} or ${inDataset(db, word)})`);
	const own = words.map((word) => db`or ${inIndicator(db, word)}`);
	const rows = await db<Omit<IndicatorFound, 'stale'>[]>`
		select i.dataset_id "datasetId", i.measure, i.label, i.unit, i.why, d.title "datasetTitle",
			p.name "ownerName", d.grade, v.as_of "asOf", d.next_update "nextUpdate"
		from indicators i join datasets d on d.id = i.dataset_id ${around(db)}
		join versions v on v.id = c.version_id and v.number = i.last_number
		where o.forum_id = ${forumId} and ${reach(db, person, 'read')} ${filtered(db, looking)}
			${joined(db, found)} ${words.length > 0 ? db`and (false ${joined(db, own)})` : db``}
		order by ${ranked(db, db`i.search`, words)} desc, i.label collate "da-x-icu", d.title
		limit ${SHOWN + 1}`;
	return rows.map((row) => ({ ...row, stale: isStale(row.nextUpdate) }));
}

const isStale = (nextUpdate: string | null) => nextUpdate !== null && nextUpdate < today();

const around = (db: Db) => db`
	join objects o on o.id = d.id
	join persons p on p.id = d.owner_id
	left join departments dep on dep.id = o.department_id
	left join coverage c on c.dataset_id = d.id`;

type Part = ReturnType<typeof around>;

const joined = (db: Db, parts: Part[]): Part =>
	parts.reduce((all, one) => db`${all} ${one}`, db`` as Part);

/** The stem of a word, and whatever begins with it. Words that carry nothing (og, i) have none. */
const stem = (db: Db, word: string) => db`to_tsquery('danish', ${`'${word}':*`})`;
const inside = (word: string) => `%${word.replace(/[\\%_]/g, '\\$&')}%`;

const inDataset = (db: Db, word: string) => db`(
	numnode(${stem(db, word)}) = 0 or d.search @@ ${stem(db, word)} or c.search @@ ${stem(db, word)}
	or concat_ws(' ', d.title, d.definition, p.name, dep.name) ilike ${inside(word)})`;

const inIndicator = (db: Db, word: string) => db`(
	i.search @@ ${stem(db, word)} or i.label ilike ${inside(word)})`;

function ranked(db: Db, search: Part, words: string[]): Part {
	if (words.length === 0) return db`0::real`;
	return db`ts_rank(${search}, to_tsquery('danish', ${words.map((word) => `'${word}':*`).join('|')}))`;
}

function filtered(db: Db, { department, owner, grade, fresh, area, year }: Looking): Part {
	const parts: Part[] = [];
	if (department) parts.push(db`and o.department_id = ${department}`);
	if (owner) parts.push(db`and (d.owner_id = ${owner} or d.second_id = ${owner})`);
	if (grade) parts.push(grade === 'none' ? db`and d.grade is null` : db`and d.grade = ${grade}`);
	if (fresh === 'stale') parts.push(db`and d.next_update < ${today()}`);
	if (fresh === 'fresh') parts.push(db`and d.next_update >= ${today()}`);
	if (fresh === 'none') parts.push(db`and d.next_update is null`);
	if (area) parts.push(db`and c.areas ilike ${inside(area)}`);
	if (year) parts.push(db`and ${year} between c.first_year and c.last_year`);
	return joined(db, parts);
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
