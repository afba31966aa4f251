/** The three other matters: the development pool, the rival benchmarks, and more volunteers. */

export const pool = {
	brief: {
		title: 'Udviklingspuljen: hovedtal eller behov?',
		question: 'Hvordan ser puljen ud, hvis den fordeles efter behov i stedet for hovedtal?',
		serves: 'Personalepolitikken: Udvikling dér, hvor den gør en forskel',
		headline: 'Hovedtal og behov peger på forskellige centre',
		messages: [
			'Efter hovedtal får Dagtilbud og Skole 456.036 kr. af 1,5 mio. kr.',
			'Jobcentret har det største behov efter begge mål og får 71.535 kr. efter hovedtal.'
		],
		story: [
			'Fordelingen efter hovedtal er nem at forklare og har været der længe. De to mål for behov er nye: det ene er et register, det andet er chefernes eget skøn.'
		],
		leftOut: null
	},
	case: {
		title: 'Udviklingspuljen: efter hovedtal eller behov?',
		question: 'Efter hvad skal de 1,5 mio. kr. i udviklingspuljen fordeles?',
		recommendation: [
			'Det indstilles, at puljen fordeles halvt efter hovedtal og halvt efter behov i et forsøgsår.'
		],
		background: ['Puljen har siden 2012 været fordelt efter antal medarbejdere.'],
		account: [
			'Forslaget om at bruge hovedtal lå på bordet, før der var tal for behov. Det ses af sagen: løsningerne kom før data.'
		],
		statusQuo: [
			'Fordelingen efter hovedtal fortsætter. Den er kendt og kræver ingen ny opgørelse.'
		],
		options: [
			{
				title: 'Halvt efter hovedtal, halvt efter behov',
				amount: 1_500_000,
				horizon: 'pr. år',
				funding: 'Udviklingspuljen',
				likelihood: 'likely' as const,
				recommended: true,
				prose: ['Alle mærker ændringen lidt, og vi får et år med tal for behov.']
			},
			{
				title: 'Kun efter behov',
				amount: 1_500_000,
				horizon: 'pr. år',
				funding: 'Udviklingspuljen',
				likelihood: 'possible' as const,
				prose: ['Størst flytning til Jobcenter og Familie og Forebyggelse.']
			}
		],
		evidence: [
			{
				kind: 'stakeholder' as const,
				title: 'Hovedudvalgets udtalelse',
				note: 'Vil have det samme grundlag for alle centre og ét år ad gangen.',
				stance: 'neutral' as const
			}
		]
	}
};

export const benchmarks = {
	brief: {
		title: 'To målinger af den samme ledighed',
		question: 'Hvorfor er vi nr. 71 i den ene måling og nr. 9 i den anden?',
		serves: 'Beskæftigelsesplanen',
		headline: 'Samme kommune, to målinger, modsatte svar',
		messages: [
			'Måling A sammenligner forventet og faktisk ledighed på tre ydelser: Lindeby er nr. 71.',
			'Måling B tæller alle ydelser og justerer for rammevilkår: Lindeby er nr. 9.',
			'De to målinger tæller ikke de samme borgere. Ingen af dem er forkert.'
		],
		story: [
			'Hvilken måling, der er den rigtige, afhænger af, hvad vi vil styre efter: om færre står uden job, eller om vi gør det godt med de vilkår, vi har.'
		],
		leftOut: {
			what: 'Den tredje måling fra 2017',
			why: 'Den bygger på tal, vi ikke kan få.'
		}
	},
	rivals: {
		measured: 'Hvor godt kommunen får borgere i job',
		one: {
			groups: 'Modtagere af dagpenge, kontanthjælp og sygedagpenge.',
			assumptions: 'At ledigheden kan forudsiges ud fra alder, uddannelse og branche.',
			letIn: 'Et ministerium og en konsulent. Ingen kommuner.'
		},
		other: {
			groups: 'Alle på offentlig forsørgelse, også ressourceforløb og fleksjob.',
			assumptions: 'At rammevilkårene er målt rigtigt og ikke ændrer sig.',
			letIn: ''
		}
	},
	readings: {
		lars: 'Vi er ikke blevet dårligere. Målingen tæller ikke de borgere, vi har flest af.',
		ingrid: 'Det er de tre ydelser, vi betaler mest for. Her er vi dyrere end de andre.'
	},
	case: {
		title: 'Hvilken ledighedsmåling styrer vi efter?',
		question: 'Hvad vil vi måles på, når to målinger siger det modsatte?',
		recommendation: ['Sagen er til sparring. Der søges ingen beslutning.'],
		account: [
			'Måling A er den, pressen citerer. Måling B er den, der ligger tættest på det, jobcentret kan gøre noget ved.'
		],
		statusQuo: ['Vi viser begge målinger hver gang, og siger hvem de tæller.'],
		options: [],
		evidence: [
			{
				kind: 'practice' as const,
				title: 'Sagsbehandlerne kender ikke grupperne i måling A',
				note: 'Ressourceforløb og fleksjob er ikke med, og det er dér, de fleste af deres borgere er.',
				stance: 'contradicts' as const
			}
		]
	}
};

