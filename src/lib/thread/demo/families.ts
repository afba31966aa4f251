/** The family plan: phase 1 decided, with a gate before phase 2; goals running. */
export const families = {
	brief: {
		title: 'Familier med hjælp fra mange steder',
		question: 'Hvad koster det, at hjælpen til de samme familier ikke hænger sammen?',
		serves: 'Børne- og ungepolitikken: Én plan for hver familie',
		headline: '612 familier får hjælp fra mindst to steder, og en familie koster det tredobbelte',
		messages: [
			'De 612 familier har 1.353 børn. I 69 pct. af dem er der én voksen.',
			'Udgiften pr. familie er 588.034 kr. om året mod 179.789 kr. i andre børnefamilier.',
			'Flest af familierne bor i Bakkegården og Mølleparken, hvor også skolefraværet er steget.'
		],
		story: [
			'En mor fortalte, at hun kendte elleve navne i kommunen og ikke vidste, hvem hun skulle ringe til. Det er én historie og ikke et tal, men den går igen i samtalerne.',
			'Elleve kommuner, der har prøvet én plan pr. familie, melder om færre kontakter og lidt flere i job. Der er ingen sammenligningsgruppe, så det er en udvikling og ikke en effekt.'
		],
		leftOut: {
			what: 'Familier, der kun får almen støtte',
			why: 'De kan ikke genfindes i registrene.'
		}
	},
	case: {
		title: 'Familieplanen, fase 1',
		question:
			'Skal vi give hver udsat familie én plan og én kontaktperson, og hvor mange begynder vi med?',
		recommendation: [
			'Det indstilles, at fase 1 sættes i gang med 50 familier, og at forummet ser på målene, før fase 2 begynder.'
		],
		background: [
			'612 familier får hjælp efter mindst to lovgivninger på samme tid. Hver lov har sin plan, sin sagsbehandler og sit møde.'
		],
		account: [
			'Samlet koster en udsat familie tre gange så meget som andre børnefamilier. Ni tiendedele af gevinsten ved fase 1 ventes at komme fra ydelser, der overlapper.',
			'Fase 1 er 50 familier med en ventet gevinst på 3,4 mio. kr. Fase 2 er 150 familier med 10,3 mio. kr. og begynder først, når målene er vurderet.'
		],
		consequences: [
			'Familien får én kontaktperson. Medarbejderne får færre familier hver og mere ansvar for dem, de har.'
		],
		risk: [
			'Fire centre skal give slip på egne planer. Sker det ikke, bliver familieplanen en plan mere.'
		],
		economy: ['Ventet gevinst i fase 1: 3,4 mio. kr., heraf 90 pct. fra overlappende ydelser.'],
		next: ['Målene vurderes, før fase 2 begynder. Indtil da er fase 2 lukket.'],
		statusQuo: [
			'Hver forvaltning holder sin egen plan. Udgiften fortsætter, og ingen har det hele billede.'
		],
		options: [
			{
				title: 'Fase 1 med 50 familier',
				amount: -3_400_000,
				horizon: 'ventet gevinst i fase 1',
				funding: 'Inden for centrenes rammer',
				likelihood: 'likely' as const,
				recommended: true,
				prose: ['Lille nok til at lære af, stor nok til at mærke. Vurderes, før der fortsættes.']
			},
			{
				title: 'Alle 200 familier på én gang',
				amount: -13_700_000,
				horizon: 'ventet gevinst i begge faser',
				funding: 'Kræver omstilling i fire centre',
				likelihood: 'unlikely' as const,
				prose: ['Hele gevinsten hurtigere, men uden at vi ved, om det virker her.']
			}
		],
		evidence: [
			{
				kind: 'stakeholder' as const,
				title: 'Samtaler med tolv familier',
				note: 'De spørger efter én, de kan ringe til, og færre møder.',
				stance: 'supports' as const
			},
			{
				kind: 'research' as const,
				title: 'Evaluering af koordinerende kontaktpersoner',
				note: 'Blandede resultater; virker bedst, når kontaktpersonen kan bevilge.',
				stance: 'contradicts' as const
			}
		]
	},
	decision: {
		wording:
			'Fase 1 af familieplanen sættes i gang med 50 familier. Fase 2 begynder ikke, før forummet har set på målene.',
		facts: '612 familier, 588.034 kr. pr. familie om året mod 179.789 kr. i andre familier.',
		valuations: 'Vi vil hellere lære af 50 familier end love noget til 200.',
		sideConditions: 'Ingen familie mister en ydelse, den har ret til.',
		constraints: 'Lovgivningen kræver stadig handleplaner på to områder.'
	},
	goals: {
		preventive: {
			title: 'Færre børn med forebyggende foranstaltning i Bakkegården',
			measure: 'boern-med-forebyggende-foranstaltning',
			area: 'Bakkegården'
		},
		absence: {
			title: 'Færre elever med over 20 fraværsdage i Mølleparken',
			measure: 'elever-med-over-20-fravaersdage',
			area: 'Mølleparken'
		},
		plan: {
			title: 'Hver familie i fase 1 har én plan og én kontaktperson',
			reason: 'Planerne føres i fire systemer og kan først tælles, når de er lagt sammen.',
			sign: 'Antal familier, hvor kontaktpersonen har holdt det første fælles møde'
		}
	}
};
