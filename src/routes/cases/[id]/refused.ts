import { EVIDENCE_ACTIONS } from '#lib/case/evidence.ts';
import { PROCEDURE_ACTIONS } from '#lib/case/procedure.ts';
import { UNKNOWN_ACTIONS } from '#lib/case/unknown.ts';
import { WEIGH_ACTIONS } from '#lib/case/weigh.ts';
import { OPENNESS_ACTIONS } from '#lib/forum/openness.ts';
import type { Answer } from '#lib/ui/form.ts';

/** Actions whose forms say what was refused, also when what they offered has gone meanwhile. */
const ALWAYS = ['state', ...OPENNESS_ACTIONS, ...PROCEDURE_ACTIONS];
/** Those whose forms are there for who writes the case only: not once it is decided while one wrote. */
const WRITERS = [
	...['propose', 'addOption', 'editOption', 'head'],
	...[...EVIDENCE_ACTIONS, ...WEIGH_ACTIONS, ...UNKNOWN_ACTIONS]
];

/** Does a form on the page say itself what was refused in it? */
export const saysItself = (form: Answer, write: boolean): boolean =>
	(write ? [...ALWAYS, ...WRITERS] : ALWAYS).includes(form?.action ?? '');
