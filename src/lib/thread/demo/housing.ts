/** The housing plan, "from two to eight areas?": on the agenda, sent out, and edited since. */
export const housing = {
	/** Added after the case was sent out. */
	lateEdit: ' Tallene for 2019 er på vej og bør ligge på bordet, før ansøgningen sendes.',
	brief: {
		title: 'Hvor er behovet for boligplanen?',
		question: 'Hvilke områder har brug for boligplanen?',
		serves: 'Politik for udsatte boligområder: Flere børn skal i skole hver dag',
		headline: 'Fraværet er ikke der, hvor planen er',
		messages: [
			'I de to områder, planen dækker i dag, er antallet af elever med over 20 fraværsdage det samme som i 2015: Nørrevang 84, Fjordparken 9.',
			'Uden for planen er tallet steget i alle ni områder, mest i Bakkegården (128 til 147) og Østerled (102 til 121).',
			'De to mindste områder, Lærkehøj og Skovbrynet, er lagt sammen: hver for sig er tallene for små til at vises.'
		],
		story: [
			'Planen blev i 2014 lagt efter ansøgning fra de to boligforeninger og ikke efter fraværet. Hvis målet er, at flere børn kommer i skole, skal planen følge børnene.',
			'To ting trækker i tallene. Skoledistriktet blev ændret i 2017, så børn fra Skovbrynet nu går i skole uden for området, og opgørelsen af anbragte børn skiftede betydning samme år.'
		],
		leftOut: {
			what: 'Karaktersnittet',
			why: 'Klasserne er for små i flere områder til, at et enkelt år siger noget.'
		}
	},
	case: {
		title: 'Fra to til otte områder i boligplanen?',
		question:
			'Hvilke områder skal planen for 2018–2021 dække, hvis antallet af elever med over 20 fraværsdage skal falde med en fjerdedel?',
		recommendation: [
			'Det indstilles, at forummet anbefaler en plan for otte områder i 2018–2021, og at ansøgningen til fonden sendes på det grundlag.'
		],
		background: [
			'Den nuværende boligplan dækker Nørrevang og Fjordparken og løber ud med året. Fonden, der betaler tre fjerdedele, afgør ansøgningen.'
		],
		account: [
			'Fraværet er ikke der, hvor planen er. I de to områder, der er dækket i dag, er antallet uændret siden 2015, mens det er steget i alle ni områder uden for planen, mest i Bakkegården og Østerled. I to af dem er det dog kun én elev.',
			'To ting trækker tallene. Skoledistriktet blev ændret i 2017, så børn fra Skovbrynet nu oftest går i skole uden for området, og tallet for anbragte børn skifter betydning samme år.'
		],
		consequences: [
			'Borgerne: Flere familier får en fast kontakt i området. Skolerne får én indgang i stedet for tre.'
		],
		risk: [
			'Otte områder giver færre timer i hvert. Det er svært at ansætte, og en plan uden folk er et løfte, vi ikke kan holde.'
		],
		economy: ['Fonden betaler 75 pct. Kommunens andel findes inden for centrenes rammer.'],
		next: ['Fonden afgør ansøgningen. Forummet følger fraværet hvert år i august.'],
		options: [
			{
				title: 'De fem områder, hvor fraværet stiger mest',
				amount: 4_400_000,
				horizon: 'pr. år 2018–2021',
				funding: 'Fonden 75 pct.',
				likelihood: 'likely' as const,
				lines: [
					{
						about: 'citizens' as const,
						what: '574 af de 801 elever får en fast kontakt i området',
						effect: 'gain' as const,
						likelihood: 'likely' as const,
						assumption: 'At der kan ansættes fire'
					},
					{
						about: 'economy' as const,
						what: 'Fire stillinger og lokaler',
						effect: 'cost' as const,
						amount: 4_400_000,
						yearly: true,
						from: 2018,
						to: 2021,
						funding: 'Fonden 75 pct.'
					},
					{
						about: 'carried_out' as const,
						what: 'Ja, med de ledere, der er i dag',
						toldBy: 'områdelederen'
					}
				],
				prose: [
					'Bakkegården, Søndermarken, Østerled, Rosenlund og Kirkeløkken. Når 574 af de 801 elever og kan bemandes med fire nye stillinger.'
				]
			},
			{
				title: 'Alle otte udsatte områder',
				amount: 6_000_000,
				horizon: 'pr. år 2018–2021',
				funding: 'Fonden 75 pct.',
				likelihood: 'possible' as const,
				recommended: true,
				lines: [
					{
						about: 'citizens' as const,
						what: '717 af de 801 elever nås, men med færre timer i hvert område',
						effect: 'gain' as const,
						likelihood: 'possible' as const
					},
					{
						about: 'economy' as const,
						what: 'Fem stillinger, lokaler og en koordinator',
						effect: 'cost' as const,
						amount: 6_000_000,
						yearly: true,
						from: 2018,
						to: 2021,
						funding: 'Fonden 75 pct.'
					},
					{
						about: 'side_effect' as const,
						what: 'Skolerne får én indgang i stedet for tre'
					}
				],
				prose: [
					'De fem, Havnekvarteret og de to, der er med i dag. Når 717 af de 801 elever, men tyndere i hvert område.'
				]
			}
		],
		statusQuoLines: [
			{
				about: 'economy' as const,
				what: 'Planen i to områder, som den er',
				effect: 'cost' as const,
				amount: 1_300_000,
				yearly: true,
				from: 2018,
				to: 2021
			}
		],
		statusQuo: [
			'Bliv i Nørrevang og Fjordparken. Når 93 af de 801 elever, og fraværet uden for planen fortsætter sandsynligvis med at stige.'
		],
		evidence: [
			{
				kind: 'practice' as const,
				title: 'Skolelederne i Bakkegården: fraværet følger enkelte familier',
				note: 'Fortalt på skoleledermødet i september. De ser det samme mønster hos søskende.',
				stance: 'supports' as const
			},
			{
				kind: 'research' as const,
				title: 'Undersøgelse af to kommuners boligplaner, 2017',
				note: 'Elever med over 20 fraværsdage blev talt pr. område før og efter. Ingen sammenligningsgruppe.',
				stance: 'neutral' as const
			},
			{
				kind: 'comparable_case' as const,
				title: 'Nabokommunens plan fra to til otte områder',
				note: 'Otte områder med samme bemanding gav færre fremmødte i hvert område det første år.',
				stance: 'contradicts' as const
			}
		]
	}
};
