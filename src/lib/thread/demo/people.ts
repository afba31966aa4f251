import type { Role } from '../../forum/access.ts';

/** The demo's forum and people. Lindeby is made up, and so is everyone in it. */

export const FORUM = {
	slug: 'centerchefforum',
	name: 'Centerchefforum',
	municipality: 'Lindeby Kommune'
};

/** For trying things out on one's own machine; every demo person has it. */
export const PASSWORD = 'lindeby-demo-2019';

export const DEPARTMENTS = {
	direktion: 'Direktionen',
	skole: 'Center for Dagtilbud og Skole',
	familie: 'Center for Familie og Forebyggelse',
	sundhed: 'Center for Sundhed og Velfærd',
	social: 'Center for Social og Handicap',
	job: 'Jobcenter',
	kultur: 'Center for Kultur og Fritid',
	miljoe: 'Center for Miljø og Teknik',
	oekonomi: 'Center for Økonomi og Styring',
	hr: 'Center for HR og Politik',
	digital: 'Center for Digitalisering og Projekter',
	ejendom: 'Center for Ejendom og Drift'
} as const;

export type DepartmentKey = keyof typeof DEPARTMENTS;

export type DemoPerson = {
	key: string;
	name: string;
	title: string;
	department: DepartmentKey;
	role: Role;
	chair?: true;
};

export const PEOPLE = [
	{
		key: 'maja',
		name: 'Maja Krog',
		title: 'Kommunaldirektør',
		department: 'direktion',
		role: 'director',
		chair: true
	},
	{
		key: 'birgit',
		name: 'Birgit Aagaard',
		title: 'Direktør for børn og unge',
		department: 'direktion',
		role: 'director'
	},
	{
		key: 'per',
		name: 'Per Lindhard',
		title: 'Direktør for teknik og beskæftigelse',
		department: 'direktion',
		role: 'director'
	},
	{ key: 'tove', name: 'Tove Holm', title: 'Centerchef', department: 'skole', role: 'chief' },
	{
		key: 'camilla',
		name: 'Camilla Friis',
		title: 'Centerchef',
		department: 'familie',
		role: 'chief'
	},
	{
		key: 'henrik',
		name: 'Henrik Storm',
		title: 'Centerchef',
		department: 'sundhed',
		role: 'chief'
	},
	{ key: 'jonas', name: 'Jonas Bruun', title: 'Centerchef', department: 'social', role: 'chief' },
	{ key: 'lars', name: 'Lars Dam', title: 'Jobcenterchef', department: 'job', role: 'chief' },
	{ key: 'mette', name: 'Mette Ravn', title: 'Centerchef', department: 'kultur', role: 'chief' },
	{ key: 'bo', name: 'Bo Kjærsgård', title: 'Centerchef', department: 'miljoe', role: 'chief' },
	{
		key: 'ingrid',
		name: 'Ingrid Falk',
		title: 'Økonomichef',
		department: 'oekonomi',
		role: 'chief'
	},
	{ key: 'signe', name: 'Signe Toft', title: 'Centerchef', department: 'hr', role: 'chief' },
	{ key: 'adam', name: 'Adam Lyng', title: 'Centerchef', department: 'digital', role: 'chief' },
	{ key: 'karen', name: 'Karen Vestby', title: 'Centerchef', department: 'ejendom', role: 'chief' },
	{
		key: 'else',
		name: 'Else Winther',
		title: 'Analysekonsulent',
		department: 'oekonomi',
		role: 'analyst'
	},
	{
		key: 'sigrid',
		name: 'Sigrid Bang',
		title: 'Forumsekretær',
		department: 'hr',
		role: 'secretary'
	},
	{
		key: 'ove',
		name: 'Ove Munk',
		title: 'Medarbejderrepræsentant',
		department: 'hr',
		role: 'observer'
	}
] as const satisfies readonly DemoPerson[];

export type PersonKey = (typeof PEOPLE)[number]['key'];

export const emailOf = (key: string): string => `${key}@lindeby.example`;
