import * as glossary from '../../forum/glossary.server.ts';
import type { Stage } from './fill.server.ts';

/** Words the demo's departments use differently, and one that waits to be adopted. */
export async function fillGlossary({ act, people, forumId }: Stage): Promise<void> {
	await act(async (tx) => {
		const placed = await glossary.propose(tx, people.sigrid, forumId, {
			word: 'anbragte børn',
			forms: ['anbragt barn', 'anbringelser'],
			definition:
				'Børn og unge under 18 år, der den sidste dag i året er anbragt uden for hjemmet efter serviceloven.'
		});
		await glossary.differ(
			tx,
			people.tove,
			placed,
			'Børn, der er anbragt på et tidspunkt i skoleåret, også når de er kommet hjem igen.'
		);
		await glossary.propose(tx, people.sigrid, forumId, {
			word: 'fraværsdage',
			forms: ['fraværsdag'],
			definition: 'Dage, hvor eleven ikke har været til stede, lovligt eller ulovligt.'
		});
		await glossary.propose(tx, people.jonas, forumId, {
			word: 'udsatte områder',
			forms: ['udsat område'],
			definition: 'De tolv boligområder, som kommunen følger i boligplanen.'
		});
	});
}
