import { refuse } from '../base/errors.ts';
import { municipalities } from './municipalities.ts';
import type { Question } from './problem.ts';
import { countsOf, type Table } from './table.ts';

/** Person-level data does not come in (D6). A CPR number stops the import; names and home addresses are asked about. */

/** Stops at the first CPR number, saying where it stands. The number itself goes nowhere. */
export function refuseCpr(table: Table): void {
	const found = findCpr(table);
	if (found) refuse('data.cpr', { status: 422, row: found.row, column: found.column });
}

export function findCpr(table: Table): { row: number; column: string } | null {
	for (const [index, heading] of table.header.entries())
		if (hasCprInText(heading)) return { row: table.headerRow, column: `${index + 1}` };
	for (const [index, heading] of table.header.entries()) {
		const at = firstCpr(table, index, CPR_HEADING.test(heading));
		if (at !== null) return { row: table.numbers[at]!, column: heading };
	}
	return null;
}

const CPR_HEADING = /\bcpr|cpr\b|cpr[-_ ]?n|personnummer|person[-_ ]?nr|civil registration/i;

/** A cheap look before the careful one: most cells of most files end here. */
const LIKELY = /\d{6}[-–‐ ]?\d{4}/;

function firstCpr(table: Table, column: number, named: boolean): number | null {
	let bare = 0;
	let bareValid = 0;
	let checked = 0;
	let firstBare: number | null = null;
	const read = table.columns[column]!;
	let counts: Uint32Array | undefined;
	for (const [code, cell] of read.texts.entries()) {
		if (cell.length < 9) continue;
		const index = read.firsts[code]!;
		// Spreadsheets drop a leading zero, so nine digits under a heading of that name count too.
		if (named && /^\D?\d{5,6}[- ]?\d{4}\D?$/.test(cell.trim())) return index;
		if (/^\s*\d{10}\s*$/.test(cell)) {
			const count = (counts ??= countsOf(read))[code]!;
			bare += count;
			if (!isCpr(cell.trim())) continue;
			bareValid += count;
			if (hasCheckDigit(cell.trim())) checked += count;
			firstBare ??= index;
			continue;
		}
		if (LIKELY.test(cell) && hasCprInText(cell)) return index;
	}
	// Ten bare digits may be an amount. Of a column of amounts one in thirty begins with a valid date,
	// and one in three hundred has the check digit as well.
	const many = bareValid >= bare * 0.5 || (checked > 1 && checked >= bare * 0.1);
	return many ? firstBare : null;
}

/** 'ddmmyy-xxxx' anywhere, or ten bare digits with a valid date inside other text. */
export function hasCprInText(text: string): boolean {
	for (const match of text.matchAll(/(?<![\d.,])(\d{6})[-–‐ ]?(\d{4})(?!\d|[.,]\d)/g))
		if (isCpr(match[1]! + match[2]!)) return true;
	return false;
}

/** Ten digits that begin with a date of birth. Day + 60 is a replacement number; no number ends 0000. */
export function isCpr(digits: string): boolean {
	if (!/^\d{10}$/.test(digits) || digits.endsWith('0000')) return false;
	const day = Number(digits.slice(0, 2));
	const month = Number(digits.slice(2, 4));
	const born = day > 60 ? day - 60 : day;
	if (month < 1 || month > 12 || born < 1) return false;
	const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
	return born <= days;
}

