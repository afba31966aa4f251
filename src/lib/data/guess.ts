import { slug, type RecipeMeasure } from './recipe.ts';

/** What headings and units most likely mean. Proposals only: a person sees and corrects them. */

const HEAD = {
	time: /^(år|aar|year|tid|time|tidspunkt|periode|period|kvartal|quarter|måned|maaned|month|dato|date|uge|week|skoleår|school year|halvår)$/i,
	area: /(område|omraade|area|kommune|municipality|region|land|country|distrikt|district|sogn|bydel|kvarter|geografi|postnr|amt)/i,
	name: /^(nøgletal|noegletal|indikator(er)?|indicators?|variabel|variable|måltal|measures?|contents?|contentscode|emne|statistik)$/i,
	unit: /^(enhed|unit|units|måleenhed|unit of measure)$/i,
	value:
		/^(værdi|vaerdi|value|values|indhold|antal|tal|obs_value|obsvalue|observation|beløb|amount|v)$/i,
	code: /(^id$|_id$|\(id\)$|^id \(\d\)$|kode$|code$|^nr\.?$|nummer$|komkode|^fid$)/i
};

export const headingIs = (kind: keyof typeof HEAD, heading: string) =>
	HEAD[kind].test(heading.trim());

const NOT_A_COUNT =
	/(\bper\b|\bpr\b|_per_|gennemsnit|\bsnit|average|mean\b|median|andel|share|ratio|pct|procent|percent|%|indeks|index|\brate|kvote|(?<![a-zæøå])kr(?![a-zæøå])|dkk|beløb|udgift|indtægt|pris|point|score|placering|rank|behov)/i;
const PEOPLE =
	/(^|[^a-zæøå])(antal|personer|persons?|people|borgere?|indbyggere|befolkning|population|børn|child|children|elever?|pupils?|students?|studerende|unge|young|voksne|adults?|ældre|elderly|familier|famil(y|ies)|husstande|households|forældre|parents?|mødre|fædre|kvinder|women|mænd|men|ledige|unemployed|modtagere|recipients|medarbejdere|ansatte|employees|staff|frivillige|volunteers|patienter|patients|sager|cases|hoveder|heads|anbragte|tilflyttede|fraflyttede|dødsfald|deaths)/i;
/** 'Number' as a unit may be of persons, and is taken so until a person says otherwise. */
const COUNT = /^(number|no\.|count|anzahl|lukumäärä|personnes|pers\.)$/i;
const MONEY = /(^|[^a-z])(kr\.?|dkk|kroner|mio\.?|t\.?kr\.?|eur|€)([^a-z]|$)/i;
const MEANS =
	/(gennemsnit|\bsnit|average|mean\b|median|andel|share|ratio|pct|procent|percent|%|indeks|index|\brate|kvote|\bper\b|_per_|\bpr\b|point|score|placering|rank)/i;

/** A measure as its name and unit suggest. '… (kr.)' carries its unit in parentheses. */
export function guessMeasure(source: string, unitInFile: string | null): RecipeMeasure {
	const inParentheses = /^(.*?)\s*\(([^()]{1,20})\)\s*$/.exec(source);
	const told = inParentheses && isUnit(inParentheses[2]!) ? inParentheses : null;
	const prefix = /^(kr|dkk|pct)[_ ]/i.exec(source)?.[1]?.toLowerCase();
	const unit = unitInFile ?? told?.[2] ?? (prefix ? (prefix === 'dkk' ? 'DKK' : `${prefix}.`) : '');
	const words = `${source} ${unit}`;
	const countsPeople = unit
		? (PEOPLE.test(unit) || COUNT.test(unit)) && !NOT_A_COUNT.test(words)
		: PEOPLE.test(source) && !NOT_A_COUNT.test(words);
	return {
		source,
		label: told && unitInFile === null ? told[1]! : source,
		unit,
		countsPeople,
		additive: (countsPeople || MONEY.test(` ${unit} `)) && !MEANS.test(words)
	};
}

const isUnit = (text: string) =>
	/^(%|pct\.?|procent|percent|kr\.?|dkk|mio\.? kr\.?|t\.?kr\.?|1\.?000 kr\.?|antal|personer|persons|år|timer|dage|point|indeks|\d+ ?[-–] ?\d+)$/i.test(
		text
	);

/** Names for code and links: each its own, whatever the headings. */
export function uniqueKeys(labels: string[]): string[] {
	const taken = new Set<string>();
	return labels.map((label) => {
		const base = slug(label);
		let key = base;
		for (let count = 2; taken.has(key); count++) key = `${base}-${count}`;
		taken.add(key);
		return key;
	});
}

/** Places whose names say that a column holds areas, whatever its heading. */
const PLACES =
	/^(københavn|copenhagen|aarhus|århus|odense|aalborg|ålborg|randers|esbjerg|vejle|kolding|hele landet|all denmark|danmark|denmark|sverige|sweden|norge|norway|region \S+)$/i;
export const namePlaces = (values: readonly string[]) =>
	values.filter((value) => PLACES.test(value.trim())).length >= 2;
