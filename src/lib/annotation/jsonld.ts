import type { CellStatus, Coordinates } from '#lib/data/cube.ts';
import type { Kind, Note } from './note.ts';

/**
 * Notes as W3C Web Annotations (https://www.w3.org/TR/annotation-model/). A passage is a TextQuoteSelector; a piece
 * of a figure is a selector of our own, DataCubeSelector, whose terms the context defines: which dataset, which
 * edition, which measure, which codes of which dimensions, and the values the author saw.
 */

/** Values a figure's note points at, as they stood in its edition; null where they are not shown. */
export type SeenCell = { dimensions: Coordinates; value: number | null; status: CellStatus };

export type Exported = Note & { seenCells: SeenCell[] };

export type Of = {
	/** Where the product is reached: 'https://raad.example'. */
	origin: string;
	/** The page the notes stand on: '/briefs/…'. */
	path: string;
	title: string;
};

const MOTIVATION: Record<Kind, string> = {
	fact: 'describing',
	interpretation: 'commenting',
	different_reading: 'assessing',
	question: 'questioning',
	objection: 'assessing',
	practice: 'commenting',
	ethics: 'assessing'
};

const STATUS: Record<CellStatus, string> = { v: 'value', m: 'missing', s: 'suppressed' };

export const MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"';

/** The notes a reader may see, as one collection with one page. */
export function collection(notes: Exported[], of: Of): object {
	const page = of.origin + of.path;
	const items = notes.flatMap((note) => annotations(note, of));
	return {
		'@context': ['http://www.w3.org/ns/anno.jsonld', terms(of.origin)],
		id: `${page}/annotations`,
		type: 'AnnotationCollection',
		label: of.title,
		total: items.length,
		first: {
			id: `${page}/annotations#page`,
			type: 'AnnotationPage',
			partOf: `${page}/annotations`,
			startIndex: 0,
			items
		}
	};
}

/** What the model has no words for. */
function terms(origin: string): object {
	const own = `${origin}/ns/annotation#`;
	return {
		'@version': 1.1,
		rl: own,
		DataCubeSelector: 'rl:DataCubeSelector',
		pointsAt: 'rl:pointsAt',
		dataset: { '@id': 'rl:dataset', '@type': '@id' },
		edition: 'rl:edition',
		asOf: { '@id': 'rl:asOf', '@type': 'http://www.w3.org/2001/XMLSchema#date' },
		measure: 'rl:measure',
		dimensions: { '@id': 'rl:dimensions', '@type': '@json' },
		seen: { '@id': 'rl:seen', '@type': '@json' },
		saidAs: 'rl:saidAs',
		department: 'rl:department',
		role: 'rl:role',
		resolved: 'rl:resolved',
		visibility: 'rl:visibility'
	};
}

/** A note, and each reply as an annotation of it. */
function annotations(note: Exported, of: Of): object[] {
	const id = `${of.origin}${of.path}#note-${note.id}`;
	const said = (value: string) => ({ type: 'TextualBody', value, format: 'text/plain' });
	return [
		{
			id,
			type: 'Annotation',
			motivation: MOTIVATION[note.kind],
			saidAs: note.kind,
			creator: {
				type: 'Person',
				name: note.author.name,
				role: note.author.role,
				department: note.author.departmentName
			},
			created: note.createdAt.toISOString(),
			visibility: note.sharedAt ? 'forum' : 'private',
			resolved: note.state === 'resolved',
			body: { ...said(note.body), purpose: MOTIVATION[note.kind] },
			target: targetOf(note, of)
		},
		...note.replies.map((reply) => ({
			id: `${id}-reply-${reply.id}`,
			type: 'Annotation',
			motivation: 'replying',
			creator: { type: 'Person', name: reply.authorName, department: reply.departmentName },
			created: reply.at.toISOString(),
			body: { ...said(reply.body), purpose: 'replying' },
			target: id
		}))
	];
}

function targetOf({ anchor, figure, seenCells }: Exported, { origin, path }: Of): object {
	if (anchor)
		return {
			type: 'SpecificResource',
			source: `${origin}${path}#${anchor.section}`,
			selector: {
				type: 'TextQuoteSelector',
				exact: anchor.quote,
				prefix: anchor.prefix,
				suffix: anchor.suffix
			}
		};
	const { datasetId, number, asOf, target, figureId } = figure!;
	return {
		type: 'SpecificResource',
		source: `${origin}/data/${datasetId}/versions/${number}`,
		scope: `${origin}${path}#figure-${figureId}`,
		selector: {
			type: 'DataCubeSelector',
			pointsAt: target.kind,
			dataset: `${origin}/data/${datasetId}`,
			edition: number,
			asOf,
			measure: target.measure,
			dimensions: target.coordinates,
			seen: seenCells.map(({ status, ...cell }) => ({ ...cell, status: STATUS[status] }))
		}
	};
}
