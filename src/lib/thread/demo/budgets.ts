/** The budget round: a frame for four centres, and three proposals. All of it is made up. */

/** DKK; below zero must be found. */
export const frames = [
	['skole', 1_000_000],
	['familie', -500_000],
	['kultur', 500_000],
	['ejendom', -1_000_000]
] as const;

/** The first year the budget is for: next year's. */
export const budgetYear = (now = new Date()): number => now.getUTCFullYear() + 1;

const text = (title: string, question: string, recommendation: string, statusQuo: string) => ({
	title,
	question,
	recommendation: [recommendation],
	statusQuo: [statusQuo],
	evidence: []
});

export const budgets = [
	{
		by: 'tove',
		department: 'skole',
		way: 'expansion',
		amount: 1_200_000,
		lasting: true,
		whyNot: '',
		/** Built on a figure of the housing plan's brief. */
		figure: true,
		...text(
			'To fraværskonsulenter i Bakkegården og Østerled',
			'Skal skolerne have to konsulenter, hvor fraværet stiger mest?',
			'Det indstilles, at der ansættes to konsulenter fra januar.',
			'Skolerne ringer selv hjem, når en elev har været væk i en uge.'
		),
		option: {
			title: 'To konsulenter, én i hvert område',
			prose: ['De ringer hjem den første dag og følger familien, til barnet er tilbage.']
		},
		lines: [
			{
				about: 'economy',
				what: 'To stillinger',
				effect: 'cost',
				department: 'skole',
				amount: 1_200_000,
				likelihood: 'likely'
			},
			{
				about: 'department',
				what: 'Færre forebyggende foranstaltninger i de to områder',
				effect: 'gain',
				department: 'familie',
				amount: 300_000,
				likelihood: 'possible'
			}
		]
	},
	{
		by: 'karen',
		department: 'ejendom',
		way: 'reduction',
		amount: 900_000,
		lasting: true,
		whyNot: 'Ingen tæller, hvor mange der møder ind. Lejen er mæglerens skøn.',
		figure: false,
		...text(
			'Rådhusets østfløj lejes ud',
			'Kan vi undvære den fløj, der står tomt to dage om ugen?',
			'Det indstilles, at østfløjen lejes ud, og at de fyrre pladser deles i resten af huset.',
			'Fløjen bliver, som den er, og besparelsen findes på rengøringen.'
		),
		option: {
			title: 'Udlejning til et erhvervshus',
			prose: ['Lejemålet kan begynde i april, når kontorerne er flyttet.']
		},
		lines: [
			{
				about: 'economy',
				what: 'Leje og sparet drift',
				effect: 'gain',
				department: 'ejendom',
				amount: 900_000,
				likelihood: 'likely'
			},
			{
				about: 'department',
				what: 'Nyt netværk til de fyrre pladser',
				effect: 'cost',
				department: 'digital',
				amount: 200_000,
				once: true,
				likelihood: 'likely'
			}
		]
	},
	{
		by: 'mette',
		department: 'kultur',
		way: 'expansion',
		amount: 400_000,
		lasting: false,
		whyNot: '',
		figure: false,
		...text(
			'Søndagsåbent på hovedbiblioteket i et forsøgsår',
			'Kommer der andre om søndagen end dem, der allerede kommer?',
			'Det indstilles, at hovedbiblioteket holder åbent søndag kl. 10–14 i ét år.',
			'Biblioteket er lukket om søndagen.'
		),
		option: null,
		lines: []
	}
] as const;
