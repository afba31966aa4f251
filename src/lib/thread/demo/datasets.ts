import type { Merge } from '../../data/recipe.ts';
import type { DepartmentKey, PersonKey } from './people.ts';

/** The demo's datasets: which file, and where its figures come from (D3). */

export type DemoDataset = {
	key: 'areas' | 'families' | 'links' | 'expenses' | 'effects' | 'pool' | 'benchmarks';
	file: string;
	title: string;
	department: DepartmentKey;
	owner: PersonKey;
	second?: PersonKey;
	asOf: string;
	synthetic: boolean;
	definition: string;
	source: string;
	registration?: string;
	population?: string;
	weaknesses?: string;
	legalBasis?: string;
	purpose?: string;
	rhythm?: string;
	grade: 'validated' | 'provisional' | 'weak' | null;
	sender?: string;
	senderInterest?: string;
	exemptReference?: string;
	merges?: Merge[];
};

const STUDY = 'Speciale om evidensbaseret ledelse i en stor dansk kommune, 2016, bilag 8 og 9';

export const DATASETS: DemoDataset[] = [
	{
		key: 'areas',
		file: 'areas-2018.csv',
		title: 'Boligområderne',
		department: 'oekonomi',
		owner: 'else',
		second: 'ingrid',
		asOf: '2018-08-01',
		synthetic: true,
		definition:
			'Ni nøgletal for tolv boligområder. Elever med over 20 fraværsdage tælles pr. skoleår efter, hvor eleven bor, ikke hvor skolen ligger.',
		source: 'Konstruerede tal lavet til eksemplet',
		registration:
			'Skolerne fører fravær dagligt. Lovligt fravær er først ført ens på alle skoler siden august 2016.',
		population: 'Borgere med bopæl i området 1. januar; elever i 0.–9. klasse',
		weaknesses:
			'Skoledistriktet blev ændret i 2017. De to mindste områder er lagt sammen og stadig så små, at mange tal ikke kan vises.',
		merges: [
			{
				column: 'Område',
				into: 'Lærkehøj og Skovbrynet',
				from: ['Lærkehøj', 'Skovbrynet'],
				reason: 'Hver for sig er de for små til, at tallene kan vises.',
				lost: 'Gennemsnit og andele for de to områder, og forskellen på dem.'
			}
		],
		purpose: 'Boligplanen og den årlige opfølgning på de udsatte områder',
		rhythm: 'Årligt i august',
		grade: 'provisional',
		sender: 'Center for Økonomi og Styring',
		senderInterest: 'Har selv foreslået, at planen udvides'
	},
	{
		key: 'families',
		file: 'families.csv',
		title: 'Familier med hjælp fra flere forvaltninger',
		department: 'familie',
		owner: 'camilla',
		second: 'else',
		asOf: '2016-01-01',
		synthetic: false,
		definition:
			'En udsat familie er en familie, der på samme tid får hjælp efter mindst to lovgivninger. Alle andre børnefamilier er den anden gruppe.',
		source: STUDY,
		registration: 'Samkørsel af ydelsesregistre en gang om året',
		population: 'Børnefamilier i kommunen i den undersøgelse, tallene er citeret fra',
		weaknesses: 'Ydelser, der gives uden visitation, er ikke med.',
		rhythm: 'Engangsopgørelse',
		grade: 'validated',
		exemptReference: STUDY
	},
	{
		key: 'links',
		file: 'families-by-departments-and-benefits.csv',
		title: 'Familier efter antal forvaltninger og ydelser',
		department: 'familie',
		owner: 'camilla',
		asOf: '2016-01-01',
		synthetic: false,
		definition:
			'De 612 udsatte familier fordelt efter, hvor mange forvaltninger og hvor mange ydelser hver familie har.',
		source: STUDY,
		grade: 'validated',
		exemptReference: STUDY
	},
	{
		key: 'expenses',
		file: 'familieudgifter.csv',
		title: 'Kommunale udgifter pr. familie',
		department: 'familie',
		owner: 'camilla',
		second: 'ingrid',
		asOf: '2016-01-01',
		synthetic: false,
		definition: 'Kommunens udgifter pr. familie pr. år, delt i det specielle og det almene område.',
		source: STUDY,
		registration: 'Økonomisystemets kontering fordelt på modtager',
		weaknesses: 'Overhead er fordelt efter nøgle.',
		rhythm: 'Engangsopgørelse',
		grade: 'provisional'
	},
	{
		key: 'effects',
		file: 'families-project-effects.csv',
		title: 'Erfaringer fra elleve kommuner',
		department: 'familie',
		owner: 'camilla',
		asOf: '2016-01-01',
		synthetic: false,
		definition: 'Andele af familierne før og efter et projekt med én plan pr. familie.',
		source: STUDY,
		weaknesses: 'Ingen sammenligningsgruppe: tallene viser en udvikling, ikke en effekt.',
		grade: 'weak',
		sender: 'Projektet selv',
		senderInterest: 'Vil gerne udbredes'
	},
	{
		key: 'pool',
		file: 'development-pool.csv',
		title: 'Udviklingspuljen og centrenes behov',
		department: 'hr',
		owner: 'signe',
		asOf: '2019-01-01',
		synthetic: true,
		definition:
			'Medarbejdere pr. center, andel af puljen ved fordeling efter hovedtal, og to mål for behov.',
		source: 'Konstruerede tal lavet til eksemplet',
		registration: 'Løn- og fraværssystemet; kompetencebehovet er centerchefernes eget skøn',
		rhythm: 'Årligt i januar',
		grade: 'provisional',
		sender: 'Center for HR og Politik'
	},
	{
		key: 'benchmarks',
		file: 'unemployment-benchmarks.csv',
		title: 'To målinger af ledigheden',
		department: 'job',
		owner: 'lars',
		asOf: '2019-03-01',
		synthetic: true,
		definition:
			'Placering og point i to målinger. A holder forventet ledighed mod den faktiske på tre ydelser; B tæller alle ydelser og justerer for rammevilkår.',
		source: 'Konstruerede tal lavet til eksemplet; striden, de spejler, er virkelig',
		weaknesses: 'De to målinger tæller ikke de samme borgere.',
		grade: 'weak',
		sender: 'To landsdækkende organisationer',
		senderInterest: 'Den ene ser på beskæftigelse, den anden på udgifter'
	}
];
