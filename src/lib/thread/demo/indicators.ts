import type { HypothesisInput } from '../../data/hypothesis.ts';
import type { SaidInput } from '../../data/indicator.ts';

/** What the forum says of some of its indicators, and what it believed before the figures of 2019 came. */

export const INDICATORS: Record<string, SaidInput> = {
	'elever-med-over-20-fravaersdage': {
		why: 'Fravær er det, skolerne ser først, når en familie har det svært.',
		direction: 'down',
		meaning: 'relative',
		counts: 'result',
		demandedBy: 'Direktionen',
		population: 'Elever i 0.–9. klasse med bopæl i området',
		steeredInstead:
			'Vi bliver målt på det gennemsnitlige fravær, men det er de elever, der er væk længe, en indsats kan nå.'
	},
	'karaktersnit-9-klasse': {
		why: 'Afgangsprøven åbner eller lukker vejen til en ungdomsuddannelse.',
		direction: 'up',
		meaning: 'act',
		greenAt: '6,5',
		redAt: '5,5',
		counts: 'effect',
		demandedBy: 'Børne- og Undervisningsministeriet',
		population: 'Alle elever i 9. klasse',
		denominator: 'Elever, der gik til alle bundne prøver',
		denominatorReason: 'De, der ikke gik til prøve, har ingen karakter.',
		thresholdMeasure: 'elever-med-over-20-fravaersdage'
	}
};

export const HYPOTHESIS: { measure: string } & HypothesisInput = {
	measure: 'elever-med-over-20-fravaersdage',
	statement:
		'Hvis skolerne ringer hjem den første dag, en elev bliver væk uden besked, bliver færre væk i over tyve dage.',
	direction: 'down',
	least: '10',
	fromPeriod: '2018',
	byPeriod: '2019',
	places: ['omraade=Bakkegården']
};
