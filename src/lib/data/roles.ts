import { headingIs, namePlaces } from './guess.ts';
import { isMissing, looksNumeric, suppressedBySender } from './numbers.ts';
import { isPeriod } from './periods.ts';
import type { ColumnRole } from './recipe.ts';
import { SIGNS_HEADING } from './write/columns.ts';
import { countsOf, differentRows, type Table } from './table.ts';

/** What a table's columns hold, and what each most likely is. */

export type ColumnFacts = {
	name: string;
	filled: number;
	missing: number;
	numeric: number;
	periods: number;
	/** Of the filled, numbers that begin with a nought: '0101' is a code. */
	coded: number;
	/** Values in order of first appearance; only the first 5,000. */
	distinct: string[];
	integer: boolean;
	longest: number;
};

export function columnFacts(table: Table, index: number): ColumnFacts {
	const distinct = new Set<string>();
	const facts = {
		filled: 0,
		missing: 0,
		numeric: 0,
		periods: 0,
		coded: 0,
		integer: true,
		longest: 0
	};
	const column = table.columns[index]!;
	const counts = countsOf(column);
	for (const [code, text] of column.texts.entries()) {
		const [cell, count] = [text.trim(), counts[code]!];
		if (isMissing(cell)) {
			facts.missing += count;
			continue;
		}
		facts.filled += count;
		facts.longest = Math.max(facts.longest, cell.length);
		if (distinct.size < 5000) distinct.add(cell);
		const numeric = looksNumeric(cell);
		if (numeric || suppressedBySender(cell)) facts.numeric += count;
		if (facts.integer && numeric && !/^\d+$/.test(cell)) facts.integer = false;
		if (/^0\d+$/.test(cell)) facts.coded += count;
		if (isPeriod(cell)) facts.periods += count;
	}
	return { name: table.header[index]!, ...facts, distinct: [...distinct] };
}

/** Most of what is filled reads as numbers: what does not is then an error, not a reason to call it text. */
export const isNumeric = (column: ColumnFacts) =>
	column.filled > 0 && column.numeric >= column.filled * 0.6 && column.coded < column.filled * 0.05;

export function guessRoles(table: Table, facts: ColumnFacts[]): ColumnRole[] {
	const roles = facts.map((column, index): ColumnRole | null => {
		if (column.name.startsWith(SIGNS_HEADING)) return 'ignore';
		if (column.filled === 0) return isPeriod(column.name) ? null : 'ignore';
		if (isTime(column, index === 0)) return 'time';
		if (isNumeric(column)) return null;
		if (headingIs('unit', column.name)) return 'unit';
		if (headingIs('area', column.name) || namePlaces(column.distinct)) return 'area';
		if (column.longest > 200) return 'ignore';
		return 'category';
	});
	const first = roles.indexOf('time');
	for (const index of roles.keys())
		if (roles[index] === 'time' && index !== first) roles[index] = 'category';
	takeNumericKeys(table, facts, roles);
	const values = indices(roles, null);
	const names = facts.findIndex(
		(column, index) => roles[index] === 'category' && headingIs('name', column.name)
	);
	if (values.length > 0 && names !== -1) roles[names] = 'measure_name';
	const unit = roles.indexOf('unit');
	if (unit !== -1 && names === -1) roles[unit] = 'category';
	assignValues(facts, roles, values, names !== -1);
	return roles.map((role) => role ?? 'measure');
}

function isTime(column: ColumnFacts, first: boolean): boolean {
	const share = column.periods / column.filled;
	if (headingIs('time', column.name)) return share >= 0.8;
	if (!isNumeric(column)) return share >= 0.95;
	if (share < 1 || !column.integer) return false;
	// Numbers that could be years are, where they come again, or follow one another from the first column on.
	return column.distinct.length < column.filled || (first && follows(column.distinct));
}

const follows = (years: string[]) =>
	years.length > 2 && years.every((year, index) => Number(year) === Number(years[0]) + index);

/** Numbers can be codes: 'departments' 3, 4, 5. They are, when rows cannot be told apart without them. */
function takeNumericKeys(table: Table, facts: ColumnFacts[], roles: (ColumnRole | null)[]): void {
	takeCodes(table, facts, roles);
	const keys = roles.flatMap((role, index) =>
		role !== null && role !== 'ignore' && role !== 'unit' ? [index] : []
	);
	if (differentRows(table, keys) >= table.size * 0.7) return;
	const taken: number[] = [];
	for (const index of indices(roles, null).slice(0, -1)) {
		if (!facts[index]!.integer) continue;
		taken.push(index);
		if (differentRows(table, [...keys, ...taken]) < table.size) continue;
		for (const key of taken) roles[key] = headingIs('area', facts[key]!.name) ? 'area' : 'category';
		return;
	}
}

/** 'Kommunekode' is a key, or says nothing new beside 'Kommune'; one number column is always left. */
function takeCodes(table: Table, facts: ColumnFacts[], roles: (ColumnRole | null)[]): void {
	for (const index of indices(roles, null)) {
		if (!headingIs('code', facts[index]!.name) || indices(roles, null).length < 2) continue;
		const codes = facts[index]!.distinct.length;
		const twin = facts.some(
			(other, at) =>
				(roles[at] === 'category' || roles[at] === 'area') &&
				other.distinct.length === codes &&
				differentRows(table, [at, index]) === codes
		);
		roles[index] = twin ? 'ignore' : 'category';
	}
}

function assignValues(
	facts: ColumnFacts[],
	roles: (ColumnRole | null)[],
	values: number[],
	named: boolean
): void {
	const periods = values.filter((index) => isPeriod(facts[index]!.name));
	if (periods.length > 1 && !roles.includes('time')) {
		for (const index of values) roles[index] = 'ignore'; // a number of the row, not of its periods
		for (const index of periods) roles[index] = 'spread';
		return;
	}
	if (!named) return;
	const value = values.find((index) => headingIs('value', facts[index]!.name)) ?? null;
	if (values.length === 1) roles[values[0]!] = 'value';
	else if (value !== null) roles[value] = 'value';
	else for (const index of values) roles[index] = 'spread';
}

function indices<T>(items: T[], wanted: T): number[] {
	return items.flatMap((item, index) => (item === wanted ? [index] : []));
}
