/** Four smaller matters on their way, and what the forum might take up next. All of it is made up. */

/** Sent back by its director with two comments on passages. */
export const youth = {
	title: 'Én indgang for unge uden job og uddannelse',
	question: 'Skal de unge møde ét sted i stedet for tre?',
	recommendation: [
		'Det indstilles, at Jobcentret, Center for Familie og Forebyggelse og skolerne samler de unge ét sted fra august.'
	],
	background: [
		'En ung mellem 16 og 24 uden job og uddannelse har i dag kontakt med op til tre centre, der hver har deres plan for den unge.'
	],
	account: [
		'Medarbejderne oplever, at de unge falder fra mellem aftalerne. Det gælder især dem, der lige er fyldt 18 og skifter center.'
	],
	economy: ['Samlingen kan ske inden for de tre centres rammer.'],
	statusQuo: [
		'De tre centre bliver ved med hver sin plan og mødes om de unge, når det brænder på.'
	],
	options: [
		{
			title: 'Ét sted med medarbejdere fra tre centre',
			amount: 600_000,
			horizon: 'det første år',
			funding: 'De tre centres rammer',
			likelihood: 'possible' as const,
			recommended: true,
			prose: ['Fire medarbejdere flytter sammen i ungdomsskolens stueetage.']
		}
	],
	evidence: [
		{
			kind: 'practice' as const,
			title: 'Vejlederne: de unge skal sige det samme tre gange',
			note: 'Fortalt på vejledernes fællesdag. De bruger den første måned på at finde ud af, hvem der gør hvad.',
			stance: 'supports' as const
		}
	]
};

export const sentBack = {
	comment: 'God idé. Svar på de to ting, så tager vi den på det næste møde.',
	notes: [
		{
			kind: 'question' as const,
			section: 'account',
			quote: 'at de unge falder fra mellem aftalerne',
			body: 'Hvor mange er det? Bed Else om et tal for dem, der fyldte 18 i år.'
		},
		{
			kind: 'objection' as const,
			section: 'economy',
			quote: 'inden for de tre centres rammer',
			body: 'Så skriv, hvad hvert af de tre centre giver slip på.'
		}
	]
};

/** Answered in writing before the next meeting. */
export const buses = {
	title: 'Høringssvar om bybussen til Søndermarken',
	question: 'Skal vi bede om, at linje 4 stadig kører om aftenen?',
	recommendation: [
		'Det indstilles, at forummet svarer, at linje 4 skal køre til kl. 22 på hverdage, fordi aftenskolen og svømmehallen ellers ikke kan nås.'
	],
	account: [
		'Trafikselskabet vil spare de to sidste ture. Høringen slutter før forummets næste møde.'
	],
	statusQuo: ['Vi svarer ikke, og de to ture falder væk fra sommeren.'],
	options: [],
	evidence: []
};

export const answered = [
	['birgit', 'agree', ''],
	['camilla', 'agree', 'Husk de unge fra klubben; den lukker kl. 21.'],
	['henrik', 'agree', ''],
	['ingrid', 'against', 'Vi bør ikke bede om noget, vi selv skal betale en del af.']
] as const;

/** Cannot wait for the day of handing in. */
export const mould = {
	title: 'Skimmelsvamp på Nørrevang Skole: to klasser flyttes',
	question: 'Hvor skal 2.a og 2.b være, mens fløjen er lukket?',
	recommendation: [
		'Det indstilles, at de to klasser flytter til Nørrevang Bibliotek fra mandag og i højst otte uger.'
	],
	background: ['Målingen kom i går. Fløjen kan ikke bruges, før væggen er skiftet.'],
	statusQuo: ['Klasserne bliver i pavillonen i skolegården, hvor der er plads til den ene.'],
	options: [
		{
			title: 'Bibliotekets sal i otte uger',
			amount: 180_000,
			horizon: 'én gang',
			funding: 'Bygningsvedligehold',
			likelihood: 'likely' as const,
			recommended: true,
			prose: ['Salen står tom om formiddagen. Der er 400 meter at gå.']
		}
	],
	evidence: [
		{
			kind: 'document' as const,
			title: 'Målerapport fra Nørrevang Skole, fløj B',
			note: 'To af fire rum er over grænsen.',
			stance: 'supports' as const
		}
	],
	urgent: 'Fløjen er lukket fra mandag, og klasserne skal være et sted.'
};

/** What the forum might take up, in the order it was proposed. */
export const backlog = [
	{
		by: 'adam',
		title: 'Færre systemer til det samme',
		why: 'Fire centre fører sager i hver sit system og taster de samme oplysninger.',
		departments: ['skole', 'familie', 'social', 'job']
	},
	{
		by: 'henrik',
		title: 'Sygefraværet i hjemmeplejen om vinteren',
		why: 'Vikarudgiften stiger, men vi ved ikke, om det er fraværet eller flere timer.',
		departments: ['sundhed', 'hr']
	},
	{
		by: 'bo',
		title: 'Regnvand i kældrene ved Fjordparken',
		why: 'Tredje vinter i træk. Vi skal vide, hvem der gør hvad, før det sker igen.',
		departments: ['miljoe', 'ejendom']
	}
] as const;