/** The check digit of numbers given before October 2007; later ones need not have it. */
export function hasCheckDigit(digits: string): boolean {
	const weights = [4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
	return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11 === 0;
}

/** Columns that look like persons' names or homes. Areas, streets and schools are fine. */
export function questionsAbout(table: Table): Question[] {
	const questions: Question[] = [];
	for (const [index, column] of table.header.entries()) {
		const values = sample(table, index);
		const text = values.filter((value) => /\p{L}/u.test(value));
		if (text.length === 0 || text.length < values.length / 2) continue;
		const share = (test: (value: string) => boolean) => text.filter(test).length / text.length;
		const addressed = ADDRESS_HEADING.test(column) && !PLACE_HEADING.test(column);
		if (addressed || share(looksLikeHome) >= 0.3) questions.push({ column, kind: 'addresses' });
		else if (namesIn(column, share)) questions.push({ column, kind: 'names' });
	}
	return questions;
}

/** By the heading, unless it is a place's or places stand under it; else by what stands there. */
function namesIn(column: string, share: (test: (value: string) => boolean) => number): boolean {
	if (share(looksLikeName) >= 0.3 || share(isGivenName) >= 0.6) return true;
	if (PLACE_HEADING.test(column)) return false;
	if (PERSON_HEADING.test(column)) return true;
	return NAME_HEADING.test(column) && share(looksLikePlace) < 0.5;
}

function sample(table: Table, index: number): string[] {
	const values = new Set<string>();
	for (const text of table.columns[index]!.texts) {
		const value = text.trim();
		if (value !== '') values.add(value);
		if (values.size >= 500) break;
	}
	return [...values];
}

/** A person's and nothing else's. */
const PERSON_HEADING =
	/(^|[^a-zæøå])(fulde navn|fornavn|mellemnavn|efternavn|full ?name|first ?name|last ?name|surname|borgers? navn|elevs? navn|barnets navn|initialer|person)([^a-zæøå]|$)/i;
/** A person's, or a place's. */
const NAME_HEADING = /(^|[^a-zæøå])(navn|name)([^a-zæøå]|$)/i;
const ADDRESS_HEADING = /(adresse|address|bopæl|home addr|vej og husn)/i;
const PLACE_HEADING =
	/(område|skole|school|kommune|municipal|region|vejnavn|street name|institution|center|afdeling|department|by(navn)?$|bydel|kvarter|area|forening|virksomhed|company|organi[sz]ation|myndighed|dagtilbud|plejehjem|sygehus|hospital|country|land$)/i;
/** Words that places and institutions end in or have in them, and persons hardly do. */
const PLACE =
	/(kommune|region|skolen?|gymnasium|center|centret|bibliotek|børnehaven?|vuggestuen?|institution|plejehjem|sygehus|hospital|klinik|afdeling|forvaltning|(?<=\p{L}{3})(gården|parken|vænget|bakken|engen|marken|haven|kvarteret|området|byen))(?!\p{L})|\b(school|trust|council|county|area|city|department)\b/iu;

/** A street with a house number, a floor and door, or a post code after it. */
function looksLikeHome(value: string): boolean {
	return (
		/\p{L}{2,}(vej|gade|allé|alle|stræde|plads|vænge|parken|toften|bakken|have|haven|stien|torv|boulevard|street|road)\.? \d{1,3} ?[A-Z]?\b/iu.test(
			value
		) ||
		/\d{1,3} ?[A-Z]?,? (st|kl|\d{1,2})\.? ?,?(tv|th|mf)\b/i.test(value) ||
		/\p{L} \d{1,3} ?[A-Z]?, \d{4} \p{Lu}/u.test(value)
	);
}

const MUNICIPALITIES = new Set(municipalities.areas.map(({ name }) => name.toLowerCase()));

const looksLikePlace = (value: string): boolean =>
	PLACE.test(value) || MUNICIPALITIES.has(value.toLowerCase());

const isGivenName = (value: string): boolean => GIVEN.has(value.toLowerCase().replace(/-.*$/, ''));

function looksLikeName(value: string): boolean {
	const words = value.replace(/,/g, ' ').trim().split(/\s+/);
	if (words.length < 2 || words.length > 5) return false;
	if (!words.every((word) => /^\p{Lu}[\p{L}'’.-]*$|^(af|de|van|von|der|la)$/u.test(word)))
		return false;
	return words.some(isGivenName) && !PLACE.test(value);
}

/** Given names common in Denmark: enough that a column of persons shows. */
const GIVEN = new Set(
	`anne kirsten mette hanne anna helle susanne lene maria marianne inge karen lone bente camilla pia jette charlotte
	louise inger christina gitte tina birgitte annette ulla ida julie laura sofie emma freja clara alma ella olivia agnes
	karla nora victoria mathilde caroline josefine cecilie maja sara sarah amalie katrine trine line signe rikke stine
	sanne dorthe else grethe ruth lis vibeke malene heidi maiken fatima aisha amina layla zahra mariam yasmin nadia
	peter jens lars michael henrik thomas søren jan christian martin niels anders morten jesper hans jørgen mads per ole
	rasmus john svend erik kim bent carsten poul rene claus kurt torben frank finn leif allan bo brian steen flemming
	william noah oscar lucas victor malthe emil frederik alfred carl oliver valdemar elias august magnus mikkel jonas
	kasper simon jacob jakob daniel david alexander sebastian nikolaj philip tobias gustav johan karl knud mogens preben
	viggo mohammed muhammad ali ahmed omar hassan ibrahim yusuf mustafa abdi mehmet james mary robert patricia linda
	elizabeth jennifer richard joseph charles margaret nancy karin ingrid astrid sigrid tove jytte kaj aage`.split(
		/\s+/
	)
);