/** What the forum wants to know next. */
export const ordered = {
	focus: 'Fravær uden for boligplanen',
	question: 'Hvorfor stiger fraværet i Bakkegården og Østerled?',
	ifKnown: 'Så ville vi flytte to stillinger til de områder, før planen begynder.'
};

/** A brief its authors have sent round: read by peers, and asked of the one who owns the figures. */
export const underWay = {
	title: 'Hvor stiger fraværet hurtigst?',
	question: 'Hvilke områder skal have besøg først i efteråret?',
	headline: 'Fire områder står for det meste af stigningen',
	messages: [
		'I Bakkegården er tallet steget fra 128 til 147 elever siden 2015.',
		'I Østerled er det steget fra 102 til 121. Skolelederne dér ser det samme.'
	],
	story: ['Stigningen begynder før planen og kan ikke forklares af den.'],
	life: [
		'En familie flyttede tre gange på to år. Hver gang gik der seks uger, før skolen fik besked.'
	],
	leftOut: { what: 'Trivselsmålingen', why: 'Den blev lavet om i 2017.' },
	answer: 'Jeg har ikke mere. Tag skolelederne med, når I er ude.'
};

export const volunteers = {
	case: {
		title: 'Flere frivillige i alle centre',
		question: 'Hvordan får vi flere frivillige ind, uden at det bliver et tal at løbe efter?',
		recommendation: [
			'Det indstilles, at hvert center laver mindst én ny aftale med en forening inden for et år.'
		],
		background: [
			'Frivilligpolitikken siger "flere frivillige", men ingen tæller dem, og ingen ved, hvor mange der er nu.'
		],
		account: [
			'Vi har set på, om frivillige kan tælles. Foreningerne fører ikke lister, og et krav om det ville koste den velvilje, vi beder om.'
		],
		statusQuo: ['Hvert center fortsætter med de aftaler, det har.'],
		options: [
			{
				title: 'Én ny aftale pr. center',
				amount: 0,
				horizon: 'det første år',
				funding: 'Ingen',
				likelihood: 'likely' as const,
				recommended: true,
				prose: ['Aftaler kan ses og tales om. Det er et tegn, ikke et mål i sig selv.']
			}
		],
		evidence: [
			{
				kind: 'stakeholder' as const,
				title: 'Møde med ni foreninger',
				note: 'De vil gerne bidrage, men ikke registrere.',
				stance: 'supports' as const
			}
		]
	},
	decision: {
		wording: 'Hvert center laver mindst én ny aftale med en forening inden for et år.',
		facts: 'Antallet af frivillige kendes ikke.',
		valuations: 'Foreningernes velvilje er mere værd end et tal.',
		sideConditions: 'Frivillige træder ikke i stedet for ansatte.',
		constraints: ''
	},
	goal: {
		title: 'Flere frivillige i alle centre',
		reason: 'Foreningerne fører ikke lister, og vi vil ikke bede dem om det.',
		sign: 'Nye aftaler mellem et center og en forening'
	}
};
