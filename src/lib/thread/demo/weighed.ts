/** What the forum's people have said of the housing plan's options and evidence, each on their own. */

export const views = [
	['tove', 2, 'value', 'high', 'Børnene bor i alle otte.'],
	['tove', 2, 'capacity', 'low', 'Jeg kan ikke skaffe fem, der vil det her.'],
	['camilla', 2, 'value', 'high', ''],
	['camilla', 2, 'support', 'medium', 'Boligforeningerne vil, udvalget er delt.'],
	['camilla', 2, 'capacity', 'medium', ''],
	['ingrid', 2, 'capacity', 'low', 'Otte steder er otte husmøder.'],
	['tove', 1, 'value', 'medium', ''],
	['tove', 1, 'capacity', 'high', 'Fem kan bemandes til august.'],
	['camilla', 1, 'support', 'low', 'Tre områder vil spørge, hvorfor de ikke er med.'],
	['ingrid', 1, 'capacity', 'high', ''],
	['ingrid', 0, 'value', 'low', 'Fraværet er ikke der, hvor planen er.'],
	['tove', 2, 'people', 'low', 'Fem nye, og de skal kunne lide at gå hjem til folk.'],
	['camilla', 2, 'structure', 'medium', 'Én leder for otte områder i stedet for tre.'],
	['jonas', 2, 'tasks', 'medium', 'Skolerne skal melde fravær den første dag.'],
	['jonas', 2, 'technology', 'high', 'Skolerne har systemet.']
] as const;

export const appraisals = [
	['tove', 0, 'medium', 'high', 'Skolelederne ser det hver dag, men kun på tre skoler.'],
	['ingrid', 0, 'low', 'medium', 'Det er fortalt, ikke talt.'],
	['camilla', 2, 'high', 'high', 'Samme størrelse, samme fond.'],
	['tove', 2, 'medium', 'high', 'Det var det første år; vi ved ikke, hvordan det gik siden.']
] as const;

/** Which of its evidence speaks for or against which. */
export const relations = [
	[1, 0, 'supports'],
	[2, 1, 'contradicts']
] as const;

/** What the recommended way asks of centres that are not paid for it: one of them has a goal running. */
export const asked = [
	['skole', 'En lærer i hvert område frigøres en halv dag om ugen', 'likely'],
	['familie', 'Familierådgiverne holder åben time ude i områderne', 'possible']
] as const;

export const turned = {
	evidence: 'Lovligt fravær er først ført ens på alle skoler siden august 2016.',
	request: 'Hvad skete der i Østerled i 2018?',
	differing: 'Er tre elever på tre år en stigning?',
	reading: 'Nej. Det er en familie, der er flyttet ind.'
};
