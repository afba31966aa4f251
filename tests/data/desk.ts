import { afterAll, beforeAll, beforeEach } from 'vitest';
import * as mappings from '#lib/data/mappings.server.ts';
import type { Person } from '#lib/people/person.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { utf8 } from './bytes.ts';
import { furnish, type Place } from './place.ts';

/** What tests of what persons say of figures begin with: a dataset, and two files between which a name changed. */

let database: TestDatabase;
export let place: Place;

export function onTheDesk(): void {
	beforeAll(async () => {
		database = await freshDatabase();
	});
	afterAll(() => database.drop());
	beforeEach(async () => {
		await database.drop();
		database = await freshDatabase();
		place = await furnish(database.sql);
	});
}

export const db = () => database.sql;
export const csv = (...rows: string[]) =>
	utf8(`Område;År;Børn;Anbragte;Areal (ha)\n${rows.join('\n')}\n`);
export const FIRST = [
	'Nord;2017;200;20;11,5',
	'Nord;2018;210;21;11,5',
	'Syd;2017;90;9;8',
	'Syd;2018;80;12;8'
];
const SECOND = [
	'Havnen;2017;200;22;11,5',
	'Havnen;2018;210;21;11,5',
	'Syd;2017;90;9;8',
	'Syd;2018;80;12;8'
];
export const both = async () => {
	const one = await place.store(csv(...FIRST));
	const two = await place.store(csv(...SECOND), { asOf: '2019-08-01' });
	return [one, two] as const;
};
export const NORD = {
	dimension: 'omraade',
	old: 'Nord',
	new: 'Havnen',
	reason: 'Kvarteret fik nyt navn'
};
export const map = (input = NORD, who: Person = place.else_) =>
	place.write((tx) => mappings.map(tx, who, place.datasetId, input));
